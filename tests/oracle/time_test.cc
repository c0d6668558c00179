// Semantics 2, 5: time, windows, late events.
#include <gmock/gmock.h>

#include "oracle/stream.h"

namespace suar::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr double kMicrosecond = 1.0 / 3'600'000'000.0;

TEST(Window, HoldsTAndNotWhatIsExactlyItsLengthBefore) {
  Stream s({RuleByHand{}});
  (void)s.send(pay("e1", 0, "a1", ""));
  EXPECT_EQ(s.value("n", pay("e2", 24, "a1", "")), "1");
  Stream t({RuleByHand{}});
  (void)t.send(pay("e1", 0, "a1", ""));
  EXPECT_EQ(t.value("n", pay("e2", 24 - kMicrosecond, "a1", "")), "2");
}

TEST(Window, HoldsEventsOfEqualTimeThatCameBefore) {
  Stream s({RuleByHand{}});
  (void)s.send(pay("e1", 1, "a1", ""));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "")), ElementsAre("r account:a1 n=2 e2 e1"));
}

TEST(LateEvent, TriggersAsOfTAndCountsFromThenOn) {
  Stream s({RuleByHand{}});
  (void)s.send(pay("e1", 10, "a1", ""));
  const Alert late = s.alert(pay("e2", 5, "a1", ""));
  EXPECT_EQ(late.as_of, event::parse_rfc3339(time_of(10))->instant);
  EXPECT_EQ(late.event_time, event::parse_rfc3339(time_of(5))->instant);
  EXPECT_THAT(late.event_ids, ElementsAre("e1", "e2"));
  EXPECT_EQ(s.value("n", pay("e3", 11, "a1", "")), "3");
}

TEST(LateEvent, TriggersNothingWhereTheLongestWindowNoLongerReachesIt) {
  Stream s({RuleByHand{.lets = "n: count() over 1h, m: count() over 1d",
                       .when = "n >= 0 && m >= 1 && has(amount)"}});
  (void)s.send(pay("e1", 24, "a1", ""));
  EXPECT_THAT(s.alerts(pay("e2", 0, "a1", "")), IsEmpty());
  EXPECT_THAT(s.alerts(pay("e3", 1, "a1", "")), ElementsAre("r account:a1 m=2 n=1 e1 e3"));
}

TEST(LateEvent, AlwaysTriggersARuleWithoutWindows) {
  Stream s({RuleByHand{.lets = "", .when = "amount > IDR 50"}});
  (void)s.send(pay("e1", 1000, "a1", ""));
  EXPECT_THAT(s.alerts(pay("e2", 0, "a1", "")), ElementsAre("r account:a1 e2"));
}

TEST(TOfAnEntity, MovesWithEventsThatNoFilterAdmits) {
  Stream s({RuleByHand{.events = "direction == \"in\""}});
  (void)s.send(pay("e1", 30, "a1", "a2"));
  EXPECT_THAT(s.alerts(pay("e2", 6, "a3", "a1")), IsEmpty())
      << "a1 is at hour 30, so the window begins after hour 6";
  EXPECT_THAT(s.alerts(pay("e3", 6, "a3", "a4")), ElementsAre("r account:a4 n=1 e3"));
}

TEST(EventDatedAheadOfItsRecord, IsADeadLetterAndMovesNoTime) {
  Stream s({RuleByHand{}});
  const auto reached = event::parse_rfc3339(time_of(1))->instant;
  EXPECT_EQ(s.send(pay("e1", 1 + 5.0 / 60, "a1", ""), reached), Outcome::kCounted)
      << "exactly five minutes ahead";
  EXPECT_EQ(s.send(pay("e2", 1 + 5.0 / 60 + kMicrosecond, "a1", ""), reached), Outcome::kDeadLetter);
  EXPECT_EQ(s.reason(), event::Reason::kTimeAhead);
  EXPECT_EQ(s.send(pay("e2", 1, "a1", ""), reached), Outcome::kCounted) << "it left no id behind";
}

}  // namespace
}  // namespace suar::oracle
