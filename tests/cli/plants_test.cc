// Whether the simulator plants something for each rule of the shipped pack to find.
#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "built.h"
#include "cli/engine_inputs.h"
#include "rules/rule.h"
#include "service/files.h"
#include "simulator/scenario.h"

namespace suar::cli {
namespace {

// Rules for which nothing is planted yet. The list only shrinks.
const std::set<std::string> kWithoutPlant = {};

std::set<std::string> alerting_rules() {
  const auto files = service::read_rule_files({std::string(testing::kSourceDirectory) + "/rules"});
  EXPECT_TRUE(files) << files.error();
  const auto loaded = rules::load_rules(*files, *event::parse_currency("IDR"), nullptr);
  EXPECT_NE(loaded.rules, nullptr);
  std::set<std::string> ids;
  for (const auto& rule : loaded.rules->rules) {
    if (!rule.raise.silent) ids.insert(rule.id);
  }
  return ids;
}

TEST(Plants, ThereIsOneForEachRuleThatAlerts) {
  std::set<std::string> planted;
  for (const simulator::Scenario* scenario : simulator::all_scenarios()) {
    if (scenario->crime) planted.emplace(scenario->rule);
  }
  std::set<std::string> missing;
  std::ranges::set_difference(alerting_rules(), planted, std::inserter(missing, missing.end()));
  EXPECT_EQ(missing, kWithoutPlant);
}

TEST(Plants, EveryScenarioBelongsToARuleOfThePack) {
  const std::set<std::string> rules = alerting_rules();
  for (const simulator::Scenario* scenario : simulator::all_scenarios()) {
    EXPECT_TRUE(rules.contains(std::string(scenario->rule))) << scenario->name << ": " << scenario->rule;
  }
}

}  // namespace
}  // namespace suar::cli
