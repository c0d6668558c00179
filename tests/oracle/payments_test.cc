// Semantics 4: what counts, in the order of its paragraphs.
#include <gmock/gmock.h>

#include "oracle/stream.h"

namespace suar::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The sum and the number of what stands on an account over a week.
RuleByHand sums() {
  return {.lets = "n: count() over 7d, s: sum(amount) over 7d",
          .when = "n >= 0 && s >= IDR 0 && has(amount)"};
}

std::string instruct(const std::string& id, double hours, const std::string& amount = "100",
                     const std::string& more = "") {
  return act("instruct", id, hours, "", content("a1", "", amount, more));
}

std::string named(const std::string& end_to_end_id) {
  return fmt::format(R"("end_to_end_id":"{}")", end_to_end_id);
}
std::string amount(const std::string& value, const std::string& currency = "IDR") {
  return fmt::format(R"("amount":"{}","currency":"{}")", value, currency);
}

// --- complete, instruct

TEST(Instruct, CountsFromItsCompletionAtTheCompletionsTimeAndId) {
  Stream s({sums()});
  EXPECT_EQ(s.send(instruct("i", 0)), Outcome::kHeld);
  const Alert alert = s.alert(act("complete", "c", 5, "i"));
  EXPECT_EQ(alert.trigger_event_id, "c");
  EXPECT_EQ(alert.event_time, event::parse_rfc3339(time_of(5))->instant);
  EXPECT_THAT(alert.event_ids, ElementsAre("c"));
}

TEST(Instruct, IsNamedByItsEndToEndIdToo) {
  Stream s({sums()});
  (void)s.send(instruct("i", 0, "100", named("x")));
  EXPECT_EQ(s.send(record("c", 1, named("x"))), Outcome::kCounted);
}

TEST(RelatedEventId, IsLookedUpFirst) {
  Stream s({sums()});
  (void)s.send(instruct("i1", 0, "100", named("x")));
  (void)s.send(instruct("i2", 0, "70", named("y")));
  EXPECT_THAT(s.alerts(act("complete", "c", 1, "i1", named("y"))), ElementsAre("r account:a1 n=1 s=100 c"));
}

TEST(CompleteWithContent, CountsWithItAndTheInstructNotBesideIt) {
  Stream s({sums()});
  (void)s.send(instruct("i", 0));
  EXPECT_THAT(s.alerts(record("c", 1, content("a1", "", "90", R"("related_event_id":"i")"))),
              ElementsAre("r account:a1 n=1 s=90 c"));
}

TEST(SecondCompletion, ChangesNothing) {
  Stream s({sums()});
  (void)s.send(instruct("i", 0));
  (void)s.send(act("complete", "c1", 1, "i"));
  EXPECT_EQ(s.send(act("complete", "c2", 1, "i")), Outcome::kNoEffect);
  EXPECT_EQ(s.send(record("c3", 1, content("a1", "", "5", R"("related_event_id":"i")"))), Outcome::kNoEffect);
}

TEST(Instruct, ThatComesAfterItsCompletionIsOnlyAFurtherName) {
  Stream s({sums()});
  (void)s.send(record("c", 1, content("a1", "", "90", R"("related_event_id":"i")")));
  EXPECT_EQ(s.send(instruct("i", 0, "100", named("x"))), Outcome::kNoEffect);
  EXPECT_EQ(s.send(act("reject", "j", 2, "", named("x"))), Outcome::kUndone);
}

TEST(Instruct, ThatTwoCompletionsExpectBelongsToTheFirstOfThemThatIsKnown) {
  const auto undone_with_it = [](double hours) {
    // No window holds the first.
    Stream s({{.events = "amount != IDR 90"}}, {.lateness = {}});
    (void)s.send(record("c1", 0, content("a1", "", "90", R"("related_event_id":"i")")));
    (void)s.send(record("c2", hours, content("a2", "", "80", R"("related_event_id":"i")")));
    EXPECT_EQ(s.send(instruct("i", 0)), Outcome::kNoEffect);
    EXPECT_EQ(s.send(act("reject", "j", hours, "i")), Outcome::kUndone);
    return s.send(act("reject", "k", hours, "c2")) == Outcome::kNoEffect ? "c2" : "c1";
  };
  EXPECT_STREQ(undone_with_it(23), "c1");
  EXPECT_STREQ(undone_with_it(24), "c2");
}

