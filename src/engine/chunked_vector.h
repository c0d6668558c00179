// A vector that never moves its elements: it grows by chunks, so that growing costs no pause and references
// stay good. Elements are made as they are added. Every chunk but the first lies on a large page of its own:
// a small engine need not have one cleared.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include "reference/large_pages.h"

namespace suar::engine {

template <typename T>
class ChunkedVector {
 public:
  ChunkedVector() = default;
  ChunkedVector(const ChunkedVector&) = delete;
  ChunkedVector& operator=(const ChunkedVector&) = delete;
  ~ChunkedVector() {
    for (std::uint32_t i = 0; i < size_; ++i) std::destroy_at(&(*this)[i]);
    for (std::size_t i = 1; i < chunks_.size(); ++i) reference::free_large(chunks_[i], reference::kLargePage);
    if (!chunks_.empty()) ::operator delete(chunks_[0], kAlignment);
  }

  [[nodiscard]] T& operator[](std::uint32_t i) { return chunks_[i >> kBits][i & kMask]; }
  [[nodiscard]] const T& operator[](std::uint32_t i) const { return chunks_[i >> kBits][i & kMask]; }
  [[nodiscard]] std::uint32_t size() const { return size_; }
  // Adds a default element and returns its index.
  std::uint32_t add() {
    if ((size_ & kMask) == 0) {
      void* chunk = chunks_.empty() ? ::operator new(sizeof(T) << kBits, kAlignment)
                                    : reference::allocate_large(reference::kLargePage);
      chunks_.push_back(static_cast<T*>(chunk));
    }
    std::construct_at(&(*this)[size_]);
    return size_++;
  }

 private:
  static constexpr unsigned kBits = std::bit_width(reference::kLargePage / sizeof(T)) - 1U;
  static constexpr std::uint32_t kMask = (1U << kBits) - 1;
  static constexpr std::align_val_t kAlignment{64};

  std::vector<T*> chunks_;
  std::uint32_t size_ = 0;
};

}  // namespace suar::engine
