// An exact fraction. Counts, sums of minor units, shares and averages are all of this kind, so that a
// comparison with a threshold never rounds (semantics: numbers).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "event/money.h"

namespace suar::rules {

using event::Int128;

struct Rational {
  Int128 num = 0;
  Int128 den = 1;  // always positive

  static constexpr Rational of(Int128 n) { return {n, 1}; }
};

// Exact, whatever the sizes: compares whole parts, then the remainders' inverses (as Euclid would), so
// nothing overflows.
[[nodiscard]] std::strong_ordering compare(Rational a, Rational b);
[[nodiscard]] inline bool operator==(Rational a, Rational b) {
  return compare(a, b) == 0;
}

// Empty where the exact result does not fit 128 bits even in lowest terms; divide also where b is zero.
[[nodiscard]] std::optional<Rational> add(Rational a, Rational b);
[[nodiscard]] std::optional<Rational> subtract(Rational a, Rational b);
[[nodiscard]] std::optional<Rational> multiply(Rational a, Rational b);
[[nodiscard]] std::optional<Rational> divide(Rational a, Rational b);
[[nodiscard]] Rational reduce(Rational a);
// To the nearest whole number, ties to even, and held within low and high.
[[nodiscard]] std::int64_t round_within(Rational a, std::int64_t low, std::int64_t high);

}  // namespace suar::rules
