// Reads one YAML map: hands out the values of the keys that are asked for, and reports unknown, repeated and
// missing keys and values of the wrong shape. The readers of documents are written with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/definition.h"
#include "rules/yaml_node.h"

namespace suar::rules {

class MapReader {
 public:
  // `what` names the map in messages ("a rule"); `keys` are all that it may have. Nothing is read where
  // `node` is no map.
  MapReader(const YamlNode& node, std::string_view what, std::vector<std::string> keys, Findings& findings);

  [[nodiscard]] const YamlNode* find(std::string_view key) const;     // null where absent
  [[nodiscard]] const YamlNode* require(std::string_view key) const;  // reports its absence
  [[nodiscard]] Span at() const { return at_; }

  // The value of a key, where it is there and of that shape; what is wrong with it is reported.
  [[nodiscard]] std::optional<Located<std::string>> text(std::string_view key, bool required = false) const;
  [[nodiscard]] std::optional<LocatedText> expression(std::string_view key, bool required = false) const;
  [[nodiscard]] std::vector<Located<std::string>> texts(std::string_view key, bool required = false) const;
  [[nodiscard]] std::optional<int> integer(std::string_view key, int low, int high,
                                           bool required = false) const;
  [[nodiscard]] bool truth(std::string_view key) const;  // false where absent
  [[nodiscard]] Bilingual bilingual(std::string_view key, bool required = false) const;

 private:
  const YamlNode& node_;
  Span at_;
  std::string what_;
  std::vector<std::string> misspelt_;  // keys whose misspelling was found: they are not missing as well
  Findings& findings_;
};

[[nodiscard]] std::string_view describe(YamlNode::Kind kind);  // "a list"
[[nodiscard]] std::optional<Located<std::string>> scalar_text(const YamlNode& node, std::string_view what,
                                                              Findings& findings);
[[nodiscard]] std::vector<std::string> values_of(std::vector<Located<std::string>> texts);

// Lower-case letters, digits and hyphens (an id) or underscores (a name), a letter first.
[[nodiscard]] bool is_id(std::string_view text);
[[nodiscard]] bool is_name(std::string_view text);

}  // namespace suar::rules
