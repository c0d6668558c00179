// `suar compare`: what it finds between two rule sets and along a sweep.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/alert_difference.h"
#include "cli/compare.h"
#include "cli/sweep.h"
#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

AlertRecord alert(const std::string& subject, const std::string& trigger, int day,
                  const std::string& payers = "3") {
  return {"r",     subject,
          trigger, event::parse_rfc3339(fmt::format("2025-03-{:02}T09:00:00+07:00", day))->instant,
          420,     "high",
          50,      {{"payers", payers}},
          "text"};
}

std::vector<std::string> kinds(const std::vector<AlertChange>& changes) {
  std::vector<std::string> out;
  for (const AlertChange& change : changes)
    out.push_back(fmt::format("{} {}{}", name_of(change.kind), change.alert().trigger,
                              change.before != nullptr && change.after != nullptr
                                  ? " from " + change.before->trigger
                                  : std::string()));
  return out;
}

TEST(AlertDifference, TellsWhatIsAddedGoneMovedAndChanged) {
  const std::vector<AlertRecord> before{alert("a", "same", 1), alert("a", "gone", 2), alert("b", "late", 5),
                                        alert("c", "other", 6)};
  const std::vector<AlertRecord> after{alert("a", "same", 1), alert("b", "early", 4),
                                       alert("c", "other", 6, "4"), alert("d", "added", 7)};
  const auto found = changes(before, after);
  EXPECT_THAT(kinds(found),
              ElementsAre("gone gone", "moved early from late", "changed other from other", "added added"));
  EXPECT_THAT(found[2].what, ElementsAre("payers: 3 -> 4"));
  const auto rules = by_rule(before, after, found);
  EXPECT_EQ(rules.at("r").all.before, 4U);
  EXPECT_EQ(rules.at("r").by_day.at("2025-03-04").moved, 1U);
  EXPECT_EQ(rules.at("r").by_day.at("2025-03-07").added, 1U);
  EXPECT_FALSE(rules.at("r").by_day.at("2025-03-01").any());
}

TEST(AlertDifference, ASubjectFoundAgainMuchLaterIsAnotherAlert) {
  EXPECT_THAT(kinds(changes({alert("a", "first", 1)}, {alert("a", "second", 20)})),
              ElementsAre("gone first", "added second"));
  EXPECT_THAT(changes({alert("a", "first", 1)}, {alert("a", "first", 1)}), IsEmpty());
}

TEST(Sweep, GoesThroughWholeNumbersMoneySharesAndDurations) {
  EXPECT_THAT(parse_sweep("r.n=3..5")->values, ElementsAre("3", "4", "5"));
  EXPECT_EQ(parse_sweep("r.n=3..5")->rule, "r");
  EXPECT_EQ(parse_sweep("r.n=3..5")->param, "n");
  EXPECT_THAT(parse_sweep("r.fee=IDR 300_000..IDR 500_000:IDR 100_000")->values,
              ElementsAre("IDR 300000", "IDR 400000", "IDR 500000"));
  EXPECT_THAT(parse_sweep("r.share=50%..60%:5%")->values, ElementsAre("50%", "55%", "60%"));
  EXPECT_THAT(parse_sweep("r.x=0.5..0.7:0.1")->values, ElementsAre("0.5", "0.6", "0.7"));
  EXPECT_THAT(parse_sweep("r.w=7d..21d:7d")->values, ElementsAre("7d", "14d", "21d"));
  EXPECT_EQ(parse_sweep("r.x=0..1.0:0.1")->values.size(), 11U);
}

TEST(Sweep, RefusesWhatIsNoRange) {
  for (const char* text :
       {"r.n", "n=1..2", "r.n=1", "r.n=5..1", "r.n=1..2:0", "r.n=IDR 1..USD 2", "r.n=a..b"})
    EXPECT_FALSE(parse_sweep(text)) << text;
  EXPECT_THAT(parse_sweep("r.n=1..1000").error(), HasSubstr("name a larger step"));
}

