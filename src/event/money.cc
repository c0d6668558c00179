#include "event/money.h"

#include <algorithm>
#include <limits>

namespace suar::event {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The digits before and after the point of "123.45"; nothing where the text is not of that form.
struct DecimalText {
  std::string_view whole;
  std::string_view fraction;
};

std::optional<DecimalText> split_decimal(std::string_view text) {
  std::size_t whole = 0;
  while (whole < text.size() && is_digit(text[whole])) ++whole;
  if (whole == 0) return std::nullopt;
  if (whole == text.size()) return DecimalText{.whole = text, .fraction = {}};
  if (text[whole] != '.' || whole + 1 == text.size()) return std::nullopt;
  const std::string_view fraction = text.substr(whole + 1);
  if (!std::ranges::all_of(fraction, is_digit)) return std::nullopt;
  return DecimalText{.whole = text.substr(0, whole), .fraction = fraction};
}

// Appends decimal digits to a number; false once it would pass `limit`.
bool append_digits(std::uint64_t& value, std::string_view digits, std::uint64_t limit) {
  for (const char c : digits) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (limit - digit) / 10) return false;
    value = value * 10 + digit;
  }
  return true;
}

using UInt128 = unsigned __int128;

constexpr std::uint64_t kMaxResult = std::numeric_limits<std::int64_t>::max();

// numerator × 10^exponent / divisor, half to even, by long division: one decimal digit at a time, so that no
// intermediate value outgrows 128 bits. Absent where the result passes 63 bits.
std::optional<std::uint64_t> scaled_quotient(UInt128 numerator, int exponent, UInt128 divisor) {
  // A divisor that leaves 128 bits is more than twice any product of two 63-bit numbers.
  for (; exponent < 0; ++exponent) {
    if (divisor > ~UInt128{0} / 10) return 0;
    divisor *= 10;
  }
  UInt128 quotient = numerator / divisor;
  UInt128 remainder = numerator % divisor;
  for (; exponent > 0 && (quotient != 0 || remainder != 0); --exponent) {
    if (quotient > kMaxResult) return std::nullopt;
    remainder *= 10;
    quotient = quotient * 10 + remainder / divisor;
    remainder %= divisor;
  }
  const UInt128 rest = divisor - remainder;
  if (remainder > rest || (remainder == rest && (quotient & 1U) != 0)) ++quotient;
  if (quotient > kMaxResult) return std::nullopt;
  return static_cast<std::uint64_t>(quotient);
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

std::optional<std::int64_t> with_sign_of(std::int64_t sign, std::optional<std::uint64_t> size) {
  if (!size) return std::nullopt;
  const auto value = static_cast<std::int64_t>(*size);
  return sign < 0 ? -value : value;
}

}  // namespace

std::expected<std::int64_t, AmountError> parse_amount(std::string_view text, Currency currency) {
  constexpr auto kLimit = static_cast<std::uint64_t>(kMaxMinorUnits);
  const auto decimal = split_decimal(text);
  if (!decimal) return std::unexpected(AmountError::kNotADecimal);

  const auto digits = static_cast<std::size_t>(currency.digits());
  const std::string_view minor = decimal->fraction.substr(0, digits);
  if (decimal->fraction.substr(minor.size()).find_first_not_of('0') != std::string_view::npos) {
    return std::unexpected(AmountError::kTooManyDecimals);
  }
  std::uint64_t value = 0;
  bool fits = append_digits(value, decimal->whole, kLimit) && append_digits(value, minor, kLimit);
  for (std::size_t i = minor.size(); fits && i < digits; ++i) fits = append_digits(value, "0", kLimit);
  if (!fits) return std::unexpected(AmountError::kTooLarge);
  return static_cast<std::int64_t>(value);
}

std::string to_string(Int128 value) {
  if (value == 0) return "0";
  std::string reversed;
  for (UInt128 rest = value < 0 ? ~static_cast<UInt128>(value) + 1 : static_cast<UInt128>(value); rest != 0;
       rest /= 10) {
    reversed.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  if (value < 0) reversed.push_back('-');
  std::ranges::reverse(reversed);
  return reversed;
}

std::string format_amount(Int128 minor, Currency currency) {
  std::string out = to_string(minor);
  const auto digits = static_cast<std::size_t>(currency.digits());
  if (digits == 0) return out;
  const std::size_t sign = minor < 0 ? 1 : 0;
  if (out.size() - sign <= digits) out.insert(sign, digits + 1 - (out.size() - sign), '0');
  out.insert(out.size() - digits, 1, '.');
  return out;
}

std::optional<Rate> parse_rate(std::string_view text) {
  constexpr std::size_t kMaxScale = 18;
  const auto decimal = split_decimal(text);
  if (!decimal) return std::nullopt;
  std::string_view fraction = decimal->fraction;
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  std::uint64_t digits = 0;
  if (fraction.size() > kMaxScale || !append_digits(digits, decimal->whole, kMaxResult) ||
      !append_digits(digits, fraction, kMaxResult) || digits == 0) {
    return std::nullopt;
  }
  return Rate{.digits = static_cast<std::int64_t>(digits),
              .scale = static_cast<std::int16_t>(fraction.size())};
}

std::optional<std::int64_t> convert(std::int64_t minor, Currency from, Currency to, Rate rate) {
  if (rate.digits <= 0) return std::nullopt;
  const int exponent = to.digits() - from.digits() - rate.scale;
  const UInt128 numerator = UInt128{magnitude(minor)} * static_cast<std::uint64_t>(rate.digits);
  return with_sign_of(minor, scaled_quotient(numerator, exponent, 1));
}

std::optional<std::int64_t> convert_back(std::int64_t minor, Currency home, Currency to, Rate rate) {
  if (rate.digits <= 0) return std::nullopt;
  const int exponent = to.digits() - home.digits() + rate.scale;
  return with_sign_of(minor, scaled_quotient(magnitude(minor), exponent, static_cast<UInt128>(rate.digits)));
}

}  // namespace suar::event
