// Windows that ask how values lie: median, percentile, standard deviation, and the sums of days against one
// another. rules/LANGUAGE.md defines each to the last unit.
#pragma once

#include "engine/window_value.h"

namespace suar::engine {

// The value of a window whose aggregate is one of these.
[[nodiscard]] Cell statistic(const WindowPlan& plan, const WindowScope& scope);

}  // namespace suar::engine
