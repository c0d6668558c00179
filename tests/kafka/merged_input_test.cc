#include "kafka/merged_input.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "kafka/broker_client.h"
#include "kafka/mock_broker.h"

namespace suar::kafka {
namespace {

using testing::BrokerClient;
using testing::unique_name;
using Clock = std::chrono::steady_clock;

// A reader of one topic, from its beginning.
struct Reader {
  Reader(const std::string& broker, const std::string& topic, int partitions)
      : consumer(*Consumer::open({broker, topic, unique_name("group"), {}, partitions, {}})),
        input(*consumer, wake_up) {
    for (int p = 0; p < partitions; ++p) EXPECT_TRUE(input.add_partition());
  }

  // The values of the next `count` records, as far as they come within `patience`.
  std::vector<std::string> take(std::size_t count,
                                std::chrono::milliseconds patience = std::chrono::seconds(120)) {
    std::vector<std::string> values;
    const auto deadline = Clock::now() + patience;
    while (values.size() < count && Clock::now() < deadline) {
      if (const auto record = input.next()) {
        values.emplace_back(record->value);
      } else {
        EXPECT_TRUE(consumer->serve());
        wake_up.wait(std::chrono::milliseconds(100));
      }
    }
    return values;
  }

  WakeUp wake_up;
  std::unique_ptr<Consumer> consumer;
  MergedInput input;
};

TEST(MergedInput, ReadsEveryRecordOfTheStandInBroker) {
  const std::vector<MockTopic> topics = {{"numbers", 3}};
  const auto broker = MockBroker::start(topics);
  ASSERT_TRUE(broker) << broker.error().message;
  BrokerClient client((*broker)->bootstrap_servers());
  std::vector<std::string> written;
  for (int i = 0; i < 300; ++i) {
    written.push_back(std::to_string(i));
    client.write("numbers", i % 3, written.back(), 1'000 + i);
  }
  client.flush();
  Reader reader((*broker)->bootstrap_servers(), "numbers", 3);
  auto read = reader.take(written.size());
  std::ranges::sort(read);
  std::ranges::sort(written);
  EXPECT_EQ(read, written);
}

TEST(MergedInput, MergesABacklogOfARealBrokerInTheOrderOfItsTimestamps) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string topic = unique_name("merge");
  constexpr int kPartitions = 4;
  constexpr int kRecords = 40'000;
  client.create(topic, kPartitions);
  // Partitions of very different lengths, whose records lie across each other in time.
  std::vector<std::string> expected;
  for (int i = 0; i < kRecords; ++i) {
    const int partition = i % 7 == 0 ? 1 : i % 11 == 0 ? 2 : i % 1000 == 0 ? 3 : 0;
    expected.push_back(std::to_string(i));
    client.write(topic, partition, expected.back(), 1'700'000'000'000 + i);
  }
  client.flush();
  Reader reader(broker, topic, kPartitions);
  const std::vector<std::string> taken = reader.take(kRecords);
  const auto [got, wanted] = std::ranges::mismatch(taken, expected);
  EXPECT_EQ(wanted - expected.begin(), kRecords)
      << "then comes " << (got == taken.end() ? "nothing" : *got) << ", " << taken.size() << " in all";
}

TEST(MergedInput, HandsOutALateRecordWithoutWaitingForTheOtherPartitions) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string topic = unique_name("trickle");
  client.create(topic, 3);
  client.write(topic, 0, "first", 1'700'000'000'000);
  client.flush();
  Reader reader(broker, topic, 3);
  EXPECT_EQ(reader.take(1), std::vector<std::string>{"first"});
  std::chrono::nanoseconds slowest{};
  for (int i = 0; i < 50; ++i) {
    const std::string value = "later " + std::to_string(i);
    const auto start = Clock::now();
    client.write(topic, i % 3, value, 1'700'000'000'001 + i);
    client.flush();
    ASSERT_EQ(reader.take(1), std::vector<std::string>{value});
    slowest = std::max<std::chrono::nanoseconds>(slowest, Clock::now() - start);
  }
  RecordProperty("slowest_us", std::to_string(slowest.count() / 1000));
  EXPECT_LT(slowest, std::chrono::seconds(60));
}

TEST(MergedInput, TellsPositionAndLag) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string topic = unique_name("lag");
  client.create(topic, 2);
  for (int i = 0; i < 10; ++i) client.write(topic, 0, std::to_string(i), 1'700'000'000'000 + i);
  client.flush();
  Reader reader(broker, topic, 2);
  EXPECT_EQ(reader.take(4).size(), 4U);
  EXPECT_EQ(reader.input.position(0), 4);
  EXPECT_EQ(reader.input.lag(0), 6);
  EXPECT_FALSE(reader.input.ended(0));
  EXPECT_EQ(reader.take(6).size(), 6U);
  EXPECT_EQ(reader.input.lag(0), 0);
  EXPECT_TRUE(reader.input.ended(0));
  EXPECT_EQ(reader.input.position(1), std::nullopt);
}

TEST(Consumer, RemembersWhatWasCommitted) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::string topic = unique_name("commit");
  client.create(topic, 2);
  for (int i = 0; i < 10; ++i) client.write(topic, 1, std::to_string(i));
  client.flush();
  const std::string group = unique_name("group");
  {
    const auto consumer = *Consumer::open({broker, topic, group, {}, 2, {}});
    const std::vector<Position> positions = {{1, 7}};
    ASSERT_TRUE(consumer->commit(positions));
  }
  const auto consumer = *Consumer::open({broker, topic, group, {}, 2, {}});
  const auto offsets = consumer->offsets(2, std::chrono::seconds(20));
  ASSERT_TRUE(offsets);
  EXPECT_EQ((*offsets)[0].committed, std::nullopt);
  EXPECT_EQ((*offsets)[1].committed, 7);
  EXPECT_EQ((*offsets)[1].low, 0);
  EXPECT_EQ((*offsets)[1].high, 10);
}

}  // namespace
}  // namespace suar::kafka
