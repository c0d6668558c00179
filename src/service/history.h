// A warm start: the state that `suar replay --state DIR` leaves behind events on file, from which a
// deployment begins that has no journal yet, so that its windows are full on the first day.
//
// It is a snapshot in DIR/history. The first claim of the journal names it by its check, among what was
// accepted for it ("history:CHECK"): whoever computes the state from the journal's beginning begins with the
// same one, or refuses.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "event/money.h"
#include "kafka/journal_record.h"
#include "service/pipeline.h"

namespace suar::service {

[[nodiscard]] std::string history_directory(const std::string& state);

// Errors are sentences.
[[nodiscard]] std::expected<void, std::string> save_history(const std::string& directory,
                                                            const engine::Engine& engine);

// Restores it into a pipeline that has processed nothing; after an error that is of no use. Gives the name
// for the claim, or nothing where there is no history. `wanted`: that one and no other; "" = any.
[[nodiscard]] std::expected<std::optional<std::string>, std::string> load_history(
    const std::string& directory, event::Currency home, const std::string& wanted, Pipeline& pipeline);

// The name in a claim; "" where it names none.
[[nodiscard]] std::string history_of(const kafka::JournalRecord& claim);

}  // namespace suar::service
