#include "event/instant.h"

#include <fmt/format.h>

#include <array>

namespace suar::event {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr std::int64_t kMicrosPerHour = 60 * kMicrosPerMinute;
constexpr std::int64_t kMicrosPerDay = 24 * kMicrosPerHour;

struct CivilDate {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

constexpr bool is_leap(unsigned year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr unsigned days_in_month(unsigned year, unsigned month) {
  constexpr std::array<std::uint8_t, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month];
}

// The proleptic Gregorian calendar counted in years that start on 1 March, so that the leap day comes last,
// and in eras of 400 years, which all have 146,097 days. Day 0 of era 0 is 0000-03-01, 719,468 days before
// 1970-01-01.
constexpr std::int64_t kDaysPerEra = 146'097;
constexpr std::int64_t kEpochFromEraZero = 719'468;

constexpr std::int32_t days_from_civil(unsigned year, unsigned month, unsigned day) {
  const unsigned march_year = (month <= 2 ? year + 399 : year + 400);  // from year -400, so never negative
  const unsigned era = march_year / 400;
  const unsigned year_of_era = march_year % 400;
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<std::int32_t>((std::int64_t{era} - 1) * kDaysPerEra + day_of_era - kEpochFromEraZero);
}

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - static_cast<std::int64_t>(a % b < 0);
}

constexpr CivilDate civil_from_days(std::int64_t days) {
  const std::int64_t shifted = days + kEpochFromEraZero;
  const std::int64_t era = floor_div(shifted, kDaysPerEra);
  const auto day_of_era = static_cast<unsigned>(shifted - era * kDaysPerEra);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned month_from_march = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const unsigned month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {.year = era * 400 + year_of_era + (month <= 2 ? 1 : 0), .month = month, .day = day};
}

// Reads numbers of fixed width. What is not a digit is remembered and asked about once, at the end.
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : text_(text) {}

  unsigned two(std::size_t at) { return digit(at) * 10 + digit(at + 1); }
  unsigned four(std::size_t at) { return two(at) * 100 + two(at + 2); }
  [[nodiscard]] bool all_digits() const { return !bad_; }

 private:
  unsigned digit(std::size_t at) {
    const unsigned value = static_cast<unsigned char>(text_[at]) - unsigned{'0'};
    bad_ |= value > 9;
    return value;
  }

  std::string_view text_;
  bool bad_ = false;
};

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool date_exists(unsigned year, unsigned month, unsigned day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

// A fraction with its point taken off the front of `text`, cut to microseconds; nothing where it has no
// digit.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
  std::int64_t micros = 0;
  std::int64_t unit = kMicrosPerSecond / 10;
  std::size_t size = 1;
  for (; size < text.size() && is_digit(text[size]); ++size) {
    micros += (text[size] - '0') * unit;
    unit /= 10;
  }
  if (size == 1) return std::nullopt;
  text.remove_prefix(size);
  return micros;
}

// "Z" or "+07:00", in minutes.
std::optional<int> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  DigitReader digits(text);
  const unsigned hours = digits.two(1);
  const unsigned minutes = digits.two(4);
  if (!digits.all_digits() || hours > 23 || minutes > 59) return std::nullopt;
  const int offset = static_cast<int>(hours * 60 + minutes);
  return text[0] == '-' ? -offset : offset;
}

// Leap seconds stand at the end of June or December, UTC. Which years had one is not asked: the list is never
// complete.
bool may_end_in_leap_second(Instant next_second) {
  if (next_second.micros % kMicrosPerDay != 0) return false;
  const CivilDate date = civil_from_days(floor_div(next_second.micros, kMicrosPerDay));
  return date.day == 1 && (date.month == 1 || date.month == 7);
}

}  // namespace

std::optional<ZonedInstant> parse_rfc3339(std::string_view text) {
  constexpr std::size_t kSecondsEnd = 19;  // "2025-03-01T09:30:00"
  if (text.size() < kSecondsEnd + 1) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  DigitReader digits(text);
  const unsigned year = digits.four(0);
  const unsigned month = digits.two(5);
  const unsigned day = digits.two(8);
  const unsigned hour = digits.two(11);
  const unsigned minute = digits.two(14);
  const unsigned second = digits.two(17);
  if (!digits.all_digits() || !date_exists(year, month, day) || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }

  std::string_view rest = text.substr(kSecondsEnd);
  std::int64_t fraction = 0;
  if (rest.front() == '.') {
    const auto taken = take_fraction(rest);
    if (!taken) return std::nullopt;
    fraction = *taken;
  }
  const auto offset = parse_offset(rest);
  if (!offset) return std::nullopt;

  const std::int64_t minutes_of_day = std::int64_t{hour} * 60 + minute - *offset;
  const Instant whole{days_from_civil(year, month, day) * kMicrosPerDay + minutes_of_day * kMicrosPerMinute +
                      second * kMicrosPerSecond};
  if (second == 60 && !may_end_in_leap_second(whole)) return std::nullopt;
  return ZonedInstant{.instant = {whole.micros + fraction},
                      .offset_minutes = static_cast<std::int16_t>(*offset)};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  DigitReader digits(text);
  const unsigned year = digits.four(0);
  const unsigned month = digits.two(5);
  const unsigned day = digits.two(8);
  if (!digits.all_digits() || !date_exists(year, month, day)) return std::nullopt;
  return Date{days_from_civil(year, month, day)};
}

std::string to_rfc3339(Instant t, int offset_minutes) {
  const std::int64_t local = t.micros + offset_minutes * kMicrosPerMinute;
  const std::int64_t days = floor_div(local, kMicrosPerDay);
  const std::int64_t in_day = local - days * kMicrosPerDay;
  const CivilDate date = civil_from_days(days);
  std::string out =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", date.year, date.month, date.day,
                  in_day / kMicrosPerHour, in_day / kMicrosPerMinute % 60, in_day / kMicrosPerSecond % 60);
  if (const std::int64_t fraction = in_day % kMicrosPerSecond; fraction != 0) {
    out += fmt::format(".{:06}", fraction);
    out.erase(out.find_last_not_of('0') + 1);
  }
  if (offset_minutes == 0) return out + 'Z';
  const int size = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  return out + fmt::format("{}{:02}:{:02}", offset_minutes < 0 ? '-' : '+', size / 60, size % 60);
}

std::string to_string(Date date) {
  const CivilDate civil = civil_from_days(date.days);
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

Date date_of(Instant t, int offset_minutes) {
  return {static_cast<std::int32_t>(floor_div(t.micros + offset_minutes * kMicrosPerMinute, kMicrosPerDay))};
}

Instant start_of(Date date, int offset_minutes) {
  return {date.days * kMicrosPerDay - offset_minutes * kMicrosPerMinute};
}

int hour_of(Instant t, int offset_minutes) {
  const std::int64_t local = t.micros + offset_minutes * kMicrosPerMinute;
  return static_cast<int>((local - floor_div(local, kMicrosPerDay) * kMicrosPerDay) / kMicrosPerHour);
}

int weekday_of(Instant t, int offset_minutes) {
  constexpr std::int64_t kEpochWeekday = 4;  // 1970-01-01 was a Thursday
  const std::int64_t day = date_of(t, offset_minutes).days + kEpochWeekday;
  return static_cast<int>(day - floor_div(day, 7) * 7);
}

int day_of_month(Date date) {
  return static_cast<int>(civil_from_days(date.days).day);
}
int month_of(Date date) {
  return static_cast<int>(civil_from_days(date.days).month);
}
int year_of(Date date) {
  return static_cast<int>(civil_from_days(date.days).year);
}

}  // namespace suar::event
