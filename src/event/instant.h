// A point in time and a length of time, in whole microseconds.
//
// RFC 3339 text is read to the microsecond (further digits of a fraction are cut off). Local calendar
// questions (which day, which hour) are asked with an offset, never with the machine's zone.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace suar::event {

struct Duration {
  std::int64_t micros = 0;

  auto operator<=>(const Duration&) const = default;
  static constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
  static constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
  static constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }
  static constexpr Duration days(std::int64_t n) { return hours(n * 24); }
};

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t micros = 0;

  auto operator<=>(const Instant&) const = default;
  static constexpr Instant min() { return {std::numeric_limits<std::int64_t>::min() / 4}; }
  static constexpr Instant max() { return {std::numeric_limits<std::int64_t>::max() / 4}; }
};

constexpr Instant operator+(Instant t, Duration d) {
  return {t.micros + d.micros};
}
constexpr Instant operator-(Instant t, Duration d) {
  return {t.micros - d.micros};
}
constexpr Duration operator-(Instant a, Instant b) {
  return {a.micros - b.micros};
}
constexpr Duration operator+(Duration a, Duration b) {
  return {a.micros + b.micros};
}

// Days since 1970-01-01; the calendar date of an instant in some offset.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

// An instant as a record wrote it: the offset says which local date and hour the writer meant.
struct ZonedInstant {
  Instant instant;
  std::int16_t offset_minutes = 0;
};

// Strict RFC 3339: a date that exists, an offset that is present. A leap second is read as the second after
// it.
[[nodiscard]] std::optional<ZonedInstant> parse_rfc3339(std::string_view text);
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);  // YYYY-MM-DD, a day that exists

// "2025-03-01T09:30:00Z", with a fraction only where there is one.
[[nodiscard]] std::string to_rfc3339(Instant t, int offset_minutes = 0);
[[nodiscard]] std::string to_string(Date date);

[[nodiscard]] Date date_of(Instant t, int offset_minutes);
[[nodiscard]] Instant start_of(Date date, int offset_minutes);
[[nodiscard]] int hour_of(Instant t, int offset_minutes);     // 0-23
[[nodiscard]] int weekday_of(Instant t, int offset_minutes);  // 0 = Sunday, as CEL counts
[[nodiscard]] int day_of_month(Date date);                    // 1-31
[[nodiscard]] int month_of(Date date);                        // 1-12
[[nodiscard]] int year_of(Date date);

}  // namespace suar::event
