// Which topics a cluster has, and how to make those that it lacks.
#pragma once

#include <chrono>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kafka/error.h"
#include "kafka/handles.h"

namespace suar::kafka {

// Number of partitions by topic, as far as this client may see them.
using TopicPartitions = std::map<std::string, int>;
[[nodiscard]] std::expected<TopicPartitions, Error> topics_of(rd_kafka_t* client,
                                                              std::chrono::milliseconds timeout);

// A topic's settings as they hold, by name.
[[nodiscard]] std::expected<std::map<std::string, std::string>, Error> topic_settings(
    rd_kafka_t* client, const std::string& topic, std::chrono::milliseconds timeout);

// The cluster's own id.
[[nodiscard]] std::expected<std::string, Error> cluster_id(rd_kafka_t* client,
                                                           std::chrono::milliseconds timeout);

struct NewTopic {
  std::string name;
  int partitions = 1;
  std::vector<std::pair<std::string, std::string>> settings;  // replication is left to the cluster's default
};

// A topic that exists already is no error.
[[nodiscard]] std::expected<void, Error> create_topics(rd_kafka_t* client, std::span<const NewTopic> topics,
                                                       std::chrono::milliseconds timeout);

// The commands that make them, one a line, for an operator to run.
[[nodiscard]] std::string creation_commands(const std::string& brokers, std::span<const NewTopic> topics);

}  // namespace suar::kafka
