// The fields that the rule language gives events and parties, as values.
#pragma once

#include "engine/cell.h"
#include "engine/occurrence.h"
#include "rules/expression.h"

namespace suar::engine {

// Of the transaction; on a signal only event_id and event_time are present. Direction is the viewpoint's, not
// asked here.
[[nodiscard]] Cell event_field_value(const Occurrence& occurrence, rules::EventField field);

// Of one party that is present; kKey is spelled by the viewpoint, not asked here.
[[nodiscard]] Cell party_field_value(const Occurrence& occurrence, const SideFacts& side,
                                     rules::PartyField field);

}  // namespace suar::engine
