#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

const std::string kThreeCredits = rule_text("three-credits",
                                            "watch: account\nevents: direction == \"in\"\n"
                                            "let:\n  n: count() over 1d\n  total: sum(amount) over 1d\n"
                                            "when: n >= 3");

TEST(EngineTest, RaisesAnAlertThatNamesWhatItRestsOn) {
  Stream stream(kThreeCredits);
  stream.pay({"e1", "2025-03-01T10:00:00Z"});
  stream.pay({"e2", "2025-03-01T11:00:00Z"});
  stream.pay({"e3", "2025-03-01T12:00:00Z"});
  ASSERT_THAT(stream.hits(), SizeIs(1));
  const Hit& hit = stream.hits()[0];
  EXPECT_EQ(hit.subject_key, "account:B");
  EXPECT_EQ(hit.trigger_event_id, "e3");
  EXPECT_THAT(hit.event_ids, ElementsAre("e3", "e2", "e1"));
  EXPECT_EQ(hit.event_count, 3U);
  ASSERT_THAT(hit.values, SizeIs(1));
  EXPECT_EQ(hit.values[0].name, "n");
  EXPECT_EQ(hit.values[0].value.number, rules::Rational::of(3));
  EXPECT_EQ(hit.values[0].threshold->number, rules::Rational::of(3));
  EXPECT_EQ(hit.values[0].window_end, hit.as_of);
}

TEST(EngineTest, DerivesTheAlertIdFromRuleVersionSubjectAndTrigger) {
  Stream stream(kThreeCredits);
  for (const auto* id : {"e1", "e2", "e3"}) stream.pay({id, "2025-03-01T10:00:00Z"});
  ASSERT_THAT(stream.hits(), SizeIs(1));
  // printf 'three-credits\0001\0account:B\0e3' | sha256sum | cut -c1-32
  EXPECT_EQ(stream.hits()[0].alert_id, "a18f89f6506f7bbc9b66db6978914d3f");
}

TEST(EngineTest, CountsEveryMinorUnitOfALargeSum) {
  Stream stream(rule_text("big",
                          "watch: account\nevents: direction == \"in\"\nlet:\n  total: sum(amount) over 1d\n"
                          "when: total > IDR 180_143_985_094_819.85"));
  stream.pay({"e1", "2025-03-01T10:00:00Z", "A", "B", "90071992547409.93"});
  stream.pay({"e2", "2025-03-01T11:00:00Z", "A", "B", "90071992547409.92"});
  EXPECT_THAT(stream.hits(), SizeIs(0));
  stream.pay({"e3", "2025-03-01T12:00:00Z", "A", "B", "0.01"});
  ASSERT_THAT(stream.hits(), SizeIs(1));
}

TEST(EngineTest, TakesAReversedPaymentOutOfTheWindow) {
  Stream stream(kThreeCredits);
  stream.pay({"e1", "2025-03-01T10:00:00Z"});
  stream.pay({"e2", "2025-03-01T11:00:00Z"});
  EXPECT_EQ(stream.send(act("reverse", "r1", "e2", "2025-03-01T11:30:00Z")).outcome, Outcome::kUndone);
  stream.pay({"e3", "2025-03-01T12:00:00Z"});
  EXPECT_THAT(stream.hits(), SizeIs(0));
  stream.pay({"e4", "2025-03-01T12:30:00Z"});
  EXPECT_THAT(stream.hits(), SizeIs(1));
}

TEST(EngineTest, SaysThatTheLastAlertRestedOnAnEventSinceUndone) {
  Stream stream(kThreeCredits);
  for (const auto* id : {"e1", "e2", "e3"}) stream.pay({id, "2025-03-01T10:00:00Z"});
  stream.send(act("reject", "r1", "e2", "2025-03-01T11:00:00Z"));
  stream.pay({"e4", "2025-03-01T12:00:00Z"});
  ASSERT_THAT(stream.hits(), SizeIs(2));
  EXPECT_EQ(stream.hits()[0].predecessor_undone, "");
  EXPECT_EQ(stream.hits()[1].predecessor_undone, stream.hits()[0].alert_id);
}

TEST(EngineTest, GivesBackAnEarlyReverseThatTurnsOutToBeInAnotherCurrency) {
  Stream stream(kThreeCredits);
  const std::string early =
      act("reverse", "r1", "e1", "2025-03-01T09:00:00Z", R"(,"amount":"5.00","currency":"USD")");
  EXPECT_EQ(stream.send(early, 7).outcome, Outcome::kWaiting);
  stream.pay({"e1", "2025-03-01T10:00:00Z"});
  ASSERT_THAT(stream.engine().late_rejections(), SizeIs(1));
  EXPECT_EQ(stream.engine().late_rejections()[0].position, 7U);
  EXPECT_EQ(stream.engine().late_rejections()[0].record, early);
  EXPECT_EQ(stream.engine().late_rejections()[0].rejection.reason, event::Reason::kReverseCurrency);
}

