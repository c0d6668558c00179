// The events that windows still need, of one entity: one compact array, in order of (time, order), shared by
// every window of every rule on the entity.
//
// An entry is `stride` words of 64 bits; the layout of the entity's kind says what stands in each:
//
//   entry  := time order source mask{mask_words} column{...}
//   time   := microseconds since the epoch
//   order  := place among equal times (of a correction: the original's)
//   source := the payment's slot, or kSignalBit | the signal's slot
//   mask   := one bit per window predicate of the kind: does the entry belong to those windows?
//   column := what windows aggregate or compare: minor units, a number, or the identity of a text or party
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <memory>

#include "event/instant.h"

namespace suar::engine {

inline constexpr std::uint64_t kSignalBit = std::uint64_t{1} << 63;
inline constexpr std::int64_t kAbsentNumber = INT64_MIN;

struct Position {
  std::int64_t time = 0;
  std::uint64_t order = 0;
  auto operator<=>(const Position&) const = default;
};

class EntityLog {
 public:
  static constexpr std::uint32_t kHeaderWords = 3;

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::uint32_t capacity() const { return capacity_; }
  [[nodiscard]] const std::uint64_t* entry(std::uint32_t i, std::uint32_t stride) const {
    return words_.get() + std::size_t{i} * stride;
  }
  [[nodiscard]] std::uint64_t* entry(std::uint32_t i, std::uint32_t stride) {
    return words_.get() + std::size_t{i} * stride;
  }
  [[nodiscard]] const std::uint64_t* data() const { return words_.get(); }

  static Position position(const std::uint64_t* entry) {
    return {static_cast<std::int64_t>(entry[0]), entry[1]};
  }
  static std::int64_t time(const std::uint64_t* entry) { return static_cast<std::int64_t>(entry[0]); }

  // Fetches the place of the next entry.
  void prefetch_end(std::uint32_t stride) const {
    if (words_ == nullptr) return;
    const std::uint64_t* end = words_.get() + std::size_t{size_} * stride;
    __builtin_prefetch(end - stride);
    __builtin_prefetch(end, 1);
    __builtin_prefetch(end + 8, 1);
  }

  // Puts the entry (stride words) in its place. Needs size() < capacity().
  void insert(const std::uint64_t* entry, std::uint32_t stride);
  void erase(std::uint32_t i, std::uint32_t stride);
  void grow(std::uint32_t stride);

  // The entry at exactly this position, or size().
  [[nodiscard]] std::uint32_t find(Position at, std::uint32_t stride) const;
  // How many entries have a time not after `time`: the index of the first that is later.
  [[nodiscard]] std::uint32_t first_after(std::int64_t time, std::uint32_t stride) const;

  // Keeps the entries for which keep(entry) is true, in order.
  template <typename Keep>
  void retain(std::uint32_t stride, Keep keep) {
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < size_; ++i) {
      const std::uint64_t* from = entry(i, stride);
      if (!keep(from)) continue;
      if (kept != i) std::copy(from, from + stride, entry(kept, stride));
      ++kept;
    }
    size_ = kept;
  }

 private:
  std::unique_ptr<std::uint64_t[]> words_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;  // entries
};

}  // namespace suar::engine
