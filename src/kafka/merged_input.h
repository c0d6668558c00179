// The records of all partitions of a topic, one at a time, in the order of PartitionMerge.
//
// Each partition has a queue of its own, so that one which runs ahead cannot fill the room of one that is
// waited for. Used by one thread; must be gone before its Consumer.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kafka/consumer.h"
#include "kafka/error.h"
#include "kafka/handles.h"
#include "kafka/partition_merge.h"
#include "kafka/wake_up.h"

namespace suar::kafka {

struct Record {
  int partition = 0;
  std::int64_t offset = 0;
  std::optional<std::int64_t> timestamp_millis;  // by the producer or the broker, as the topic is configured
  std::string_view value;                        // valid until the next call of next()
};

class MergedInput {
 public:
  // `wake_up` rings when records arrive.
  MergedInput(const Consumer& consumer, const WakeUp& wake_up) : consumer_(consumer), wake_up_(wake_up) {}
  MergedInput(const MergedInput&) = delete;
  MergedInput& operator=(const MergedInput&) = delete;

  // Reads a further partition, numbered in the order of these calls, from this offset on, or from its oldest
  // retained record.
  [[nodiscard]] std::expected<void, Error> add_partition(std::optional<std::int64_t> from = std::nullopt);
  [[nodiscard]] int partitions() const { return merge_.partitions(); }

  // Nothing where no record is due yet (then the wake-up rings later) or failure() is set.
  [[nodiscard]] std::optional<Record> next();
  // The same of one partition, whatever the others hold.
  [[nodiscard]] std::optional<Record> next_of(int partition);
  // Why the input cannot be read on.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

  // One after the newest record that next() has returned; absent before the first.
  [[nodiscard]] std::optional<std::int64_t> position(int partition) const;
  // Where the end was when it was last reached; absent before.
  [[nodiscard]] std::optional<std::int64_t> end_reached(int partition) const { return at(partition).end; }
  // Whether the broker is known to hold nothing beyond the position.
  [[nodiscard]] bool ended(int partition) const;
  // How many records the broker is known to hold beyond the position; control records are counted with them.
  [[nodiscard]] std::int64_t lag(int partition) const;

 private:
  struct Partition {
    QueuePtr queue;
    std::vector<MessagePtr> batch;  // records of the queue, gone before it
    std::size_t cursor = 0;         // of the record to hand out next
    std::optional<std::int64_t> position;
    std::optional<std::int64_t> end;
    bool end_seen = false;  // the broker had nothing more, and nothing has come since
  };

  struct Range {
    std::int64_t low, high;
  };

  Partition& at(int partition) { return partitions_[static_cast<std::size_t>(partition)]; }
  const Partition& at(int partition) const { return partitions_[static_cast<std::size_t>(partition)]; }
  bool refill(int number);
  bool refill_ended();
  void keep(Partition& partition, MessagePtr message);
  void offer_head(int number);
  [[nodiscard]] Record take(int number);
  [[nodiscard]] std::optional<Range> known_range(int partition) const;

  const Consumer& consumer_;
  const WakeUp& wake_up_;
  PartitionMerge merge_;
  std::vector<Partition> partitions_;
  int taken_since_look_ = 0;
  std::optional<Error> failure_;
};

}  // namespace suar::kafka
