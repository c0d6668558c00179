// Coverage of conditions by the tests of a rule.
#include "cli/coverage.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/rule_tests.h"
#include "cli/rule_tests_reader.h"
#include "cli/rule_tests_run.h"
#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kRule = R"(macros: {by_phone: channel == "mobile"}
---
rule: fan-in
version: 1
title: {en: t, id: t}
crimes: [bribery]
look_alikes: [none]
watch: account
params: {strict: true}
events: direction == "in" && by_phone
let:
  payers: distinct(other) over 7d
  cash: count() over 7d where tx_type == "cash_in" || tx_type == "topup"
  often: payers >= 3 || cash > 1
when: 'strict && (often ? payers > 1 : !(cash == 1))'
raise: {severity: high, because: {en: t, id: t}}
tests:
  - given: {template: {amount: IDR 1_000, creditor: "900", debtor: "p{i}"}}
)";

class CoverageOfConditions : public ::testing::Test {
 protected:
  // The conditions that these tests see one way only or not at all, as "text: missing outcomes".
  std::vector<std::string> missing(std::string_view tests) {
    const rules::File file{"a.yaml", fmt::format("{}{}", kRule, tests)};
    const auto home = *event::parse_currency("IDR");
    const rules::LoadResult loaded = rules::load_rules(std::span(&file, 1), home);
    for (const Diagnostic& finding : loaded.findings) ADD_FAILURE() << render(finding);
    if (!loaded.rules) return {};
    Diagnostics findings;
    Coverage coverage(*loaded.rules, std::span(&file, 1));
    for (const TestCase& test : read_rule_tests(file, home, findings)) {
      const TestResult result = run_rule_test(test, loaded.rules, std::span(&file, 1), &coverage);
      for (const std::string& problem : result.problems) ADD_FAILURE() << problem;
    }
    std::vector<std::string> out;
    const RuleCoverage& rule = coverage.rules().front();
    outcomes_ = rule.outcomes();
    for (const ConditionCoverage& one : rule.conditions) {
      const rules::Location& at = one.condition.expression->at;
      const std::string text = file.bytes.substr(at.begin, at.end - at.begin);
      if (!one.seen_true) out.push_back(text + ": true");
      if (!one.seen_false) out.push_back(text + ": false");
    }
    return out;
  }
  std::size_t outcomes_ = 0;
};

TEST_F(CoverageOfConditions, FindsNothingSeenWithoutTests) {
  missing("");
  EXPECT_EQ(outcomes_,
            18U);  // of direction, channel, two of `where`, two of `often`, often, and two behind it
}

TEST_F(CoverageOfConditions, SeesEachOutcomeThatWasAskedAndNoOther) {
  // `cash > 1` is false while payers < 3, and not asked after; the debtor's side sees another direction.
  EXPECT_THAT(
      missing(R"(
  - {name: three, events: [{repeat: 3}], expect: [{subject: "account:900", trigger: e1}, {subject: "account:900", trigger: e2}, {subject: "account:900", trigger: e3}]}
)"),
      ElementsAre("channel == \"mobile\": false", "tx_type == \"cash_in\": true",
                  "tx_type == \"topup\": true", "cash > 1: true", "payers > 1: false", "cash == 1: true"));
}

TEST_F(CoverageOfConditions, IsCompleteWhereEveryOutcomeWasSeen) {
  EXPECT_THAT(missing(R"(
  - {name: three, events: [{repeat: 3}, {channel: atm}], expect: [{subject: "account:900"}, {subject: "account:900"}, {subject: "account:900"}]}
  - {name: cash, events: [{repeat: 1, tx_type: cash_in}, {tx_type: topup}], expect: []}
)"),
              IsEmpty());
}

// What compares two events is no condition of either.
TEST_F(CoverageOfConditions, CountsStepsUnlessModifiersAndExceptions) {
  const auto all = [](std::string_view text) {
    const rules::File file{"a.yaml", std::string(text)};
    const rules::LoadResult loaded = rules::load_rules(std::span(&file, 1), *event::parse_currency("IDR"));
    for (const Diagnostic& finding : loaded.findings) ADD_FAILURE() << render(finding);
    std::vector<std::string> found;
    if (!loaded.rules) return found;
    for (const rules::Condition& one : rules::conditions_of(loaded.rules->rules[0])) {
      const rules::Location& at = one.expression->at;
      found.push_back(file.bytes.substr(at.begin, at.end - at.begin));
    }
    return found;
  };
  EXPECT_THAT(all(R"(rule: a
version: 1
title: {en: t, id: t}
crimes: [bribery]
look_alikes: [none]
watch: account
events: amount > IDR 1
raise: {severity: low, because: {en: t, id: t}}
sequence:
  got: direction == "in"
  paid: direction == "out" && (mcc == "1" || other == got.other) within 1d
unless: other == trigger.other && channel == "atm" within 2d
exceptions: [{name: one, reason: r, when: mcc == "7"}]
)"),
              ElementsAre("amount > IDR 1", "direction == \"in\"", "direction == \"out\"",
                          "channel == \"atm\"", "mcc == \"7\""));
}

TEST_F(CoverageOfConditions, IsPrintedWithPlacesAndFailsBelowTheLeastShare) {
  const TemporaryDirectory directory;
  RuleTestOptions options;
  options.paths = {directory.write(
      "a.yaml",
      fmt::format("{}  - {{name: one, events: [{{}}], expect: [{{subject: \"account:900\"}}]}}\n", kRule))};
  options.coverage = true;
  options.min_coverage = "95%";
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int status = run_rule_tests(options);
  const std::string out = ::testing::internal::GetCapturedStdout();
  const std::string err = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(status, 1);
  EXPECT_THAT(out, HasSubstr("fan-in  9 of 18 outcomes of 9 conditions (50.0%)"));
  EXPECT_THAT(out, HasSubstr("a.yaml:14:25: warning[SUAR-T002]: no test of fan-in sees this condition true"));
  EXPECT_THAT(out,
              HasSubstr("14 |   often: payers >= 3 || cash > 1\n    |                         ^~~~~~~~"));
  EXPECT_THAT(err, HasSubstr("the tests of rule fan-in see 9 of 18 outcomes (50.0%), fewer than 95%"));
  options.min_coverage = "40%";
  EXPECT_EQ(run_rule_tests(options), 0);
  options.min_coverage = "much";
  EXPECT_EQ(run_rule_tests(options), 2);
}

}  // namespace
}  // namespace suar::cli
