// Rules and reference data that change while the service runs: under load, with kills, with a standby, with
// files that are wrong, and between two runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "kafka/snapshot_topic.h"
#include "service/program.h"

namespace suar::service::testing {
namespace {

using kafka::testing::BrokerClient;
using kafka::testing::unique_name;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

class ReloadTest : public ::testing::Test {
 protected:
  void begin(const std::string& more = "state: state\nsnapshot_interval: 500ms\n") {
    SUAR_REQUIRE_BROKER(broker);
    broker_ = broker;
    client_ = std::make_unique<BrokerClient>(broker);
    deployment_ = std::make_unique<Deployment>(broker, unique_name("reload"), more);
    deployment_->create_topics(*client_);
    const kafka::NewTopic topic = kafka::SnapshotTopic::definition(deployment_->snapshots());
    client_->create(topic.name, topic.partitions, topic.settings);
  }
  [[nodiscard]] bool skipped() const { return deployment_ == nullptr; }
  // The sample rule as another version, with another threshold.
  void write_rules(int version, int payers) const {
    std::string text = kRuleFile;
    text.replace(text.find("version: 1"), 10, "version: " + std::to_string(version));
    text.replace(text.find("payers >= 2"), 11, "payers >= " + std::to_string(payers));
    std::ofstream(deployment_->rules() + "/sample.yaml") << text;
  }
  [[nodiscard]] std::vector<std::string> sent() const {
    std::vector<std::string> alerts;
    for (const auto& alert : client_->read_all(deployment_->alerts())) alerts.push_back(alert.value);
    return alerts;
  }
  // What a replay of the journal raises, by rules from the store alone.
  [[nodiscard]] std::vector<std::string> replayed() const {
    const std::string file = deployment_->file("replayed");
    const std::string command = std::string(suar::testing::kProgram) + " replay --config " +
                                deployment_->config() + " --alerts " + file + " 2>" +
                                deployment_->file("err");
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::vector<std::string> alerts;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) alerts.push_back(line);
    return alerts;
  }
  void feed(std::size_t first, std::size_t count) {
    write(*client_, deployment_->input(), std::span(records_).subspan(first, count));
  }
  static bool counts(const Program& program, const std::string& metric, double at_least) {
    return eventually([&] { return program.metric(metric) >= at_least; });
  }
  // What it runs under, so that it can change to something else.
  static bool stores(const Program& program) {
    return eventually([&] { return program.log().contains("are stored"); });
  }
  static std::ptrdiff_t of_version(const std::vector<std::string>& alerts, int version) {
    const std::string text = "\"version\":" + std::to_string(version) + ",";
    return std::ranges::count_if(alerts, [&](const std::string& alert) { return alert.contains(text); });
  }

