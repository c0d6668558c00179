// Which partition's record comes next: the one with the smallest record timestamp among the partitions'
// heads, ties by partition number. A partition that is known to hold more but has nothing in hand is waited
// for; one at its end is not.
//
// The order depends on what is known when the question is asked: on a backlog it is the order of the
// timestamps; at the ends of the partitions it is the order of arrival. So a second reading of several
// partitions may interleave them differently; of one partition it cannot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace suar::kafka {

class PartitionMerge {
 public:
  enum class Step {
    kTake,  // the head of `partition` comes next
    kWait,  // for `partition`, which holds more
    kIdle,  // every partition is at its end
  };
  struct Choice {
    Step step;
    int partition;  // -1 where idle
  };

  // A further partition, numbered in the order of these calls. It is waited for until something is known of
  // it.
  void add_partition() { partitions_.emplace_back(); }
  [[nodiscard]] int partitions() const { return static_cast<int>(partitions_.size()); }

  void set_head(int partition, std::int64_t timestamp) { at(partition) = {timestamp, false}; }
  // Nothing is in hand; `at_end` says whether nothing more is known to come.
  void set_empty(int partition, bool at_end) { at(partition) = {std::nullopt, at_end}; }

  [[nodiscard]] Choice choose() const;

 private:
  struct Partition {
    std::optional<std::int64_t> head;
    bool at_end = false;
  };
  Partition& at(int partition) { return partitions_[static_cast<std::size_t>(partition)]; }

  std::vector<Partition> partitions_;
};

}  // namespace suar::kafka
