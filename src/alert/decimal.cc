#include "alert/decimal.h"

#include "event/money.h"

namespace suar::alert {
namespace {

using Unsigned = unsigned __int128;

// 10 * `rest` / `divisor`, leaving the remainder in `rest`. Ten is taken as binary 1010 in steps that stay
// below 2 * divisor, so that no size of divisor overflows.
unsigned next_digit(Unsigned& rest, Unsigned divisor) {
  unsigned digit = 0;
  Unsigned sum = 0;
  const auto carry = [&] {
    if (sum >= divisor) {
      sum -= divisor;
      ++digit;
    }
  };
  for (const bool bit : {true, false, true, false}) {
    digit *= 2;
    sum *= 2;
    carry();
    if (bit) {
      sum += rest;
      carry();
    }
  }
  rest = sum;
  return digit;
}

struct Rounded {
  bool negative = false;
  Unsigned whole = 0;
  unsigned fraction = 0;  // `places` digits
};

Rounded round_digits(rules::Rational value, int places) {
  const auto divisor = static_cast<Unsigned>(value.den);
  Rounded result;
  result.negative = value.num < 0;
  const Unsigned magnitude =
      result.negative ? Unsigned{0} - static_cast<Unsigned>(value.num) : static_cast<Unsigned>(value.num);
  result.whole = magnitude / divisor;

  Unsigned rest = magnitude % divisor;
  unsigned limit = 1;
  for (int i = 0; i < places; ++i) {
    result.fraction = result.fraction * 10 + next_digit(rest, divisor);
    limit *= 10;
  }
  const bool odd = places == 0 ? result.whole % 2 == 1 : result.fraction % 2 == 1;
  if (rest > divisor - rest || (rest == divisor - rest && odd)) ++result.fraction;
  if (result.fraction == limit || (places == 0 && result.fraction == 1)) {
    result.fraction = 0;
    ++result.whole;
  }
  if (result.whole == 0 && result.fraction == 0) result.negative = false;
  return result;
}

}  // namespace

Decimal round_to(rules::Rational value, int places) {
  const Rounded rounded = round_digits(value, places);
  Decimal result{rounded.negative, event::to_string(static_cast<event::Int128>(rounded.whole)), ""};
  if (rounded.fraction != 0) {
    result.fraction = std::to_string(rounded.fraction);
    result.fraction.insert(0, static_cast<std::size_t>(places) - result.fraction.size(), '0');
    result.fraction.erase(result.fraction.find_last_not_of('0') + 1);
  }
  return result;
}

event::Int128 round_to_whole(rules::Rational value) {
  const Rounded rounded = round_digits(value, 0);
  return static_cast<event::Int128>(rounded.negative ? Unsigned{0} - rounded.whole : rounded.whole);
}

std::string Decimal::text() const {
  std::string result = negative ? "-" + whole : whole;
  if (!fraction.empty()) result += "." + fraction;
  return result;
}

}  // namespace suar::alert