TEST(Instruct, IsHeldForSevenDays) {
  const auto completed_at = [](double hours) {
    Stream s({sums()}, {.lateness = {}, .dedup_horizon = event::Duration::hours(1)});
    (void)s.send(pay("now", 0, "a2", ""));
    (void)s.send(instruct("i", 0));
    (void)s.send(pay("then", hours, "a2", ""));
    return s.send(act("complete", "c", hours, "i"));
  };
  EXPECT_EQ(completed_at(7 * 24 - 0.01), Outcome::kCounted);
  EXPECT_EQ(completed_at(7 * 24), Outcome::kWaiting);
}

// --- reject, reverse

TEST(Reject, EndsAnInstruct) {
  Stream s({sums()});
  (void)s.send(instruct("i", 0));
  EXPECT_EQ(s.send(act("reject", "j", 1, "i")), Outcome::kUndone);
  EXPECT_EQ(s.send(act("complete", "c", 1, "i")), Outcome::kNoEffect);
}

TEST(Reject, TakesTheOriginalOutOfEveryWindow) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", "a2"));
  EXPECT_EQ(s.send(act("reject", "j", 1, "e1")), Outcome::kUndone);
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "")), ElementsAre("r account:a1 n=1 s=100 e2"));
  EXPECT_THAT(s.alerts(pay("e3", 1, "a2", "")), ElementsAre("r account:a2 n=1 s=100 e3"));
}

TEST(Reverse, EvaluatesNoRuleAndMovesNoTime) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  EXPECT_THAT(s.alerts(act("reverse", "v", 1000, "e1", amount("40"))), IsEmpty());
  EXPECT_EQ(s.alert(pay("e2", 1, "a1", "")).as_of, event::parse_rfc3339(time_of(1))->instant);
}

TEST(PartialReverses, AddUpSumsFallAndCountsStay) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(act("reverse", "v1", 1, "e1", amount("40")));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "")), ElementsAre("r account:a1 n=2 s=160 e2 e1"));
  (void)s.send(act("reverse", "v2", 1, "e1", amount("50")));
  EXPECT_THAT(s.alerts(pay("e3", 1, "a1", "")), ElementsAre("r account:a1 n=3 s=210 e3 e2 e1"));
  (void)s.send(act("reverse", "v3", 1, "e1", amount("10")));
  EXPECT_THAT(s.alerts(pay("e4", 1, "a1", "")), ElementsAre("r account:a1 n=3 s=300 e4 e3 e2"));
}

TEST(Reverse, OfMoreThanIsLeftUndoes) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(act("reverse", "v1", 1, "e1", amount("1000")));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "")), ElementsAre("r account:a1 n=1 s=100 e2"));
}

TEST(PartialReverse, LeavesTheRestAtTheOriginalsRate) {
  Stream s({sums()});
  (void)s.send(record(
      "e1", 0,
      R"("amount":"10","currency":"USD","tx_type":"transfer","channel":"atm","debtor":{"account":"a1"})"));
  (void)s.send(act("reverse", "v", 60, "e1", amount("4", "USD")));  // the rate has changed since
  EXPECT_EQ(s.value("s", pay("e2", 60, "a1", "", "1")), "96001");
}

TEST(Reverse, InAnotherCurrencyIsADeadLetterThatLeavesNoId) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  EXPECT_EQ(s.send(act("reverse", "v", 1, "e1", amount("4", "USD"))), Outcome::kDeadLetter);
  EXPECT_EQ(s.reason(), event::Reason::kReverseCurrency);
  EXPECT_EQ(s.send(act("reverse", "v", 1, "e1")), Outcome::kUndone);
  EXPECT_EQ(s.send(act("reverse", "w", 1, "e1", amount("4", "USD"))), Outcome::kNoEffect)
      << "of something undone";
}

