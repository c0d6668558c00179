#include "cli/rule_tests_notation.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "alert/decimal.h"

namespace suar::cli {
namespace {

using rules::Rational;

std::string without_underscores(std::string_view text) {
  std::string result(text);
  std::erase(result, '_');
  return result;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "-1_234.50" exactly.
std::optional<Rational> parse_decimal(std::string_view text) {
  std::string digits = without_underscores(text);
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  const std::size_t point = digits.find('.');
  const std::size_t places = point == std::string::npos ? 0 : digits.size() - point - 1;
  if (point != std::string::npos) digits.erase(point, 1);
  if (digits.empty() || digits.size() > 18 ||
      !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  Rational result = Rational::of(*parse_integer(digits));
  for (std::size_t i = 0; i < places; ++i) result.den *= 10;
  if (negative) result.num = -result.num;
  return result;
}

// A decimal, a percentage or a fraction.
std::optional<Rational> parse_number(std::string_view text) {
  const auto divided = [](const std::optional<Rational>& a, const std::optional<Rational>& b) {
    return a && b ? rules::divide(*a, *b) : std::nullopt;
  };
  if (text.ends_with('%')) return divided(parse_decimal(text.substr(0, text.size() - 1)), Rational::of(100));
  const std::size_t bar = text.find('/');
  if (bar == std::string_view::npos) return parse_decimal(text);
  return divided(parse_decimal(text.substr(0, bar)), parse_decimal(text.substr(bar + 1)));
}

// "09:30" or "09:30:15" since midnight.
std::optional<event::Duration> parse_clock(std::string_view text) {
  const bool seconds = text.size() == 8;
  if ((!seconds && text.size() != 5) || text[2] != ':' || (seconds && text[5] != ':')) return std::nullopt;
  const auto hour = parse_integer(text.substr(0, 2));
  const auto minute = parse_integer(text.substr(3, 2));
  const auto second = seconds ? parse_integer(text.substr(6, 2)) : std::optional<std::int64_t>(0);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return event::Duration::hours(*hour) + event::Duration::minutes(*minute) +
         event::Duration::seconds(*second);
}

std::optional<event::ZonedInstant> local(event::Date date, std::optional<event::Duration> clock) {
  if (!clock) return std::nullopt;
  return event::ZonedInstant{event::start_of(date, kTestOffsetMinutes) + *clock, kTestOffsetMinutes};
}

// 3500000.00 as 3_500_000
std::string with_underscores(std::string amount) {
  const std::size_t point = std::min(amount.find('.'), amount.size());
  if (amount.find_first_not_of('0', point + 1) == std::string::npos) amount.erase(point);
  const std::size_t first = amount.starts_with('-') ? 1 : 0;
  for (std::size_t i = std::min(point, amount.size()); i > first + 3;) amount.insert(i -= 3, 1, '_');
  return amount;
}

}  // namespace

std::optional<event::Duration> parse_duration(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto count = parse_integer(text.substr(0, text.size() - 1));
  if (!count || *count > 1'000'000 || *count < -1'000'000) return std::nullopt;
  switch (text.back()) {
    case 's':
      return event::Duration::seconds(*count);
    case 'm':
      return event::Duration::minutes(*count);
    case 'h':
      return event::Duration::hours(*count);
    case 'd':
      return event::Duration::days(*count);
    case 'w':
      return event::Duration::days(*count * 7);
    default:
      return std::nullopt;
  }
}

std::optional<event::Money> parse_money(std::string_view text, event::Currency fallback) {
  event::Money money{0, fallback};
  if (text.size() > 4 && text[3] == ' ') {
    const auto currency = event::parse_currency(text.substr(0, 3));
    if (!currency) return std::nullopt;
    money.currency = *currency;
    text.remove_prefix(4);
  }
  std::string digits = without_underscores(text);
  const bool negative = digits.starts_with('-');
  const auto minor = event::parse_amount(std::string_view(digits).substr(negative ? 1 : 0), money.currency);
  if (!minor) return std::nullopt;
  money.minor = negative ? -*minor : *minor;
  return money;
}

std::optional<event::ZonedInstant> parse_test_time(std::string_view text, event::Instant start) {
  if (const auto zoned = event::parse_rfc3339(text)) return zoned;
  const event::Date first_day = event::date_of(start, kTestOffsetMinutes);
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) {
    if (!text.starts_with('+')) return local(first_day, parse_clock(text));
    const auto after = parse_duration(text.substr(1));
    if (!after) return std::nullopt;
    return event::ZonedInstant{start + *after, kTestOffsetMinutes};
  }
  const std::string_view day = text.substr(0, space);
  const auto clock = parse_clock(text.substr(space + 1));
  if (!day.starts_with('+')) {
    const auto date = event::parse_date(day);
    return date ? local(*date, clock) : std::nullopt;
  }
  const auto after = parse_duration(day.substr(1));
  if (!after || after->micros % event::Duration::days(1).micros != 0) return std::nullopt;
  const auto days = static_cast<std::int32_t>(after->micros / event::Duration::days(1).micros);
  return local({first_day.days + days}, clock);
}

std::string with_repetition(std::string_view text, int repetition) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find("{i");
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view inside = text.substr(open + 2, close - open - 2);
    const std::int64_t round = inside.starts_with('%') ? parse_integer(inside.substr(1)).value_or(0) : 0;
    result += text.substr(0, open);
    if (inside.empty()) {
      result += std::to_string(repetition);
    } else if (round > 0) {
      result += std::to_string((repetition - 1) % round + 1);
    } else {
      result += text.substr(open, close + 1 - open);
    }
    text.remove_prefix(close + 1);
  }
  return result += text;
}

bool agrees(const engine::Value& value, std::string_view expected, event::Currency home) {
  if (!value.present) return expected == "absent";
  switch (value.type) {
    case rules::Type::kBool:
      return expected == (value.truth ? "true" : "false");
    case rules::Type::kNumber: {
      const auto number = parse_number(expected);
      return number && compare(*number, value.number) == std::strong_ordering::equal;
    }
    case rules::Type::kMoney: {
      const auto money = parse_money(expected, home);
      return money && money->currency == value.currency &&
             alert::round_to_whole(value.number) == money->minor;  // as an alert shows it
    }
    case rules::Type::kTime: {
      const auto time = parse_test_time(expected, event::Instant{});
      return time && time->instant == value.time;
    }
    case rules::Type::kDuration:
      return parse_duration(expected) == value.duration;
    default:
      return expected == value.text;
  }
}

std::string notation_of(const engine::Value& value) {
  if (!value.present) return "absent";
  switch (value.type) {
    case rules::Type::kBool:
      return value.truth ? "true" : "false";
    case rules::Type::kNumber: {
      const Rational exact = rules::reduce(value.number);
      std::string decimal = alert::round_to(exact, 6).text();
      if (parse_decimal(decimal) == exact) return decimal;
      return event::to_string(exact.num) + "/" + event::to_string(exact.den);
    }
    case rules::Type::kMoney:
      return value.currency.text() + " " +
             with_underscores(event::format_amount(alert::round_to_whole(value.number), value.currency));
    case rules::Type::kTime:
      return event::to_rfc3339(value.time, kTestOffsetMinutes);
    case rules::Type::kDuration: {
      const Rational seconds{value.duration.micros, event::Duration::seconds(1).micros};
      return alert::round_to(seconds, 6).text() + "s";
    }
    default:
      return value.text;
  }
}

}  // namespace suar::cli
