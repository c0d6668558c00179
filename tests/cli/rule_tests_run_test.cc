#include "cli/rule_tests_run.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/rule_tests.h"
#include "cli/rule_tests_reader.h"
#include "cli/rule_tests_report.h"
#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kRule = R"(
rule: many-payers
version: 1
title: {en: Many payers, id: Banyak pembayar}
crimes: [migrant_smuggling]
watch: account
events: direction == "in"
let: {payers: distinct(other) over 7d}
when: payers >= 3
raise: {severity: high, score: 50, role: unknown, quiet: 7d, because: {en: "{payers} payers", id: "{payers} pembayar"}}
tests:
  - given: {template: {amount: IDR 1_000, creditor: "900", debtor: "p{i}"}}
)";

std::string with_rule(std::string_view tests) {
  return fmt::format("{}{}", kRule, tests);
}

class RuleTestRun : public ::testing::Test {
 protected:
  // The problems of the one test that follows the rule.
  std::vector<std::string> problems(const std::string& test) {
    const rules::File file{"a.yaml", with_rule(test)};
    const auto home = *event::parse_currency("IDR");
    const rules::LoadResult loaded = rules::load_rules(std::span(&file, 1), home);
    for (const Diagnostic& finding : loaded.findings) {
      if (finding.severity == Severity::kError) ADD_FAILURE() << render(finding);
    }
    Diagnostics findings;
    const auto tests = read_rule_tests(file, home, findings);
    for (const Diagnostic& finding : findings) ADD_FAILURE() << render(finding);
    if (!loaded.rules || tests.size() != 1) return {"not one test"};
    return run_rule_test(tests.front(), loaded.rules, std::span(&file, 1)).problems;
  }
};

TEST_F(RuleTestRun, PassesWhereTheAlertsAreExactlyThoseExpected) {
  EXPECT_THAT(problems(R"(
  - name: three payers
    events: [{repeat: 3, every: 1d}]
    expect:
      - {subject: "account:900", trigger: e3, at: "+2d 09:00", values: {payers: 3}, event_ids: [e3, e2, e1], because: {en: 3 payers}}
)"),
              IsEmpty());
}

TEST_F(RuleTestRun, FailsOnAMissingAlert) {
  EXPECT_THAT(problems(R"(
  - {name: two, events: [{repeat: 2}], expect: [{subject: "account:900", trigger: e2}]}
)"),
              ElementsAre(AllOf(HasSubstr("missing"), HasSubstr("account:900 at e2"))));
}

TEST_F(RuleTestRun, FailsOnAnAlertThatIsNotExpectedAndShowsItsValuesAndThresholds) {
  EXPECT_THAT(problems(R"(
  - {name: three, events: [{repeat: 3}], expect: []}
)"),
              ElementsAre(AllOf(HasSubstr("unexpected"), HasSubstr("account:900 at e3"),
                                HasSubstr("+ payers: 3   (threshold 3)"))));
}

TEST_F(RuleTestRun, FailsOnAnotherValueThanExpected) {
  EXPECT_THAT(problems(R"(
  - {name: three, events: [{repeat: 3}], expect: [{subject: "account:900", values: {payers: 4, payer: 1}}]}
)"),
              ElementsAre("differs     many-payers of account:900   (- expected, + actual)\n"
                          "              subject: account:900\n"
                          "            - payers: 4\n"
                          "            + payers: 3\n"
                          "            - payer: 1\n"
                          "            + payer: not in the evidence; did you mean payers?"));
}

TEST_F(RuleTestRun, MarksWhereALongTextBeginsToDiffer) {
  EXPECT_THAT(problems(R"(
  - name: three
    events: [{repeat: 3}]
    expect: [{subject: "account:900", because: {en: "3 payers of one account within a mere seven days"}}]
)"),
              ElementsAre(HasSubstr("- because.en: 3 payers of one account within a mere seven days\n"
                                    "            + because.en: 3 payers\n"
                                    "                                  ^")));
}

