#include "engine/coverage.h"

#include <algorithm>

#include "engine/translation.h"
#include "rules/window_span.h"

namespace suar::engine {

Coverage::Coverage(const Program& program) {
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
    for (const auto& filled : program.layout(static_cast<rules::EntityKind>(kind)).filled)
      kinds_[kind].push_back({kAlways, std::vector(filled.size(), kAlways)});
  }
}

Coverage::Coverage(const Program& program, const Translation& translation, std::int64_t newest)
    : Coverage(program) {
  if (newest <= kAlways) return;  // nothing has been processed
  for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
    const Layout& layout = program.layout(static_cast<rules::EntityKind>(kind));
    const Translation::Kind& from = translation.kinds[kind];
    for (std::uint32_t bit = 0; bit < layout.filled.size(); ++bit) {
      OfBit& ours = kinds_[kind][bit];
      const auto saved = std::ranges::find(from.bits, static_cast<int>(bit), &Translation::Bit::ours);
      const bool known = saved != from.bits.end();
      ours.since = known ? saved->since : newest;
      // What no window could use any more was let go of.
      if (known && saved->reach < layout.reach[bit].micros)
        ours.since = std::max(ours.since, newest - saved->reach);
      for (std::size_t i = 0; i < ours.columns.size(); ++i) {
        const int column = static_cast<int>(layout.filled[bit][i]);
        const auto filled = known ? std::ranges::find(saved->filled, column, &Translation::Filled::ours)
                                  : std::vector<Translation::Filled>::const_iterator{};
        ours.columns[i] = known && filled != saved->filled.end() ? filled->since : newest;
        whole_ = whole_ && ours.columns[i] == kAlways;
      }
      whole_ = whole_ && ours.since == kAlways;
    }
  }
}

std::int64_t Coverage::since(rules::EntityKind kind, const Layout& layout, std::uint32_t bit,
                             const std::vector<int>& columns) const {
  const OfBit& known = of(kind, bit);
  std::int64_t since = known.since;
  for (std::size_t i = 0; i < known.columns.size(); ++i) {
    const int column = static_cast<int>(layout.filled[bit][i]);
    if (std::ranges::find(columns, column) != columns.end()) since = std::max(since, known.columns[i]);
  }
  return since;
}

std::optional<event::Instant> Coverage::warming_since(rules::EntityKind kind, const Layout& layout,
                                                      const RulePlan& plan, event::Instant now) const {
  if (whole_) return std::nullopt;
  std::int64_t latest = kAlways;
  const auto consider = [&latest](std::int64_t since, std::int64_t begin) {
    if (begin < since) latest = std::max(latest, since);
  };
  for (const int i : plan.windows_used) {
    const WindowPlan& window = plan.windows[static_cast<std::size_t>(i)];
    const std::int64_t begin = rules::span_of(*window.window, now).after.micros;
    // What is compared with the trigger may be in any column.
    const std::vector<int> own{window.column, window.same};
    const std::vector<int>& columns = window.correlations.empty() ? own : plan.columns;
    consider(since(kind, layout, window.bit, columns), begin);
    if (window.window->aggregate == rules::Aggregate::kShare)
      consider(since(kind, layout, window.share_bit, columns), begin);
  }
  for (std::size_t k = 0; k + 1 < plan.sequence.steps.size(); ++k)
    consider(since(kind, layout, plan.sequence.steps[k].bit, plan.columns), now.micros - plan.sequence.reach);
  if (latest == kAlways) return std::nullopt;
  return event::Instant{latest};
}

}  // namespace suar::engine
