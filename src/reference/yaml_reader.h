// A YAML file of reference data, read with every mistake located.
//
// Lists and mappings are asked for by key; a key that nobody knows is a warning, one that stands twice an
// error, and a value of the wrong shape an error. Nothing here throws.
#pragma once

#include <yaml-cpp/yaml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/instant.h"
#include "reference/csv_scanner.h"
#include "reference/findings.h"

namespace suar::reference {

// One mapping of the file, with the text of its values.
class YamlMapping {
 public:
  struct Value {
    std::string text;  // of a scalar
    Span at;
  };

  // Reports a node that is no mapping, and keys that are not among `keys` or stand twice.
  YamlMapping(Findings& findings, const YAML::Node& node, std::string_view what,
              std::initializer_list<std::string_view> keys);

  [[nodiscard]] Span at() const { return at_; }
  // Absent where the key is absent, has no value, or has one that is not a single value (which is reported).
  [[nodiscard]] std::optional<Value> value(std::string_view key);
  [[nodiscard]] std::optional<Value> required_value(std::string_view key);  // reports an absent one
  [[nodiscard]] std::optional<event::Date> required_date(std::string_view key);
  // The elements of a list; none where the key is absent or has another shape (which is reported).
  [[nodiscard]] std::vector<YAML::Node> items(std::string_view key);
  [[nodiscard]] std::vector<Value> values(std::string_view key);  // a list of single values

 private:
  struct Entry {
    std::string key;
    Span at;
    YAML::Node node;
  };
  [[nodiscard]] const Entry* find(std::string_view key) const;
  [[nodiscard]] std::optional<Value> scalar(const Entry& entry, const YAML::Node& node);

  Findings& findings_;
  std::string what_;
  Span at_;
  std::vector<Entry> entries_;
};

// A cell of the same text and place, for the readers of values.h.
[[nodiscard]] inline Cell cell_of(const YamlMapping::Value& value) {
  return {value.text, value.at};
}

// The document, or nothing where it is not YAML (which is reported) or holds nothing (a warning).
[[nodiscard]] std::optional<YAML::Node> parse_yaml(Findings& findings);

}  // namespace suar::reference
