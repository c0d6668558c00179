// Absence: hits that wait for a deadline, and what keeps them from coming true.
#include <gmock/gmock.h>

#include "oracle/stream.h"

namespace suar::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Money that comes in and is not passed on in full within a day.
const RuleByHand kKept{.lets = "n: count() over 7d",
                       .when = "direction == \"in\" && amount >= IDR 50 && n >= 1",
                       .more = "unless: 'direction == \"out\" && amount >= trigger.amount within 24h'"};

TEST(Absence, HitsWhenStreamTimeReachesTheDeadline) {
  Stream s({kKept});
  EXPECT_THAT(s.alerts(pay("e1", 0, "", "a1")), IsEmpty());
  EXPECT_THAT(s.tick(23.9), IsEmpty());
  EXPECT_THAT(s.tick(24), ElementsAre("r account:a1 n=1 e1"));
}

TEST(Absence, IsEndedByWhatHappensUpToTheDeadlineAndByNothingLater) {
  Stream s({kKept});
  (void)s.send(pay("e1", 0, "", "a1"));
  (void)s.send(pay("e2", 0, "", "a2"));
  EXPECT_THAT(s.alerts(pay("e3", 24, "a1", "")), ElementsAre("r account:a1 n=1 e1", "r account:a2 n=1 e2"))
      << "the deadline comes before the event that moved time";

  Stream late({kKept}, {.lateness = event::Duration::hours(1)});
  (void)late.send(pay("e1", 0, "", "a1"));
  (void)late.send(pay("e2", 24, "a1", ""));
  EXPECT_THAT(late.tick(48), IsEmpty());
}

TEST(Absence, IsNotEndedByWhatIsUndone) {
  Stream s({kKept});
  (void)s.send(pay("e1", 0, "", "a1"));
  (void)s.send(pay("e2", 1, "a1", ""));
  (void)s.send(act("reject", "j", 1, "e2"));
  EXPECT_THAT(s.tick(24), ElementsAre("r account:a1 n=1 e1"));
}

TEST(Absence, IsTakenAlongByItsTrigger) {
  Stream s({kKept});
  (void)s.send(pay("e1", 0, "", "a1"));
  (void)s.send(act("reject", "j", 1, "e1"));
  EXPECT_THAT(s.tick(24), IsEmpty());
}

}  // namespace
}  // namespace suar::oracle
