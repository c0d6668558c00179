// Fills a hit with its evidence: the values with their thresholds and bounds, the events, the lists and the
// paths.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/entity_store.h"
#include "engine/hit.h"
#include "engine/trigger_values.h"

namespace suar::engine {

// The trigger of a hit and everything it was judged with.
struct HitContext {
  const rules::Rule& rule;
  const RulePlan& plan;
  const Occurrence& occurrence;
  Evaluator& evaluator;
  TriggerValues& values;
  EntityStore& store;
  Payments& payments;
  std::size_t max_event_ids;
};

// Fills values, event_ids, event_count, lists, paths and the template values. Returns the orders of the
// events it rests on, and marks their payments.
std::vector<std::uint64_t> fill_evidence(HitContext& context, Hit& hit);

// A named value as evidence, with the bounds of its window if there is one; of a unit price or a rhythm, a
// value for each member.
void append_values(const std::string& name, const Cell& cell, rules::Type type, const rules::Window* window,
                   const WindowScope& scope, std::vector<EvidenceValue>& values);

[[nodiscard]] Value to_value(const Cell& cell, rules::Type type);

}  // namespace suar::engine