class Compare : public ::testing::Test {
 protected:
  static std::string rule(int least, int version = 1) {
    return fmt::format(R"(rule: fan-in
version: {}
title: {{en: t, id: t}}
crimes: [migrant_smuggling]
look_alikes: [none]
watch: account
params: {{payers_min: {}}}
events: direction == "in" && amount > IDR 1
let: {{payers: distinct(other) over 7d}}
when: payers >= payers_min
raise: {{severity: high, quiet: 7d, because: {{en: "{{payers}} payers", id: "{{payers}} pembayar"}}}}
---
rule: big
version: 1
title: {{en: t, id: t}}
crimes: [bribery]
look_alikes: [none]
watch: account
events: amount > IDR 1
when: sum(amount) over 7d > IDR 900_000
raise: {{severity: low, because: {{en: t, id: t}}}}
)",
                       version, least);
  }

  // Account A has four payers, B three, C two and D one, one an hour.
  static std::string events() {
    std::string out;
    int number = 0;
    for (const auto& [account, payers] : {std::pair{"A", 4}, {"B", 3}, {"C", 2}, {"D", 1}}) {
      for (int i = 1; i <= payers; ++i, ++number) {
        out += fmt::format(
            R"({{"event_id":"{0}{1}","event_time":"2025-03-01T{2:02}:00:00+07:00","amount":"100.00","currency":"IDR",)"
            R"("tx_type":"transfer","channel":"mobile","debtor":{{"account":"p{0}{1}"}},"creditor":{{"account":"{0}"}}}})"
            "\n",
            account, i, number);
      }
    }
    return out;
  }

  std::string compare_output(CompareOptions options, int expected = 0) {
    options.new_rules = {directory_.write("new.yaml", rule(2, 2))};
    options.events = directory_.write("events.ndjson", events());
    ::testing::internal::CaptureStdout();
    const int status = compare(options);
    EXPECT_EQ(status, expected);
    return ::testing::internal::GetCapturedStdout();
  }

  TemporaryDirectory directory_;
};

TEST_F(Compare, TellsByRuleAndDayWhatAChangeWouldHaveDone) {
  CompareOptions options;
  options.old_rules = {directory_.write("old.yaml", rule(3))};
  const std::string text = compare_output(options);
  EXPECT_THAT(text, HasSubstr("fan-in              2        3        1                 2\n"
                              "  2025-03-01        2        3        1                 2\n"));
  EXPECT_THAT(text, HasSubstr("10 events of 1 days, 0 dead letters."));
  EXPECT_THAT(text,
              HasSubstr("moved    2025-03-01T01:00:00+07:00  fan-in of account:A at A2, before at A3 of"));
  EXPECT_THAT(text, HasSubstr("added    2025-03-01T08:00:00+07:00  fan-in of account:C at C2: 2 payers\n"));
}

TEST_F(Compare, WritesTheSameAsJsonWithPrecisionAndRecall) {
  CompareOptions options;
  options.old_rules = {directory_.write("old.yaml", rule(3))};
  options.format = "json";
  options.labels = directory_.write("labels.ndjson",
                                    R"({"scenario":"s","rule":"fan-in","plant":true,"subject":"account:A"})"
                                    "\n"
                                    R"({"scenario":"s","rule":"fan-in","plant":true,"subject":"account:C"})"
                                    "\n");
  const auto json = nlohmann::json::parse(compare_output(options));
  EXPECT_EQ(json.at("rules").at(0).at("added"), 1);
  EXPECT_EQ(json.at("changes").size(), 3U);
  EXPECT_EQ(json.at("labels").at("fan-in").at("old").at("precision"), 0.5);
  EXPECT_EQ(json.at("labels").at("fan-in").at("old").at("recall"), 0.5);
  EXPECT_EQ(json.at("labels").at("fan-in").at("new").at("precision"), 0.6667);
  EXPECT_EQ(json.at("labels").at("fan-in").at("new").at("recall"), 1);
}

TEST_F(Compare, SweepsAParamAndNamesTheNearMisses) {
  CompareOptions options;
  options.sweep = "fan-in.payers_min=2..5";
  const std::string text = compare_output(options);
  EXPECT_THAT(text, HasSubstr("         2 *        3        3     3.00\n"
                              "         3          2        2     2.00\n"
                              "         4          1        1     1.00\n"
                              "         5          0        0     0.00\n"));
  EXPECT_THAT(text, Not(HasSubstr("Near misses")));
  options.sweep = "fan-in.payers_min=3..4";
  EXPECT_THAT(compare_output(options), Not(HasSubstr("*  ")));
  options.sweep = "fan-in.payers_mim=3..4";
  compare_output(options, 2);
}

TEST_F(Compare, NamesSubjectsThatALooserValueWouldHaveFound) {
  CompareOptions options;
  options.sweep = "fan-in.payers_min=1..2";
  const std::string text = compare_output(options);
  EXPECT_THAT(text, HasSubstr("Near misses: no alert at 2, but at\n"
                              "         1   2025-03-01T09:00:00+07:00  account:D at D1: 1 payers\n"));
  EXPECT_THAT(text, Not(HasSubstr("account:A")));
}

}  // namespace
}  // namespace suar::cli
