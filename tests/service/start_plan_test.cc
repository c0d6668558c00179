#include "service/start_plan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace suar::service {
namespace {

using Offsets = std::vector<kafka::PartitionOffsets>;

auto plan(const Offsets& offsets, Start start = Start::kEarliest) {
  return plan_start(offsets, start, "transactions", "suar");
}

TEST(StartPlan, AlertsFromTheFirstRecordOnAFirstStart) {
  const auto made = plan({{0, 0, 50, std::nullopt}});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->partitions[0].live_from, 0);
  EXPECT_EQ(made->records_to_reread(), 0);
}

TEST(StartPlan, ReadsHistorySilentlyWhereItStartsAtTheLatest) {
  const auto made = plan({{0, 10, 50, std::nullopt}}, Start::kLatest);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->partitions[0].low, 10);
  EXPECT_EQ(made->partitions[0].live_from, 50);
  EXPECT_EQ(made->records_to_reread(), 40);
}

TEST(StartPlan, RereadsSilentlyUpToWhatWasCommitted) {
  const auto made = plan({{0, 0, 50, 20}, {1, 5, 9, 9}}, Start::kLatest);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->partitions[0].live_from, 20);
  EXPECT_EQ(made->partitions[1].live_from, 9);
  EXPECT_EQ(made->records_to_reread(), 24);
}

TEST(StartPlan, ReadsAPartitionThatCameWhileItWasDownFromItsBeginning) {
  const auto made = plan({{0, 0, 50, 20}, {1, 0, 9, std::nullopt}}, Start::kLatest);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->partitions[1].live_from, 0);
}

TEST(StartPlan, RefusesWhereRetentionDeletedWhatWasNeverProcessed) {
  const auto made = plan({{0, 30, 50, 20}});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().find("retention deleted 10 records"), std::string::npos) << made.error();
  EXPECT_NE(made.error().find("instance"), std::string::npos) << made.error();
}

TEST(StartPlan, RefusesWhereTheTopicIsShorterThanWhatWasCommitted) {
  const auto made = plan({{0, 0, 10, 20}});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().find("deleted and made again"), std::string::npos) << made.error();
}

}  // namespace
}  // namespace suar::service
