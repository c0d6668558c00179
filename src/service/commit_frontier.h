// How far the input's offsets may be committed: up to the first record of which an output is not yet
// acknowledged, in the order of processing, and never beyond.
//
// So an offset is committed only when every alert and dead letter that came from it or from a record
// processed before it, of whatever partition, is safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "kafka/consumer.h"

namespace suar::service {

class CommitFrontier {
 public:
  using Ticket = std::uint64_t;
  static constexpr std::int64_t kNothing = -1;

  // A further partition; its committed offset, or kNothing.
  void add_partition(std::int64_t committed);

  // An output of the record that is being processed now; it holds the frontier until it is acknowledged.
  [[nodiscard]] Ticket open_output();
  void acknowledge(Ticket ticket);

  // The record before `next` of this partition is done. A position never goes back.
  void processed(int partition, std::int64_t next);

  // For each partition that has a position to commit.
  [[nodiscard]] std::vector<kafka::Position> committable() const;
  [[nodiscard]] bool all_acknowledged() const { return waiting_.empty(); }

 private:
  // The outputs of one record, and where the partitions stood before it.
  struct Waiting {
    std::vector<std::int64_t> before;
    std::size_t outputs = 0;
    std::uint64_t record = 0;
  };

  std::vector<std::int64_t> positions_;
  std::uint64_t record_ = 0;  // number of the record being processed
  std::deque<Waiting> waiting_;
  Ticket first_waiting_ = 0;  // ticket of waiting_.front()
};

}  // namespace suar::service
