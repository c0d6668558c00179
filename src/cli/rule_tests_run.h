// Runs a test in virtual time: its events through a fresh engine, its alerts against those expected.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/coverage.h"
#include "cli/rule_tests_case.h"
#include "event/money.h"
#include "rules/rule.h"

namespace suar::cli {

struct TestResult {
  const TestCase* test = nullptr;
  std::vector<std::string> problems;  // for a person, each over one or several lines; none = passed
  double seconds = 0;

  [[nodiscard]] bool passed() const { return problems.empty(); }
};

// The alerts of the test's rule, and of every other rule that `expect` names, have to be exactly those
// expected. `files` are those of the rule set: why an alert is missing is told with their words. Where there
// is a `coverage`, it is given what these rules' conditions were.
[[nodiscard]] TestResult run_rule_test(const TestCase& test,
                                       const std::shared_ptr<const rules::RuleSet>& rules,
                                       std::span<const rules::File> files, Coverage* coverage = nullptr);

}  // namespace suar::cli
