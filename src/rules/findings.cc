#include "rules/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace suar::rules {
namespace {

constexpr std::size_t kMost = 1000;
constexpr std::size_t kMostNames = 3000;       // among more, a search for the nearest takes too long
constexpr std::size_t kLongestSnippet = 4096;  // a longer line is not worth a copy for each of its findings

}  // namespace

void Findings::error(Code code, Span span, std::string message, std::string suggestion) {
  ++errors_;
  add(Severity::kError, code, span, std::move(message), std::move(suggestion));
}

void Findings::warning(Code code, Span span, std::string message, std::string suggestion) {
  add(Severity::kWarning, code, span, std::move(message), std::move(suggestion));
}

void Findings::file_error(Code code, int file, std::string message, std::string suggestion) {
  ++errors_;
  Diagnostic d;
  d.code = to_string(code);
  d.file = sources_.files()[static_cast<std::size_t>(file)].name;
  d.message = std::move(message);
  d.suggestion = std::move(suggestion);
  found_.push_back({file, std::move(d)});
}

void Findings::add(Severity severity, Code code, Span span, std::string message, std::string suggestion) {
  if (full()) return;
  const Location at = sources_.locate(span);
  const std::string_view line = sources_.line_of(span);
  Diagnostic d;
  d.severity = severity;
  d.code = to_string(code);
  d.file = sources_.files()[static_cast<std::size_t>(span.file)].name;
  d.line = at.line;
  d.column = at.column;
  d.message = std::move(message);
  d.suggestion = std::move(suggestion);
  if (!note_.empty()) d.suggestion += d.suggestion.empty() ? note_ : fmt::format(" ({})", note_);
  if (line.size() <= kLongestSnippet) d.snippet = line;
  const int room = static_cast<int>(line.size()) - at.column + 1;
  d.length = std::max(1, std::min(static_cast<int>(span.end - span.begin), room));
  found_.push_back({span.file, std::move(d)});
}

bool Findings::full() const {
  return found_.size() >= kMost;
}

Diagnostics Findings::take() {
  const auto order_of = [](const Placed& p) {
    const Diagnostic& d = p.diagnostic;
    return std::tie(p.file, d.line, d.column, d.code, d.message);
  };
  std::ranges::stable_sort(found_, {}, order_of);
  const auto repeated = std::ranges::unique(found_, {}, order_of);
  found_.erase(repeated.begin(), repeated.end());
  Diagnostics out;
  for (Placed& placed : found_) out.push_back(std::move(placed.diagnostic));
  found_.clear();
  return out;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& names) {
  if (names.size() > kMostNames) return {};
  const std::string near = nearest_name(std::string(word), names);
  return near.empty() ? std::string() : fmt::format("did you mean `{}`?", near);
}

std::string one_of(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += fmt::format("`{}`", names[i]);
  }
  return out;
}

std::string suggest(std::string_view word, const std::vector<std::string>& names) {
  std::string near = did_you_mean(word, names);
  return near.empty() ? "it is one of " + one_of(names) : near;
}

}  // namespace suar::rules
