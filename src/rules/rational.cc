#include "rules/rational.h"

namespace suar::rules {
namespace {

Int128 gcd(Int128 a, Int128 b) {
  if (a < 0) a = -a;
  while (b != 0) {
    const Int128 r = a % b;
    a = b;
    b = r;
  }
  return a;
}

Int128 floor_div(Int128 a, Int128 b) {
  const Int128 q = a / b;
  return (a % b != 0 && a < 0) ? q - 1 : q;
}

}  // namespace

std::strong_ordering compare(Rational a, Rational b) {
  bool swapped = false;
  while (true) {
    const Int128 qa = floor_div(a.num, a.den);
    const Int128 qb = floor_div(b.num, b.den);
    if (qa != qb) return ((qa < qb) != swapped) ? std::strong_ordering::less : std::strong_ordering::greater;
    const Int128 ra = a.num - qa * a.den;
    const Int128 rb = b.num - qb * b.den;
    if (ra == 0 && rb == 0) return std::strong_ordering::equal;
    if (ra == 0) return swapped ? std::strong_ordering::greater : std::strong_ordering::less;
    if (rb == 0) return swapped ? std::strong_ordering::less : std::strong_ordering::greater;
    a = {a.den, ra};
    b = {b.den, rb};
    swapped = !swapped;
  }
}

Rational reduce(Rational a) {
  const Int128 g = gcd(a.num, a.den);
  return g > 1 ? Rational{a.num / g, a.den / g} : a;
}

std::optional<Rational> multiply(Rational a, Rational b) {
  // Cross-reduce first: then the products are in lowest terms already, and overflow is real.
  const Int128 g1 = gcd(a.num, b.den);
  const Int128 g2 = gcd(b.num, a.den);
  if (g1 > 1) a.num /= g1, b.den /= g1;
  if (g2 > 1) b.num /= g2, a.den /= g2;
  Rational result;
  if (__builtin_mul_overflow(a.num, b.num, &result.num) || __builtin_mul_overflow(a.den, b.den, &result.den))
    return {};
  return result;
}

std::optional<Rational> divide(Rational a, Rational b) {
  if (b.num == 0) return {};
  return multiply(a, b.num > 0 ? Rational{b.den, b.num} : Rational{-b.den, -b.num});
}

std::optional<Rational> add(Rational a, Rational b) {
  a = reduce(a);
  b = reduce(b);
  const Int128 g = gcd(a.den, b.den);
  Int128 left, right;
  Rational result;
  if (__builtin_mul_overflow(a.num, b.den / g, &left) || __builtin_mul_overflow(b.num, a.den / g, &right) ||
      __builtin_add_overflow(left, right, &result.num) ||
      __builtin_mul_overflow(a.den, b.den / g, &result.den)) {
    return {};
  }
  return reduce(result);
}

std::optional<Rational> subtract(Rational a, Rational b) {
  return add(a, {-b.num, b.den});
}

std::int64_t round_within(Rational a, std::int64_t low, std::int64_t high) {
  if (compare(a, Rational::of(low)) <= 0) return low;
  if (compare(a, Rational::of(high)) >= 0) return high;
  // Now |a| is small enough for all that follows.
  Int128 whole = a.num / a.den;
  Int128 rest = a.num % a.den;
  if (rest < 0) {
    rest += a.den;
    --whole;
  }
  const Int128 other = a.den - rest;
  if (rest > other || (rest == other && whole % 2 != 0)) ++whole;
  return static_cast<std::int64_t>(whole);
}

}  // namespace suar::rules
