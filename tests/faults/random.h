// The numbers of a plan: of one seed the same ones everywhere.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace suar::faults {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // From `least` to `most`, both included.
  int between(int least, int most) {
    const auto width = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least) + 1;
    return least + static_cast<int>(engine_() % width);
  }
  bool one_in(int n) { return between(1, n) == 1; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace suar::faults