// --- correct

TEST(Correct, StandsInTheOriginalsPlaceAndTriggers) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  EXPECT_THAT(s.alerts(act("correct", "k", 2, "e1", content("a2", "", "70"))),
              ElementsAre("r account:a2 n=1 s=70 k"));
  EXPECT_THAT(s.alerts(pay("e2", 2, "a1", "")), ElementsAre("r account:a1 n=1 s=100 e2"));
}

TEST(Correct, KeepsTheOriginalsPlaceAmongEqualTimes) {
  Stream s({RuleByHand{.lets = "first: first_seen(channel) over 1d", .when = "first && has(amount)"}});
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(pay("e2", 0, "a1", ""));
  EXPECT_THAT(s.alerts(act("correct", "k", 0, "e1", content("a1", "", "70"))),
              ElementsAre("r account:a1 first=true e2 k"));
}

TEST(Correct, StartsFromItsOwnFullAmount) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(act("reverse", "v", 1, "e1", amount("40")));
  EXPECT_EQ(s.value("s", act("correct", "k", 0, "e1", content("a1", "", "70"))), "70");
}

TEST(Correct, HasAnIdThatIsAnotherNameOfTheOriginal) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(act("correct", "k1", 0, "e1", content("a1", "", "70")));
  EXPECT_EQ(s.value("s", act("correct", "k2", 0, "k1", content("a1", "", "60"))), "60");
  EXPECT_EQ(s.value("s", act("correct", "k3", 0, "e1", content("a1", "", "50"))), "50");
  EXPECT_EQ(s.send(act("reject", "j", 1, "k2")), Outcome::kUndone);
}

// Its own end_to_end_id only refers: a wrong one takes no other payment's name away.
TEST(Correct, LeavesAnEndToEndIdWithThePaymentThatHasIt) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(pay("e2", 0, "a2", "", "80", named("x")));
  (void)s.send(act("correct", "k1", 0, "e1", content("a1", "", "70", named("x"))));
  EXPECT_THAT(s.alerts(record("k2", 1, R"("event_type":"correct",)" + content("a2", "", "60", named("x")))),
              ElementsAre("r account:a2 n=1 s=60 k2"));
}

TEST(Completion, LeavesAnEndToEndIdWithTheInstructThatHasIt) {
  Stream s({sums()});
  (void)s.send(instruct("i1", 0));
  (void)s.send(instruct("i2", 0, "70", named("x")));
  (void)s.send(act("complete", "c1", 1, "i1", named("x")));
  EXPECT_EQ(s.send(record("c2", 1, named("x"))), Outcome::kCounted);
}

TEST(Correct, OfWhatIsUndoneChangesNothing) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(act("reject", "j", 1, "e1"));
  EXPECT_EQ(s.send(act("correct", "k", 0, "e1", content("a1", "", "70"))), Outcome::kNoEffect);
}

// --- acts that come first

TEST(Original, ThatArrivesFullyUndoneCountsNowhereAndMovesNothing) {
  Stream s({sums()});
  EXPECT_EQ(s.send(act("reject", "j", 0, "e1")), Outcome::kWaiting);
  EXPECT_EQ(s.send(pay("e1", 500, "a1", "")), Outcome::kUndone);
  const Alert next = s.alert(pay("e2", 1, "a1", ""));
  EXPECT_EQ(next.as_of, next.event_time);
  EXPECT_THAT(next.event_ids, ElementsAre("e2"));
}

TEST(Original, ThatArrivesPartlyReversedCountsWithTheRest) {
  Stream s({sums()});
  (void)s.send(act("reverse", "v1", 0, "e1", amount("30")));
  (void)s.send(act("reverse", "v2", 0, "e1", amount("30")));
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "")), ElementsAre("r account:a1 n=1 s=40 e1"));
}

