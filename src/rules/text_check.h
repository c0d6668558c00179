// Is a file text at all?
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace suar::rules {

// The first byte that is not part of well-formed UTF-8, or is a control character other than tab and line
// break.
[[nodiscard]] std::optional<std::size_t> first_bad_byte(std::string_view bytes);

}  // namespace suar::rules
