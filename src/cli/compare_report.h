// What a comparison of rule sets, or of the values of a param, found.
#pragma once

#include <string>
#include <vector>

#include "cli/side_by_side.h"

namespace suar::cli {

// Of two sides, the old and the new. `labelled`: precision and recall are told.
[[nodiscard]] std::string comparison_text(const SideBySide& run, bool labelled, std::size_t list);
[[nodiscard]] std::string comparison_json(const SideBySide& run, bool labelled);

// Of one side for each value. `current` is the value that the rule file has, as it is written there.
struct SweepLabels {
  std::string rule, param, current;
  std::vector<std::string> values;
};
[[nodiscard]] std::string sweep_text(const SideBySide& run, const SweepLabels& names, bool labelled,
                                     std::size_t list);
[[nodiscard]] std::string sweep_json(const SideBySide& run, const SweepLabels& names, bool labelled);

}  // namespace suar::cli
