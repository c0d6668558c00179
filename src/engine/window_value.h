// The value of one window, from the entity's log: exact to the event, whatever came late or was undone.
#pragma once

#include "engine/cell.h"
#include "engine/entity_log.h"
#include "engine/program.h"
#include "rules/window_span.h"

namespace suar::engine {

// What the windows of an entity are computed over, and for which trigger.
struct WindowScope {
  const Layout& layout;
  const EntityLog& log;
  event::Instant now;  // T of the entity
  Position trigger;    // its place in the log
  LogEntry entered;    // the trigger's entry
};

// The present value of a column in an entry.
struct ColumnReader {
  const Column& column;

  [[nodiscard]] bool read(const LogEntry& entry, rules::Rational& value) const {
    const auto first = static_cast<std::int64_t>(entry.word(column.word));
    if (first == kAbsentNumber) return false;
    value = {first, column.kind == Column::Kind::kFraction
                        ? static_cast<std::int64_t>(entry.word(column.word + 1))
                        : 1};
    return true;
  }
};

[[nodiscard]] Cell window_value(const WindowPlan& plan, const WindowScope& scope);

// Do the conditions that compare the entry with the trigger hold?
[[nodiscard]] bool correlates(const WindowPlan& plan, const LogEntry& entry, const LogEntry& trigger);

// Calls visit(entry) for each event of the window, oldest first.
template <typename Visit>
void for_each_in_window(const WindowPlan& plan, const WindowScope& scope, Visit visit) {
  const LogShape shape = scope.layout.shape;
  std::uint32_t same_word = 0;
  std::uint64_t same_value = 0;
  if (plan.same >= 0) {
    const Column& same = scope.layout.columns[static_cast<std::size_t>(plan.same)];
    same_word = same.word;
    same_value = scope.entered.word(same_word);
    const bool absent = same.kind == Column::Kind::kIdentity
                            ? same_value == 0
                            : static_cast<std::int64_t>(same_value) == kAbsentNumber;
    if (absent) return;
  }
  const rules::WindowSpan span = rules::span_of(*plan.window, scope.now);
  // Nothing in the log is newer than now.
  const std::uint32_t end =
      plan.window->before.micros == 0 ? scope.log.size() : scope.log.first_after(span.until.micros, shape);
  for (std::uint32_t i = scope.log.first_after(span.after.micros, shape); i < end; ++i) {
    const LogEntry entry = scope.log.entry(i, shape);
    if (!entry.has(plan.bit)) continue;
    if (same_word != 0 && entry.word(same_word) != same_value) continue;
    if (!plan.correlations.empty() && !correlates(plan, entry, scope.entered)) continue;
    visit(entry);
  }
}

}  // namespace suar::engine
