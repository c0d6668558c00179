// The bytes of the rule files, and places in them. Every stage hands its places on as spans of bytes, so that
// a finding in an expression inside a quoted, folded YAML scalar still points at the letter it means.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace suar::rules {

struct Span {
  int file = 0;
  std::uint32_t begin = 0, end = 0;  // bytes of the file, end excluded
};

// From the beginning of the first to the end of the second, which may stand in another file (a macro's): then
// the first.
[[nodiscard]] Span join(Span first, Span second);

// A file's line starts are found once. Refers to the files, which must outlive it.
class Sources {
 public:
  explicit Sources(std::span<const File> files);

  [[nodiscard]] std::span<const File> files() const { return files_; }
  [[nodiscard]] Location locate(Span span) const;
  [[nodiscard]] std::string_view line_of(Span span) const;  // without its line break
  [[nodiscard]] std::string_view text_of(Span span) const;

 private:
  [[nodiscard]] std::size_t line_index(Span span) const;

  std::span<const File> files_;
  std::vector<std::vector<std::uint32_t>> line_starts_;
};

// A text of the language as YAML hands it over, with the place in the file that each of its bytes came from.
struct LocatedText {
  std::string value;
  int file = 0;
  std::vector<std::uint32_t> offsets;  // one more than `value` has bytes

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  [[nodiscard]] Span span() const { return span(0, value.size()); }
  [[nodiscard]] LocatedText slice(std::size_t begin, std::size_t end) const;
};

}  // namespace suar::rules
