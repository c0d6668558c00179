// Memory for what is large and touched at random: on large pages where the system has them, so that finding
// the page of an address seldom costs a fetch of its own. It asks the system itself; nothing has to be set.
#pragma once

#include <cstddef>

namespace suar::reference {

inline constexpr std::size_t kLargePage = std::size_t{2} << 20;

// Never null. From the size of a large page on it is aligned to large pages, below that to a cache line.
[[nodiscard]] void* allocate_large(std::size_t bytes);
void free_large(void* memory, std::size_t bytes);

// For containers of the standard library and Abseil.
template <typename T>
struct LargePages {
  using value_type = T;

  LargePages() = default;
  template <typename U>
  LargePages(const LargePages<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert

  [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(allocate_large(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) { free_large(memory, count * sizeof(T)); }
  bool operator==(const LargePages&) const { return true; }
};

}  // namespace suar::reference
