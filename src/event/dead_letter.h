// The form in which a file keeps a record that is not valid: one JSON object a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "event/decoder.h"

namespace suar::event {

// Appends {"reason":…,"detail":…,"line":…,"bytes_base64":…} and a line feed. `line` counts from 1; `record`
// is the line's bytes, without its line feed.
void append_dead_letter(std::string& out, const Rejection& rejection, std::uint64_t line,
                        std::string_view record);

// RFC 4648, with padding.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace suar::event
