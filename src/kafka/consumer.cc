#include "kafka/consumer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

namespace suar::kafka {
namespace {

constexpr int kQueueKilobytes = 256 * 1024;
constexpr int kSmallestQueueKilobytes = 16 * 1024;

constexpr std::chrono::milliseconds kBetweenAsks{100};
// One question for a partition's ends. The client looks for a leader that has changed only when asked anew.
constexpr std::chrono::milliseconds kOneAsk{2000};

int milliseconds(std::chrono::milliseconds timeout) {
  return static_cast<int>(timeout.count());
}

// A broker that has just started answers so until it has read who coordinates what.
bool passes(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR_NOT_COORDINATOR || code == RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE ||
         code == RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS;
}

// A partition that was there: the broker has just started and does not lead it yet.
bool has_no_leader(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC ||
         code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || code == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE ||
         code == RD_KAFKA_RESP_ERR__TIMED_OUT;
}

// The call's own error, or the first of a partition.
rd_kafka_resp_err_t ask_committed(rd_kafka_t* client, rd_kafka_topic_partition_list_t& list, int timeout) {
  const auto code = rd_kafka_committed(client, &list, timeout);
  for (int i = 0; code == 0 && i < list.cnt; ++i) {
    if (list.elems[i].err != 0) return list.elems[i].err;
  }
  return code;
}

}  // namespace

std::expected<std::unique_ptr<Consumer>, Error> Consumer::open(ConsumerOptions options) {
  std::unique_ptr<Consumer> consumer(new Consumer(std::move(options)));
  const ConsumerOptions& wanted = consumer->options_;
  std::vector<Property> properties = {
      {"queued.max.messages.kbytes",
       std::to_string(std::max(kQueueKilobytes / std::max(wanted.partitions, 1), kSmallestQueueKilobytes))}};
  properties.insert(properties.end(), wanted.properties.begin(), wanted.properties.end());
  ConfPtr conf = make_conf(Role::kConsumer, wanted.brokers, properties);
  set_property(conf.get(), "group.id", wanted.group);
  consumer->attach(conf.get());
  rd_kafka_conf_set_offset_commit_cb(conf.get(), on_commit);

  std::array<char, 512> text{};
  consumer->client_.reset(rd_kafka_new(RD_KAFKA_CONSUMER, conf.get(), text.data(), text.size()));
  if (!consumer->client_) return std::unexpected(Error{fmt::format("Kafka consumer: {}", text.data())});
  [[maybe_unused]] const auto* taken = conf.release();  // by rd_kafka_new()
  rd_kafka_poll_set_consumer(consumer->client_.get());
  return consumer;
}

Consumer::~Consumer() {
  if (client_) rd_kafka_consumer_close(client_.get());
}

std::expected<std::vector<PartitionOffsets>, Error> Consumer::offsets(
    int partitions, std::chrono::milliseconds timeout) const {
  const OffsetListPtr list(rd_kafka_topic_partition_list_new(partitions));
  for (int p = 0; p < partitions; ++p) rd_kafka_topic_partition_list_add(list.get(), topic().c_str(), p);
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    const auto code = ask_committed(handle(), *list, milliseconds(timeout));
    if (code == 0) break;
    if (!passes(code) || std::chrono::steady_clock::now() > deadline)
      return std::unexpected(error_from("asking for committed offsets", code));
    std::this_thread::sleep_for(kBetweenAsks);
  }
  std::vector<PartitionOffsets> found;
  for (int p = 0; p < partitions; ++p) {
    auto entry = ends(p, timeout);
    if (!entry) return std::unexpected(entry.error());
    if (const std::int64_t committed = list->elems[p].offset; committed >= 0) entry->committed = committed;
    found.push_back(*entry);
  }
  return found;
}

std::expected<PartitionOffsets, Error> Consumer::ends(int partition,
                                                      std::chrono::milliseconds timeout) const {
  PartitionOffsets found;
  found.partition = partition;
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    const auto code = rd_kafka_query_watermark_offsets(handle(), topic().c_str(), partition, &found.low,
                                                       &found.high, milliseconds(std::min(timeout, kOneAsk)));
    if (code == 0) return found;
    if (!has_no_leader(code) || std::chrono::steady_clock::now() > deadline)
      return std::unexpected(
          error_from(fmt::format("asking for the ends of {} [{}]", topic(), partition), code));
    std::this_thread::sleep_for(kBetweenAsks);
  }
}

OffsetListPtr Consumer::offset_list(std::span<const Position> positions) const {
  OffsetListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(positions.size())));
  for (const Position& position : positions) {
    rd_kafka_topic_partition_list_add(list.get(), topic().c_str(), position.partition)->offset =
        position.next;
  }
  return list;
}

void Consumer::commit_soon(std::span<const Position> positions) {
  if (positions.empty()) return;
  const auto code = rd_kafka_commit(handle(), offset_list(positions).get(), 1);
  if (code == 0) {
    ++commits_on_their_way_;
    return;
  }
  commit_failed_ = true;
  log(LogLevel::kWarning, error_from("offsets not committed", code).message);
}

std::expected<void, Error> Consumer::commit(std::span<const Position> positions) const {
  if (positions.empty()) return {};
  const auto code = rd_kafka_commit(handle(), offset_list(positions).get(), 0);
  if (code != 0) return std::unexpected(error_from("committing offsets", code));
  return {};
}

std::expected<void, Error> Consumer::serve() {
  while (const MessagePtr message{rd_kafka_consumer_poll(handle(), 0)}) {
    if (message->err == RD_KAFKA_RESP_ERR__FATAL) {
      return std::unexpected(
          Error{fmt::format("reading {}: {}", topic(), rd_kafka_message_errstr(message.get()))});
    }
    if (message->err != 0) log(LogLevel::kWarning, rd_kafka_message_errstr(message.get()));
  }
  return {};
}

void Consumer::on_commit(rd_kafka_t*, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t*,
                         void* opaque) {
  auto* consumer = static_cast<Consumer*>(static_cast<LogSource*>(opaque));
  consumer->commits_on_their_way_ = std::max(consumer->commits_on_their_way_ - 1, 0);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR__NO_OFFSET) return;
  consumer->commit_failed_ = true;
  consumer->log(LogLevel::kWarning, fmt::format("offsets not committed: {}", rd_kafka_err2str(code)));
}

std::expected<int, Error> Consumer::partition_count(std::chrono::milliseconds timeout) const {
  const TopicPtr wanted(rd_kafka_topic_new(handle(), topic().c_str(), nullptr));
  const rd_kafka_metadata_t* found = nullptr;
  if (const auto code = rd_kafka_metadata(handle(), 0, wanted.get(), &found, milliseconds(timeout));
      code != 0) {
    return std::unexpected(error_from("asking for the partitions of " + topic(), code));
  }
  const MetadataPtr metadata(found);
  if (metadata->topic_cnt != 1 || metadata->topics[0].err != 0) {
    return std::unexpected(Error{"asking for the partitions of " + topic()});
  }
  return metadata->topics[0].partition_cnt;
}

}  // namespace suar::kafka
