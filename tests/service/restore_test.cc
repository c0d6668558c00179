// Starts from snapshots: after kills, after a clean stop, with damaged ones, and where none can be written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "kafka/record_store.h"
#include "kafka/snapshot_topic.h"
#include "service/program.h"

namespace suar::service::testing {
namespace {

using kafka::testing::BrokerClient;
using kafka::testing::unique_name;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

constexpr const char* kRestored = "restored the state behind the journal's seq";

class Restore : public ::testing::Test {
 protected:
  void begin(const std::string& more, const std::string& state = "state") {
    SUAR_REQUIRE_BROKER(broker);
    broker_ = broker;
    client_ = std::make_unique<BrokerClient>(broker);
    deployment_ =
        std::make_unique<Deployment>(broker, unique_name("restore"), "state: " + state + "\n" + more);
    deployment_->create_topics(*client_);
  }
  [[nodiscard]] bool skipped() const { return deployment_ == nullptr; }
  // Runs until so many records are processed or repeated, then stops it with this signal; its log.
  std::string run(std::size_t events, int signal) {
    Program program(*deployment_);
    EXPECT_TRUE(program.reaches("active")) << program.log();
    EXPECT_TRUE(eventually([&] {
      return client_->committed(deployment_->instance(), deployment_->input(), 0) >=
             static_cast<std::int64_t>(events);
    })) << program.log();
    reread_ = program.metric("suar_reread_records_total");
    failures_ = program.metric("suar_snapshot_failures_total");
    program.end(signal);
    return program.log();
  }
  [[nodiscard]] std::vector<std::filesystem::path> snapshots() const {
    std::vector<std::filesystem::path> found;
    for (const auto& entry :
         std::filesystem::directory_iterator(deployment_->file("state/" + deployment_->instance())))
      found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
  }
  void expect_the_alerts_of(std::span<const std::string> records) {
    EXPECT_EQ(sent_alerts(*client_, deployment_->alerts()), expected_alerts(records));
  }
  // What retention does.
  void forget_input(std::int64_t before) {
    const auto store = kafka::RecordStore::open({broker_, deployment_->input(), {}, {}});
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->forget(0, before));
  }

  std::string broker_;
  std::unique_ptr<BrokerClient> client_;
  std::unique_ptr<Deployment> deployment_;
  double reread_ = 0, failures_ = 0;
};

TEST_F(Restore, GoesOnFromTheNewestSnapshotHoweverOftenItIsKilled) {
  begin("snapshot_interval: 300ms\n");
  if (skipped()) return;
  const auto records = sample_records(20'000, 400);
  std::jthread writer([&](const std::stop_token& stop) {
    BrokerClient feed(broker_);
    for (std::size_t i = 0; i < records.size() && !stop.stop_requested(); i += 250) {
      write(feed, deployment_->input(), std::span(records).subspan(i, 250));
      std::this_thread::sleep_for(100ms);
    }
  });
  int restored = 0;
  for (int kill = 0; kill < 4; ++kill) {
    Program program(*deployment_);
    ASSERT_TRUE(program.reaches("active")) << program.log();
    std::this_thread::sleep_for(std::chrono::milliseconds(400 + 170 * kill));
    program.end(SIGKILL);
    if (program.log().contains(kRestored)) ++restored;
  }
  EXPECT_GE(restored, 2);
  writer.join();
  EXPECT_THAT(run(records.size(), SIGTERM), HasSubstr(kRestored));
  EXPECT_LT(reread_, 10'000) << "most of the input was not read again";
  expect_the_alerts_of(records);
}

TEST_F(Restore, ReadsNothingAgainAfterACleanStopAndNeedsNoOlderInput) {
  begin("");
  if (skipped()) return;
  const auto records = sample_records(3'000, 100);
  const std::span<const std::string> all(records);
  write(*client_, deployment_->input(), all.first(2'000));
  EXPECT_THAT(run(2'000, SIGTERM), Not(HasSubstr(kRestored)));
  forget_input(1'500);
  write(*client_, deployment_->input(), all.subspan(2'000));
  EXPECT_THAT(run(3'000, SIGTERM), HasSubstr(kRestored));
  EXPECT_EQ(reread_, 0);
  expect_the_alerts_of(records);
  // Without a snapshot the records that are gone are missed.
  std::filesystem::remove_all(deployment_->file("state"));
  Program program(*deployment_);
  EXPECT_EQ(program.wait(), 2);
  EXPECT_THAT(program.log(), HasSubstr("retention has deleted records that its windows may still need"));
}

TEST_F(Restore, FindsTheSnapshotInTheTopicWhereTheDiskIsEmpty) {
  begin("snapshot_interval: 200ms\n");
  if (skipped()) return;
  const kafka::NewTopic topic = kafka::SnapshotTopic::definition(deployment_->snapshots());
  client_->create(topic.name, topic.partitions, topic.settings);
  const auto records = sample_records(3'000, 100);
  const std::span<const std::string> all(records);
  write(*client_, deployment_->input(), all.first(2'000));
  {
    Program program(*deployment_);
    ASSERT_TRUE(eventually([&] { return program.metric("suar_events_total") == 2'000; })) << program.log();
    // One that was begun before the last record may still be under way.
    const double uploads = program.metric("suar_snapshot_uploads_total");
    EXPECT_TRUE(eventually([&] { return program.metric("suar_snapshot_uploads_total") >= uploads + 3; }))
        << program.log();
    program.end(SIGKILL);
  }
  std::filesystem::remove_all(deployment_->file("state"));
  forget_input(1'500);
  write(*client_, deployment_->input(), all.subspan(2'000));
  EXPECT_THAT(run(3'000, SIGTERM), HasSubstr(kRestored));
  EXPECT_EQ(reread_, 0);
  expect_the_alerts_of(records);
}

TEST_F(Restore, TakesTheOlderSnapshotWhereTheNewestIsDamaged) {
  begin("");
  if (skipped()) return;
  const auto records = sample_records(3'000, 100);
  const std::span<const std::string> all(records);
  for (const std::size_t part : {0U, 1U, 2U}) {
    write(*client_, deployment_->input(), all.subspan(part * 1'000, 1'000));
    if (part == 2) {
      ASSERT_EQ(snapshots().size(), 2U);
      std::fstream file(snapshots().back(), std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(200);
      file.put('x');
    }
    const std::string log = run((part + 1) * 1'000, SIGTERM);
    EXPECT_EQ(log.contains("a snapshot is passed over: "), part == 2) << log;
  }
  EXPECT_EQ(reread_, 1'000) << "those behind the older one";
  expect_the_alerts_of(records);
}

TEST_F(Restore, GoesOnWithoutSnapshotsWhereNoneCanBeWritten) {
  begin("snapshot_interval: 200ms\n", "/proc/no-such-place");
  if (skipped()) return;
  const auto records = sample_records(2'000, 100);
  write(*client_, deployment_->input(), std::span(records).first(1'000));
  Program program(*deployment_);
  ASSERT_TRUE(program.reaches("active")) << program.log();
  EXPECT_TRUE(eventually([&] { return program.metric("suar_snapshot_failures_total") >= 2; }))
      << program.log();
  write(*client_, deployment_->input(), std::span(records).subspan(1'000));
  ASSERT_TRUE(eventually([&] { return program.metric("suar_events_total") == 2'000; }));
  EXPECT_EQ(program.end(SIGTERM), 0);
  EXPECT_THAT(program.log(), HasSubstr("no snapshot was written, and the older ones stay: "));
  expect_the_alerts_of(records);
}

}  // namespace
}  // namespace suar::service::testing
