// Where each byte of a scalar's value stood in the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace suar::rules {

// `begin` is where the scalar begins in `bytes`: its first letter, its quote, or the | or > of a block.
// `value` is what YAML made of it: lines folded, indentation and escapes gone. One entry more than `value`
// has bytes.
[[nodiscard]] std::vector<std::uint32_t> scalar_offsets(std::string_view bytes, std::size_t begin,
                                                        std::string_view value);

}  // namespace suar::rules
