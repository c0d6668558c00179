// Finds numbers by a 32-bit tag, the upper half of a hash, in one fetch of memory mostly: open addressing
// with linear probing over entries of eight bytes. What a number stands for is compared by the caller. Always
// derived: it is rebuilt from what the numbers stand for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "reference/large_pages.h"
#include "reference/prefetch.h"

namespace suar::engine {

class TagTable {
 public:
  static constexpr std::uint32_t kNothing = UINT32_MAX;

  // The number with this tag for which is(number); kNothing where there is none.
  template <typename Is>
  [[nodiscard]] std::uint32_t find(std::uint32_t tag, Is is) const {
    for (std::size_t i = home(tag);; i = (i + 1) & mask()) {
      const Entry& entry = entries_[i];
      if (entry.number == kNothing) return kNothing;
      if (entry.tag == tag && is(entry.number)) return entry.number;
    }
  }
  // A number of this tag, most likely the only one.
  [[nodiscard]] std::uint32_t any(std::uint32_t tag) const {
    return find(tag, [](std::uint32_t) { return true; });
  }

  void insert(std::uint32_t tag, std::uint32_t number) {
    if ((size_ + 1) * 2 > entries_.size()) grow();
    put({tag, number});
    ++size_;
  }
  // Both need the number to be there.
  void erase(std::uint32_t tag, std::uint32_t number) {
    std::size_t hole = place_of(tag, number);
    for (std::size_t i = (hole + 1) & mask(); entries_[i].number != kNothing; i = (i + 1) & mask()) {
      // What could no longer be found beyond the hole moves into it.
      const std::size_t from_home = (i - home(entries_[i].tag)) & mask();
      if (from_home < ((i - hole) & mask())) continue;
      entries_[hole] = entries_[i];
      hole = i;
    }
    entries_[hole] = {};
    --size_;
  }
  void replace(std::uint32_t tag, std::uint32_t number, std::uint32_t by) {
    entries_[place_of(tag, number)].number = by;
  }

  void prefetch(std::uint32_t tag) const {
    const std::size_t i = home(tag);
    reference::prefetch_line(&entries_[i]);
    reference::prefetch_line(&entries_[(i + 3) & mask()]);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return entries_.size() * sizeof(Entry); }

 private:
  struct Entry {
    std::uint32_t tag = 0, number = kNothing;
  };
  using Entries = std::vector<Entry, reference::LargePages<Entry>>;
  static constexpr unsigned kFirstBits = 4;

  [[nodiscard]] std::size_t mask() const { return entries_.size() - 1; }
  [[nodiscard]] std::size_t home(std::uint32_t tag) const { return tag >> shift_; }
  [[nodiscard]] std::size_t place_of(std::uint32_t tag, std::uint32_t number) const {
    std::size_t i = home(tag);
    while (entries_[i].number != number) i = (i + 1) & mask();
    return i;
  }
  void put(Entry entry) {
    std::size_t i = home(entry.tag);
    while (entries_[i].number != kNothing) i = (i + 1) & mask();
    entries_[i] = entry;
  }
  void grow() {
    const Entries old = std::exchange(entries_, Entries(entries_.size() * 2));
    --shift_;
    for (const Entry& entry : old) {
      if (entry.number != kNothing) put(entry);
    }
  }

  unsigned shift_ = 32 - kFirstBits;
  Entries entries_ = Entries(std::size_t{1} << kFirstBits);  // at most half full
  std::size_t size_ = 0;
};

}  // namespace suar::engine
