#include "cli/demo_score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace suar::cli {
namespace {

using ::testing::ElementsAre;

class DemoScoreTest : public ::testing::Test {
 protected:
  void alert(std::string rule_id, std::string subject, std::string account = "") {
    rules::Rule rule;
    rule.id = std::move(rule_id);
    engine::Hit hit;
    hit.rule = &rule;
    hit.subject_key = std::move(subject);
    hit.subject_account = std::move(account);
    score_.add_alert(hit);
  }

  DemoScore score_;
};

TEST_F(DemoScoreTest, KnowsATelephoneByItsOwnKeyNotByTheAccountThatUsedIt) {
  score_.add_label(R"({"scenario":"one","rule":"r","plant":true,"subject":"phone:7"})");
  alert("r", "phone:7", "1");
  EXPECT_EQ(score_.by_rule().at("r").caught, 1U);
}

TEST_F(DemoScoreTest, TellsWhatWasCaughtMissedAndWronglyFlagged) {
  score_.add_label(R"({"scenario":"fees","rule":"r","plant":true,"subject":"account:1"})");
  score_.add_label(R"({"scenario":"fees","rule":"r","plant":true,"subject":"account:2"})");
  score_.add_label(R"({"scenario":"rent","rule":"r","plant":false,"subject":"account:3"})");
  score_.add_label(R"({"scenario":"rent","rule":"r","plant":false,"subject":"account:4"})");
  alert("r", "account:1");
  alert("r", "account:1");
  alert("s", "account:2");
  alert("s", "account:4");
  alert("r", "account:9");

  const auto scores = score_.by_rule();
  const auto& r = scores.at("r");
  EXPECT_EQ(r.alerts, 3U);
  EXPECT_EQ(r.planted, 2U);
  EXPECT_EQ(r.caught, 1U);
  EXPECT_THAT(r.missed, ElementsAre("fees on account:2"));
  EXPECT_EQ(r.look_alikes, 2U);
  EXPECT_THAT(r.wrongly_flagged, ElementsAre("rent on account:4 by s"));
  EXPECT_EQ(r.on_others, 1U);
  EXPECT_EQ(scores.at("s").alerts, 2U);
}

TEST_F(DemoScoreTest, KnowsAPartyByItsAccount) {
  score_.add_label(R"({"scenario":"fees","rule":"r","plant":true,"subject":"account:1"})");
  alert("r", "party:p-1", "1");
  EXPECT_EQ(score_.by_rule().at("r").caught, 1U);
}

}  // namespace
}  // namespace suar::cli
