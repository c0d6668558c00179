// A fixed set of words that are looked up fast: a perfect hash, found while compiling, and one comparison.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace suar::event {

template <std::size_t N>
class WordTable {
 public:
  static_assert(N > 0 && N < 64,
                "a slot holds a word's number in a byte, and many more words find no multiplier");

  // The words must differ; a set for which no perfect hash is found does not compile.
  consteval explicit WordTable(const std::array<std::string_view, N>& words) : words_(words) {
    while (!fill_slots()) multiplier_ = multiplier_ * 6364136223846793005U + 1442695040888963407U;
  }

  // The position of `word` in the set, -1 where it is not in it.
  [[nodiscard]] int find(std::string_view word) const {
    if (word.empty()) return -1;
    const std::uint8_t entry = slots_[slot_of(word)];
    return entry != kFree && equal(words_[entry], word) ? int{entry} : -1;
  }

  [[nodiscard]] constexpr std::string_view word(std::size_t position) const { return words_[position]; }
  [[nodiscard]] static constexpr std::size_t size() { return N; }

 private:
  static constexpr unsigned kSlotBits = 8;
  static constexpr std::uint8_t kFree = 0xFF;

  // The length and four characters tell the words of every set here apart.
  [[nodiscard]] constexpr std::size_t slot_of(std::string_view word) const {
    const std::size_t size = word.size();
    const auto at = [word](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(word[i])}; };
    const std::uint64_t features = at(0) | at(size / 2) << 8U | at(size - 1) << 16U |
                                   at(size - (size + 2) / 4) << 24U | std::uint64_t{size} << 32U;
    return static_cast<std::size_t>((features * multiplier_) >> (64U - kSlotBits));
  }

  // Whether two texts have the same bytes in the place of one Integer.
  template <class Integer>
  static bool same(std::string_view a, std::string_view b, std::size_t at) {
    Integer left;
    Integer right;
    std::memcpy(&left, &a[at], sizeof left);
    std::memcpy(&right, &b[at], sizeof right);
    return left == right;
  }

  // Short words in a few comparisons that overlap: calling memcmp costs more than all of them.
  static bool equal(std::string_view a, std::string_view b) {
    using Eight = std::uint64_t;
    using Four = std::uint32_t;
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    if (size > 24) return a == b;
    if (size > 16) return same<Eight>(a, b, 0) && same<Eight>(a, b, 8) && same<Eight>(a, b, size - 8);
    if (size >= 8) return same<Eight>(a, b, 0) && same<Eight>(a, b, size - 8);
    if (size >= 4) return same<Four>(a, b, 0) && same<Four>(a, b, size - 4);
    return a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1];
  }

  constexpr bool fill_slots() {
    slots_.fill(kFree);
    for (std::size_t i = 0; i < N; ++i) {
      std::uint8_t& slot = slots_[slot_of(words_[i])];
      if (slot != kFree) return false;
      slot = static_cast<std::uint8_t>(i);
    }
    return true;
  }

  std::array<std::string_view, N> words_;
  std::array<std::uint8_t, (std::size_t{1} << kSlotBits)> slots_{};
  std::uint64_t multiplier_ = 0x9E3779B97F4A7C15;
};

}  // namespace suar::event
