// What every target shares: the bytes as text, and a claim that ends the program where it does not hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// Called by libFuzzer, or by mutate_main.cc, with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace suar::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void require(bool holds, const char* claim) {
  if (holds) return;
  static_cast<void>(std::fprintf(stderr, "does not hold: %s\n", claim));
  std::abort();
}

}  // namespace suar::fuzz
