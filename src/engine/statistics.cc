#include "engine/statistics.h"

#include <absl/container/inlined_vector.h>

#include <algorithm>

#include "engine/real_number.h"

namespace suar::engine {
namespace {

using rules::Aggregate;
using rules::Int128;
using rules::Rational;

using Values = absl::InlinedVector<Rational, 64>;

constexpr std::int64_t kNumberSteps =
    1'000'000;  // numbers are rounded to a millionth, money to its minor unit

bool smaller(const Rational& a, const Rational& b) {
  if (a.den == 1 && b.den == 1) return a.num < b.num;
  return rules::compare(a, b) < 0;
}

Cell in_unit_of(const rules::Window& window, Rational number) {
  Cell cell = Cell::of(number);
  cell.currency = window.currency;
  return cell;
}

Cell rounded_in_unit_of(const rules::Window& window, double value) {
  const auto number = rounded(value, window.type == rules::Type::kMoney ? 1 : kNumberSteps);
  return number ? in_unit_of(window, *number) : Cell::overflowed();
}

Values present_values(const WindowPlan& plan, const WindowScope& scope) {
  const ColumnReader reader{scope.layout.columns[static_cast<std::size_t>(plan.column)]};
  Values values;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    Rational value;
    if (reader.read(entry, value)) values.push_back(value);
  });
  return values;
}

// The value that stands at `rank` (from 0) once they are sorted; those before it are not larger.
const Rational& at_rank(Values& values, std::size_t rank) {
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), place, values.end(), smaller);
  return *place;
}

Cell median(const rules::Window& window, Values values) {
  const std::size_t upper = values.size() / 2;
  const Rational above = at_rank(values, upper);
  if (values.size() % 2 == 1) return in_unit_of(window, above);
  const Rational below =
      *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(upper), smaller);
  const auto sum = rules::add(below, above);
  const auto middle = sum ? rules::divide(*sum, Rational::of(2)) : std::nullopt;
  return middle ? in_unit_of(window, *middle) : Cell::overflowed();
}

// The nearest rank: the smallest value that at least this share of the values does not exceed.
Cell percentile(const rules::Window& window, Values values) {
  const auto product = rules::multiply(window.rank, Rational::of(static_cast<std::int64_t>(values.size())));
  if (!product) return Cell::overflowed();
  const Int128 rank = (product->num + product->den - 1) / product->den;
  return in_unit_of(window, at_rank(values, static_cast<std::size_t>(rank - 1)));
}

Cell deviation(const rules::Window& window, const Values& values) {
  absl::InlinedVector<double, 64> reals;
  for (const Rational& value : values) reals.push_back(to_double(value));
  return rounded_in_unit_of(window, spread_of(reals).deviation);
}

// --- whole days, counted back from the window's end: day 0 are its last 24 hours. Days before that of the
// window's first event do not count; later ones without events are 0.

struct DailySums {
  absl::InlinedVector<double, 32> days;
  bool fits = true;
};

DailySums daily_sums(const WindowPlan& plan, const WindowScope& scope) {
  const std::int64_t day = event::Duration::days(1).micros;
  const std::int64_t until = (scope.now - plan.window->before).micros;
  DailySums result;
  absl::InlinedVector<Rational, 32> sums;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    const auto age = static_cast<std::size_t>((until - entry.time()) / day);
    if (sums.size() <= age) sums.resize(age + 1);  // by the first event, which is the oldest
    Rational value = Rational::of(1);
    if (plan.column >= 0 &&
        !ColumnReader{scope.layout.columns[static_cast<std::size_t>(plan.column)]}.read(entry, value))
      return;
    const auto sum = rules::add(sums[age], value);
    if (sum) sums[age] = *sum;
    result.fits = result.fits && sum;
  });
  for (const Rational& sum : sums) result.days.push_back(to_double(sum));
  return result;
}

Cell moving_average(const rules::Window& window, const DailySums& sums) {
  if (sums.days.empty()) return Cell::absent();
  double weighted = 0, weights = 0;
  for (std::size_t i = 0; i < sums.days.size(); ++i) {
    const double weight = decay(event::Duration::days(static_cast<std::int64_t>(i)), window.half_life);
    weighted += weight * sums.days[i];
    weights += weight;
  }
  return rounded_in_unit_of(window, weighted / weights);
}

// How far the last day lies from the days before it, in their standard deviations.
Cell zscore(const rules::Window& window, const DailySums& sums) {
  if (sums.days.size() < 2) return Cell::absent();
  const Spread earlier = spread_of(std::span(sums.days).subspan(1));
  if (earlier.deviation == 0) return Cell::absent();
  return rounded_in_unit_of(window, (sums.days[0] - earlier.mean) / earlier.deviation);
}

// How recent the newest event is: 1 now, 1/2 a half-life ago, 0 where there is none.
Cell recency(const WindowPlan& plan, const WindowScope& scope) {
  const std::int64_t until = (scope.now - plan.window->before).micros;
  bool any = false;
  std::int64_t newest = 0;
  for_each_in_window(plan, scope, [&](const LogEntry& entry) {
    any = true;
    newest = entry.time();
  });
  if (!any) return Cell::of(std::int64_t{0});
  return rounded_in_unit_of(*plan.window, decay({until - newest}, plan.window->half_life));
}

}  // namespace

Cell statistic(const WindowPlan& plan, const WindowScope& scope) {
  const rules::Window& window = *plan.window;
  if (window.aggregate == Aggregate::kRecency) return recency(plan, scope);
  if (window.aggregate == Aggregate::kEwma || window.aggregate == Aggregate::kZscore) {
    const DailySums sums = daily_sums(plan, scope);
    if (!sums.fits) return Cell::overflowed();
    return window.aggregate == Aggregate::kEwma ? moving_average(window, sums) : zscore(window, sums);
  }
  Values values = present_values(plan, scope);
  if (values.empty()) return Cell::absent();
  if (window.aggregate == Aggregate::kMedian) return median(window, std::move(values));
  if (window.aggregate == Aggregate::kPercentile) return percentile(window, std::move(values));
  return deviation(window, values);
}

}  // namespace suar::engine
