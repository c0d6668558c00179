// Repeats the broker's input as the journal says and hands out what was raised: `suar replay --config`.
//
// Everything is repeated from the journal's beginning, so that the state is the one that was; what is handed
// out begins and ends by the journal's time of the batches. It writes nothing to the brokers.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "event/instant.h"
#include "reference/reference.h"
#include "rules/rule.h"
#include "service/context.h"

namespace suar::service {

struct JournalReplay {
  Config config;
  std::set<Accept> accepted;
  std::optional<event::Instant> from, to;  // batches made at or after, and before
  // Each alert and dead letter as it was sent, in the order of processing.
  std::function<void(const OutputItem&)> output;
};

struct JournalReplayCounts {
  std::uint64_t batches = 0, records = 0;  // repeated, from the beginning on
  std::uint64_t alerts = 0, dead_letters = 0;
};

// Up to what the journal held when this began.
[[nodiscard]] std::expected<JournalReplayCounts, Failure> replay_journal(
    const JournalReplay& replay, std::shared_ptr<const rules::RuleSet> rules,
    std::shared_ptr<const reference::Reference> reference);

}  // namespace suar::service
