// Two patterns that money makes over time: one price of which amounts are multiples, and occasions at a
// steady distance. rules/LANGUAGE.md defines both to the last unit.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/cell.h"

namespace suar::engine {

// `amounts` oldest first, in minor units; low and high bound the price.
[[nodiscard]] UnitPrice find_unit_price(const std::vector<std::int64_t>& amounts, std::int64_t low,
                                        std::int64_t high);

// Times are added in order.
class RhythmCounter {
 public:
  RhythmCounter(event::Duration period, event::Duration tolerance) : period_(period), tolerance_(tolerance) {}

  void add(std::int64_t time);
  [[nodiscard]] Rhythm result() const { return {occasions_, regular_}; }

 private:
  event::Duration period_, tolerance_;
  std::int64_t opened_ = 0;
  std::int64_t occasions_ = 0, regular_ = 0;
};

}  // namespace suar::engine
