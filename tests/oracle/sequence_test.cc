// Ordered sequences: which events are the steps, and what of them travels with a signal.
#include <gmock/gmock.h>

#include "oracle/stream.h"

namespace suar::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const RuleByHand kPassThrough{
    .lets = "",
    .when = "true",
    .more =
        "sequence: {got: 'direction == \"in\" && amount >= IDR 50', paid: 'direction == \"out\" && other != "
        "got.other && amount <= got.amount within 24h'}"};

TEST(Sequence, BindsTheNewestThatFitsAndAnOlderOneWhereThatIsNone) {
  Stream s({kPassThrough});
  (void)s.send(pay("e1", 0, "a2", "a1", "100"));
  (void)s.send(pay("e2", 1, "a3", "a1", "100"));
  (void)s.send(pay("e3", 2, "a4", "a1", "60"));
  EXPECT_THAT(s.alerts(pay("e4", 3, "a1", "a5", "60")), ElementsAre("r account:a1 e4 e3"));
  EXPECT_THAT(s.alerts(pay("e5", 4, "a1", "a3", "80")), ElementsAre("r account:a1 e5 e1"));
}

TEST(Sequence, MayLastAsLongAsItsTimeAndNoLonger) {
  Stream s({kPassThrough});
  (void)s.send(pay("e1", 0, "a2", "a1", "100"));
  EXPECT_THAT(s.alerts(pay("e2", 24, "a1", "a5", "60")), ElementsAre("r account:a1 e2 e1"));
  EXPECT_THAT(s.alerts(pay("e3", 24.001, "a1", "a5", "60")), IsEmpty());
}

TEST(Sequence, SeesWhatPartialReversesHaveLeft) {
  Stream s({kPassThrough});
  (void)s.send(pay("e1", 0, "a2", "a1", "100"));
  (void)s.send(act("reverse", "v", 1, "e1", R"("amount":"60","currency":"IDR")"));
  EXPECT_THAT(s.alerts(pay("e2", 2, "a1", "a5", "60")), IsEmpty());
  EXPECT_THAT(s.alerts(pay("e3", 2, "a1", "a5", "40")), ElementsAre("r account:a1 e3 e1"));
}

TEST(Sequence, LeavesASignalThatCarriesItsSteps) {
  RuleByHand silent = kPassThrough;
  silent.raise = "silent: true, mark: [other]";
  Stream s(
      {silent, {.id = "asks", .events = "marked(\"r\")", .lets = "n: count() over 7d", .when = "n >= 1"}});
  (void)s.send(pay("e1", 0, "a2", "a1", "100"));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "a5", "60")), ElementsAre("asks account:a5 n=1 e2 e1"));
}

}  // namespace
}  // namespace suar::oracle