  std::string broker_;
  std::unique_ptr<BrokerClient> client_;
  std::unique_ptr<Deployment> deployment_;
  std::vector<std::string> records_ = sample_records(20'000, 400);
};

TEST_F(ReloadTest, ChangesUnderLoadAndLosesNothingThoughItIsKilled) {
  begin();
  if (skipped()) return;
  Program first(*deployment_);
  ASSERT_TRUE(first.reaches("active")) << first.log();
  Program second(*deployment_, "log2");
  ASSERT_TRUE(second.reaches("standby")) << second.log();
  std::jthread writer([&](const std::stop_token& stop) {
    BrokerClient feeding(broker_);
    for (std::size_t i = 0; i < records_.size() && !stop.stop_requested(); i += 100) {
      write(feeding, deployment_->input(), std::span(records_).subspan(i, 100));
      std::this_thread::sleep_for(40ms);
    }
  });
  ASSERT_TRUE(counts(first, "suar_events_total", 1'000));
  ASSERT_TRUE(stores(first)) << first.log();
  write_rules(2, 3);
  ASSERT_TRUE(counts(first, "suar_reloads_total", 1)) << first.log();
  ASSERT_TRUE(counts(second, "suar_reloads_total", 1)) << second.log();
  EXPECT_EQ(first.metric("suar_reload_refused"), 0);
  const double before = first.metric("suar_events_total");
  ASSERT_TRUE(counts(first, "suar_events_total", before + 1'000));
  first.end(SIGKILL);
  ASSERT_TRUE(second.reaches("active")) << second.log();
  // What is in force is what the journal says; and the change of the files since is a change as any.
  write_rules(3, 2);
  ASSERT_TRUE(counts(second, "suar_reloads_total", 2)) << second.log();
  writer.join();
  ASSERT_TRUE(eventually([&] {
    return client_->committed(deployment_->instance(), deployment_->input(), 0) >=
           static_cast<std::int64_t>(records_.size());
  })) << second.log();
  EXPECT_EQ(second.end(SIGTERM), 0) << second.log();
  const auto alerts = sent();
  for (const int version : {1, 2, 3}) EXPECT_GT(of_version(alerts, version), 0) << version;
  write_rules(4, 9);
  EXPECT_EQ(alerts, replayed());
  // From a snapshot, from the journal's end on.
  write_rules(3, 2);
  Program third(*deployment_, "log3");
  ASSERT_TRUE(third.reaches("active")) << third.log();
  EXPECT_EQ(third.metric("suar_reread_records_total"), 0) << third.log();
  EXPECT_EQ(third.metric("suar_reloads_total"), 0) << third.log();
}

TEST_F(ReloadTest, KeepsWhatIsInForceWhereAFileIsWrong) {
  begin();
  if (skipped()) return;
  Program program(*deployment_);
  ASSERT_TRUE(program.reaches("active")) << program.log();
  ASSERT_TRUE(stores(program)) << program.log();
  std::ofstream(deployment_->rules() + "/sample.yaml") << "rule: broken\n";
  ASSERT_TRUE(counts(program, "suar_reload_failures_total", 1)) << program.log();
  EXPECT_EQ(program.metric("suar_reload_refused"), 1);
  EXPECT_THAT(http_get(program.port(), "/readyz"),
              ::testing::AllOf(HasSubstr("HTTP/1.1 200"), HasSubstr("\"refused_change\":")));
  feed(0, 2'000);
  ASSERT_TRUE(counts(program, "suar_events_total", 2'000));
  EXPECT_THAT(http_get(program.port(), "/rules"), HasSubstr("sample-many-payers"));
  write_rules(2, 2);
  ::kill(program.pid(), SIGHUP);
  ASSERT_TRUE(counts(program, "suar_reloads_total", 1)) << program.log();
  EXPECT_EQ(program.metric("suar_reload_refused"), 0);
  EXPECT_THAT(http_get(program.port(), "/rules"), HasSubstr("\"version\":2"));
  EXPECT_THAT(program.log(), HasSubstr("are refused, and those in force stay"));
  EXPECT_EQ(program.end(SIGTERM), 0);
  EXPECT_GT(of_version(sent(), 1), 0);
}

TEST_F(ReloadTest, TakesOtherFilesAtAStartForAChange) {
  begin();
  if (skipped()) return;
  feed(0, 2'000);
  {
    Program program(*deployment_);
    ASSERT_TRUE(counts(program, "suar_events_total", 2'000)) << program.log();
    ASSERT_TRUE(stores(program)) << program.log();
    EXPECT_EQ(program.end(SIGTERM), 0);
  }
  write_rules(2, 2);
  Program program(*deployment_, "log2");
  ASSERT_TRUE(counts(program, "suar_reloads_total", 1)) << program.log();
  EXPECT_EQ(program.metric("suar_reread_records_total"), 0) << "nothing is computed anew";
  feed(2'000, 2'000);
  ASSERT_TRUE(counts(program, "suar_events_total", 2'000)) << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0);
  const auto alerts = sent();
  EXPECT_GT(of_version(alerts, 1), 0);
  EXPECT_GT(of_version(alerts, 2), 0);
  EXPECT_EQ(alerts, replayed());
}

TEST_F(ReloadTest, BeginsWithTheStateThatAReplayLeft) {
  begin("state: state\nsnapshot_interval: 1h\n");
  if (skipped()) return;
  const std::span<const std::string> all = std::span(records_).first(4'000);
  const std::string file = deployment_->file("history.ndjson");
  {
    std::ofstream out(file);
    for (const std::string& record : all.first(2'000)) out << record << '\n';
  }
  const std::string command = std::string(suar::testing::kProgram) + " replay --rules " +
                              deployment_->rules() + " --events " + file + " --alerts " +
                              deployment_->file("earlier") + " --state " + deployment_->file("state");
  ASSERT_EQ(std::system(command.c_str()), 0);
  feed(2'000, 1'000);
  {
    Program program(*deployment_);
    ASSERT_TRUE(eventually([&] {
      return client_->committed(deployment_->instance(), deployment_->input(), 0) >= 1'000;
    })) << program.log();
    program.end(SIGKILL);
  }
  // Without a snapshot: the journal says what it began with.
  Program program(*deployment_, "log2");
  ASSERT_TRUE(counts(program, "suar_reread_records_total", 1'000)) << program.log();
  feed(3'000, 1'000);
  ASSERT_TRUE(counts(program, "suar_events_total", 1'000)) << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0);
  auto expected = expected_alerts(all);
  for (const auto& [id, count] : expected_alerts(all.first(2'000))) expected.erase(id);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(sent_alerts(*client_, deployment_->alerts()), expected);
  EXPECT_EQ(sent(), replayed());
}

}  // namespace
}  // namespace suar::service::testing
