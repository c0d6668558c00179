// What the numbers in a saved state mean to the program that reads it: rules, window predicates and columns
// are matched by their definitions, so a state passes from one rule set to another as far as they agree. And
// since when the saved program kept them, so that what it did not keep is known to be missing (coverage.h).
//
//   program := rule{} kind{kEntityKinds}
//   rule    := id, the types of the values that its signal carries, what its absence waits for
//   kind    := predicate{} column{}
//   predicate := definition reach since (column since){}
//   column  := definition kind
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/coverage.h"
#include "engine/occurrence.h"
#include "engine/program.h"
#include "engine/state_bytes.h"

namespace suar::engine {

struct Translation {
  struct Filled {
    std::uint32_t saved = 0;  // a column of the saved program
    int ours = -1;            // of this one; -1 = we have none
    std::int64_t since = Coverage::kAlways;
  };
  struct Bit {
    int ours = -1;
    std::int64_t reach = 0;
    std::int64_t since = Coverage::kAlways;
    std::vector<Filled> filled;
  };
  struct Kind {
    std::vector<Bit> bits;            // by that of the saved program
    std::vector<int> columns;         // ours, by that of the saved program; -1 = we have none
    std::vector<Column::Kind> kinds;  // of the saved columns
    bool same = true;                 // the layouts are one
  };
  struct Rule {
    int ours = -1;  // index in the rule set
    std::size_t signal_values = 0;
    bool signals_alike = false;  // its signals carry what ours do
    bool waits_alike = false;    // its absence waits for what ours does
  };
  std::vector<Rule> rules;  // by index in the saved program
  std::array<Kind, rules::kEntityKinds> kinds;
};

// The signal's rule in this program's numbers; false where this program has none. `in` fails where it is
// wrong.
[[nodiscard]] bool adopt(StateReader& in, Signal& signal, const Translation& translation,
                         const rules::RuleSet& rules);

void save_program(StateWriter& out, const Program& program, const Coverage& coverage);
[[nodiscard]] Translation read_translation(StateReader& in, const Program& program);

}  // namespace suar::engine
