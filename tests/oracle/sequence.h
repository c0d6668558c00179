// Ordered sequences: which events of an entity are the steps that end with the trigger.
#pragma once

#include <vector>

#include "oracle/evaluate.h"

namespace suar::oracle {

// The sequences that end with the trigger in scope, in the order in which the search finds them, at most
// `most`.
[[nodiscard]] std::vector<Steps> sequences(const Scope& trigger, std::size_t most);

// The event may be a step, as far as it alone can tell.
[[nodiscard]] bool may_be_step(const Scope& scope, const rules::Step& step);

}  // namespace suar::oracle
