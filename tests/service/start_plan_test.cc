#include "service/start_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace suar::service {
namespace {

using kafka::PartitionState;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct StartPlanTest : ::testing::Test {
  using Offsets = std::vector<kafka::PartitionOffsets>;

  // A journal that has come to these positions, and began at the same offsets with 0 records before them.
  void journaled(const std::vector<PartitionState>& positions, const std::vector<PartitionState>& begin) {
    scan.end.term = 1;
    scan.end.seq = 7;
    scan.end.last = kafka::RecordKind::kBatch;
    scan.end.deciders = deciders;
    scan.end.positions = positions;
    scan.begin = begin;
  }
  std::expected<StartPlan, std::string> plan(const Offsets& offsets, Start start = Start::kEarliest) {
    return plan_start({scan, offsets, start, delivery, deciders, accepted, "transactions", "suar"});
  }
  std::string refusal(const Offsets& offsets) {
    const auto made = plan(offsets);
    EXPECT_FALSE(made);
    return made ? "" : made.error();
  }

  JournalScan scan;
  kafka::Deciders deciders{1, "rules-a", "reference-a", "settings-a"};
  kafka::Delivery delivery = kafka::Delivery::kExactlyOnce;
  std::set<Accept> accepted;
};

TEST_F(StartPlanTest, AlertsFromTheFirstRecordOnAFirstStart) {
  const auto made = plan({{0, 10, 50, std::nullopt}});
  ASSERT_TRUE(made) << made.error();
  EXPECT_TRUE(made->first);
  EXPECT_THAT(made->begin, ElementsAre(PartitionState{0, 10, 10}));
}

TEST_F(StartPlanTest, ReadsHistorySilentlyWhereItStartsAtTheLatest) {
  const auto made = plan({{0, 10, 50, std::nullopt}}, Start::kLatest);
  ASSERT_TRUE(made) << made.error();
  EXPECT_THAT(made->begin, ElementsAre(PartitionState{0, 10, 50}));
}

TEST_F(StartPlanTest, BeginsWhereTheJournalBeganWhateverStartSays) {
  journaled({{0, 40, 30}}, {{0, 10, 30}});
  const auto made = plan({{0, 10, 50, 40}, {1, 0, 9, std::nullopt}}, Start::kLatest);
  ASSERT_TRUE(made) << made.error();
  EXPECT_FALSE(made->first);
  // A partition that came while it was down is read for its alerts from its beginning.
  EXPECT_THAT(made->begin, ElementsAre(PartitionState{0, 10, 30}, PartitionState{1, 0, 0}));
  EXPECT_THAT(made->origin, ElementsAre());
}

TEST_F(StartPlanTest, RefusesAnEmptyJournalWhereOffsetsWereCommitted) {
  EXPECT_THAT(refusal({{0, 0, 50, 20}}), AllOf(HasSubstr("the journal is empty"),
                                               HasSubstr("--accept lost-journal"), HasSubstr("`instance`")));
  accepted = {Accept::kLostJournal};
  const auto made = plan({{0, 0, 50, 20}});
  ASSERT_TRUE(made) << made.error();
  EXPECT_THAT(made->begin, ElementsAre(PartitionState{0, 0, 20}));
  EXPECT_THAT(made->accepted, ElementsAre("lost-journal"));
}

TEST_F(StartPlanTest, RefusesWhereRetentionDeletedWhatWasNeverProcessed) {
  journaled({{0, 20, 0}}, {{0, 0, 0}});
  accepted = {Accept::kShorterInput};
  EXPECT_THAT(refusal({{0, 30, 50, 20}}),
              AllOf(HasSubstr("retention deleted 10 records"), HasSubstr("`instance`")));
}

TEST_F(StartPlanTest, RefusesWhereTheTopicIsShorterThanWhatWasProcessed) {
  journaled({{0, 20, 0}}, {{0, 0, 0}});
  EXPECT_THAT(refusal({{0, 0, 10, 20}}), AllOf(HasSubstr("deleted and made again"), HasSubstr("`instance`")));
}

TEST_F(StartPlanTest, RefusesWhereTheTopicHasLostAPartition) {
  journaled({{0, 20, 0}, {1, 5, 0}}, {{0, 0, 0}, {1, 0, 0}});
  EXPECT_THAT(refusal({{0, 0, 20, 20}}), HasSubstr("partition 1"));
}

TEST_F(StartPlanTest, RefusesWhereRetentionDeletedWhatFillsTheWindows) {
  journaled({{0, 40, 0}}, {{0, 0, 0}});
  scan.first_whole_batch = {{0, 15}};
  EXPECT_THAT(refusal({{0, 12, 50, 40}}),
              AllOf(HasSubstr("begins at offset 12"), HasSubstr("--accept shorter-input")));
  accepted = {Accept::kShorterInput};
  const auto made = plan({{0, 12, 50, 40}});
  ASSERT_TRUE(made) << made.error();
  EXPECT_THAT(made->begin, ElementsAre(PartitionState{0, 15, 0}));
  EXPECT_THAT(made->origin, ElementsAre(kafka::Origin{0, 15}));
  EXPECT_THAT(made->accepted, ElementsAre("shorter-input"));
}

TEST_F(StartPlanTest, GoesOnFromAnOriginThatWasAcceptedBefore) {
  journaled({{0, 40, 0}}, {{0, 0, 0}});
  scan.end.origin = {{0, 15}};
  const auto made = plan({{0, 12, 50, 40}});
  ASSERT_TRUE(made) << made.error();
  EXPECT_THAT(made->origin, ElementsAre(kafka::Origin{0, 15}));
  EXPECT_THAT(made->accepted, ElementsAre());
}

TEST_F(StartPlanTest, RefusesWhateverElseDecidesUnlessItIsAccepted) {
  struct Case {
    Accept accept;
    kafka::Deciders now;
    const char* name;
  };
  const std::vector<Case> cases = {
      {Accept::kRules, {1, "rules-b", "reference-a", "settings-a"}, "rules"},
      {Accept::kReference, {1, "rules-a", "reference-b", "settings-a"}, "reference"},
      {Accept::kSettings, {1, "rules-a", "reference-a", "settings-b"}, "settings"},
      {Accept::kSemantics, {2, "rules-a", "reference-a", "settings-a"}, "semantics"},
  };
  for (const Case& one : cases) {
    journaled({{0, 20, 0}}, {{0, 0, 0}});
    scan.end.deciders = {1, "rules-a", "reference-a", "settings-a"};
    deciders = one.now;
    accepted.clear();
    EXPECT_THAT(refusal({{0, 0, 50, 20}}), HasSubstr(std::string("--accept ") + one.name));
    accepted = {one.accept};
    const auto made = plan({{0, 0, 50, 20}});
    ASSERT_TRUE(made) << made.error();
    EXPECT_THAT(made->accepted, ElementsAre(one.name));
  }
}

TEST_F(StartPlanTest, ChangesTheDeliveryOnlyAfterACleanStop) {
  journaled({{0, 20, 0}}, {{0, 0, 0}});
  delivery = kafka::Delivery::kAtLeastOnce;
  EXPECT_THAT(refusal({{0, 0, 50, 20}}), HasSubstr("clean stop"));
  scan.end.last = kafka::RecordKind::kStop;
  EXPECT_TRUE(plan({{0, 0, 50, 20}}));
}

TEST(Accept, IsNamedAsTheRefusalsNameIt) {
  for (const Accept accept : {Accept::kRules, Accept::kReference, Accept::kSettings, Accept::kSemantics,
                              Accept::kShorterInput, Accept::kLostJournal}) {
    EXPECT_EQ(parse_accept(name_of(accept)), accept);
  }
  EXPECT_EQ(parse_accept("anything"), std::nullopt);
}

}  // namespace
}  // namespace suar::service
