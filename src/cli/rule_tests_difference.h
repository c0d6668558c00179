// How a raised alert differs from the one that a test expects, for the person who wrote the test.
#pragma once

#include <string>
#include <vector>

#include "cli/rule_tests_case.h"
#include "engine/hit.h"

namespace suar::cli {

// A hit with its narratives, kept beyond the engine's next event.
struct RaisedAlert {
  engine::Hit hit;
  std::string narrative_en, narrative_id;
  bool expected = false;  // some expected alert is this one
};

[[nodiscard]] std::string describe(const engine::Hit& hit);
[[nodiscard]] std::string describe(const ExpectedAlert& alert);

// Every value that the test states, one under another: "  payers: 5" where it is as expected, else
// "- payers: 5" and "+ payers: 4", under a long text a mark where it begins to differ.
struct Difference {
  std::vector<std::string> lines;
  int differing = 0;
};
[[nodiscard]] Difference compare(const ExpectedAlert& expected, const RaisedAlert& raised,
                                 event::Currency home);
// What nobody expected: "+ payers: 3   (threshold 3)".
[[nodiscard]] std::vector<std::string> values_of(const engine::Hit& hit);

}  // namespace suar::cli