TEST(EngineTest, LeavesAnInstructWithTheFirstKnownOfTheCompletionsThatExpectIt) {
  // No window holds the first.
  const auto rules = rule_text("r", "watch: account\nevents: amount < IDR 90\nwhen: count() over 1d >= 1");
  const std::string expects = R"(,"related_event_id":"i")";
  const auto undone_with_it = [&](const std::string& time) {
    Stream s(rules);
    s.pay({.id = "c1", .time = "2025-03-01T00:00:00Z", .more = expects});
    s.pay({.id = "c2", .time = time, .from = "C", .amount = "80", .more = expects});
    EXPECT_EQ(s.pay({.id = "i", .time = time, .more = R"(,"event_type":"instruct")"}).outcome,
              Outcome::kNoEffect);
    EXPECT_EQ(s.send(act("reject", "j", "i", time)).outcome, Outcome::kUndone);
    return s.send(act("reject", "k", "c2", time)).outcome == Outcome::kNoEffect ? "c2" : "c1";
  };
  EXPECT_STREQ(undone_with_it("2025-03-01T01:00:00Z"), "c1");
  EXPECT_STREQ(undone_with_it("2025-03-09T00:00:00Z"), "c2");
}

TEST(EngineTest, IsQuietUntilThePeriodHasPassedAndCountsWhatItKeptBack) {
  Stream stream(
      rule_text("each", "watch: account\nevents: direction == \"in\"\nwhen: amount > IDR 1", "  quiet: 2h"));
  for (const auto* hour : {"10", "11", "12", "13"}) {
    stream.pay({fmt::format("e{}", hour), fmt::format("2025-03-01T{}:00:00Z", hour)});
  }
  ASSERT_THAT(stream.hits(), SizeIs(2));
  EXPECT_EQ(stream.hits()[1].trigger_event_id, "e12");
  EXPECT_EQ(stream.engine().rule_counters()[0].suppressed, 2U);
}

TEST(EngineTest, ForgetsNothingThatAWindowStillReachesWhenLogsAreCleanedUp) {
  Stream stream(rule_text("month",
                          "watch: account\nevents: direction == \"in\"\n"
                          "let:\n  n: count() over 30d\n  day: count() over 1d\nwhen: n == 30 && day == 1"));
  for (int day = 1; day <= 31; ++day) {
    stream.pay({fmt::format("e{}", day), fmt::format("2025-03-{:02}T10:00:00Z", day)});
  }
  EXPECT_THAT(stream.hits(), SizeIs(2));  // on the 30th and, the first having left, on the 31st
}

TEST(EngineTest, MarksTheCounterpartySoThatItsNextPaymentIsSeenInThatLight) {
  const std::string rules =
      rule_text("collects",
                "watch: account\nevents: direction == \"in\"\nlet:\n  n: count() over 1d\nwhen: n >= 2",
                "  silent: true\n  mark: [other]") +
      "---\n" +
      rule_text("marked-pays-on",
                "watch: account\nevents: direction == \"out\" || signal(\"collects\")\ntrigger: direction == "
                "\"out\"\n"
                "let:\n  marks: count() over 7d where signal(\"collects\")\nwhen: marks >= 1");
  Stream stream(rules);
  stream.pay({"e1", "2025-03-01T10:00:00Z", "A", "B"});
  stream.pay({"e2", "2025-03-01T11:00:00Z", "C", "B"});  // B collects: C is marked
  stream.pay({"e3", "2025-03-01T12:00:00Z", "A", "D"});
  EXPECT_THAT(stream.hits(), SizeIs(0));
  stream.pay({"e4", "2025-03-01T12:30:00Z", "C", "D"});
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_EQ(stream.hits()[0].subject_key, "account:C");
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e4", "e2"));
}

TEST(EngineTest, KeepsTenantsApart) {
  Stream stream(kThreeCredits);
  const std::string north = R"(,"tenant":"north")", south = R"(,"tenant":"south")";
  stream.pay({"e1", "2025-03-01T10:00:00Z", "A", "B", "1.00", north});
  stream.pay({"e2", "2025-03-01T10:00:00Z", "A", "B", "1.00", south});
  stream.pay({"e3", "2025-03-01T10:00:00Z", "A", "B", "1.00", north});
  EXPECT_THAT(stream.hits(), SizeIs(0));
  stream.pay({"e4", "2025-03-01T10:00:00Z", "A", "B", "1.00", north});
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_EQ(stream.hits()[0].subject_key, "north/account:B");
}

TEST(EngineTest, ReachesATimeThatNoEventBrought) {
  Stream stream(kThreeCredits);
  stream.pay({"e1", "2025-03-01T10:00:00Z"});
  const event::Instant noon = event::parse_rfc3339("2025-03-01T12:00:00Z")->instant;
  stream.engine().advance(noon);
  EXPECT_EQ(stream.engine().stream_time(), noon);
  stream.engine().advance(noon - event::Duration::hours(1));
  EXPECT_EQ(stream.engine().stream_time(), noon);
}

}  // namespace
}  // namespace suar::engine
