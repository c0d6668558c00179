// Where exactness ends: roots and decays, in IEEE doubles, by + - * / and the square root alone and in a
// fixed order, so that every machine gets the same bits (semantics: numbers). Results are rounded to a grid
// that people can read and tests can state, and are exact fractions again from there on.
#pragma once

#include <optional>
#include <span>

#include "event/instant.h"
#include "rules/rational.h"

namespace suar::engine {

// The numerator divided by the denominator, in lowest terms.
[[nodiscard]] double to_double(rules::Rational value);

// To the nearest multiple of 1 / steps (at most a million steps), ties to even. Empty from 2^62 on.
[[nodiscard]] std::optional<rules::Rational> rounded(double value, std::int64_t steps);

// One half to the power of age / half-life, that quotient rounded down to 1/1024. Age >= 0, half-life > 0.
[[nodiscard]] double decay(event::Duration age, event::Duration half_life);

struct Spread {
  double mean = 0, deviation = 0;
};
// The mean, and the root of the mean square distance from it. Added up in the order given; not of nothing.
[[nodiscard]] Spread spread_of(std::span<const double> values);

}  // namespace suar::engine
