// Between which numbers a value lies, whatever happens: what the checker knows of thresholds that are never
// or always reached.
#pragma once

#include <optional>

#include "rules/rule.h"

namespace suar::rules {

// Both ends included; an empty end is open. Money in minor units, durations in microseconds.
struct Bounds {
  std::optional<Rational> low, high;
};

// Of a number, money or duration.
[[nodiscard]] Bounds bounds_of(const Expression& expression, const Rule& rule);
// A constant's own number; money in minor units, durations in microseconds.
[[nodiscard]] Rational quantity_of(const Expression& constant);

}  // namespace suar::rules
