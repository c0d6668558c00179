#include "service/config_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace suar::service {
namespace {

constexpr const char* kKind = "SUAR-C003";
constexpr const char* kRange = "SUAR-C004";

std::vector<std::string> lines_of(std::string_view bytes) {
  std::vector<std::string> lines;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  }
  return lines;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<event::Duration> parse_duration(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto value = parse_number(text.substr(0, digits));
  if (!value || *value > 1'000'000'000) return std::nullopt;
  const auto n = static_cast<std::int64_t>(*value);
  const std::string_view unit = text.substr(digits);
  if (unit == "ms") return event::Duration{n * 1000};
  if (unit == "s") return event::Duration::seconds(n);
  if (unit == "m") return event::Duration::minutes(n);
  if (unit == "h") return event::Duration::hours(n);
  if (unit == "d" && n <= 1'000'000) return event::Duration::days(n);
  if (unit.empty() && n == 0) return event::Duration{};
  return std::nullopt;
}

}  // namespace

ConfigDocument::ConfigDocument(std::string file, std::string_view bytes, const Environment& environment)
    : file_(std::move(file)), lines_(lines_of(bytes)), environment_(environment) {}

void ConfigDocument::report(std::string_view code, const YAML::Mark& at, std::string message,
                            std::string suggestion, int length, bool secret) {
  Diagnostic finding;
  finding.code = code;
  finding.file = file_;
  finding.message = std::move(message);
  finding.suggestion = std::move(suggestion);
  if (!at.is_null()) {
    finding.line = at.line + 1;
    finding.column = at.column + 1;
    finding.length = length;
    const auto line = static_cast<std::size_t>(at.line);
    if (!secret && line < lines_.size()) finding.snippet = lines_[line];
  }
  findings_.push_back(std::move(finding));
}

std::optional<std::string> ConfigDocument::text_of(const YAML::Node& node, std::string_view key,
                                                   bool secret) {
  if (!node.IsScalar()) {
    report(kKind, node.Mark(), fmt::format("{} must be a single value", key), "", 1, secret);
    return std::nullopt;
  }
  const std::string& written = node.Scalar();
  std::string text;
  std::size_t from = 0;
  for (std::size_t at = written.find("${"); at != std::string::npos; at = written.find("${", from)) {
    const std::size_t end = written.find('}', at);
    if (end == std::string::npos) {
      report(kKind, node.Mark(), fmt::format("{} has a ${{ without its }}", key), "", 1, secret);
      return std::nullopt;
    }
    const std::string inside = written.substr(at + 2, end - at - 2);
    const std::size_t colon = inside.find(":-");
    const std::string name = inside.substr(0, colon);
    std::optional<std::string> value = environment_(name);
    // As in a shell: an empty variable takes the default too.
    if (colon != std::string::npos && (!value || value->empty())) value = inside.substr(colon + 2);
    if (!value) {
      report("SUAR-C006", node.Mark(), fmt::format("{}: the environment variable {} is not set", key, name),
             fmt::format("set it, or write ${{{}:-default}}", name), 1, secret);
      return std::nullopt;
    }
    text.append(written, from, at - from).append(*value);
    from = end + 1;
  }
  return text.append(written, from);
}

ConfigSection::ConfigSection(ConfigDocument& document, const YAML::Node& node, std::string path)
    : document_(document),
      node_(node.IsDefined() && node.IsMap() ? node : YAML::Node(YAML::NodeType::Map)),
      path_(std::move(path)) {
  if (!node.IsDefined() || node.IsNull() || node.IsMap()) return;
  const std::string what = path_.empty() ? "the configuration" : path_.substr(0, path_.size() - 1);
  document_.report(kKind, node.Mark(), fmt::format("{} must be a mapping of keys to values", what));
}

YAML::Node ConfigSection::child(const char* key) {
  asked_.emplace_back(key);
  // Only the const subscript leaves the node as it is where the key is absent.
  return std::as_const(node_)[key];
}

bool ConfigSection::has(const char* key) {
  const YAML::Node value = child(key);
  return value.IsDefined() && !value.IsNull();
}

std::optional<ConfigSection::Located> ConfigSection::located(const char* key) {
  const YAML::Node value = child(key);
  if (!value.IsDefined() || value.IsNull()) return std::nullopt;
  auto text = document_.text_of(value, path_ + key);
  if (!text) return std::nullopt;
  return Located{std::move(*text), value.Mark()};
}

void ConfigSection::report(std::string_view code, const YAML::Mark& at, std::string message,
                           std::string suggestion) {
  document_.report(code, at, std::move(message), std::move(suggestion));
}

void ConfigSection::refuse(const char* key, const Located& value, std::string_view expected) {
  document_.report(kRange, value.at, fmt::format("{}{} must be {}", path_, key, expected), "",
                   std::max(static_cast<int>(value.text.size()), 1));
}

void ConfigSection::text(const char* key, std::string& out) {
  const auto value = located(key);
  if (!value) return;
  if (value->text.empty()) return refuse(key, *value, "something, not empty");
  out = value->text;
}

void ConfigSection::resolve(std::string& path) const {
  const std::filesystem::path given(path);
  if (given.is_relative())
    path = (std::filesystem::path(document_.file()).parent_path() / given).lexically_normal();
}

void ConfigSection::path(const char* key, std::string& out) {
  std::string given;
  text(key, given);
  if (given.empty()) return;
  resolve(given);
  out = given;
}

void ConfigSection::paths(const char* key, std::vector<std::string>& out) {
  const YAML::Node value = child(key);
  if (!value.IsDefined() || !value.IsSequence()) {
    std::string single;
    path(key, single);
    if (!single.empty()) out = {single};
    return;
  }
  out.clear();
  for (const YAML::Node& entry : value) {
    auto given = document_.text_of(entry, path_ + key);
    if (!given) continue;
    resolve(*given);
    out.push_back(std::move(*given));
  }
}

void ConfigSection::boolean(const char* key, bool& out) {
  choice<bool>(key, {{"true", true}, {"false", false}}, out);
}

void ConfigSection::number(const char* key, std::uint64_t low, std::uint64_t high, std::uint64_t& out) {
  const auto value = located(key);
  if (!value) return;
  const auto parsed = parse_number(value->text);
  if (!parsed || *parsed < low || *parsed > high) {
    return refuse(key, *value, fmt::format("a whole number from {} to {}", low, high));
  }
  out = *parsed;
}

void ConfigSection::duration(const char* key, event::Duration& out) {
  const auto value = located(key);
  if (!value) return;
  const auto parsed = parse_duration(value->text);
  if (!parsed) return refuse(key, *value, "a duration such as 500ms, 60s, 5m, 24h or 7d");
  out = *parsed;
}

void ConfigSection::properties(const char* key, std::vector<kafka::Property>& out) {
  const YAML::Node map = child(key);
  if (!map.IsDefined() || map.IsNull()) return;
  if (!map.IsMap()) {
    document_.report(kKind, map.Mark(), fmt::format("{}{} must be a mapping of properties", path_, key));
    return;
  }
  for (const auto& entry : map) {
    const std::string name = entry.first.Scalar();
    // The line may hold a password, so no finding shows it.
    auto value = document_.text_of(entry.second, fmt::format("{}{}.{}", path_, key, name), true);
    if (!value) continue;
    const std::vector<kafka::Property> single = {{name, std::move(*value)}};
    if (const auto wrong = kafka::check_property(single, 0)) {
      document_.report("SUAR-C007", entry.first.Mark(), fmt::format("{}{}: {}", path_, key, wrong->message),
                       wrong->suggestion, static_cast<int>(name.size()), true);
      continue;
    }
    out.push_back(single.front());
  }
}

ConfigSection ConfigSection::section(const char* key) {
  return ConfigSection(document_, child(key), fmt::format("{}{}.", path_, key));
}

void ConfigSection::finish() {
  constexpr const char* kUnknown = "SUAR-C002";
  std::vector<std::string> seen;
  for (const auto& entry : node_) {
    if (!entry.first.IsScalar()) {
      document_.report(kKind, entry.first.Mark(), "a key must be a word");
      continue;
    }
    const std::string key = entry.first.Scalar();
    const int length = static_cast<int>(key.size());
    if (std::ranges::find(seen, key) != seen.end()) {
      document_.report(kUnknown, entry.first.Mark(), fmt::format("{}{} stands here twice", path_, key), "",
                       length);
    } else if (std::ranges::find(asked_, key) == asked_.end()) {
      const std::string near = nearest_name(key, asked_);
      document_.report(kUnknown, entry.first.Mark(), fmt::format("there is no setting {}{}", path_, key),
                       near.empty() ? "" : fmt::format("did you mean \"{}\"?", near), length);
    }
    seen.push_back(key);
  }
}

}  // namespace suar::service
