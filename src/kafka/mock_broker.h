// The stand-in broker that librdkafka carries: a cluster of one node inside this process, for demonstrations
// and tests where no broker is installed.
//
// It keeps 5 MiB or 100,000 batches of each partition and drops older ones without a word, so whoever
// produces must not run ahead of the reader by more than that. It knows no transactions, creates no topics on
// request and answers an idle reader late (up to a second), so no latency is to be measured against it.
#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "kafka/error.h"
#include "kafka/handles.h"

struct rd_kafka_mock_cluster_s;

namespace suar::kafka {

struct MockTopic {
  std::string name;
  int partitions = 1;
};

// Whether a cluster of this id is one.
[[nodiscard]] inline bool is_stand_in(std::string_view cluster_id) {
  return cluster_id.starts_with("mockCluster");
}

class MockBroker {
 public:
  [[nodiscard]] static std::expected<std::unique_ptr<MockBroker>, Error> start(
      std::span<const MockTopic> topics);
  ~MockBroker();
  MockBroker(const MockBroker&) = delete;
  MockBroker& operator=(const MockBroker&) = delete;

  // host:port, for kafka.brokers.
  [[nodiscard]] std::string bootstrap_servers() const;

  // Cut all connections and refuse new ones, or answer again.
  void set_down(bool down);

 private:
  MockBroker() = default;

  ClientPtr client_;  // owns the cluster's thread
  rd_kafka_mock_cluster_s* cluster_ = nullptr;
};

}  // namespace suar::kafka
