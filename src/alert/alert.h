// A hit as the contract's alert: one JSON object, the same bytes for the same hit.
#pragma once

#include <string>

#include "engine/hit.h"
#include "event/instant.h"
#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::alert {

inline constexpr std::string_view kSchemaVersion = "1";

// `created_at` is the journal's time of the batch; in a replay, the trigger's event time.
[[nodiscard]] std::string to_json(const engine::Hit& hit, const rules::RuleSet& rules,
                                  const reference::Reference& reference, event::Instant created_at);

// The narrative of a hit in one language ("en" or "id"): the rule's template with its values written as that
// language writes numbers, money and times.
[[nodiscard]] std::string narrative(const engine::Hit& hit, std::string_view language);

}  // namespace suar::alert
