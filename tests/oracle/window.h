// What an aggregate makes of the events that a window holds.
#pragma once

#include "oracle/evaluate.h"

namespace suar::oracle {

[[nodiscard]] Value window_value(const Scope& trigger, const rules::Window& window);

}  // namespace suar::oracle
