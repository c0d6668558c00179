// A consumer of one topic whose partitions are assigned by hand: no group subscription, so no rebalance and
// no session timeout. A group's name only says under which key committed offsets are kept, for restarts and
// for the tools that show lag.
//
// Used by one thread, except partition_count(). Blocking calls are bounded by `timeout`.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kafka/error.h"
#include "kafka/handles.h"
#include "kafka/log_source.h"
#include "kafka/properties.h"

namespace suar::kafka {

struct ConsumerOptions {
  std::string brokers, topic, group;
  std::vector<Property> properties;
  int partitions = 1;  // for sizing the queues
  LogSink log;
};

// What a broker says of one partition.
struct PartitionOffsets {
  int partition = 0;
  std::int64_t low = 0;   // the oldest record that is retained
  std::int64_t high = 0;  // one after the newest
  std::optional<std::int64_t> committed;
};

struct Position {
  int partition = 0;
  std::int64_t next = 0;  // the offset to process next

  bool operator==(const Position&) const = default;
};

class Consumer : private LogSource {
 public:
  [[nodiscard]] static std::expected<std::unique_ptr<Consumer>, Error> open(ConsumerOptions options);
  ~Consumer();
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  [[nodiscard]] std::expected<std::vector<PartitionOffsets>, Error> offsets(
      int partitions, std::chrono::milliseconds timeout) const;
  // Without what is committed. Waits for a partition that no broker leads at the moment.
  [[nodiscard]] std::expected<PartitionOffsets, Error> ends(int partition,
                                                            std::chrono::milliseconds timeout) const;

  // Takes effect later; a failure is logged, and the next commit makes good for it.
  void commit_soon(std::span<const Position> positions);
  // Whether a commit_soon() has failed since the last question.
  [[nodiscard]] bool take_commit_failure() { return std::exchange(commit_failed_, false); }
  // Commits of which serve() has not heard yet.
  [[nodiscard]] int commits_on_their_way() const { return commits_on_their_way_; }
  [[nodiscard]] std::expected<void, Error> commit(std::span<const Position> positions) const;

  // Serves callbacks. An error says that the input cannot be read on.
  [[nodiscard]] std::expected<void, Error> serve();

  // How many partitions the topic has now. From any thread.
  [[nodiscard]] std::expected<int, Error> partition_count(std::chrono::milliseconds timeout) const;

  [[nodiscard]] rd_kafka_t* handle() const { return client_.get(); }
  [[nodiscard]] const std::string& topic() const { return options_.topic; }
  using LogSource::log;

 private:
  explicit Consumer(ConsumerOptions options) : LogSource(options.log), options_(std::move(options)) {}
  [[nodiscard]] OffsetListPtr offset_list(std::span<const Position> positions) const;

  static void on_commit(rd_kafka_t* client, rd_kafka_resp_err_t code,
                        rd_kafka_topic_partition_list_t* offsets, void* opaque);

  ConsumerOptions options_;
  bool commit_failed_ = false;
  int commits_on_their_way_ = 0;
  ClientPtr client_;
};

}  // namespace suar::kafka
