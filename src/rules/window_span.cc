#include "rules/window_span.h"

namespace suar::rules {

event::Instant start_of(CalendarUnit unit, event::Instant t, int offset_minutes) {
  event::Date date = event::date_of(t, offset_minutes);
  if (unit == CalendarUnit::kWeek) date.days -= (event::weekday_of(t, offset_minutes) + 6) % 7;
  if (unit == CalendarUnit::kMonth) date.days -= event::day_of_month(date) - 1;
  return event::start_of(date, offset_minutes);
}

}  // namespace suar::rules
