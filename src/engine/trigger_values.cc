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
