// An exact fraction as decimal digits.
#pragma once

#include <string>

#include "rules/rational.h"

namespace suar::alert {

// sign, whole digits and fraction digits of a rounded number; the fraction has no trailing zeros and may be
// empty.
struct Decimal {
  bool negative = false;
  std::string whole;
  std::string fraction;

  [[nodiscard]] std::string text() const;  // "-1234.5"
};

// `value` rounded half to even to at most `places` decimals (0 to 9).
[[nodiscard]] Decimal round_to(rules::Rational value, int places);

// `value` rounded half to even to a whole number.
[[nodiscard]] event::Int128 round_to_whole(rules::Rational value);

}  // namespace suar::alert
