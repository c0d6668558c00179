// An explanation for a reader, and for programs.
#pragma once

#include <span>
#include <string>

#include "engine/explanation.h"
#include "event/json_writer.h"
#include "rules/rule.h"

namespace suar::cli {

// One sentence: what became of the rule on this event.
[[nodiscard]] std::string verdict_sentence(const engine::Explanation& explanation);

// How many of the conditions that were asked and that the verdict rests on do not hold.
[[nodiscard]] int failed_conditions(const engine::Explanation& explanation);

// The verdict, and where a condition decided it, that condition with the values it saw.
[[nodiscard]] std::string conditions_text(const engine::Explanation& explanation,
                                          std::span<const rules::File> files);

// Everything, to be read from top to bottom. `files` are those of the rule set: conditions are quoted from
// them.
[[nodiscard]] std::string explanation_text(const engine::Explanation& explanation,
                                           std::span<const rules::File> files);

void write_explanation(event::JsonWriter& json, const engine::Explanation& explanation,
                       std::span<const rules::File> files);

}  // namespace suar::cli
