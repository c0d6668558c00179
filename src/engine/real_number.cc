#include "engine/real_number.h"

#include <array>
#include <cmath>

namespace suar::engine {
namespace {

constexpr int kBits = 10;  // of the fraction of age / half-life

// One half to the powers 1/2, 1/4, 1/8 ...: each the square root of the one before.
std::array<double, kBits> make_roots() {
  std::array<double, kBits> roots{};
  double root = 0.5;
  for (double& next : roots) next = root = std::sqrt(root);
  return roots;
}

}  // namespace

double to_double(rules::Rational value) {
  const rules::Rational lowest = rules::reduce(value);
  return static_cast<double>(lowest.num) / static_cast<double>(lowest.den);
}

std::optional<rules::Rational> rounded(double value, std::int64_t steps) {
  constexpr double kMost = 4611686018427387904.0;  // 2^62
  if (!(value > -kMost && value < kMost)) return std::nullopt;
  // value = mantissa * 2^exponent, exactly.
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  const bool negative = mantissa < 0;
  rules::Int128 scaled = rules::Int128{negative ? -mantissa : mantissa} * steps;
  if (exponent >= 0) {
    scaled <<= exponent;
  } else if (exponent < -100) {
    scaled = 0;
  } else {
    const rules::Int128 unit = rules::Int128{1} << -exponent;
    const rules::Int128 rest = scaled % unit;
    scaled /= unit;
    if (rest * 2 > unit || (rest * 2 == unit && scaled % 2 != 0)) ++scaled;
  }
  return rules::reduce({negative ? -scaled : scaled, steps});
}

double decay(event::Duration age, event::Duration half_life) {
  static const std::array<double, kBits> kRoots = make_roots();
  const auto quotient = (rules::Int128{age.micros} << kBits) / half_life.micros;
  const auto halvings = quotient >> kBits;
  if (halvings > 1100) return 0;
  double result = 1;
  for (int i = 0; i < kBits; ++i) {
    if (((quotient >> (kBits - 1 - i)) & 1) != 0) result *= kRoots[static_cast<std::size_t>(i)];
  }
  for (int i = 0; i < static_cast<int>(halvings); ++i) result *= 0.5;
  return result;
}

Spread spread_of(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / n)};
}

}  // namespace suar::engine
