// One case given to the engine and to the oracle, record by record, until they differ.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "oracle/case.h"
#include "oracle/payments.h"

namespace suar::oracle {

struct Comparison {
  bool runs = true;     // false: the rules or the reference data of the case are refused
  std::string refusal;  // by which findings
  std::string
      difference;     // "" = none; else what was expected and what came, at the first record that differs
  std::string sort;   // which kind of difference: what was expected of what kind of record, and what came
  std::string trace;  // what the oracle says of each record, and the engine where it differs
  Tally tally;        // what the case exercised
};

enum class OnDifference { kStop, kGoOn };
[[nodiscard]] Comparison compare(const Case& c, OnDifference on_difference = OnDifference::kStop);

// The smallest case found that still differs: fewer records, rules, conditions, fields.
[[nodiscard]] Case shrink(Case c);

// Everything that a person needs to see the difference and to run it again.
[[nodiscard]] std::string describe(const Case& c, std::uint64_t seed);

}  // namespace suar::oracle
