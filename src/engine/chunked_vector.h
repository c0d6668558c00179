// A vector that never moves its elements: it grows by chunks, so that growing costs no pause and references
// stay good.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace suar::engine {

template <typename T>
class ChunkedVector {
 public:
  [[nodiscard]] T& operator[](std::uint32_t i) { return (*chunks_[i >> kBits])[i & kMask]; }
  [[nodiscard]] const T& operator[](std::uint32_t i) const { return (*chunks_[i >> kBits])[i & kMask]; }
  [[nodiscard]] std::uint32_t size() const { return size_; }
  // Adds a default element and returns its index.
  std::uint32_t add() {
    if ((size_ & kMask) == 0) chunks_.push_back(std::make_unique<Chunk>());
    return size_++;
  }

 private:
  static constexpr std::uint32_t kBits = 12;
  static constexpr std::uint32_t kMask = (1U << kBits) - 1;
  using Chunk = std::array<T, 1U << kBits>;

  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::uint32_t size_ = 0;
};

}  // namespace suar::engine
