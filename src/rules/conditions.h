// The conditions that a rule is made of, piece by piece: what a test can see true and see false.
#pragma once

#include <vector>

#include "rules/rule.h"

namespace suar::rules {

struct Condition {
  const Expression* expression = nullptr;  // a bool that is no `&&`, `||`, `!` or `?:`
  bool of_each_event = false;  // of a window, a step or `unless`: asked of every event that is kept
};

// Those of `events`, `trigger`, `when`, steps, `unless`, lets that are conditions, windows, exceptions and
// the modifiers of a weighing, in the order of the files, each once however often its macro is used. Left out
// are constants and params, which come out one way only, and what names another event, which is asked of
// pairs.
[[nodiscard]] std::vector<Condition> conditions_of(const Rule& rule);

}  // namespace suar::rules
