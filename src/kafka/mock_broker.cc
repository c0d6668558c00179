#include "kafka/mock_broker.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka_mock.h>

#include <array>

namespace suar::kafka {
namespace {

constexpr int kOnlyNode = 1;

}  // namespace

std::expected<std::unique_ptr<MockBroker>, Error> MockBroker::start(std::span<const MockTopic> topics) {
  std::unique_ptr<MockBroker> broker(new MockBroker);
  std::array<char, 512> text{};
  ConfPtr conf(rd_kafka_conf_new());
  rd_kafka_conf_set_log_cb(conf.get(), nullptr);  // it would complain of having no broker
  broker->client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), text.data(), text.size()));
  if (!broker->client_) return std::unexpected(Error{fmt::format("stand-in broker: {}", text.data())});
  [[maybe_unused]] const auto* taken = conf.release();  // by rd_kafka_new()
  broker->cluster_ = rd_kafka_mock_cluster_new(broker->client_.get(), 1);
  if (broker->cluster_ == nullptr) return std::unexpected(Error{"stand-in broker: did not start"});
  for (const MockTopic& topic : topics) {
    const auto code = rd_kafka_mock_topic_create(broker->cluster_, topic.name.c_str(), topic.partitions, 1);
    if (code != 0) return std::unexpected(error_from("stand-in broker: topic " + topic.name, code));
  }
  return broker;
}

MockBroker::~MockBroker() {
  if (cluster_ != nullptr) rd_kafka_mock_cluster_destroy(cluster_);
}

std::string MockBroker::bootstrap_servers() const {
  return rd_kafka_mock_cluster_bootstraps(cluster_);
}

void MockBroker::set_down(bool down) {
  down ? rd_kafka_mock_broker_set_down(cluster_, kOnlyNode)
       : rd_kafka_mock_broker_set_up(cluster_, kOnlyNode);
}

}  // namespace suar::kafka
