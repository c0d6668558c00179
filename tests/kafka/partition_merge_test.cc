#include "kafka/partition_merge.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace suar::kafka {
namespace {

using Step = PartitionMerge::Step;

PartitionMerge merge_of(int partitions) {
  PartitionMerge merge;
  for (int i = 0; i < partitions; ++i) merge.add_partition();
  return merge;
}

TEST(PartitionMerge, TakesTheSmallestTimestamp) {
  PartitionMerge merge = merge_of(3);
  merge.set_head(0, 30);
  merge.set_head(1, 10);
  merge.set_head(2, 20);
  const auto choice = merge.choose();
  EXPECT_EQ(choice.step, Step::kTake);
  EXPECT_EQ(choice.partition, 1);
}

TEST(PartitionMerge, BreaksTiesByPartitionNumber) {
  PartitionMerge merge = merge_of(3);
  merge.set_empty(0, true);
  merge.set_head(2, 10);
  merge.set_head(1, 10);
  EXPECT_EQ(merge.choose().partition, 1);
}

TEST(PartitionMerge, WaitsForAPartitionThatHoldsMore) {
  PartitionMerge merge = merge_of(2);
  merge.set_head(0, 10);
  merge.set_empty(1, false);
  const auto choice = merge.choose();
  EXPECT_EQ(choice.step, Step::kWait);
  EXPECT_EQ(choice.partition, 1);
}

TEST(PartitionMerge, DoesNotWaitForAPartitionAtItsEnd) {
  PartitionMerge merge = merge_of(2);
  merge.set_empty(0, true);
  merge.set_head(1, 10);
  EXPECT_EQ(merge.choose().step, Step::kTake);
  EXPECT_EQ(merge.choose().partition, 1);
}

TEST(PartitionMerge, IsIdleWhenEveryPartitionIsAtItsEnd) {
  PartitionMerge merge = merge_of(2);
  merge.set_empty(0, true);
  merge.set_empty(1, true);
  EXPECT_EQ(merge.choose().step, Step::kIdle);
}

TEST(PartitionMerge, WaitsForANewPartitionUntilSomethingIsKnownOfIt) {
  PartitionMerge merge = merge_of(1);
  merge.set_head(0, 10);
  merge.add_partition();
  EXPECT_EQ(merge.choose().step, Step::kWait);
  EXPECT_EQ(merge.choose().partition, 1);
}

// On a backlog that is wholly in hand, the output is the stable merge by (timestamp, partition) of the heads.
TEST(PartitionMerge, MergesABacklogInTheOrderOfItsTimestamps) {
  const std::vector<std::vector<int>> backlog = {{1, 4, 4, 9}, {2, 4, 8}, {}};
  PartitionMerge merge = merge_of(3);
  std::vector<std::size_t> cursor(backlog.size(), 0);
  const auto refresh = [&](std::size_t p) {
    if (cursor[p] < backlog[p].size()) {
      merge.set_head(static_cast<int>(p), backlog[p][cursor[p]]);
    } else {
      merge.set_empty(static_cast<int>(p), true);
    }
  };
  for (std::size_t p = 0; p < backlog.size(); ++p) refresh(p);
  std::vector<std::pair<int, int>> order;
  for (auto choice = merge.choose(); choice.step == Step::kTake; choice = merge.choose()) {
    const auto p = static_cast<std::size_t>(choice.partition);
    order.emplace_back(backlog[p][cursor[p]++], choice.partition);
    refresh(p);
  }
  const std::vector<std::pair<int, int>> expected = {{1, 0}, {2, 1}, {4, 0}, {4, 0}, {4, 1}, {8, 1}, {9, 0}};
  EXPECT_EQ(order, expected);
}

}  // namespace
}  // namespace suar::kafka
