#include "reference/large_pages.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <new>

namespace suar::reference {
namespace {

constexpr std::size_t kLine = 64;

// AddressSanitizer looks for pointers only in memory that it gave out itself.
#ifdef __SANITIZE_ADDRESS__
constexpr bool kMapped = false;
#else
constexpr bool kMapped = true;
#endif

std::size_t rounded_up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

// Fresh from the system: memory that was used before already lies on small pages.
void* map_aligned(std::size_t size) {
  const std::size_t mapped = size + kLargePage;
  void* memory = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  char* const begin = static_cast<char*>(memory);
  char* const aligned =
      begin + (kLargePage - reinterpret_cast<std::uintptr_t>(begin) % kLargePage) % kLargePage;
  if (aligned != begin) munmap(begin, static_cast<std::size_t>(aligned - begin));
  if (char* const end = begin + mapped; aligned + size != end)
    munmap(aligned + size, static_cast<std::size_t>(end - aligned) - size);
  // A hint: where it is refused, the memory is as good as any other.
  static_cast<void>(madvise(aligned, size, MADV_HUGEPAGE));
  return aligned;
}

}  // namespace

void* allocate_large(std::size_t bytes) {
  if (kMapped && bytes >= kLargePage) return map_aligned(rounded_up(bytes, kLargePage));
  void* memory = std::aligned_alloc(kLine, rounded_up(bytes == 0 ? 1 : bytes, kLine));
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void free_large(void* memory, std::size_t bytes) {
  if (kMapped && bytes >= kLargePage) {
    munmap(memory, rounded_up(bytes, kLargePage));
  } else {
    std::free(memory);
  }
}

}  // namespace suar::reference
