// Which times a window holds, when the newest event of its entity has time T.
#pragma once

#include "rules/rule.h"

namespace suar::rules {

// Times in (after, until]. `start` is the beginning as people see it: T - length, or local midnight.
struct WindowSpan {
  event::Instant after, until, start;
};

// When the local day, week (from Monday) or month of an instant began.
[[nodiscard]] event::Instant start_of(CalendarUnit unit, event::Instant t, int offset_minutes);

[[nodiscard]] inline WindowSpan span_of(const Window& window, event::Instant newest) {
  const event::Instant until = newest - window.before;
  if (window.calendar == CalendarUnit::kNone) return {until - window.length, until, until - window.length};
  const event::Instant start = start_of(window.calendar, until, window.offset_minutes);
  return {start - event::Duration{1}, until, start};
}

}  // namespace suar::rules
