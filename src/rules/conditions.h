// The conditions that a rule is made of, piece by piece: what a test can see true and see false.
#pragma once

#include <vector>

#include "rules/rule.h"

namespace suar::rules {

struct Condition {
  const Expression* expression = nullptr;  // a bool that is no `&&`, `||`, `!` or `?:`
  const Window* window = nullptr;          // it stands in this window, which asks it of single events
};

// Those of `events`, `trigger`, `when`, of lets that are conditions and of windows, in the order of the
// files, each once however often its macro is used. Constants and params are left out: they come out one way
// only. Exceptions and the modifiers of a weighing are left out, too: of them an explanation tells no more
// than which one held.
[[nodiscard]] std::vector<Condition> conditions_of(const Rule& rule);

}  // namespace suar::rules
