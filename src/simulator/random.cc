#include "simulator/random.h"

#include <algorithm>
#include <bit>

namespace suar::simulator {

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) {
    seed = mix(seed);
    word = seed;
  }
}

std::uint64_t Random::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint64_t Random::below(std::uint64_t n) {
  return static_cast<std::uint64_t>((static_cast<unsigned __int128>(next()) * n) >> 64);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
}

std::int64_t Random::wide(std::int64_t low, std::int64_t high) {
  std::uint64_t octaves = 0;
  while ((low << (octaves + 1)) < high) ++octaves;
  const std::int64_t from = low << below(octaves + 1);
  return between(from, std::min(high, from * 2));
}

std::int64_t Random::wide(std::int64_t low, std::int64_t high, std::int64_t step) {
  return wide(low / step, high / step) * step;
}

}  // namespace suar::simulator
