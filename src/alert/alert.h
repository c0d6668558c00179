// A hit as the contract's alert: one JSON object, the same bytes for the same hit.
//
// How values are written in it:
//   money     {"amount":"3500000.00","currency":"IDR"}, in whole minor units (an average is rounded half to
//   even) number    a JSON number; a fraction has at most six decimals, rounded half to even, no trailing
//   zeros: 0.833333 time      RFC 3339 in the trigger's own offset, so that all times of an alert compare by
//   eye duration  in the rule language's units: "14d", "90s", "1.5s" text, party, bool    a string, the
//   entity key, true or false
// What is not known, or is absent, is null; no key is ever left out.
//
// Beside the contract's fields: `covered_since` (since when the windows of a warming alert are covered),
// `escalates` (the alert whose quiet period still ran, where this one is graver), `evidence.terms` and
// `evidence.modifiers` of a rule that weighs (what each added to the score: its value, weight and points),
// `daily_limit` (the rule's limit and until when it holds, where this alert reaches it, or is beyond it and
// so in shadow mode), `predecessor_undone` (the alert before it, where an event that it rested on has been
// undone since) and the `side` of each of the parties.
//
// An alert holds personal data and is confidential by law: it goes to the alerts topic or file, never into a
// log.
#pragma once

#include <string>
#include <string_view>

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
// language writes numbers, money and times (wording.h).
[[nodiscard]] std::string narrative(const engine::Hit& hit, std::string_view language);

}  // namespace suar::alert
