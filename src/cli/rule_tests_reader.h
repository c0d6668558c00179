// The tests that stand in a rule file.
#pragma once

#include <vector>

#include "cli/rule_tests_case.h"
#include "event/money.h"
#include "reference/diagnostic.h"
#include "rules/rule.h"

namespace suar::cli {

// Every test of `file`, which is well-formed YAML; what is wrong with the tests goes to `findings`.
[[nodiscard]] std::vector<TestCase> read_rule_tests(const rules::File& file, event::Currency home,
                                                    Diagnostics& findings);

}  // namespace suar::cli
