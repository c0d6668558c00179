// The grammar of single JSON tokens (RFC 8259): numbers and the escapes of strings.
#pragma once

#include <string>
#include <string_view>

namespace suar::event {

[[nodiscard]] bool is_json_number(std::string_view text);

// Appends the text that the inside of a JSON string stands for, which is never longer than the string. False
// where an escape is wrong, half a surrogate pair among them (UTF-8 cannot hold it); what was appended is
// then of no use.
[[nodiscard]] bool append_unescaped(std::string& out, std::string_view inside);

}  // namespace suar::event
