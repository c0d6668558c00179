#include "cli/rule_tests_subset.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

using namespace suar;
using namespace suar::cli;
using ::testing::ElementsAre;

namespace {

rules::File rule(const std::string& id, const std::string& events, const std::string& rest = "") {
  return {id + ".yaml", fmt::format(R"(
rule: {}
version: 1
title: {{en: x, id: x}}
crimes: [bribery]
watch: account
events: {}
let: {{n: count() over 7d}}
when: n >= 1 && some_amount
raise: {{severity: low, score: 5, because: {{en: x, id: x}}}}
{})",
                                    id, events, rest)};
}

std::vector<std::string> needed_by(const std::string& tested, std::vector<rules::File> files) {
  files.push_back({"terms.yaml", "macros: {some_amount: amount > IDR 5}\n"});
  const rules::LoadResult loaded = rules::load_rules(files, *event::parse_currency("IDR"));
  for (const Diagnostic& finding : loaded.findings) {
    if (finding.severity == Severity::kError) ADD_FAILURE() << render(finding);
  }
  if (!loaded.rules) return {};
  RuleSubsets subsets(loaded.rules, files);
  TestCase test;
  test.rule = tested;
  std::vector<std::string> ids;
  for (const rules::Rule& needed : subsets.of(test).rules->rules) ids.push_back(needed.id);
  return ids;
}

TEST(RuleSubsets, AreTheRulesWhoseSignalsReachTheOneTestedAndTheTermsOfAll) {
  EXPECT_THAT(needed_by("c", {rule("a", "direction == \"in\""), rule("b", "signal(\"a\")"),
                              rule("c", "signal(\"b\")"), rule("d", "signal(\"c\")")}),
              ElementsAre("a", "b", "c"));
}

TEST(RuleSubsets, FollowWhatAsksForACrime) {
  EXPECT_THAT(needed_by("b", {rule("a", "direction == \"in\""), rule("b", "crime_signal(\"bribery\")")}),
              ElementsAre("a", "b"));
}

TEST(RuleSubsets, AreTheWholeSetWhereAPartCannotStandAlone) {
  EXPECT_THAT(needed_by("a", {rule("a", "direction == \"in\""),
                              rule("b", "direction == \"out\""),
                              {"bank.yaml", "override: b\nreason: tried\nscore: 6\n"}}),
              ElementsAre("a", "b"));
}

}  // namespace
