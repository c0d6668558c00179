// What the numbers in a saved state mean to the program that reads it: rules, window predicates and columns
// are matched by their definitions, so a state passes from one rule set to another as far as they agree.
//
//   program := rule{} kind{kEntityKinds}
//   rule    := id, number of values that its signal carries
//   kind    := predicate{} column{}
//   predicate := definition
//   column  := definition kind
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/occurrence.h"
#include "engine/program.h"
#include "engine/state_bytes.h"

namespace suar::engine {

struct Translation {
  struct Kind {
    std::vector<int> bits;               // ours, by that of the saved program; -1 = we have none
    std::vector<int> columns;            // as well
    std::vector<Column::Kind> kinds;     // of the saved columns
    std::vector<std::uint32_t> missing;  // our columns that the saved program has not
    bool same = true;                    // the layouts are one
  };
  std::vector<int> rules;  // ours, by index in the saved program; -1 = we have none, or it signals otherwise
  std::vector<std::size_t> signal_values;  // by index in the saved program
  std::array<Kind, rules::kEntityKinds> kinds;
};

// The signal's rule in this program's numbers; false where this program has none. `in` fails where it is
// wrong.
[[nodiscard]] bool adopt(StateReader& in, Signal& signal, const Translation& translation,
                         const rules::RuleSet& rules);

void save_program(StateWriter& out, const Program& program);
[[nodiscard]] Translation read_translation(StateReader& in, const Program& program);

}  // namespace suar::engine
