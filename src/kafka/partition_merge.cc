#include "kafka/partition_merge.h"

namespace suar::kafka {

PartitionMerge::Choice PartitionMerge::choose() const {
  Choice choice{Step::kIdle, -1};
  std::int64_t smallest = 0;
  for (int number = 0; number < partitions(); ++number) {
    const Partition& partition = partitions_[static_cast<std::size_t>(number)];
    if (!partition.head) {
      if (!partition.at_end) return {Step::kWait, number};
      continue;
    }
    if (choice.step == Step::kTake && *partition.head >= smallest) continue;
    smallest = *partition.head;
    choice = {Step::kTake, number};
  }
  return choice;
}

}  // namespace suar::kafka
