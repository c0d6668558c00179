#include "engine/trigger_values.h"

namespace suar::engine {

Cell TriggerValues::let(int index) {
  for (const Known& known : lets_) {
    if (known.index == index) return known.cell;
  }
  const Cell cell = evaluator_->cell(*plan_.lets[static_cast<std::size_t>(index)]);
  lets_.push_back({index, cell});
  return cell;
}

void TriggerValues::bind(const StepPositions& steps) {
  steps_.clear();
  lets_.clear();
  const LogShape& shape = scope_.layout.shape;
  for (const Position at : steps) steps_.push_back(scope_.log.entry(scope_.log.find(at, shape), shape));
  steps_.push_back(scope_.entered);
}

Cell TriggerValues::bound(int index) {
  const auto i = static_cast<std::size_t>(index);
  const BoundColumn& bound = plan_.bounds[i];
  if (steps_.empty() || bound.column < 0) return Cell::absent();
  const Column& column = scope_.layout.columns[static_cast<std::size_t>(bound.column)];
  return column_cell(column, steps_[static_cast<std::size_t>(bound.step)], column.value->type);
}

Cell TriggerValues::window(int index) {
  for (const Known& known : windows_) {
    if (known.index == index) return known.cell;
  }
  const WindowPlan& window = plan_.windows[static_cast<std::size_t>(index)];
  const bool kept = running_ != nullptr && RunningWindows::keeps(window, scope_.layout);
  const Cell cell = kept ? running_->value(window, scope_) : window_value(window, scope_);
  overflowed_ = overflowed_ || cell.overflow;
  windows_.push_back({index, cell});
  return cell;
}

}  // namespace suar::engine
