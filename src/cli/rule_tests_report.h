// What became of the tests, for people, for programs and for build servers.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/coverage.h"
#include "cli/rule_tests_run.h"

namespace suar::cli {

// One failed (or passed) test with its problems, over several lines.
[[nodiscard]] std::string text_report(const TestResult& result);
// "tests/rules  38 of 40 outcomes of 20 conditions (95.0%)", and each that no test sees, with its place.
[[nodiscard]] std::string text_report(const RuleCoverage& coverage, std::span<const rules::File> files);
// The slowest tests, at most `most` lines.
[[nodiscard]] std::string slowest_report(std::span<const TestResult> results, std::size_t most);
// {"tests":..,"failed":..,"seconds":..,"results":[{"file","line","rule","name","passed","seconds","problems"}],
//  "coverage":[{"rule","conditions","outcomes","seen","share","unseen":[{"file","line","column","condition",
//  "outcome"}]}]}; without "coverage" where it was not asked for.
[[nodiscard]] std::string json_report(std::span<const TestResult> results,
                                      const std::vector<RuleCoverage>* coverage,
                                      std::span<const rules::File> files);
// The XML that build servers read: a suite for each rule.
[[nodiscard]] std::string junit_report(std::span<const TestResult> results);

}  // namespace suar::cli
