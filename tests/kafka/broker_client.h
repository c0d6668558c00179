// A test's own way into a broker, independent of what is tested: make topics, write records, read everything
// back.
#pragma once

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "kafka/handles.h"
#include "kafka/topics.h"

// Skips the test where no real broker is given.
#define SUAR_REQUIRE_BROKER(broker)                                                                   \
  const char* broker##_given = std::getenv("SUAR_TEST_KAFKA");                                        \
  if (broker##_given == nullptr || *broker##_given == '\0') {                                         \
    GTEST_SKIP() << "SUAR_TEST_KAFKA=host:port is not set; `./dev test` starts a broker and sets it"; \
  }                                                                                                   \
  const std::string broker = broker##_given

namespace suar::kafka::testing {

inline std::string unique_name(const std::string& stem) {
  static std::atomic<int> number{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return stem + "-" + std::to_string(::getpid()) + "-" + std::to_string(now) + "-" + std::to_string(number++);
}

// Only a broker that has stopped answers this late.
inline constexpr std::chrono::seconds kPatience{120};

struct Read {
  int partition = 0;
  std::int64_t offset = 0;
  std::string key, value;
  std::map<std::string, std::string> headers;
};

class BrokerClient {
 public:
  explicit BrokerClient(std::string bootstrap) : bootstrap_(std::move(bootstrap)) {
    // Idempotent: a batch that a broker takes at the second try must not come behind those after it.
    producer_ = open(RD_KAFKA_PRODUCER,
                     {{"linger.ms", "1"}, {"message.max.bytes", "10000000"}, {"enable.idempotence", "true"}});
  }

  void create(const std::string& topic, int partitions,
              std::vector<std::pair<std::string, std::string>> settings = {}) {
    const std::vector<NewTopic> wanted = {{topic, partitions, std::move(settings)}};
    const auto made = create_topics(producer_.get(), wanted, kPatience);
    ASSERT_TRUE(made) << made.error().message;
    // The broker lists it somewhat later.
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      const auto topics = topics_of(producer_.get(), kPatience);
      if (topics && topics->contains(topic)) return;
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << topic;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  void write(const std::string& topic, int partition, const std::string& value, std::int64_t timestamp = 0) {
    std::array<rd_kafka_vu_t, 4> fields{};
    fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
    fields[0].u.cstr = topic.c_str();
    fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    fields[1].u.i32 = partition;
    fields[2].vtype = RD_KAFKA_VTYPE_VALUE;
    fields[3].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
    fields[3].u.i64 = timestamp;
    // It is not copied, so it is kept until flush().
    kept_.push_back(value);
    fields[2].u.mem = {kept_.back().data(), kept_.back().size()};
    for (;;) {
      const ErrorPtr error{rd_kafka_produceva(producer_.get(), fields.data(), fields.size())};
      if (!error) break;
      ASSERT_EQ(rd_kafka_error_code(error.get()), RD_KAFKA_RESP_ERR__QUEUE_FULL)
          << rd_kafka_error_string(error.get());
      rd_kafka_poll(producer_.get(), 10);
    }
  }
  void flush() {
    ASSERT_EQ(rd_kafka_flush(producer_.get(), 120'000), RD_KAFKA_RESP_ERR_NO_ERROR);
    kept_.clear();
  }

  // Everything that a topic holds now, by partition and offset.
  std::vector<Read> read_all(const std::string& topic) {
    std::vector<Read> found;
    const ClientPtr consumer = open(RD_KAFKA_CONSUMER, {{"group.id", unique_name("reader")},
                                                        {"enable.partition.eof", "true"},
                                                        // The end is told by a fetch that finds nothing: it
                                                        // must not wait for what is written meanwhile.
                                                        {"fetch.wait.max.ms", "10"},
                                                        {"enable.auto.commit", "false"}});
    const auto topics = topics_of(consumer.get(), kPatience);
    if (!topics || !topics->contains(topic)) {
      ADD_FAILURE() << "no topic " << topic;
      return found;
    }
    const int partitions = topics->at(topic);
    const OffsetListPtr all(rd_kafka_topic_partition_list_new(partitions));
    for (int p = 0; p < partitions; ++p) {
      rd_kafka_topic_partition_list_add(all.get(), topic.c_str(), p)->offset = RD_KAFKA_OFFSET_BEGINNING;
    }
    rd_kafka_assign(consumer.get(), all.get());
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (int ended = 0; ended < partitions && std::chrono::steady_clock::now() < deadline;) {
      const MessagePtr message{rd_kafka_consumer_poll(consumer.get(), 1000)};
      if (!message) continue;
      if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) ++ended;
      if (message->err == 0) found.push_back(read(*message));
    }
    rd_kafka_consumer_close(consumer.get());
    return found;
  }

  std::optional<std::int64_t> committed(const std::string& group, const std::string& topic, int partition) {
    const ClientPtr consumer = open(RD_KAFKA_CONSUMER, {{"group.id", group}});
    const OffsetListPtr list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
    if (rd_kafka_committed(consumer.get(), list.get(), 120'000) != 0 || list->elems[0].offset < 0)
      return std::nullopt;
    return list->elems[0].offset;
  }

  [[nodiscard]] rd_kafka_t* handle() const { return producer_.get(); }

 private:
  static Read read(const rd_kafka_message_t& message) {
    const auto text = [](const void* bytes, std::size_t size) {
      return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
    };
    Read record{message.partition,
                message.offset,
                text(message.key, message.key_len),
                text(message.payload, message.len),
                {}};
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != 0) return record;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; ++i) {
      record.headers[name] = text(value, size);
    }
    return record;
  }

  ClientPtr open(rd_kafka_type_t type, const std::vector<std::pair<std::string, std::string>>& settings) {
    ConfPtr conf(rd_kafka_conf_new());
    rd_kafka_conf_set(conf.get(), "bootstrap.servers", bootstrap_.c_str(), nullptr, 0);
    for (const auto& [name, value] : settings)
      rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), nullptr, 0);
    ClientPtr client(rd_kafka_new(type, conf.get(), nullptr, 0));
    [[maybe_unused]] const auto* taken = client ? conf.release() : nullptr;
    if (client && type == RD_KAFKA_CONSUMER) rd_kafka_poll_set_consumer(client.get());
    return client;
  }

  std::string bootstrap_;
  std::deque<std::string> kept_;
  ClientPtr producer_;
};

}  // namespace suar::kafka::testing
