#include "event/json_token.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace suar::event {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes one digit or more off the front.
bool take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count > 0;
}

bool take_one_of(std::string_view& text, std::string_view choice) {
  if (text.empty() || choice.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::uint32_t> hex_digit(char c) {
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return std::nullopt;
}

// The four digits of "\u20ac", with the two characters before them, taken off the front.
std::optional<std::uint32_t> take_unicode_escape(std::string_view& text) {
  constexpr std::size_t kSize = 6;
  if (text.size() < kSize || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  std::uint32_t unit = 0;
  for (std::size_t i = 2; i < kSize; ++i) {
    const auto digit = hex_digit(text[i]);
    if (!digit) return std::nullopt;
    unit = unit << 4U | *digit;
  }
  text.remove_prefix(kSize);
  return unit;
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto push = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return push(point);
  if (point < 0x800) {
    push(0xC0U | point >> 6U);
  } else {
    if (point < 0x10000) {
      push(0xE0U | point >> 12U);
    } else {
      push(0xF0U | point >> 18U);
      push(0x80U | (point >> 12U & 0x3FU));
    }
    push(0x80U | (point >> 6U & 0x3FU));
  }
  push(0x80U | (point & 0x3FU));
}

constexpr bool is_high_surrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_low_surrogate(std::uint32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

bool append_unicode_escape(std::string& out, std::string_view& text) {
  const auto unit = take_unicode_escape(text);
  if (!unit || is_low_surrogate(*unit)) return false;
  if (!is_high_surrogate(*unit)) {
    append_utf8(out, *unit);
    return true;
  }
  const auto low = take_unicode_escape(text);
  if (!low || !is_low_surrogate(*low)) return false;
  append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
  return true;
}

// What a letter after a backslash stands for, 0 where it stands for nothing.
char unescaped(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

}  // namespace

bool is_json_number(std::string_view text) {
  take_one_of(text, "-");
  if (!take_one_of(text, "0") && !take_digits(text)) return false;
  if (take_one_of(text, ".") && !take_digits(text)) return false;
  if (take_one_of(text, "eE")) {
    take_one_of(text, "+-");
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

bool append_unescaped(std::string& out, std::string_view inside) {
  while (true) {
    const std::size_t plain = inside.find('\\');
    out.append(inside.substr(0, plain));
    if (plain == std::string_view::npos) return true;
    inside.remove_prefix(plain);
    if (inside.size() < 2) return false;
    if (inside[1] == 'u') {
      if (!append_unicode_escape(out, inside)) return false;
    } else {
      const char c = unescaped(inside[1]);
      if (c == 0) return false;
      out.push_back(c);
      inside.remove_prefix(2);
    }
  }
}

}  // namespace suar::event
