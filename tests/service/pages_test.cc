#include "service/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "service/counter.h"
#include "service/samples.h"

namespace suar::service {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

struct PagesTest : ::testing::Test {
  std::shared_ptr<const rules::RuleSet> rules = testing::sample_rules();
  Metrics metrics{{rules, testing::no_reference()}};
  Status status;
  Pages pages = pages_of({metrics, status, "1.2.3"});
};

TEST_F(PagesTest, KeepTheRulesFromAnyAddressButLoopback) {
  EXPECT_EQ(pages({"/rules", true}).status, 200);
  EXPECT_EQ(pages({"/rules", false}).status, 403);
  for (const char* open : {"/metrics", "/healthz"}) EXPECT_EQ(pages({open, false}).status, 200) << open;
  EXPECT_EQ(pages({"/", false}).status, 403);
  EXPECT_EQ(pages({"/", true}).status, 404);
}

TEST_F(PagesTest, AreReadyWhenActiveAndWhenStandingBy) {
  for (const Phase phase :
       {Phase::kStarting, Phase::kRestoring, Phase::kClaiming, Phase::kDraining, Phase::kStopped}) {
    status.phase = phase;
    EXPECT_EQ(pages({"/readyz", false}).status, 503) << name_of(phase);
    EXPECT_THAT(pages({"/readyz", false}).body,
                HasSubstr(std::string("\"phase\":\"") + std::string(name_of(phase))));
  }
  for (const Phase phase : {Phase::kActive, Phase::kStandby}) {
    status.phase = phase;
    EXPECT_EQ(pages({"/readyz", false}).status, 200) << name_of(phase);
  }
}

TEST_F(PagesTest, TellOfACallToTheBrokersThatTakesLong) {
  status.phase = Phase::kActive;
  status.call.begin("commit_transaction");
  EXPECT_THAT(pages({"/readyz", false}).body, ::testing::Not(HasSubstr("waiting_for")));
  std::this_thread::sleep_for(1'100ms);
  EXPECT_THAT(pages({"/readyz", false}).body, HasSubstr("\"waiting_for\":\"commit_transaction\""));
  EXPECT_THAT(pages({"/metrics", false}).body, HasSubstr("suar_broker_wait_seconds 1."));
  status.call.end();
  EXPECT_THAT(pages({"/metrics", false}).body, HasSubstr("suar_broker_wait_seconds 0\n"));
}

TEST_F(PagesTest, CallALoopThatStandsStillUnhealthy) {
  status.phase = Phase::kActive;
  EXPECT_EQ(pages({"/healthz", false}).status, 200);
  status.last_turn_millis -= 61'000;
  EXPECT_EQ(pages({"/healthz", false}).status, 503);
}

TEST_F(PagesTest, ShowAHistogramWithCumulatedBuckets) {
  metrics.end_to_end.observe(10us);
  metrics.end_to_end.observe(11us);
  metrics.end_to_end.observe(3s);
  metrics.end_to_end.observe(11s);
  const std::string text = pages({"/metrics", false}).body;
  EXPECT_THAT(text, HasSubstr("suar_end_to_end_seconds_bucket{le=\"1e-05\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("suar_end_to_end_seconds_bucket{le=\"10\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("suar_end_to_end_seconds_bucket{le=\"+Inf\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("suar_end_to_end_seconds_count 4\n"));
}

TEST_F(PagesTest, EstimateARulesTimeFromItsSamples) {
  metrics.in_force()->series[0]->evaluations.set(6'400);
  metrics.in_force()->series[0]->sampled.set(100);
  metrics.in_force()->series[0]->sampled_nanos.set(200'000);
  EXPECT_THAT(pages({"/metrics", false}).body,
              HasSubstr("suar_rule_seconds_total{rule=\"sample-many-payers\"} 0.0128"));
}

TEST_F(PagesTest, TellWhatRuns) {
  EXPECT_THAT(pages({"/metrics", false}).body,
              HasSubstr("suar_info{version=\"1.2.3\",ruleset=\"" + rules->hash + "\""));
}

}  // namespace
}  // namespace suar::service
