#include "reference/yaml_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "reference/finding_codes.h"
#include "reference/values.h"

namespace suar::reference {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Span span_at(const Findings& findings, const YAML::Mark& mark, std::size_t length) {
  if (mark.is_null()) return {0, 1};
  // yaml-cpp never sees the byte order mark, which stands in the first line.
  const bool shifted = mark.line == 0 && findings.bytes().starts_with(kByteOrderMark);
  return {
      findings.offset_of(mark.line, mark.column + (shifted ? static_cast<int>(kByteOrderMark.size()) : 0)),
      std::max<std::size_t>(length, 1)};
}

Span span_of(const Findings& findings, const YAML::Node& node) {
  return span_at(findings, node.Mark(), node.IsScalar() ? node.Scalar().size() : 1);
}

}  // namespace

std::optional<YAML::Node> parse_yaml(Findings& findings) {
  if (!check_utf8(findings)) return std::nullopt;
  std::string_view text = findings.bytes();
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  try {
    YAML::Node document = YAML::Load(std::string(text));
    if (document.IsDefined() && !document.IsNull()) return document;
    findings.warn_of_file(codes::kMissingKey, "the file holds nothing");
  } catch (const YAML::Exception& problem) {
    findings.error(codes::kBrokenYaml, span_at(findings, problem.mark, 1),
                   fmt::format("not YAML: {}", problem.msg),
                   "check the indentation, and put texts that hold `:`, `#` or brackets in quotes");
  }
  return std::nullopt;
}

YamlMapping::YamlMapping(Findings& findings, const YAML::Node& node, std::string_view what,
                         std::initializer_list<std::string_view> keys)
    : findings_(findings), what_(what), at_(span_of(findings, node)) {
  if (!node.IsMap()) {
    findings_.error(codes::kWrongShape, at_, fmt::format("{} must be a mapping", what_),
                    fmt::format("its keys are: {}", fmt::join(keys, ", ")));
    return;
  }
  const std::vector<std::string> names(keys.begin(), keys.end());
  for (const auto& pair : node) {
    const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
    const Span at = span_of(findings_, pair.first);
    if (std::ranges::find(names, key) == names.end()) {
      findings_.warn(codes::kUnknownKey, at, fmt::format("this key of {} is not known and not read", what_),
                     did_you_mean(key, names));
    } else if (find(key) != nullptr) {
      findings_.error(codes::kRepeated, at, fmt::format("`{}` stands twice", key), "remove one of them");
    } else {
      entries_.push_back({key, at, pair.second});
    }
  }
}

const YamlMapping::Entry* YamlMapping::find(std::string_view key) const {
  const auto found = std::ranges::find(entries_, key, &Entry::key);
  return found != entries_.end() ? &*found : nullptr;
}

std::optional<YamlMapping::Value> YamlMapping::scalar(const Entry& entry, const YAML::Node& node) {
  if (node.IsScalar() && !node.Scalar().empty()) return Value{node.Scalar(), span_of(findings_, node)};
  if (!node.IsScalar() && !node.IsNull()) {
    findings_.error(codes::kWrongShape, entry.at, fmt::format("`{}` takes a single value", entry.key));
  }
  return std::nullopt;
}

std::optional<YamlMapping::Value> YamlMapping::value(std::string_view key) {
  const Entry* entry = find(key);
  return entry != nullptr ? scalar(*entry, entry->node) : std::nullopt;
}

std::optional<YamlMapping::Value> YamlMapping::required_value(std::string_view key) {
  const Entry* entry = find(key);
  if (entry == nullptr) {
    findings_.error(codes::kMissingKey, at_, fmt::format("{} lacks `{}`", what_, key));
    return std::nullopt;
  }
  const bool empty = entry->node.IsNull() || (entry->node.IsScalar() && entry->node.Scalar().empty());
  if (empty) findings_.error(codes::kEmptyValue, entry->at, fmt::format("`{}` is empty", key));
  return scalar(*entry, entry->node);
}

std::optional<event::Date> YamlMapping::required_date(std::string_view key) {
  const auto found = required_value(key);
  return found ? read_date(findings_, cell_of(*found), key) : std::nullopt;
}

std::vector<YAML::Node> YamlMapping::items(std::string_view key) {
  const Entry* entry = find(key);
  if (entry == nullptr || entry->node.IsNull()) return {};
  if (!entry->node.IsSequence()) {
    findings_.error(codes::kWrongShape, entry->at, fmt::format("`{}` must be a list", key),
                    "begin each element with `-`, or write them in brackets");
    return {};
  }
  return {entry->node.begin(), entry->node.end()};
}

std::vector<YamlMapping::Value> YamlMapping::values(std::string_view key) {
  std::vector<Value> values;
  for (const YAML::Node& node : items(key)) {
    if (auto found = scalar(*find(key), node)) values.push_back(std::move(*found));
  }
  return values;
}

}  // namespace suar::reference
