// The number of the engine's semantics. It rises with every change after which the same log could lead to
// another state or another alert; the journal names it, so that a program that would continue differently
// does not continue unnoticed.
#pragma once

#include <cstdint>

namespace suar::engine {

inline constexpr std::uint32_t kSemantics = 1;

}  // namespace suar::engine
