// Small changes of rules: each takes one condition away or moves one threshold.
//
//   A condition beside && becomes true, one beside || becomes false, one that stands alone (`events`,
//   `where`, `trigger`, `when`, a step, `unless`) becomes true, an exception's becomes false, and a window
//   loses its `same`. Each number, money and duration in a param, an expression, a `within`, a weight, a
//   factor, a band, a threshold and a score becomes a little larger and a little smaller: counts and scores
//   by one, money by 2 %, durations by some hours or 10 %, fractions by 10 % of themselves.
//
// Left as they are: severities, roles, quiet periods, `step` and daily limits, which decide how a hit is told
// and not whether it is one.
#pragma once

#include <string>
#include <vector>

#include "rules/definition.h"
#include "rules/source.h"

namespace suar::pack {

struct Change {
  rules::Span at;
  std::string text;  // instead of it
  std::string rule;  // or the macro, that it stands in
};

[[nodiscard]] std::vector<Change> changes_of(const rules::Sources& sources,
                                             const rules::Definitions& definitions);

}  // namespace suar::pack
