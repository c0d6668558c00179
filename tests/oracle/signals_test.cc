// Semantics 7 and 8: signals, marks, quiet periods, ids of alerts.
#include <gmock/gmock.h>

#include "oracle/stream.h"

namespace suar::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const RuleByHand kLarge{.id = "large",
                        .lets = "n: count() over 1d",
                        .when = "amount >= IDR 500",
                        .raise = "silent: true, signal: [n]"};

TEST(Signal, TriggersTheRulesThatAskForItOnTheSameSubject) {
  Stream s({kLarge,
            {.id = "asks", .events = "signal(\"large\")", .lets = "n: count() over 7d", .when = "n >= 2"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "", "500")), IsEmpty());
  EXPECT_THAT(s.alerts(pay("e2", 0, "a1", "", "100")), IsEmpty());
  EXPECT_THAT(s.alerts(pay("e3", 24, "a1", "", "500")), ElementsAre("asks account:a1 n=2 e3 e1"));
}

TEST(Signal, OfARuleWithALaterIdStillComesFirst) {
  Stream s({RuleByHand{
                .id = "asks", .events = "signal(\"zebra\")", .lets = "n: count() over 7d", .when = "n >= 1"},
            {.id = "zebra", .lets = "", .when = "amount >= IDR 500"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "", "500")),
              ElementsAre("zebra account:a1 e1", "asks account:a1 n=1 e1"));
}

TEST(Signal, CarriesValues) {
  Stream s({kLarge,
            {.id = "asks",
             .events = "signal(\"large\")",
             .lets = "v: 'max(signal(\"large\", \"n\")) over 7d'",
             .when = "v >= 2"}});
  (void)s.send(pay("e1", 0, "a1", "", "100"));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "", "500")), ElementsAre("asks account:a1 v=2 e2"));
}

TEST(Signal, StaysWhenItsEventIsUndone) {
  Stream s({kLarge,
            {.id = "asks", .events = "signal(\"large\")", .lets = "n: count() over 7d", .when = "n >= 2"}});
  (void)s.send(pay("e1", 0, "a1", "", "500"));
  (void)s.send(act("reject", "j", 0, "e1"));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "", "500")), ElementsAre("asks account:a1 n=2 e2 e1"));
}

TEST(Mark, IsDeliveredAfterTheEventHasBeenEvaluatedEverywhere) {
  Stream s({RuleByHand{.id = "marks",
                       .events = "direction == \"in\"",
                       .lets = "",
                       .when = "amount >= IDR 500",
                       .raise = "mark: [other]"},
            {.id = "asks", .events = "signal(\"marks\")", .lets = "n: count() over 7d", .when = "n >= 1"},
            {.id = "zz", .watch = "pair", .lets = "", .when = "amount >= IDR 500"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "a2", "500")),
              ElementsAre("marks account:a2 e1", "asks account:a2 n=1 e1", "zz pair:a1>a2 e1",
                          "asks account:a1 n=1 e1"));
}

TEST(Mark, GoesToThePartyWhereThereIsNoAccount) {
  Stream s({RuleByHand{.id = "marks",
                       .events = "direction == \"in\"",
                       .lets = "",
                       .when = "amount >= IDR 500",
                       .raise = "silent: true, mark: [other]"},
            {.id = "asks",
             .watch = "party",
             .events = "signal(\"marks\")",
             .lets = "n: count() over 7d",
             .when = "n >= 1"}});
  EXPECT_THAT(
      s.alerts(record("e1", 0, R"("amount":"500","currency":"IDR","tx_type":"transfer","channel":"mobile",
        "debtor":{"party_id":"p6"},"creditor":{"account":"a4"})")),
      ElementsAre("asks party:p6 n=1 e1"));
}

TEST(Mark, MovesTOfItsTarget) {
  Stream s({RuleByHand{.id = "marks",
                       .watch = "party",
                       .lets = "",
                       .when = "amount >= IDR 500",
                       .raise = "silent: true, mark: [other]"},
            {.id = "r", .lets = "n: count() over 1d", .when = "n >= 1 && has(amount)"}});
  (void)s.send(pay("e1", 100, "a1", "a4", "500"));
  EXPECT_THAT(s.alerts(pay("e2", 76, "a4", "")), IsEmpty());
}

TEST(Quiet, LastsWhileTLessTOfTheLastAlertIsLessThanIt) {
  Stream s({RuleByHand{.raise = "quiet: 1h"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "")), testing::SizeIs(1));
  EXPECT_THAT(s.alerts(pay("e2", 0.99, "a1", "")), IsEmpty());
  EXPECT_THAT(s.alerts(pay("e3", 0.995, "a2", "")), testing::SizeIs(1)) << "another subject";
  EXPECT_THAT(s.alerts(pay("e4", 1, "a1", "")), testing::SizeIs(1))
      << "from the alert, not from the quiet hit";
}

TEST(QuietHit, StillSignals) {
  Stream s({RuleByHand{.id = "first", .lets = "", .when = "amount >= IDR 500", .raise = "quiet: 7d"},
            {.id = "second", .events = "signal(\"first\")", .lets = "n: count() over 7d", .when = "n >= 2"}});
  (void)s.send(pay("e1", 0, "a1", "", "500"));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "", "500")), ElementsAre("second account:a1 n=2 e2 e1"));
}

TEST(AlertId, IsAHashOfRuleVersionSubjectAndTrigger) {
  Stream s({RuleByHand{}});
  EXPECT_EQ(s.alert(pay("e1", 0, "a1", "")).alert_id, "5c022a1c9aef5cc583fff594b8fb042e");
}

TEST(Alert, ExistsOnceForAnId) {
  Stream s({kLarge,
            {.id = "both",
             .events = "signal(\"large\") || amount > IDR 0",
             .lets = "n: count() over 7d",
             .when = "n >= 1"}});
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "", "500")), ElementsAre("both account:a1 n=2 e1"))
      << "the payment triggers it and then its signal; the signal is in the window at once";
}

TEST(EventIds, AreTheNewestFirstAndCapped) {
  Stream s({RuleByHand{}}, {.lateness = {}, .max_event_ids = 2});
  (void)s.send(pay("e1", 3, "a1", ""));
  (void)s.send(pay("e2", 1, "a1", ""));
  const Alert alert = s.alert(pay("e3", 2, "a1", ""));
  EXPECT_THAT(alert.event_ids, ElementsAre("e1", "e3"));
  EXPECT_EQ(alert.event_count, 3U);
}

}  // namespace
}  // namespace suar::oracle