TEST(Original, ThatArrivesCorrectedIsNotEvaluatedTheLastCorrectionIs) {
  Stream s({sums()});
  (void)s.send(act("correct", "k1", 0, "e1", content("a1", "", "70")));
  (void)s.send(act("correct", "k2", 0, "e1", content("a2", "", "60")));
  EXPECT_THAT(s.alerts(pay("e1", 0, "a1", "")), ElementsAre("r account:a2 n=1 s=60 k2"));
}

TEST(WaitingActs, AreAppliedInTheOrderOfTheirArrival) {
  Stream s({sums()});
  (void)s.send(act("reverse", "v", 0, "e1", amount("30")));
  (void)s.send(act("correct", "k", 0, "e1", content("a1", "", "70")));
  EXPECT_EQ(s.value("s", pay("e1", 0, "a1", "")), "70") << "the reverse before it is spent";
  Stream t({sums()});
  (void)t.send(act("correct", "k", 0, "e1", content("a1", "", "70")));
  (void)t.send(act("reverse", "v", 0, "e1", amount("30")));
  EXPECT_EQ(t.value("s", pay("e1", 0, "a1", "")), "40");
}

TEST(CompleteWithoutContent, WaitsForItsInstructAndGivesItIdAndTime) {
  Stream s({sums()});
  EXPECT_EQ(s.send(act("complete", "c", 3, "i")), Outcome::kWaiting);
  const Alert alert = s.alert(instruct("i", 0));
  EXPECT_EQ(alert.trigger_event_id, "c");
  EXPECT_EQ(alert.event_time, event::parse_rfc3339(time_of(3))->instant);
}

TEST(WaitingAct, ThatNamesACorrectionIsAppliedAfterIt) {
  Stream s({sums()});
  (void)s.send(pay("e1", 0, "a1", ""));
  EXPECT_EQ(s.send(act("reverse", "v", 0, "k", amount("30"))), Outcome::kWaiting);
  EXPECT_EQ(s.value("s", act("correct", "k", 0, "e1", content("a1", "", "70"))), "40");
}

TEST(Reverse, OfAHeldInstructWaitsUntilItCounts) {
  Stream s({sums()});
  (void)s.send(instruct("i", 0));
  EXPECT_EQ(s.send(act("reverse", "v", 0, "i", amount("30"))), Outcome::kWaiting);
  EXPECT_EQ(s.value("s", act("complete", "c", 1, "i")), "70");
}

// What it named when it came is its original, whatever comes under its other reference.
TEST(Correct, OfAHeldInstructWaitsForThatOneAlone) {
  Stream s({sums()});
  (void)s.send(instruct("i", 0, "100", named("x")));
  EXPECT_EQ(s.send(act("correct", "k", 0, "unknown", content("a1", "", "70", named("x")))),
            Outcome::kWaiting);
  EXPECT_THAT(s.alerts(record("c", 1, content("a2", "", "90", R"("related_event_id":"unknown")"))),
              ElementsAre("r account:a2 n=1 s=90 c"));
  EXPECT_THAT(s.alerts(record("c2", 1, named("x"))), ElementsAre("r account:a1 n=1 s=70 k"));
}

TEST(WaitingAct, BelongsToTheNewestPaymentOfItsName) {
  Stream s({sums()});
  (void)s.send(instruct("i", 0));
  (void)s.send(act("complete", "c", 24, "i"));
  EXPECT_EQ(s.send(instruct("i", 0)), Outcome::kHeld) << "its id was forgotten";
  EXPECT_EQ(s.send(act("correct", "k", 0, "i", content("a1", "", "70"))), Outcome::kWaiting);
  EXPECT_EQ(s.value("s", act("correct", "k2", 24, "c", content("a1", "", "60"))), "60");
}

// --- horizons

