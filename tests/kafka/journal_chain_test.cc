#include "kafka/journal_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kafka/journal_records.h"

namespace suar::kafka {
namespace {

using testing::batch;
using testing::claim;
using ::testing::HasSubstr;
using testing::identity;
using Verdict = JournalChain::Verdict;

// A chain that has accepted these.
JournalChain chain_of(const std::vector<JournalRecord>& records) {
  JournalChain chain(identity());
  for (const JournalRecord& record : records) {
    const auto verdict = chain.accept(record);
    EXPECT_TRUE(verdict) << verdict.error();
  }
  return chain;
}

std::string refusal(JournalChain chain, const JournalRecord& record) {
  const JournalState before = chain.state();
  const auto verdict = chain.accept(record);
  EXPECT_FALSE(verdict);
  EXPECT_EQ(chain.state(), before);
  return verdict ? "" : verdict.error();
}

JournalRecord at_least_once(JournalRecord record) {
  record.delivery = Delivery::kAtLeastOnce;
  return record;
}

TEST(JournalChain, FollowsThePositions) {
  const JournalChain chain =
      chain_of({claim(1, 1, {{0, 5, 5}}), batch(1, 2, 0, 5, 3), batch(1, 3), batch(1, 4, 2, 40, 2),
                claim(2, 5, {{0, 8, 5}, {2, 42, 40}}), batch(2, 6, 0, 8, 1)});
  EXPECT_EQ(chain.state().positions, (std::vector<PartitionState>{{0, 9, 5}, {2, 42, 40}}));
  EXPECT_EQ(chain.state().term, 2U);
  EXPECT_EQ(chain.state().seq, 6U);
}

TEST(JournalChain, RefusesAGapAndARepeat) {
  const JournalChain chain = chain_of({claim(1, 1, {}), batch(1, 2)});
  EXPECT_THAT(refusal(chain, batch(1, 4)), HasSubstr("from seq 2 to seq 4"));
  EXPECT_THAT(refusal(chain, batch(1, 2)), HasSubstr("seq 2 twice"));
  EXPECT_THAT(refusal(chain, claim(1, 3, {})), HasSubstr("term"));
  EXPECT_THAT(refusal(chain, claim(3, 3, {})), HasSubstr("term"));
  EXPECT_THAT(refusal(chain, batch(2, 3)), HasSubstr("term"));
}

TEST(JournalChain, RefusesAJournalWhoseBeginningIsGone) {
  EXPECT_THAT(refusal(JournalChain(identity()), batch(4, 812)), HasSubstr("begins with seq 812"));
}

TEST(JournalChain, GoesOnBehindASnapshot) {
  const JournalState snapshot = chain_of({claim(1, 1, {{0, 5, 5}}), batch(1, 2, 0, 5, 3)}).state();
  JournalChain chain(identity(), snapshot);
  EXPECT_THAT(refusal(chain, batch(1, 4)), HasSubstr("from seq 2 to seq 4"));
  EXPECT_TRUE(chain.accept(batch(1, 3, 0, 8, 1)));
}

TEST(JournalChain, RefusesWhatBelongsToOthers) {
  JournalRecord other = claim(1, 1, {});
  other.instance = "beacon";
  EXPECT_THAT(refusal(JournalChain(identity()), other), HasSubstr("deployment \"beacon\""));
  other = claim(1, 1, {});
  other.topic = "payments";
  EXPECT_THAT(refusal(JournalChain(identity()), other), HasSubstr("the topic \"payments\""));
  other = claim(1, 1, {});
  other.cluster = "c2";
  EXPECT_THAT(refusal(JournalChain(identity()), other), HasSubstr("cluster c2"));
}

TEST(JournalChain, RefusesABatchThatDoesNotFollow) {
  const JournalChain chain = chain_of({claim(1, 1, {{0, 5, 5}})});
  EXPECT_THAT(refusal(chain, batch(1, 2, 0, 6, 1)), HasSubstr("offset 6 of partition 0, where 5 is due"));
  EXPECT_THAT(refusal(chain, claim(2, 2, {{0, 6, 5}})), HasSubstr("partition 0"));
  EXPECT_THAT(refusal(chain, claim(2, 2, {})), HasSubstr("partition 0"));
}

// Without transactions whoever was succeeded can still append.
TEST(JournalChain, PassesOverWhatIsVoidWithoutTransactions) {
  JournalChain chain = chain_of({at_least_once(claim(1, 1, {})), at_least_once(batch(1, 2))});
  JournalRecord first = at_least_once(claim(2, 3, {}));
  JournalRecord second = first;
  second.writer = "another";
  EXPECT_EQ(chain.accept(first), Verdict::kNext);
  EXPECT_EQ(chain.accept(second), Verdict::kVoid);
  EXPECT_EQ(chain.accept(at_least_once(batch(1, 3, 0, 0, 9))), Verdict::kVoid);
  EXPECT_EQ(chain.accept(at_least_once(batch(2, 4))), Verdict::kNext);
  EXPECT_EQ(chain.state().writer, first.writer);
  EXPECT_THAT(refusal(chain, at_least_once(batch(2, 6))), HasSubstr("from seq 4 to seq 6"));
}

}  // namespace
}  // namespace suar::kafka
