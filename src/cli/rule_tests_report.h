// What became of the tests, for people, for programs and for build servers.
#pragma once

#include <span>
#include <string>

#include "cli/rule_tests_run.h"

namespace suar::cli {

// One failed (or passed) test with its problems, over several lines.
[[nodiscard]] std::string text_report(const TestResult& result);
// {"tests":..,"failed":..,"results":[{"file","line","rule","name","passed","seconds","problems"}]}
[[nodiscard]] std::string json_report(std::span<const TestResult> results);
// The XML that build servers read: a suite for each rule.
[[nodiscard]] std::string junit_report(std::span<const TestResult> results);

}  // namespace suar::cli
