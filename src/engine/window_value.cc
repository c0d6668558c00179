#include "engine/window_value.h"

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <array>

#include "engine/patterns.h"
#include "engine/statistics.h"

namespace suar::engine {
namespace {

using rules::Aggregate;
using rules::Int128;
using rules::Rational;

Cell with_currency(Rational number, event::Currency currency) {
  Cell cell = Cell::of(number);
  cell.currency = currency;
  return cell;
}

Cell sum_or_average(const WindowPlan& plan, const WindowScope& scope, const ColumnReader& reader) {
  Rational sum;
  Int128 present = 0;
  bool fits = true;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    Rational value;
    if (!reader.read(entry, value)) return;
    ++present;
    if (sum.den == 1 && value.den == 1) {
      fits = fits && !__builtin_add_overflow(sum.num, value.num, &sum.num);
    } else if (const auto next = rules::add(sum, value)) {
      sum = *next;
    } else {
      fits = false;
    }
  });
  if (!fits) return Cell::overflowed();
  if (plan.window->aggregate == Aggregate::kSum) return with_currency(sum, plan.window->currency);
  if (present == 0) return Cell::absent();
  const auto average = rules::divide(sum, Rational::of(present));
  return average ? with_currency(*average, plan.window->currency) : Cell::overflowed();
}

Cell extreme(const WindowPlan& plan, const WindowScope& scope, const ColumnReader& reader) {
  const bool smallest = plan.window->aggregate == Aggregate::kMin;
  bool any = false;
  Rational best;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    Rational value;
    if (!reader.read(entry, value)) return;
    const auto order = any ? rules::compare(value, best) : std::strong_ordering::equal;
    if (!any || (smallest ? order < 0 : order > 0)) best = value;
    any = true;
  });
  return any ? with_currency(best, plan.window->currency) : Cell::absent();
}

Cell distinct(const WindowPlan& plan, const WindowScope& scope, const Column& column) {
  absl::InlinedVector<std::uint64_t, 64> values;
  const bool identity = column.kind == Column::Kind::kIdentity;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    const std::uint64_t value = entry.word(column.word);
    if (identity ? value != 0 : static_cast<std::int64_t>(value) != kAbsentNumber) values.push_back(value);
  });
  std::ranges::sort(values);
  return Cell::of(static_cast<std::int64_t>(std::ranges::unique(values).begin() - values.begin()));
}

Cell share(const WindowPlan& plan, const WindowScope& scope) {
  Int128 all = 0, satisfying = 0;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    ++all;
    if (entry.has(plan.share_bit)) ++satisfying;
  });
  return all == 0 ? Cell::absent() : Cell::of(Rational{satisfying, all});
}

// The newest event before the trigger that has the trigger's value (or any, where the window has no value).
Cell earlier(const WindowPlan& plan, const WindowScope& scope) {
  const bool first_seen = plan.window->aggregate == Aggregate::kFirstSeen;
  const Column* column =
      plan.column >= 0 ? &scope.layout.columns[static_cast<std::size_t>(plan.column)] : nullptr;
  std::uint64_t wanted = 0;
  if (column != nullptr) {
    wanted = scope.entered.word(column->word);
    const bool absent = column->kind == Column::Kind::kIdentity
                            ? wanted == 0
                            : static_cast<std::int64_t>(wanted) == kAbsentNumber;
    if (absent) return first_seen ? Cell::of(false) : Cell::absent();
  }
  bool found = false;
  std::int64_t newest = 0;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    if (entry.position() >= scope.trigger) return;
    if (column != nullptr && entry.word(column->word) != wanted) return;
    found = true;
    newest = entry.time();
  });
  if (first_seen) return Cell::of(!found);
  if (!found) return Cell::absent();
  return Cell::of(rules::reduce({scope.trigger.time - newest, event::Duration::days(1).micros}));
}

}  // namespace

bool correlates(const WindowPlan& plan, const LogEntry& entry, const LogEntry& trigger) {
  const std::array<LogEntry, 2> events{entry, trigger};
  bool overflow = false;
  return std::ranges::all_of(plan.correlations,
                             [&](const auto& condition) { return condition->holds(events, overflow); });
}

Cell window_value(const WindowPlan& plan, const WindowScope& scope) {
  const rules::Window& window = *plan.window;
  const auto column = [&]() -> const Column& {
    return scope.layout.columns[static_cast<std::size_t>(plan.column)];
  };
  switch (window.aggregate) {
    case Aggregate::kCount: {
      std::int64_t count = 0;
      for_each_in_window(plan, scope, [&](const LogEntry&) { ++count; });
      return Cell::of(count);
    }
    case Aggregate::kSum:
    case Aggregate::kAvg:
      return sum_or_average(plan, scope, {column()});
    case Aggregate::kMin:
    case Aggregate::kMax:
      return extreme(plan, scope, {column()});
    case Aggregate::kDistinct:
      return distinct(plan, scope, column());
    case Aggregate::kShare:
      return share(plan, scope);
    case Aggregate::kFirstSeen:
    case Aggregate::kDaysSince:
      return earlier(plan, scope);
    case Aggregate::kUnitPrice: {
      std::vector<std::int64_t> amounts;
      for_each_in_window(plan, scope, [&](const LogEntry& entry) {
        const auto minor = static_cast<std::int64_t>(entry.word(column().word));
        if (minor != kAbsentNumber) amounts.push_back(minor);
      });
      Cell cell = Cell::of(std::int64_t{0});
      cell.unit_price = find_unit_price(amounts, window.low.minor, window.high.minor);
      cell.currency = window.low.currency;
      return cell;
    }
    case Aggregate::kRhythm: {
      RhythmCounter counter(window.period, window.tolerance);
      for_each_in_window(plan, scope, [&](const LogEntry& entry) { counter.add(entry.time()); });
      Cell cell = Cell::of(std::int64_t{0});
      cell.rhythm = counter.result();
      return cell;
    }
    case Aggregate::kMedian:
    case Aggregate::kPercentile:
    case Aggregate::kStddev:
    case Aggregate::kEwma:
    case Aggregate::kZscore:
    case Aggregate::kRecency:
      return statistic(plan, scope);
  }
  return Cell::absent();
}

}  // namespace suar::engine
