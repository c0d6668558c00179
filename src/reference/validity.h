// The time for which a fact holds, and the dates it is written with.
//
// Reference data speaks in days. A day is a local day at the home country's offset, UTC+7, whatever zone an
// event was written in; first and last days are both included.
#pragma once

#include <optional>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "event/instant.h"

namespace suar::reference {

inline constexpr int kHomeOffsetMinutes = 7 * 60;

// [from, until)
struct Validity {
  event::Instant from = event::Instant::min();
  event::Instant until = event::Instant::max();

  [[nodiscard]] bool holds(event::Instant t) const { return from <= t && t < until; }
  [[nodiscard]] bool overlaps(const Validity& other) const {
    return from < other.until && other.from < until;
  }
};

// Usually one; several where a fact was taken back and made again.
using Periods = absl::InlinedVector<Validity, 1>;
[[nodiscard]] bool holds(const Periods& periods, event::Instant t);

// From the first day to the last one; an absent day leaves that side open.
[[nodiscard]] Validity validity_of(std::optional<event::Date> first, std::optional<event::Date> last);

// The days that a date of FollowTheMoney may mean: "2024", "2024-03", "2024-03-05", the last one also with a
// time.
struct PartialDate {
  event::Date first, last;
};
[[nodiscard]] std::optional<PartialDate> parse_partial_date(std::string_view text);

}  // namespace suar::reference
