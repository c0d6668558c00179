// Value and source are walked side by side. They differ in four ways only: a run of white space that holds a
// line break stands for another run (or for none, where the line break is escaped); a backslash in double
// quotes stands for a character; two single quotes for one; a block begins after the line of its indicator.
#include "rules/yaml_scalar.h"

#include <algorithm>

namespace suar::rules {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// How many bytes of the source an escape takes, from its backslash.
std::size_t escape_length(std::string_view source, std::size_t at) {
  if (at + 1 >= source.size()) return 1;
  switch (source[at + 1]) {
    case 'x':
      return 4;
    case 'u':
      return 6;
    case 'U':
      return 10;
    default:
      return 2;
  }
}

std::size_t character_length(std::string_view value, std::size_t at) {
  const auto lead = static_cast<unsigned char>(value[at]);
  if (lead < 0x80) return 1;
  return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

std::size_t end_of_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

struct Walk {
  std::string_view source, value;
  std::size_t s = 0, v = 0;
  std::vector<std::uint32_t> offsets;

  void take(std::size_t source_bytes, std::size_t value_bytes) {
    const std::size_t end = std::min(value.size(), v + value_bytes);
    for (; v < end; ++v) offsets.push_back(static_cast<std::uint32_t>(s));
    s = std::min(source.size(), s + source_bytes);
  }

  // False where the two do not run side by side any more, which no scalar that YAML accepts should bring
  // about.
  bool step(char quote) {
    if (s >= source.size()) return false;
    const char from = source[s];
    if (quote == '"' && from == '\\') {
      const bool line_break = s + 1 < source.size() && (source[s + 1] == '\n' || source[s + 1] == '\r');
      if (line_break)
        take(end_of_spaces(source, s + 1) - s, 0);
      else
        take(escape_length(source, s), character_length(value, v));
      return true;
    }
    if (is_space(from)) {
      const std::size_t end = end_of_spaces(source, s);
      if (source.substr(s, end - s).find('\n') == std::string_view::npos && is_space(value[v]))
        take(1, 1);
      else
        take(end - s, end_of_spaces(value, v) - v);
      return true;
    }
    if (quote == '\'' && from == '\'') {
      take(2, 1);
      return true;
    }
    if (from != value[v]) return false;
    take(1, 1);
    return true;
  }
};

}  // namespace

std::vector<std::uint32_t> scalar_offsets(std::string_view bytes, std::size_t begin, std::string_view value) {
  Walk walk;
  walk.source = bytes;
  walk.value = value;
  walk.s = std::min(begin, bytes.size());
  char style = walk.s < bytes.size() ? bytes[walk.s] : '\0';
  if (style == '"' || style == '\'') {
    ++walk.s;
  } else if (style == '|' || style == '>') {
    walk.s = std::min(bytes.find('\n', walk.s), bytes.size() - 1) + 1;
    // What stands before the first letter is indentation.
    if (!value.empty() && !is_space(value.front())) walk.s = end_of_spaces(bytes, walk.s);
  }
  walk.offsets.reserve(value.size() + 1);
  while (walk.v < value.size() && walk.step(style)) {
  }
  while (walk.offsets.size() <= value.size()) walk.offsets.push_back(static_cast<std::uint32_t>(walk.s));
  return walk.offsets;
}

}  // namespace suar::rules
