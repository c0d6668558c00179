#include "rules/map_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace suar::rules {
namespace {

bool is_word(std::string_view text, char joint) {
  if (text.empty() || text.size() > 64 || text.front() < 'a' || text.front() > 'z') return false;
  return std::ranges::all_of(
      text, [joint](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == joint; });
}

}  // namespace

bool is_id(std::string_view text) {
  return is_word(text, '-');
}
bool is_name(std::string_view text) {
  return is_word(text, '_');
}

std::string_view describe(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kScalar:
      return "a text";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
  }
  return "";
}

std::optional<Located<std::string>> scalar_text(const YamlNode& node, std::string_view what,
                                                Findings& findings) {
  if (node.is_scalar()) return Located<std::string>{node.text.value, node.at};
  std::string hint;
  if (node.kind == YamlNode::Kind::kList || node.kind == YamlNode::Kind::kMap)
    hint =
        "to YAML, a value that begins with `[` or `{` is a list or a map: put an expression between quotes";
  findings.error(Code::kWrongShape, node.at, fmt::format("{} is a text, not {}", what, describe(node.kind)),
                 hint);
  return std::nullopt;
}

std::vector<std::string> values_of(std::vector<Located<std::string>> texts) {
  std::vector<std::string> out;
  out.reserve(texts.size());
  for (Located<std::string>& text : texts) out.push_back(std::move(text.value));
  return out;
}

MapReader::MapReader(const YamlNode& node, std::string_view what, std::vector<std::string> keys,
                     Findings& findings)
    : node_(node), at_(node.at), what_(what), findings_(findings) {
  if (node.kind != YamlNode::Kind::kMap) {
    findings_.error(Code::kWrongShape, node.at,
                    fmt::format("{} is a map, not {}", what, describe(node.kind)));
    return;
  }
  if (!node.pairs.empty()) at_ = node.pairs.front().key.at;
  std::set<std::string_view> seen;
  for (const auto& [key, value] : node.pairs) {
    if (!key.is_scalar()) {
      findings_.error(Code::kWrongShape, key.at, fmt::format("a key is a text, not {}", describe(key.kind)));
    } else if (!seen.insert(key.text.value).second) {
      findings_.error(Code::kDuplicateKey, key.at,
                      fmt::format("`{}` stands twice in {}", key.text.value, what), "remove one of them");
    } else if (!keys.empty() && std::ranges::find(keys, key.text.value) == keys.end()) {
      findings_.error(Code::kUnknownKey, key.at, fmt::format("{} has no `{}`", what, key.text.value),
                      suggest(key.text.value, keys));
      misspelt_.push_back(nearest_name(key.text.value, keys));
    }
  }
}

const YamlNode* MapReader::find(std::string_view key) const {
  for (const auto& [name, value] : node_.pairs) {
    if (name.is_scalar() && name.text.value == key) return &value;
  }
  return nullptr;
}

const YamlNode* MapReader::require(std::string_view key) const {
  const YamlNode* value = find(key);
  const bool misspelt = std::ranges::find(misspelt_, key) != misspelt_.end();
  if (value == nullptr && node_.kind == YamlNode::Kind::kMap && !misspelt)
    findings_.error(Code::kMissingKey, at_, fmt::format("{} lacks `{}`", what_, key));
  return value;
}

std::optional<Located<std::string>> MapReader::text(std::string_view key, bool required) const {
  const YamlNode* value = required ? require(key) : find(key);
  if (value == nullptr) return std::nullopt;
  auto text = scalar_text(*value, fmt::format("`{}`", key), findings_);
  if (text && text->value.empty()) {
    findings_.error(Code::kBadValue, text->at, fmt::format("`{}` is empty", key));
    return std::nullopt;
  }
  return text;
}

std::optional<LocatedText> MapReader::expression(std::string_view key, bool required) const {
  if (!text(key, required)) return std::nullopt;
  return find(key)->text;
}

std::vector<Located<std::string>> MapReader::texts(std::string_view key, bool required) const {
  std::vector<Located<std::string>> out;
  const YamlNode* value = required ? require(key) : find(key);
  if (value == nullptr) return out;
  if (value->kind != YamlNode::Kind::kList) {
    findings_.error(Code::kWrongShape, value->at,
                    fmt::format("`{}` is a list, not {}", key, describe(value->kind)),
                    value->is_scalar() ? fmt::format("write `{}: [{}]`", key, value->text.value) : "");
    return out;
  }
  for (const YamlNode& item : value->items) {
    if (auto text = scalar_text(item, fmt::format("an item of `{}`", key), findings_))
      out.push_back(std::move(*text));
  }
  if (required && value->items.empty())
    findings_.error(Code::kBadValue, value->at, fmt::format("`{}` is empty", key));
  return out;
}

std::optional<int> MapReader::integer(std::string_view key, int low, int high, bool required) const {
  const auto found = text(key, required);
  if (!found) return std::nullopt;
  int number = 0;
  const char* end = found->value.data() + found->value.size();
  const auto [stop, problem] = std::from_chars(found->value.data(), end, number);
  if (problem == std::errc() && stop == end && number >= low && number <= high) return number;
  findings_.error(Code::kBadValue, found->at,
                  high == INT32_MAX ? fmt::format("`{}` is a whole number from {}", key, low)
                                    : fmt::format("`{}` is a whole number from {} to {}", key, low, high));
  return std::nullopt;
}

bool MapReader::truth(std::string_view key) const {
  const auto found = text(key);
  if (found && found->value != "true" && found->value != "false")
    findings_.error(Code::kBadValue, found->at, fmt::format("`{}` is `true` or `false`", key));
  return found && found->value == "true";
}

Bilingual MapReader::bilingual(std::string_view key, bool required) const {
  const YamlNode* value = required ? require(key) : find(key);
  if (value == nullptr) return {};
  if (value->kind == YamlNode::Kind::kScalar) {
    findings_.error(Code::kWrongShape, value->at, fmt::format("`{}` is written in two languages", key),
                    fmt::format("write `{}: {{en: ..., id: ...}}`", key));
    return {};
  }
  const MapReader map(*value, fmt::format("`{}`", key), {"en", "id"}, findings_);
  Bilingual out;
  if (auto en = map.text("en", true)) out.en = std::move(en->value);
  if (auto id = map.text("id", true)) out.id = std::move(id->value);
  return out;
}

}  // namespace suar::rules
