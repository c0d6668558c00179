// Fetches a line of memory that will be needed soon. The empty statement keeps GCC from taking a function
// that only fetches for one without effect, of which it would leave out the calls.
#pragma once

namespace suar::reference {

inline void prefetch_line(const void* address) {
  __builtin_prefetch(address);
  asm volatile("");
}

}  // namespace suar::reference
