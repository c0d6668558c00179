// Finding the steps of a sequence: a search among the events that the entity keeps, backwards from the
// trigger, the newest first. Nothing is remembered between triggers, so what came late or was undone is as it
// should be. rules/LANGUAGE.md says in which order events are tried.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/window_value.h"

namespace suar::engine {

// The places of a sequence's steps before the trigger in the entity's log.
using StepPositions = std::vector<Position>;

// The sequences that end with the trigger, in the order in which they are found, at most `most`. A value that
// did not fit sets `overflow`.
[[nodiscard]] std::vector<StepPositions> find_sequences(const SequencePlan& plan, const WindowScope& scope,
                                                        std::size_t most, bool& overflow);

}  // namespace suar::engine
