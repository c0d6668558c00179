// Chance that is the same on every machine: xoshiro256** over integers, seeded through splitmix64. The
// standard library's distributions differ between implementations and are not used; nor is floating point.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace suar::simulator {

// A bijection of 64 bits that looks like chance (the finalizer of splitmix64).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

// A fixed draw: the same arguments always give the same bits. What must not depend on the order of events
// (where somebody lives, who pays the salary) is drawn this way.
[[nodiscard]] constexpr std::uint64_t draw(std::uint64_t seed, std::uint64_t subject, std::uint64_t salt) {
  return mix(mix(seed + salt * 0xD1342543DE82EF95ULL) ^ subject);
}

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next();
  std::uint64_t below(std::uint64_t n);                       // 0 .. n-1; n > 0
  std::int64_t between(std::int64_t low, std::int64_t high);  // both ends included
  bool chance(int per_mille) { return below(1000) < static_cast<std::uint64_t>(per_mille); }
  // Spread over the orders of magnitude between the ends, so that small and large are about equally likely.
  std::int64_t wide(std::int64_t low, std::int64_t high);
  // The same, in whole steps: wide(300'000, 5'000'000, 50'000).
  std::int64_t wide(std::int64_t low, std::int64_t high, std::int64_t step);

  template <typename T, std::size_t N>
  const T& pick(const std::array<T, N>& choices) {
    return choices[below(N)];
  }
  template <typename T>
  const T& pick(std::span<const T> choices) {
    return choices[below(choices.size())];
  }

 private:
  std::uint64_t state_[4];
};

}  // namespace suar::simulator
