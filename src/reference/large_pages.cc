#include "reference/large_pages.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace suar::reference {
namespace {

constexpr std::size_t kLine = 64;

std::size_t rounded_up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

}  // namespace

void* allocate_large(std::size_t bytes) {
  const std::size_t unit = bytes < kLargePage ? kLine : kLargePage;
  const std::size_t size = rounded_up(bytes == 0 ? 1 : bytes, unit);
  void* memory = std::aligned_alloc(unit, size);
  if (memory == nullptr) throw std::bad_alloc();
  // A hint: where it is refused, the memory is as good as any other.
  if (unit == kLargePage) static_cast<void>(madvise(memory, size, MADV_HUGEPAGE));
  return memory;
}

void free_large(void* memory) {
  std::free(memory);
}

}  // namespace suar::reference
