// One mapping of the configuration file, read key by key. Whatever was not asked for by finish() is an
// unknown key.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "event/instant.h"
#include "reference/diagnostic.h"
#include "service/config.h"

namespace suar::service {

// What all sections of a file share.
class ConfigDocument {
 public:
  ConfigDocument(std::string file, std::string_view bytes, const Environment& environment);

  // `secret` keeps the line itself out of the finding.
  void report(std::string_view code, const YAML::Mark& at, std::string message, std::string suggestion = "",
              int length = 1, bool secret = false);
  // The scalar with its ${NAME}s replaced; nothing, and a finding, where one is not set.
  [[nodiscard]] std::optional<std::string> text_of(const YAML::Node& node, std::string_view key,
                                                   bool secret = false);
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] Diagnostics take_findings() { return std::move(findings_); }

 private:
  std::string file_;
  std::vector<std::string> lines_;
  const Environment& environment_;
  Diagnostics findings_;
};

class ConfigSection {
 public:
  // `path` is "" for the file itself, "topics." for a section of it. An absent or null node has no keys.
  ConfigSection(ConfigDocument& document, const YAML::Node& node, std::string path);

  void text(const char* key, std::string& out);  // not empty
  void path(const char* key, std::string& out);
  void paths(const char* key, std::vector<std::string>& out);  // one, or a list of them
  void boolean(const char* key, bool& out);
  void number(const char* key, std::uint64_t low, std::uint64_t high, std::uint64_t& out);
  void duration(const char* key, event::Duration& out);  // 500ms, 60s, 5m, 24h, 7d, or 0
  void properties(const char* key, std::vector<kafka::Property>& out);
  template <typename Value>
  void choice(const char* key, std::initializer_list<std::pair<const char*, Value>> words, Value& out);
  [[nodiscard]] ConfigSection section(const char* key);

  // The value of a key as text and where it stands; nothing where the key is absent or its value unusable.
  struct Located {
    std::string text;
    YAML::Mark at;
  };
  [[nodiscard]] std::optional<Located> located(const char* key);
  [[nodiscard]] bool has(const char* key);
  void report(std::string_view code, const YAML::Mark& at, std::string message, std::string suggestion = "");

  void finish();

 private:
  [[nodiscard]] YAML::Node child(const char* key);
  void resolve(std::string& path) const;
  void refuse(const char* key, const Located& value, std::string_view expected);

  ConfigDocument& document_;
  YAML::Node node_;
  std::string path_;
  std::vector<std::string> asked_;
};

template <typename Value>
void ConfigSection::choice(const char* key, std::initializer_list<std::pair<const char*, Value>> words,
                           Value& out) {
  const auto value = located(key);
  if (!value) return;
  std::string expected;
  for (const auto& [word, meaning] : words) {
    if (value->text == word) {
      out = meaning;
      return;
    }
    if (!expected.empty()) expected += " or ";
    expected += word;
  }
  refuse(key, *value, expected);
}

}  // namespace suar::service
