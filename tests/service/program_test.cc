// `suar run` as a process: killed, stopped, and started with what it must refuse.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "service/program.h"

namespace suar::service::testing {
namespace {

using kafka::testing::BrokerClient;
using kafka::testing::unique_name;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

TEST(Program, LosesNoAlertWhenKilledBetweenTwoPaymentsOfOneWindow) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("kill"));
  deployment.create_topics(client);
  const auto records = sample_records(40, 1);
  const std::span<const std::string> all(records);
  // The third payment would be the first alert; it comes after the kill.
  write(client, deployment.input(), all.first(2));
  {
    Program program(deployment);
    ASSERT_TRUE(program.ready()) << program.log();
    ASSERT_TRUE(eventually([&] { return program.metric("suar_events_total") == 2; }));
    EXPECT_EQ(program.end(SIGKILL), 128 + SIGKILL);
  }
  write(client, deployment.input(), all.subspan(2));
  Program program(deployment);
  ASSERT_TRUE(program.ready()) << program.log();
  ASSERT_TRUE(eventually([&] { return client.read_all(deployment.alerts()).size() >= 38; })) << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0) << program.log();
  EXPECT_EQ(sent_alerts(client, deployment.alerts()), expected_alerts(records));
}

TEST(Program, SendsEveryAlertOnceHoweverOftenItIsKilled) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("kills"));
  deployment.create_topics(client);
  const auto records = sample_records(30'000, 400);
  const auto expected = expected_alerts(records);
  std::jthread writer([&](const std::stop_token& stop) {
    BrokerClient feed(broker);
    for (std::size_t i = 0; i < records.size() && !stop.stop_requested(); i += 500) {
      write(feed, deployment.input(), std::span(records).subspan(i, 500));
      std::this_thread::sleep_for(100ms);
    }
  });
  for (int kill = 0; kill < 4; ++kill) {
    Program program(deployment);
    ASSERT_TRUE(program.reaches("active")) << program.log();
    std::this_thread::sleep_for(std::chrono::milliseconds(300 + 170 * kill));
    program.end(SIGKILL);
  }
  Program program(deployment);
  ASSERT_TRUE(program.ready()) << program.log();
  writer.join();
  ASSERT_TRUE(eventually([&] {
    return client.committed(deployment.instance(), deployment.input(), 0) ==
           static_cast<std::int64_t>(records.size());
  })) << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0) << program.log();
  EXPECT_EQ(sent_alerts(client, deployment.alerts()), expected);
}

TEST(Program, StopsWhileItWaitsForItsBrokers) {
  const Deployment deployment("127.0.0.1:1", unique_name("nobody"));
  Program program(deployment);
  ASSERT_TRUE(eventually([&] { return program.log().contains("metrics at"); })) << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0) << program.log();
}

TEST(Program, RepeatsNothingAfterSigterm) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("term"));
  deployment.create_topics(client);
  const auto records = sample_records(2'000, 100);
  const std::span<const std::string> all(records);
  write(client, deployment.input(), all.first(1'000));
  {
    Program program(deployment);
    ASSERT_TRUE(program.ready()) << program.log();
    ASSERT_TRUE(eventually([&] { return program.metric("suar_events_total") >= 1; }));
    EXPECT_EQ(program.end(SIGTERM), 0) << program.log();
  }
  write(client, deployment.input(), all.subspan(1'000));
  Program program(deployment);
  ASSERT_TRUE(program.ready()) << program.log();
  ASSERT_TRUE(eventually([&] {
    return program.metric("suar_events_total") + program.metric("suar_reread_records_total") == 2'000;
  }));
  EXPECT_EQ(program.end(SIGTERM), 0) << program.log();
  EXPECT_EQ(sent_alerts(client, deployment.alerts()), expected_alerts(records));
}

TEST(Program, LocatesWhatIsWrongWithItsConfiguration) {
  const Deployment deployment("127.0.0.1:1", unique_name("wrong"),
                              "delivery: exactly_once\nlateness: soon\nhome_curency: IDR\n");
  Program program(deployment);
  EXPECT_EQ(program.wait(), 2);
  EXPECT_THAT(program.log(), HasSubstr(deployment.config() + ":8:11: error[SUAR-C004]"));
  EXPECT_THAT(program.log(), HasSubstr(deployment.config() + ":9:1: error[SUAR-C002]"));
  EXPECT_THAT(program.log(), HasSubstr("did you mean \"home_currency\"?"));
}

TEST(Program, NamesTheTopicsThatAreMissing) {
  SUAR_REQUIRE_BROKER(broker);
  const Deployment deployment(broker, unique_name("topics"));
  Program program(deployment);
  EXPECT_EQ(program.wait(), 2);
  EXPECT_THAT(program.log(), HasSubstr("has no topic \"" + deployment.input() + "\""));
  EXPECT_THAT(program.log(), HasSubstr("--create --topic " + deployment.alerts()));
}

}  // namespace
}  // namespace suar::service::testing
