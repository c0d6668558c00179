// Exact money: an integer number of minor units of one ISO 4217 currency.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace suar::event {

using Int128 = __int128;

// Three capital letters packed into an integer; 0 is "no currency".
struct Currency {
  std::uint32_t code = 0;

  auto operator<=>(const Currency&) const = default;
  [[nodiscard]] std::string text() const;
  // Decimals of the minor unit by ISO 4217 (IDR 2, JPY 0, KWD 3); 2 for a code the standard does not list.
  [[nodiscard]] int digits() const;
};

[[nodiscard]] std::optional<Currency> parse_currency(std::string_view text);

inline constexpr std::int64_t kMaxMinorUnits = 9'000'000'000'000'000'000;

struct Money {
  std::int64_t minor = 0;  // minor units of `currency`, never negative in an event
  Currency currency;

  bool operator==(const Money&) const = default;
};

enum class AmountError { kNotADecimal, kTooManyDecimals, kTooLarge };

// "3500000.00": digits with an optional fraction, nothing else.
[[nodiscard]] std::expected<std::int64_t, AmountError> parse_amount(std::string_view text, Currency currency);

// "3500000.00" with exactly the currency's decimals.
[[nodiscard]] std::string format_amount(Int128 minor, Currency currency);
[[nodiscard]] std::string to_string(Int128 value);

// How many units of the home currency one unit of a foreign one buys: digits / 10^scale, exact.
struct Rate {
  std::int64_t digits = 0;
  std::int16_t scale = 0;
};

[[nodiscard]] std::optional<Rate> parse_rate(std::string_view text);

// `minor` of `from` in minor units of `to`, half to even; absent where the result leaves 64 bits.
[[nodiscard]] std::optional<std::int64_t> convert(std::int64_t minor, Currency from, Currency to, Rate rate);
// The other way: `minor` of the home currency in minor units of `to`, where one unit of `to` costs `rate` at
// home.
[[nodiscard]] std::optional<std::int64_t> convert_back(std::int64_t minor, Currency home, Currency to,
                                                       Rate rate);

}  // namespace suar::event
