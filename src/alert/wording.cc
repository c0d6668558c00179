#include "alert/wording.h"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "alert/decimal.h"

namespace suar::alert {
namespace {

constexpr int kWibOffsetMinutes = 7 * 60;

constexpr std::array<std::array<std::string_view, 12>, 2> kMonths = {{
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
     "November", "December"},
    {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
     "November", "Desember"},
}};

struct Unit {
  std::int64_t micros;
  std::string_view en, id;
};
constexpr std::array<Unit, 4> kUnits = {{
    {event::Duration::days(1).micros, "day", "hari"},
    {event::Duration::hours(1).micros, "hour", "jam"},
    {event::Duration::minutes(1).micros, "minute", "menit"},
    {event::Duration::seconds(1).micros, "second", "detik"},
}};

bool english(Language language) {
  return language == Language::kEnglish;
}

// The digits in groups of three, with the language's marks.
std::string grouped(const Decimal& decimal, Language language) {
  std::string result = decimal.negative ? "-" : "";
  const std::string& whole = decimal.whole;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) result += english(language) ? ',' : '.';
    result += whole[i];
  }
  if (!decimal.fraction.empty()) {
    result += english(language) ? '.' : ',';
    result += decimal.fraction;
  }
  return result;
}

std::string percentage(rules::Rational share, Language language) {
  const auto hundredfold = rules::multiply(share, rules::Rational::of(100));
  if (!hundredfold) return grouped(round_to(share, 2), language);
  return grouped(round_to(*hundredfold, 1), language) + "%";
}

// The two largest units that are not zero; what is left is cut off.
std::string duration_in_words(event::Duration duration, Language language) {
  std::string result = duration.micros < 0 ? "-" : "";
  std::uint64_t rest = duration.micros < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(duration.micros)
                                           : static_cast<std::uint64_t>(duration.micros);
  int written = 0;
  for (const Unit& unit : kUnits) {
    const std::uint64_t count = rest / static_cast<std::uint64_t>(unit.micros);
    rest %= static_cast<std::uint64_t>(unit.micros);
    if (count == 0 || written == 2) continue;
    if (written++ > 0) result += ' ';
    result += fmt::format("{} {}", count, english(language) ? unit.en : unit.id);
    if (english(language) && count != 1) result += 's';
  }
  return written > 0 ? result : english(language) ? "0 seconds" : "0 detik";
}

}  // namespace

std::string money_in_words(event::Int128 minor, event::Currency currency, Language language) {
  // The exact decimal digits, of which the fraction is dropped where it is nothing but zeros.
  std::string digits = event::format_amount(minor, currency);
  Decimal decimal;
  if (digits.starts_with('-')) {
    decimal.negative = true;
    digits.erase(0, 1);
  }
  const std::size_t point = digits.find('.');
  decimal.whole = digits.substr(0, point);
  if (point != std::string::npos && digits.find_first_not_of('0', point + 1) != std::string::npos) {
    decimal.fraction = digits.substr(point + 1);
  }
  const bool rupiah = !english(language) && currency.text() == "IDR";
  if (!rupiah) return currency.text() + " " + grouped(decimal, language);
  const bool negative = std::exchange(decimal.negative, false);
  return (negative ? "-Rp" : "Rp") + grouped(decimal, language);
}

std::string time_in_words(event::Instant time, Language language) {
  const event::Date date = event::date_of(time, kWibOffsetMinutes);
  const event::Duration since_midnight = time - event::start_of(date, kWibOffsetMinutes);
  const std::int64_t minutes = since_midnight.micros / event::Duration::minutes(1).micros;
  const std::string_view month =
      kMonths[english(language) ? 0 : 1][static_cast<std::size_t>(event::month_of(date) - 1)];
  const std::string day = fmt::format("{} {} {}", event::day_of_month(date), month, event::year_of(date));
  return english(language) ? fmt::format("{}, {:02}:{:02} WIB", day, minutes / 60, minutes % 60)
                           : fmt::format("{} pukul {:02}.{:02} WIB", day, minutes / 60, minutes % 60);
}

std::string in_words(const engine::Value& value, Language language, bool is_share) {
  const auto pick = [language](const char* en, const char* id) { return english(language) ? en : id; };
  if (!value.present) return pick("unknown", "tidak diketahui");
  switch (value.type) {
    case rules::Type::kBool:
      return value.truth ? pick("yes", "ya") : pick("no", "tidak");
    case rules::Type::kNumber:
      return is_share ? percentage(value.number, language) : grouped(round_to(value.number, 2), language);
    case rules::Type::kMoney:
      return money_in_words(round_to_whole(value.number), value.currency, language);
    case rules::Type::kTime:
      return time_in_words(value.time, language);
    case rules::Type::kDuration:
      return duration_in_words(value.duration, language);
    case rules::Type::kText:
    case rules::Type::kParty:
    case rules::Type::kTextList:
    case rules::Type::kUnitPrice:
    case rules::Type::kRhythm:
      break;
  }
  return value.text;
}

}  // namespace suar::alert