TEST(CountedEvent, CanBeNamedThroughTheHorizonAndLongerWhileAWindowHoldsIt) {
  const auto reject_at = [](const std::string& window, double hours) {
    Stream s({RuleByHand{.lets = "n: count() over " + window}},
             {.lateness = {}, .dedup_horizon = event::Duration::hours(24)});
    (void)s.send(pay("e1", 0, "a1", ""));
    (void)s.send(pay("e2", hours, "a1", ""));
    return s.send(act("reject", "j", hours, "e1"));
  };
  EXPECT_EQ(reject_at("1h", 23.99), Outcome::kUndone);
  EXPECT_EQ(reject_at("1h", 24), Outcome::kWaiting);
  EXPECT_EQ(reject_at("2d", 24), Outcome::kUndone);
  EXPECT_EQ(reject_at("2d", 48), Outcome::kWaiting);
}

TEST(WaitingAct, IsForgottenAfterTheHorizon) {
  const auto original_at = [](double hours) {
    Stream s({RuleByHand{}});
    (void)s.send(act("reject", "j", 0, "e1"));
    (void)s.send(pay("other", hours, "a2", ""));
    return s.send(pay("e1", hours, "a1", ""));
  };
  EXPECT_EQ(original_at(23.99), Outcome::kUndone);
  EXPECT_EQ(original_at(24), Outcome::kCounted);
}

// --- ids

TEST(Repetition, ChangesNothingHoweverItIsWritten) {
  Stream s({sums()});
  (void)s.send(pay("e1", 7, "a1", ""));
  EXPECT_EQ(s.send(pay("e1", 7, "a1", "")), Outcome::kDuplicate);
  EXPECT_EQ(s.send(R"({"event_id":"e1","event_time":"2025-03-01T14:00:00+07:00","event_type":"complete",)" +
                   content("a1", "", "100.00", R"("remittance_info":"again"})")),
            Outcome::kDuplicate);
}

TEST(Repetition, WithOtherContentIsAConflictAndADeadLetter) {
  Stream s({sums()});
  (void)s.send(pay("e1", 7, "a1", ""));
  for (const std::string& conflict :
       {pay("e1", 8, "a1", ""), pay("e1", 7, "a2", ""), pay("e1", 7, "a1", "", "101"),
        pay("e1", 7, "a1", "a2"), act("instruct", "e1", 7, "", content("a1", "", "100"))}) {
    EXPECT_EQ(s.send(conflict), Outcome::kDeadLetter) << conflict;
    EXPECT_EQ(s.reason(), event::Reason::kConflictingDuplicate);
  }
}

TEST(Id, IsForgottenOnceStreamTimeHasPassedTheHorizon) {
  const auto again_at = [](double hours) {
    Stream s({sums()}, {.lateness = event::Duration::hours(1)});
    (void)s.send(pay("e1", 0, "a1", ""));
    (void)s.send(pay("e2", hours, "a2", ""));
    return s.send(pay("e1", 0, "a1", ""));
  };
  EXPECT_EQ(again_at(23.99), Outcome::kDuplicate);
  EXPECT_EQ(again_at(24), Outcome::kCounted) << "both stamps are less by the lateness";
}

// --- alerts already sent

TEST(LaterAlert, SaysThatItsPredecessorRestedOnAnEventSinceUndone) {
  Stream s({sums()});
  const Alert first = s.alert(pay("e1", 0, "a1", ""));
  EXPECT_EQ(s.alert(pay("e2", 1, "a1", "")).predecessor_undone, "");
  (void)s.send(act("reject", "j", 1, "e1"));
  const Alert third = s.alert(pay("e3", 2, "a1", ""));
  EXPECT_NE(third.predecessor_undone, "");
  EXPECT_NE(third.predecessor_undone, first.alert_id) << "the predecessor is the second";
  EXPECT_EQ(s.alert(pay("e4", 3, "a1", "")).predecessor_undone, "");
}

}  // namespace
}  // namespace suar::oracle
