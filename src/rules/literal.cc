#include "rules/literal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace suar::rules {
namespace {

constexpr std::size_t kMostDigits = 30;
constexpr std::int64_t kLongestDays = 36'500;

struct Unit {
  std::string_view name;
  event::Duration length;
};
constexpr Unit kUnits[] = {{"s", event::Duration::seconds(1)},
                           {"m", event::Duration::minutes(1)},
                           {"h", event::Duration::hours(1)},
                           {"d", event::Duration::days(1)},
                           {"w", event::Duration::days(7)}};

void append_utf8(std::uint32_t code, std::string& out) {
  const auto byte = [&out](std::uint32_t b) { out += static_cast<char>(b); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6U));
    byte(0x80 | (code & 0x3FU));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12U));
    byte(0x80 | ((code >> 6U) & 0x3FU));
    byte(0x80 | (code & 0x3FU));
  } else {
    byte(0xF0 | (code >> 18U));
    byte(0x80 | ((code >> 12U) & 0x3FU));
    byte(0x80 | ((code >> 6U) & 0x3FU));
    byte(0x80 | (code & 0x3FU));
  }
}

bool read_code_point(std::string_view text, std::size_t& at, std::size_t skip, std::size_t length, int base,
                     std::string& out) {
  if (at + skip + length > text.size()) return false;
  std::uint32_t code = 0;
  const char* begin = text.data() + at + skip;
  const auto [stop, problem] = std::from_chars(begin, begin + length, code, base);
  if (problem != std::errc() || stop != begin + length) return false;
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
  append_utf8(code, out);
  at += skip + length;
  return true;
}

}  // namespace

std::optional<Rational> parse_number(std::string_view digits) {
  if (digits.size() > kMostDigits) return std::nullopt;
  Rational number;
  bool fraction = false;
  for (const char c : digits) {
    if (c == '.') {
      fraction = true;
      continue;
    }
    number.num = number.num * 10 + (c - '0');
    if (fraction) number.den *= 10;
  }
  return reduce(number);
}

std::expected<event::Duration, std::string> parse_duration(std::string_view digits, std::string_view unit) {
  const auto* const found = std::ranges::find(kUnits, unit, &Unit::name);
  if (found == std::end(kUnits)) return std::unexpected(fmt::format("`{}` is no unit of time", unit));
  if (digits.find('.') != std::string_view::npos)
    return std::unexpected("a duration is a whole number of its unit");
  std::int64_t count = 0;
  const auto [stop, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  const std::int64_t longest = event::Duration::days(kLongestDays).micros / found->length.micros;
  if (problem != std::errc() || count > longest) return std::unexpected("a duration is at most 100 years");
  return event::Duration{count * found->length.micros};
}

std::expected<Rational, std::string> parse_money(std::string_view digits, event::Currency currency) {
  const auto minor = event::parse_amount(digits, currency);
  if (minor) return Rational::of(*minor);
  switch (minor.error()) {
    case event::AmountError::kTooManyDecimals:
      return std::unexpected(fmt::format("{} has {} decimals", currency.text(), currency.digits()));
    case event::AmountError::kTooLarge:
      return std::unexpected("the amount is too large");
    case event::AmountError::kNotADecimal:
      break;
  }
  return std::unexpected("this is no amount");
}

bool read_escape(std::string_view text, std::size_t& at, std::string& out) {
  if (at + 1 >= text.size()) return false;
  const char c = text[at + 1];
  constexpr std::string_view kLetters = "abfnrtv\\\"'`?";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\\"'`?";
  if (const std::size_t i = kLetters.find(c); i != std::string_view::npos) {
    out += kMeanings[i];
    at += 2;
    return true;
  }
  switch (c) {
    case 'x':
    case 'X':
      return read_code_point(text, at, 2, 2, 16, out);
    case 'u':
      return read_code_point(text, at, 2, 4, 16, out);
    case 'U':
      return read_code_point(text, at, 2, 8, 16, out);
    default:
      return c >= '0' && c <= '3' && read_code_point(text, at, 1, 3, 8, out);
  }
}

}  // namespace suar::rules
