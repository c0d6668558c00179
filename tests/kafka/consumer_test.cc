// What the service's consumer makes of a broker that is not ready yet.
#include "kafka/consumer.h"

#include <gtest/gtest.h>
#include <librdkafka/rdkafka_mock.h>

#include <chrono>
#include <thread>

#include "kafka/handles.h"

namespace suar::kafka {
namespace {

constexpr std::int16_t kOffsetFetch = 9;

TEST(Consumer, AsksAgainForCommittedOffsetsUntilTheirCoordinatorIsKnown) {
  const ClientPtr owner(rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), nullptr, 0));
  rd_kafka_mock_cluster_t* cluster = rd_kafka_mock_cluster_new(owner.get(), 1);
  rd_kafka_mock_topic_create(cluster, "in", 1, 1);
  rd_kafka_mock_push_request_errors(cluster, kOffsetFetch, 2, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
                                    RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS);
  {
    const auto consumer =
        Consumer::open({rd_kafka_mock_cluster_bootstraps(cluster), "in", "group", {}, 1, {}});
    ASSERT_TRUE(consumer) << consumer.error().message;
    const auto offsets = (*consumer)->offsets(1, std::chrono::seconds(60));
    ASSERT_TRUE(offsets) << offsets.error().message;
    EXPECT_FALSE(offsets->front().committed);
  }
  rd_kafka_mock_cluster_destroy(cluster);
}

TEST(Consumer, WaitsForAPartitionThatABrokerDoesNotKnowYet) {
  const ClientPtr owner(rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), nullptr, 0));
  rd_kafka_mock_cluster_t* cluster = rd_kafka_mock_cluster_new(owner.get(), 1);
  rd_kafka_mock_topic_create(cluster, "in", 1, 1);
  rd_kafka_mock_topic_set_error(cluster, "in", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  {
    const auto consumer =
        Consumer::open({rd_kafka_mock_cluster_bootstraps(cluster), "in", "group", {}, 1, {}});
    ASSERT_TRUE(consumer) << consumer.error().message;
    const std::jthread later([cluster] {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      rd_kafka_mock_topic_set_error(cluster, "in", RD_KAFKA_RESP_ERR_NO_ERROR);
    });
    const auto ends = (*consumer)->ends(0, std::chrono::seconds(60));
    ASSERT_TRUE(ends) << ends.error().message;
    EXPECT_EQ(ends->high, 0);
  }
  rd_kafka_mock_cluster_destroy(cluster);
}

}  // namespace
}  // namespace suar::kafka
