#include "reference/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace suar {
namespace {

// A snippet is shown through a window of this many bytes around the column, so that a long line stays
// readable.
constexpr std::size_t kWindow = 120;

bool starts_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

// Tabs and control characters would shift the caret or disturb a terminal.
std::string printable(std::string_view text) {
  std::string shown(text);
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return shown;
}

struct Excerpt {
  std::string text;
  std::size_t caret = 0;  // in characters
};

Excerpt excerpt_around(std::string_view line, std::size_t column) {
  std::size_t begin = column > kWindow / 2 && line.size() > kWindow ? column - kWindow / 2 : 0;
  begin = std::min(begin, line.size());
  while (begin < column && !starts_character(line[begin])) ++begin;
  std::size_t end = std::min(line.size(), begin + kWindow);
  while (end < line.size() && !starts_character(line[end])) ++end;

  const std::string_view lead = begin > 0 ? "..." : "";
  Excerpt excerpt;
  excerpt.text =
      fmt::format("{}{}{}", lead, printable(line.substr(begin, end - begin)), end < line.size() ? "..." : "");
  const std::size_t caret_end = std::clamp(column, begin, end);
  excerpt.caret = lead.size() + characters_in(line.substr(begin, caret_end - begin));
  return excerpt;
}

}  // namespace

bool has_errors(const Diagnostics& findings) {
  return std::ranges::any_of(findings, [](const Diagnostic& f) { return f.severity == Severity::kError; });
}

std::string headline(const Diagnostic& finding) {
  std::string place = finding.file;
  if (finding.line > 0) place += fmt::format(":{}", finding.line);
  if (finding.line > 0 && finding.column > 0) place += fmt::format(":{}", finding.column);
  const char* word = finding.severity == Severity::kError ? "error" : "warning";
  return fmt::format("{}: {}[{}]: {}", place, word, finding.code, finding.message);
}

std::string render(const Diagnostic& finding) {
  std::string out = headline(finding) + "\n";
  if (finding.line > 0 && !finding.snippet.empty()) {
    const std::string number = fmt::format("{}", finding.line);
    const std::size_t column = finding.column > 0 ? static_cast<std::size_t>(finding.column - 1) : 0;
    const Excerpt excerpt = excerpt_around(finding.snippet, column);
    out += fmt::format(" {} | {}\n", number, excerpt.text);
    if (finding.column > 0) {
      const std::size_t room = excerpt.text.size() > excerpt.caret ? excerpt.text.size() - excerpt.caret : 1;
      const std::size_t length =
          std::clamp<std::size_t>(static_cast<std::size_t>(std::max(finding.length, 1)), 1, room);
      out += fmt::format(" {:{}} | {:{}}^{:~<{}}\n", "", number.size(), "", excerpt.caret, "", length - 1);
    }
  }
  if (!finding.suggestion.empty()) out += fmt::format("   = help: {}\n", finding.suggestion);
  return out;
}

}  // namespace suar
