#include "engine/running_windows.h"

#include "rules/window_span.h"

namespace suar::engine {

using rules::Aggregate;
using rules::Rational;

bool RunningWindows::keeps(const WindowPlan& plan, const Layout& layout) {
  const auto of_one_word = [&](int column) {
    return column < 0 || layout.columns[static_cast<std::size_t>(column)].kind != Column::Kind::kFraction;
  };
  if (!of_one_word(plan.column) || !of_one_word(plan.same) || !plan.correlations.empty()) return false;
  switch (plan.window->aggregate) {
    case Aggregate::kCount:
    case Aggregate::kSum:
    case Aggregate::kAvg:
    case Aggregate::kShare:
    case Aggregate::kDistinct:
      return true;
    case Aggregate::kMin:
    case Aggregate::kMax:
      return plan.same < 0;
    default:
      return false;
  }
}

Cell RunningWindows::value(const WindowPlan& plan, const WindowScope& scope) {
  if (windows_.size() < scope.layout.windows) windows_.resize(scope.layout.windows);
  std::unique_ptr<Window>& window = windows_[plan.id];
  if (window == nullptr) window = std::make_unique<Window>(plan, scope.layout);
  window->advance(scope.log, scope.now);
  return window->value(scope);
}

void RunningWindows::inserted(const LogEntry& entry) {
  for (const auto& window : windows_) {
    if (window != nullptr) window->count_in(entry);
  }
}

void RunningWindows::leaving(const LogEntry& entry) {
  for (const auto& window : windows_) {
    if (window != nullptr) window->adjust(entry, -1);
  }
}

void RunningWindows::change_over(const LogEntry& entry) {
  for (const auto& window : windows_) {
    if (window != nullptr) window->adjust(entry, 1);
  }
}

void RunningWindows::before_cleanup(const EntityLog& log, event::Instant now) {
  for (const auto& window : windows_) {
    if (window != nullptr) window->advance(log, now);
  }
}

void RunningWindows::after_cleanup(const EntityLog& log) {
  for (const auto& window : windows_) {
    if (window != nullptr) window->locate(log);
  }
}

void RunningWindows::Window::advance(const EntityLog& log, event::Instant now) {
  const LogShape& shape = layout_.shape;
  const rules::WindowSpan span = rules::span_of(*plan_.window, now);
  if (!begun_) {
    begun_ = true;
    after_ = until_ = span.after.micros;
    locate(log);
  }
  // What has come into the window, then what it has left behind; an entry may do both.
  until_ = span.until.micros;
  for (; beyond_ < log.size() && log.entry(beyond_, shape).time() <= until_; ++beyond_)
    add(log.entry(beyond_, shape), 1);
  after_ = span.after.micros;
  for (; first_ < beyond_ && log.entry(first_, shape).time() <= after_; ++first_)
    add(log.entry(first_, shape), -1);
}

void RunningWindows::Window::locate(const EntityLog& log) {
  first_ = log.first_after(after_, layout_.shape);
  beyond_ = log.first_after(until_, layout_.shape);
}

void RunningWindows::Window::count_in(const LogEntry& entry) {
  if (entry.time() <= after_) ++first_;
  if (entry.time() <= until_) ++beyond_;
  adjust(entry, 1);
}

void RunningWindows::Window::adjust(const LogEntry& entry, int sign) {
  if (holds(entry.time())) add(entry, sign);
}

void RunningWindows::Window::add(const LogEntry& entry, int sign) {
  if (!entry.has(plan_.bit)) return;
  std::uint64_t same = 0;
  if (plan_.same >= 0 && !read(plan_.same, entry, same)) return;
  Totals& totals = plan_.same >= 0 ? by_same_[same] : all_;
  totals.events += sign;
  if (plan_.window->aggregate == Aggregate::kShare && entry.has(plan_.share_bit)) totals.satisfying += sign;
  std::uint64_t value = 0;
  if (plan_.column >= 0 && read(plan_.column, entry, value)) {
    totals.present += sign;
    const auto number = static_cast<std::int64_t>(value);
    switch (plan_.window->aggregate) {
      case Aggregate::kDistinct: {
        std::uint32_t& times = times_seen_[{same, value}];
        if (sign > 0 && times++ == 0) ++totals.distinct;
        if (sign < 0 && --times == 0) {
          --totals.distinct;
          times_seen_.erase({same, value});
        }
        break;
      }
      case Aggregate::kMin:
      case Aggregate::kMax: {
        const auto place = sorted_.try_emplace(number, 0).first;
        if (sign > 0) {
          ++place->second;
        } else if (--place->second == 0) {
          sorted_.erase(place);
        }
        break;
      }
      default:
        totals.sum += sign * rules::Int128{number};
    }
  }
  if (plan_.same >= 0 && totals.events == 0) by_same_.erase(same);
}

bool RunningWindows::Window::read(int index, const LogEntry& entry, std::uint64_t& value) const {
  value = entry.word(column(index).word);
  return column(index).kind == Column::Kind::kIdentity ? value != 0
                                                       : static_cast<std::int64_t>(value) != kAbsentNumber;
}

Cell RunningWindows::Window::value(const WindowScope& scope) const {
  Totals totals = all_;
  if (plan_.same >= 0) {
    std::uint64_t same = 0;
    const bool present = read(plan_.same, scope.entered, same);
    const auto found = present ? by_same_.find(same) : by_same_.end();
    totals = found == by_same_.end() ? Totals{} : found->second;
  }
  const auto in_currency = [&](Rational number) {
    Cell cell = Cell::of(number);
    cell.currency = plan_.window->currency;
    return cell;
  };
  switch (plan_.window->aggregate) {
    case Aggregate::kCount:
      return Cell::of(totals.events);
    case Aggregate::kDistinct:
      return Cell::of(totals.distinct);
    case Aggregate::kShare:
      return totals.events == 0 ? Cell::absent() : Cell::of(Rational{totals.satisfying, totals.events});
    case Aggregate::kSum:
      return in_currency(Rational::of(totals.sum));
    case Aggregate::kAvg: {
      if (totals.present == 0) return Cell::absent();
      const auto average = rules::divide(Rational::of(totals.sum), Rational::of(totals.present));
      return average ? in_currency(*average) : Cell::overflowed();
    }
    default:
      if (sorted_.empty()) return Cell::absent();
      return in_currency(Rational::of(plan_.window->aggregate == Aggregate::kMin ? sorted_.begin()->first
                                                                                 : sorted_.rbegin()->first));
  }
}

}  // namespace suar::engine
