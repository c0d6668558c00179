#include "service/commit_frontier.h"

#include <gtest/gtest.h>

#include <vector>

namespace suar::service {
namespace {

using Positions = std::vector<kafka::Position>;

CommitFrontier frontier_of(int partitions) {
  CommitFrontier frontier;
  for (int i = 0; i < partitions; ++i) frontier.add_partition(0);
  return frontier;
}

TEST(CommitFrontier, FollowsRecordsWithoutOutput) {
  CommitFrontier frontier = frontier_of(1);
  frontier.processed(0, 1);
  frontier.processed(0, 2);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 2}}));
}

TEST(CommitFrontier, StopsBeforeARecordWhoseOutputIsNotAcknowledged) {
  CommitFrontier frontier = frontier_of(1);
  frontier.processed(0, 1);
  const auto alert = frontier.open_output();
  frontier.processed(0, 2);
  frontier.processed(0, 3);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 1}}));
  frontier.acknowledge(alert);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 3}}));
}

TEST(CommitFrontier, WaitsForEveryOutputOfARecord) {
  CommitFrontier frontier = frontier_of(1);
  const auto first = frontier.open_output();
  const auto second = frontier.open_output();
  frontier.processed(0, 1);
  frontier.acknowledge(second);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 0}}));
  frontier.acknowledge(first);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 1}}));
}

TEST(CommitFrontier, DoesNotPassAnEarlierOutputThatIsAcknowledgedLater) {
  CommitFrontier frontier = frontier_of(1);
  const auto first = frontier.open_output();
  frontier.processed(0, 1);
  const auto second = frontier.open_output();
  frontier.processed(0, 2);
  frontier.acknowledge(second);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 0}}));
  frontier.acknowledge(first);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 2}}));
  EXPECT_TRUE(frontier.all_acknowledged());
}

TEST(CommitFrontier, HoldsThePartitionsProcessedAfterAnUnacknowledgedOutputToo) {
  CommitFrontier frontier = frontier_of(2);
  frontier.processed(1, 5);
  const auto alert = frontier.open_output();
  frontier.processed(0, 1);
  frontier.processed(1, 6);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 0}, {1, 5}}));
  frontier.acknowledge(alert);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 1}, {1, 6}}));
}

TEST(CommitFrontier, NeverGoesBackWhenRecordsAreReadAgain) {
  CommitFrontier frontier;
  frontier.add_partition(100);
  frontier.processed(0, 1);
  frontier.processed(0, 2);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 100}}));
}

TEST(CommitFrontier, LeavesOutPartitionsOfWhichNothingWasProcessed) {
  CommitFrontier frontier = frontier_of(1);
  frontier.add_partition(CommitFrontier::kNothing);
  frontier.processed(0, 1);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 1}}));
  frontier.processed(1, 1);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 1}, {1, 1}}));
}

TEST(CommitFrontier, KeepsItsPromiseForAPartitionThatCameMeanwhile) {
  CommitFrontier frontier = frontier_of(1);
  const auto alert = frontier.open_output();
  frontier.processed(0, 1);
  frontier.add_partition(CommitFrontier::kNothing);
  frontier.processed(1, 1);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 0}}));
  frontier.acknowledge(alert);
  EXPECT_EQ(frontier.committable(), (Positions{{0, 1}, {1, 1}}));
}

}  // namespace
}  // namespace suar::service
