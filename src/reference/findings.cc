#include "reference/findings.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "reference/finding_codes.h"

namespace suar::reference {
namespace {

constexpr std::size_t kMostPerFile = 1000;
constexpr std::size_t kLongestSnippet = 16 * 1024;

}  // namespace

const std::vector<std::size_t>& Findings::line_starts() const {
  if (line_starts_.empty()) {
    line_starts_.push_back(0);
    for (std::size_t at = bytes_.find('\n'); at != std::string_view::npos; at = bytes_.find('\n', at + 1)) {
      line_starts_.push_back(at + 1);
    }
  }
  return line_starts_;
}

int Findings::line_of(std::size_t offset) const {
  const auto& starts = line_starts();
  return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin());
}

std::size_t Findings::offset_of(int line, int column) const {
  const auto& starts = line_starts();
  const auto row = std::min(static_cast<std::size_t>(std::max(line, 0)), starts.size() - 1);
  return std::min(starts[row] + static_cast<std::size_t>(std::max(column, 0)), bytes_.size());
}

void Findings::keep(Diagnostic finding) {
  if (found_.size() < kMostPerFile) {
    found_.push_back(std::move(finding));
  } else {
    ++(finding.severity == Severity::kError ? left_out_errors_ : left_out_warnings_);
  }
}

void Findings::add(Severity severity, std::string_view code, Span at, std::string message,
                   std::string suggestion) {
  const std::size_t offset = std::min(at.offset, bytes_.size());
  const int line = line_of(offset);
  const std::size_t start = line_starts()[static_cast<std::size_t>(line - 1)];
  std::string_view text = bytes_.substr(start, bytes_.find('\n', start) - start);
  if (text.ends_with('\r')) text.remove_suffix(1);

  Diagnostic finding;
  finding.severity = severity;
  finding.code = code;
  finding.file = file_;
  finding.line = line;
  finding.column = static_cast<int>(offset - start) + 1;
  finding.message = std::move(message);
  finding.suggestion = std::move(suggestion);
  if (text.size() <= kLongestSnippet) finding.snippet = text;
  finding.length = static_cast<int>(std::clamp<std::size_t>(at.length, 1, 80));
  keep(std::move(finding));
}

void Findings::error(std::string_view code, Span at, std::string message, std::string suggestion) {
  add(Severity::kError, code, at, std::move(message), std::move(suggestion));
}

void Findings::warn(std::string_view code, Span at, std::string message, std::string suggestion) {
  add(Severity::kWarning, code, at, std::move(message), std::move(suggestion));
}

void Findings::error_in_file(std::string_view code, std::string message, std::string suggestion) {
  keep({Severity::kError, std::string(code), file_, 0, 0, std::move(message), std::move(suggestion), {}, 1});
}

void Findings::warn_of_file(std::string_view code, std::string message, std::string suggestion) {
  keep(
      {Severity::kWarning, std::string(code), file_, 0, 0, std::move(message), std::move(suggestion), {}, 1});
}

Diagnostics Findings::take() {
  std::ranges::stable_sort(found_, {}, [](const Diagnostic& f) { return std::pair(f.line, f.column); });
  if (left_out_errors_ + left_out_warnings_ > 0) {
    const auto severity = left_out_errors_ > 0 ? Severity::kError : Severity::kWarning;
    found_.push_back({severity,
                      std::string(codes::kMoreFindings),
                      file_,
                      0,
                      0,
                      fmt::format("{} more errors and {} more warnings in this file are not listed",
                                  left_out_errors_, left_out_warnings_),
                      "mend the ones above first",
                      {},
                      1});
  }
  return std::move(found_);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& names) {
  const std::string near = nearest_name(std::string(word), names);
  return near.empty() ? std::string() : fmt::format("did you mean `{}`?", near);
}

std::size_t length_of_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at + length > text.size() || !simdjson::validate_utf8(text.data() + at, length)) break;
    at += length;
  }
  return at;
}

bool check_utf8(Findings& findings) {
  const std::string_view bytes = findings.bytes();
  if (simdjson::validate_utf8(bytes.data(), bytes.size())) return true;
  std::size_t start = 0;
  while (start < bytes.size()) {
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    const std::string_view line = bytes.substr(start, end - start);
    if (!simdjson::validate_utf8(line.data(), line.size())) {
      findings.error(codes::kNotUtf8, {start + length_of_utf8(line), 1}, "this line is not UTF-8",
                     "save the file with the encoding UTF-8");
    }
    start = end + 1;
  }
  return false;
}

}  // namespace suar::reference
