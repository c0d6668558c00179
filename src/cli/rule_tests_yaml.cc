#include "cli/rule_tests_yaml.h"

#include <algorithm>

#include <fmt/format.h>

namespace suar::cli {

int line_of(const YAML::Node& node) {
  return node.Mark().line + 1;
}

std::string scalar(const YAML::Node& node) {
  return node.IsDefined() && node.IsScalar() ? node.Scalar() : std::string();
}

std::string TestFindings::line_text(int line) const {
  std::string_view rest = bytes_;
  for (int i = 1; i < line && !rest.empty(); ++i) {
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
  }
  return std::string(rest.substr(0, rest.find('\n')));
}

void TestFindings::error(const YAML::Node& at, std::string message, std::string suggestion) {
  Diagnostic finding;
  finding.code = "SUAR-T001";
  finding.file = file_;
  if (at.IsDefined() && !at.Mark().is_null()) {
    finding.line = line_of(at);
    finding.column = at.Mark().column + 1;
    finding.snippet = line_text(finding.line);
    finding.length = static_cast<int>(std::max<std::size_t>(scalar(at).size(), 1));
  }
  finding.message = std::move(message);
  finding.suggestion = std::move(suggestion);
  findings_.push_back(std::move(finding));
}

void TestFindings::check_keys(const YAML::Node& node, const rules::MapShape& shape) {
  for (const auto& entry : node) {
    const std::string key = scalar(entry.first);
    if (shape.find(key) != nullptr) continue;
    const std::string nearest = nearest_name(key, shape.names());
    error(entry.first, fmt::format("\"{}\" means nothing here", key),
          nearest.empty() ? std::string() : fmt::format("did you mean \"{}\"?", nearest));
  }
}

}  // namespace suar::cli
