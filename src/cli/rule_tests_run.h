// Runs a test in virtual time: its events through a fresh engine, its alerts against those expected.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/rule_tests_case.h"
#include "event/money.h"
#include "rules/rule.h"

namespace suar::cli {

struct TestResult {
  const TestCase* test = nullptr;
  std::vector<std::string> problems;  // one line each, for a person; none = passed
  double seconds = 0;

  [[nodiscard]] bool passed() const { return problems.empty(); }
};

// The alerts of the test's rule, and of every other rule that `expect` names, have to be exactly those
// expected.
[[nodiscard]] TestResult run_rule_test(const TestCase& test,
                                       const std::shared_ptr<const rules::RuleSet>& rules);

}  // namespace suar::cli
