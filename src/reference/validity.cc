#include "reference/validity.h"

#include <fmt/format.h>

#include <algorithm>

namespace suar::reference {
namespace {

std::optional<event::Date> last_day_of(std::string_view year_and_month) {
  for (const int day : {31, 30, 29, 28}) {
    if (const auto date = event::parse_date(fmt::format("{}-{}", year_and_month, day))) return date;
  }
  return std::nullopt;
}

std::optional<PartialDate> span_of(std::optional<event::Date> first, std::optional<event::Date> last) {
  if (!first || !last) return std::nullopt;
  return PartialDate{*first, *last};
}

}  // namespace

bool holds(const Periods& periods, event::Instant t) {
  return std::ranges::any_of(periods, [t](const Validity& v) { return v.holds(t); });
}

Validity validity_of(std::optional<event::Date> first, std::optional<event::Date> last) {
  Validity validity;
  if (first) validity.from = event::start_of(*first, kHomeOffsetMinutes);
  if (last) validity.until = event::start_of(event::Date{last->days + 1}, kHomeOffsetMinutes);
  return validity;
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  if (text.size() == 4) {
    return span_of(event::parse_date(fmt::format("{}-01-01", text)),
                   event::parse_date(fmt::format("{}-12-31", text)));
  }
  if (text.size() == 7) return span_of(event::parse_date(fmt::format("{}-01", text)), last_day_of(text));
  if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ')) text = text.substr(0, 10);
  const auto day = event::parse_date(text);
  return span_of(day, day);
}

}  // namespace suar::reference
