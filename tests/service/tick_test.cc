// Stream time goes on while nothing comes, and what falls due by it is an alert like any other.
#include <gtest/gtest.h>

#include "kafka/broker_client.h"
#include "service/running.h"

namespace suar::service {
namespace {

using kafka::testing::BrokerClient;
using testing::eventually;
using testing::Running;

// What a wage is followed by must come within two seconds.
std::shared_ptr<const rules::RuleSet> rules_with_a_deadline() {
  const std::vector<rules::File> files = {{"a.yaml", R"(rule: no-answer
version: 1
title: {en: t, id: t}
crimes: [human_trafficking]
watch: account
events: direction in ["in", "out"]
trigger: direction == "in"
when: amount >= IDR 1
unless: direction == "out" within 2s
raise: {severity: low, score: 10, role: unknown, because: {en: t, id: t}}
)"}};
  auto loaded = rules::load_rules(files, testing::home());
  for (const Diagnostic& finding : loaded.findings) {
    if (finding.severity == Severity::kError) ADD_FAILURE() << render(finding);
  }
  return loaded.rules;
}

TEST(Ticks, LetADeadlinePassWithoutAFurtherRecordAndOnceOnly) {
  SUAR_REQUIRE_BROKER(broker);
  Config config = testing::config_for(broker, kafka::testing::unique_name("tick"));
  config.engine.lateness = {};
  BrokerClient client(broker);
  testing::create_topics(client, config.topics);
  const std::vector<std::string> records = {testing::sample_event(1)};
  testing::write_all(client, config.topics.transactions, records);
  const auto alerts = [&] { return client.read_all(config.topics.alerts).size(); };
  {
    Running running(config, {}, {}, rules_with_a_deadline());
    ASSERT_TRUE(running.processed(1));
    EXPECT_TRUE(eventually([&] { return alerts() == 1; }));
    ASSERT_TRUE(running.stop());
  }
  // Who comes after has seen the same ticks: nothing falls due a second time.
  Running successor(config, {}, {}, rules_with_a_deadline());
  ASSERT_TRUE(eventually([&] { return successor.service().phase() == Phase::kActive; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(2'500));
  ASSERT_TRUE(successor.stop());
  EXPECT_EQ(alerts(), 1U);
}

}  // namespace
}  // namespace suar::service