TEST_F(RuleTestRun, ShowsBesideAMissingAlertTheNearestThatWasRaisedAndWhyItIsMissing) {
  EXPECT_THAT(problems(R"(
  - {name: early, events: [{repeat: 3}], expect: [{subject: "account:900", trigger: e2, values: {payers: 2}}]}
)"),
              ElementsAre("missing     many-payers of account:900 at e2\n"
                          "            the nearest that was raised, at e3 (- expected, + actual):\n"
                          "              subject: account:900\n"
                          "            - trigger: e2\n"
                          "            + trigger: e3\n"
                          "            - payers: 2\n"
                          "            + payers: 3\n"
                          "            At e2: It raised no alert, for `when` does not hold.\n"
                          "              when: does not hold\n"
                          "                no  payers >= 3                                   payers = 2",
                          HasSubstr("unexpected  many-payers of account:900 at e3")));
}

TEST_F(RuleTestRun, TellsOfASubjectThatNoEventTouches) {
  EXPECT_THAT(problems(R"(
  - {name: misspelt, events: [{repeat: 2}], expect: [{subject: "account:90"}]}
)"),
              ElementsAre(HasSubstr("no event of this test touches account:90; did you mean account:900?")));
}

TEST_F(RuleTestRun, FailsOnAnEventThatIsNone) {
  EXPECT_THAT(problems(R"(
  - {name: bad, events: [{tx_type: gift}], expect: []}
)"),
              ElementsAre(AllOf(HasSubstr("dead letter"), HasSubstr("bad_tx_type"))));
}

TEST_F(RuleTestRun, CountsHitsThatWereQuiet) {
  EXPECT_THAT(problems(R"(
  - {name: five, events: [{repeat: 5}], expect: [{subject: "account:900", trigger: e3}], hits: 3}
)"),
              IsEmpty());
}

TEST_F(RuleTestRun, FailsWithStatusOneAndReportsToBuildServers) {
  const TemporaryDirectory directory;
  RuleTestOptions options;
  options.junit = directory.path("junit.xml");
  options.paths = {
      directory.write("a.yaml", with_rule("  - {name: \"a < b\", events: [{repeat: 3}], expect: []}\n"
                                          "  - {name: ok, events: [{repeat: 2}], expect: []}\n"))};
  EXPECT_EQ(run_rule_tests(options), 1);
  const std::string xml = directory.read("junit.xml");
  EXPECT_THAT(xml, HasSubstr(R"(<testsuites tests="2" failures="1" time=)"));
  EXPECT_THAT(xml, HasSubstr(R"(name="a &lt; b")"));
}

TEST_F(RuleTestRun, RunsTheTestsAloneWhoseNameIsAskedFor) {
  const TemporaryDirectory directory;
  RuleTestOptions options;
  options.paths = {
      directory.write("a.yaml", with_rule("  - {name: wrong, events: [{repeat: 3}], expect: []}\n"
                                          "  - {name: right, events: [{repeat: 2}], expect: []}\n"))};
  options.run = "payers: ri";
  EXPECT_EQ(run_rule_tests(options), 0);
  options.run = "wr.ng$";
  EXPECT_EQ(run_rule_tests(options), 1);
  options.run = "neither";
  options.fail_on_empty = true;
  EXPECT_EQ(run_rule_tests(options), 1);
  options.run = "(";
  EXPECT_EQ(run_rule_tests(options), 2);
}

TEST_F(RuleTestRun, FailsAnEmptyRunOnlyWhereAsked) {
  const TemporaryDirectory directory;
  RuleTestOptions options;
  options.paths = {directory.write("a.yaml", kRule)};
  EXPECT_EQ(run_rule_tests(options), 0);
  options.fail_on_empty = true;
  EXPECT_EQ(run_rule_tests(options), 1);
}

TEST_F(RuleTestRun, CouldNotRunTestsThatAreWrittenWrong) {
  const TemporaryDirectory directory;
  RuleTestOptions options;
  options.paths = {directory.write("a.yaml", with_rule("  - {name: x}\n"))};
  EXPECT_EQ(run_rule_tests(options), 2);
  options.paths = {"/nonexistent"};
  EXPECT_EQ(run_rule_tests(options), 2);
}

}  // namespace
}  // namespace suar::cli
