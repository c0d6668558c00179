// The events that windows still need, of one entity: one compact array, in order of (time, order), shared by
// every window of every rule on the entity.
//
// An entry has two parts, each of words of 64 bits. Windows walk over the heads; the bodies stand apart, so
// that this touches little memory. The layout of the entity's kind says how many words there are:
//
//   head   := time mask{...}
//   body   := order source column{...}
//   time   := microseconds since the epoch
//   mask   := one bit per window predicate of the kind: does the entry belong to those windows?
//   order  := place among equal times (of a correction: the original's)
//   source := the payment's slot, or kSignalBit | the signal's slot; kGone where the event was taken out
//   column := what windows aggregate or compare: minor units, a number, or the identity of a text or party
//
// An event that is taken out leaves its entry behind, with an empty mask, until the next clean-up: a log may
// be long. All of this is state; nothing in it is derived.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <vector>

#include "event/instant.h"
#include "reference/prefetch.h"

namespace suar::engine {

inline constexpr std::uint64_t kSignalBit = std::uint64_t{1} << 63;
inline constexpr std::uint64_t kGone = ~std::uint64_t{0};
inline constexpr std::int64_t kAbsentNumber = INT64_MIN;

struct Position {
  std::int64_t time = 0;
  std::uint64_t order = 0;
  auto operator<=>(const Position&) const = default;
};

// How many words the parts of an entry have, of all entities of a kind.
struct LogShape {
  static constexpr std::uint32_t kBeforeMask = 1, kBeforeColumns = 2;

  std::uint32_t head = kBeforeMask, body = kBeforeColumns;

  [[nodiscard]] std::uint32_t words() const { return head + body; }
};

// An entry, in a log or on its way there.
class LogEntry {
 public:
  LogEntry() = default;
  LogEntry(const std::uint64_t* head, const std::uint64_t* body) : head_(head), body_(body) {}

  [[nodiscard]] std::int64_t time() const { return static_cast<std::int64_t>(head_[0]); }
  [[nodiscard]] std::uint64_t order() const { return body_[0]; }
  [[nodiscard]] std::uint64_t source() const { return body_[1]; }
  [[nodiscard]] Position position() const { return {time(), order()}; }
  [[nodiscard]] std::uint64_t mask(std::uint32_t word) const { return head_[LogShape::kBeforeMask + word]; }
  [[nodiscard]] bool has(std::uint32_t bit) const { return ((mask(bit / 64) >> (bit % 64)) & 1U) != 0; }
  [[nodiscard]] std::uint64_t word(std::uint32_t i) const { return body_[i]; }  // of the body
  [[nodiscard]] const std::uint64_t* head() const { return head_; }
  [[nodiscard]] const std::uint64_t* body() const { return body_; }

 private:
  const std::uint64_t* head_ = nullptr;
  const std::uint64_t* body_ = nullptr;
};

// Memory for the logs of one kind: blocks of a few sizes, cut from large pages and used again and again.
class LogMemory {
 public:
  LogMemory() = default;
  LogMemory(const LogMemory&) = delete;
  LogMemory& operator=(const LogMemory&) = delete;
  ~LogMemory();

  // Blocks of `words` words; a size is given back as it was taken.
  [[nodiscard]] std::uint64_t* take(std::size_t words);
  void give_back(std::uint64_t* block, std::size_t words);
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kPage = std::size_t{1} << 18;       // words in a large page
  static constexpr std::size_t kFirstPage = std::size_t{1} << 13;  // a small engine needs no large one
  static constexpr std::size_t kShared = std::size_t{1} << 15;     // longer blocks have memory of their own

  struct FreeBlocks {
    std::size_t words = 0;
    std::uint64_t* first = nullptr;  // each begins with the address of the next
  };

  std::vector<FreeBlocks> free_;
  struct Page {
    std::uint64_t* memory;
    std::size_t bytes;
  };
  std::vector<Page> pages_;
  std::uint64_t* next_ = nullptr;
  std::size_t left_ = 0;
  std::uint64_t bytes_ = 0;
};

class EntityLog {
 public:
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::uint32_t capacity() const { return capacity_; }
  [[nodiscard]] LogEntry entry(std::uint32_t i, const LogShape& shape) const {
    return {head(i, shape), body(i, shape)};
  }
  [[nodiscard]] std::uint64_t* mutable_body(std::uint32_t i, const LogShape& shape) { return body(i, shape); }

  // Fetches the place of the next entry and what stands before it.
  void prefetch_end(const LogShape& shape) const {
    if (words_ == nullptr) return;
    const std::uint64_t* end = head(size_, shape);
    for (int line = -3; line <= 0; ++line) reference::prefetch_line(end + 8 * line);
    end = body(size_, shape);
    for (std::uint32_t word = 0; word < shape.body + 8; word += 8) reference::prefetch_line(end + word);
  }

  // Puts the entry in its place and returns that. Needs size() < capacity().
  std::uint32_t insert(const LogEntry& entry, const LogShape& shape);
  // Leaves an entry that is in no window.
  void take_out(std::uint32_t i, const LogShape& shape);
  void grow(const LogShape& shape, LogMemory& memory);
  // Room for exactly so many entries, of a log that has none.
  void reserve(std::uint32_t capacity, const LogShape& shape, LogMemory& memory);

  // The entry at exactly this position that was not taken out, or size().
  [[nodiscard]] std::uint32_t find(Position at, const LogShape& shape) const;
  // How many entries have a time not after `time`: the index of the first that is later.
  [[nodiscard]] std::uint32_t first_after(std::int64_t time, const LogShape& shape) const;

  // Keeps the entries for which keep(entry) is true, in order.
  template <typename Keep>
  void retain(const LogShape& shape, Keep keep) {
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (!keep(entry(i, shape))) continue;
      if (kept != i) {
        std::copy_n(head(i, shape), shape.head, head(kept, shape));
        std::copy_n(body(i, shape), shape.body, body(kept, shape));
      }
      ++kept;
    }
    size_ = kept;
  }

 private:
  [[nodiscard]] std::uint64_t* head(std::uint32_t i, const LogShape& shape) const {
    return words_ + std::size_t{i} * shape.head;
  }
  [[nodiscard]] std::uint64_t* body(std::uint32_t i, const LogShape& shape) const {
    return words_ + std::size_t{capacity_} * shape.head + std::size_t{i} * shape.body;
  }

  std::uint64_t* words_ = nullptr;  // of the kind's LogMemory: the heads, then the bodies
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;  // entries
};

}  // namespace suar::engine
