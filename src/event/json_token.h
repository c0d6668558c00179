// The grammar of single JSON tokens (RFC 8259): numbers and the escapes of strings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace suar::event {

[[nodiscard]] bool is_json_number(std::string_view text);

enum class EscapeError : std::uint8_t {
  kNone,
  kNotAnEscape,    // an unknown letter after the backslash, or not four hexadecimal digits after \u
  kHalfSurrogate,  // \ud83d without its other half: a text that UTF-8 cannot hold
};

// Appends the text that the inside of a JSON string stands for, which is never longer than the string. After
// an error, what was appended is of no use.
[[nodiscard]] EscapeError append_unescaped(std::string& out, std::string_view inside);

}  // namespace suar::event
