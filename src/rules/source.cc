#include "rules/source.h"

#include <algorithm>

namespace suar::rules {

Span join(Span first, Span second) {
  if (first.file == second.file && second.end > first.end) first.end = second.end;
  return first;
}

Sources::Sources(std::span<const File> files) : files_(files) {
  for (const File& file : files) {
    std::vector<std::uint32_t> starts{0};
    for (std::size_t i = 0; i < file.bytes.size(); ++i) {
      if (file.bytes[i] == '\n') starts.push_back(static_cast<std::uint32_t>(i + 1));
    }
    line_starts_.push_back(std::move(starts));
  }
}

std::size_t Sources::line_index(Span span) const {
  const auto& starts = line_starts_[static_cast<std::size_t>(span.file)];
  const auto next = std::ranges::upper_bound(starts, span.begin);
  return static_cast<std::size_t>(next - starts.begin()) - 1;
}

Location Sources::locate(Span span) const {
  const std::size_t line = line_index(span);
  const std::uint32_t start = line_starts_[static_cast<std::size_t>(span.file)][line];
  return {span.file, static_cast<int>(line) + 1, static_cast<int>(span.begin - start) + 1, span.begin,
          span.end};
}

std::string_view Sources::line_of(Span span) const {
  const std::string_view bytes = files_[static_cast<std::size_t>(span.file)].bytes;
  const std::string_view rest =
      bytes.substr(line_starts_[static_cast<std::size_t>(span.file)][line_index(span)]);
  std::string_view line = rest.substr(0, rest.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view Sources::text_of(Span span) const {
  const std::string_view bytes = files_[static_cast<std::size_t>(span.file)].bytes;
  return bytes.substr(span.begin, span.end - span.begin);
}

Span LocatedText::span(std::size_t begin, std::size_t end) const {
  Span span{file, offsets[begin], offsets[begin]};
  if (end > begin) span.end = std::max(span.begin, offsets[end - 1] + 1);
  return span;
}

LocatedText LocatedText::slice(std::size_t begin, std::size_t end) const {
  const auto first = offsets.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto last = offsets.begin() + static_cast<std::ptrdiff_t>(end) + 1;
  return {value.substr(begin, end - begin), file, {first, last}};
}

}  // namespace suar::rules
