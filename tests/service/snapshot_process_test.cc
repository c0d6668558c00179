// The process that writes a snapshot, where something is wrong with it.
#include "service/snapshot_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "kafka/broker_client.h"
#include "kafka/snapshot_directory.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kForever = 1h;

class SnapshotProcessTest : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "there is no process of its own under AddressSanitizer";
#endif
  }
  ~SnapshotProcessTest() override { std::filesystem::remove_all(path_); }

  std::string path_ = std::filesystem::temp_directory_path() / kafka::testing::unique_name("process");
  kafka::SnapshotDirectory directory_{path_, kafka::local_files()};
};

TEST_F(SnapshotProcessTest, IsEndedWhereItStandsStill) {
  SnapshotProcess process(300ms);
  process.start(directory_, {}, [](const kafka::ByteSink& sink) {
    sink("the beginning");
    std::this_thread::sleep_for(kForever);
  });
  std::optional<SnapshotProcess::Outcome> outcome;
  while (!outcome) {
    outcome = process.poll();
    std::this_thread::sleep_for(5ms);
  }
  ASSERT_FALSE(outcome->manifest);
  EXPECT_THAT(outcome->manifest.error(), ::testing::HasSubstr("stood still for 300 ms"));
  EXPECT_FALSE(process.busy());
  const auto listing = directory_.list();
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->finished.empty());
}

TEST_F(SnapshotProcessTest, MayTakeLongerThanThatIfItGoesOn) {
  SnapshotProcess process(2500ms);
  process.start(directory_, {}, [](const kafka::ByteSink& sink) {
    for (int i = 0; i < 4; ++i) {
      sink("a part");
      std::this_thread::sleep_for(1s);
    }
  });
  std::optional<SnapshotProcess::Outcome> outcome;
  while (!outcome) {
    outcome = process.poll();
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_GE(outcome->took, 4s) << "it was let go on";
}

TEST_F(SnapshotProcessTest, KeepsNoConnectionOpen) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  SnapshotProcess process;
  process.start(directory_, {}, [](const kafka::ByteSink&) { std::this_thread::sleep_for(kForever); });
  ::close(ends[1]);
  pollfd reading{ends[0], POLLIN, 0};
  EXPECT_EQ(::poll(&reading, 1, 60'000), 1);
  EXPECT_NE(reading.revents & POLLHUP, 0);
  ::close(ends[0]);
}

}  // namespace
}  // namespace suar::service
