#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kPassThrough =
    rule_text("pass-through",
              "watch: account\nevents: amount >= IDR 10\nsequence:\n  got: direction == \"in\"\n"
              "  paid: direction == \"out\" && other != got.other && amount in 90% * got.amount .. "
              "got.amount within 24h\n");

// Payment into B, and out of it.
Payment in(std::string id, std::string time, std::string amount, std::string from = "A") {
  return {std::move(id), std::move(time), std::move(from), "B", std::move(amount)};
}
Payment out(std::string id, std::string time, std::string amount, std::string to = "C") {
  return {std::move(id), std::move(time), "B", std::move(to), std::move(amount)};
}

TEST(SequenceTest, FindsMoneyThatIsPassedOn) {
  Stream stream(kPassThrough);
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "100.00"));
  stream.pay(out("e2", "2025-03-01T11:00:00Z", "89.99"));
  stream.pay(out("e3", "2025-03-01T11:30:00Z", "95.00", "A"));
  EXPECT_THAT(stream.hits(), IsEmpty()) << "too little, and back to the payer";
  stream.pay(out("e4", "2025-03-01T12:00:00Z", "90.00"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_EQ(stream.hits()[0].subject_key, "account:B");
  EXPECT_EQ(stream.hits()[0].trigger_event_id, "e4");
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e4", "e1"));
}

TEST(SequenceTest, CountsExactlyTheTimeAsWithin) {
  Stream stream(kPassThrough);
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "100.00"));
  stream.pay(out("e2", "2025-03-02T10:00:00Z", "100.00"));
  EXPECT_THAT(stream.hits(), SizeIs(1));
  stream.pay(out("e3", "2025-03-02T10:00:00.000001Z", "100.00"));
  EXPECT_THAT(stream.hits(), SizeIs(1));
}

TEST(SequenceTest, TellsTheThresholdThatAStepsValueIsComparedWith) {
  Stream stream(rule_text("large-first",
                          "watch: account\nevents: amount >= IDR 10\nsequence:\n  got: direction == \"in\"\n"
                          "  paid: direction == \"out\" within 24h\nwhen: got.amount >= IDR 100\n"));
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "150.00"));
  stream.pay(out("e2", "2025-03-01T11:00:00Z", "20.00"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  ASSERT_THAT(stream.hits()[0].values, SizeIs(1));
  ASSERT_TRUE(stream.hits()[0].values[0].threshold);
  EXPECT_EQ(stream.hits()[0].values[0].threshold->number, rules::Rational::of(10000));
}

TEST(SequenceTest, TakesTheNewestThatFits) {
  Stream stream(kPassThrough);
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "100.00"));
  stream.pay(in("e2", "2025-03-01T10:10:00Z", "100.00"));
  stream.pay(in("e3", "2025-03-01T10:20:00Z", "500.00"));
  stream.pay(out("e4", "2025-03-01T11:00:00Z", "100.00"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e4", "e2"));
}

TEST(SequenceTest, SeesWhatIsLeftOfAPartlyReversedStepAndNoUndoneOne) {
  Stream stream(kPassThrough);
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "100.00"));
  stream.pay(in("e2", "2025-03-01T10:10:00Z", "100.00", "D"));
  stream.send(act("reverse", "r1", "e1", "2025-03-01T10:30:00Z", R"(,"amount":"60.00","currency":"IDR")"));
  stream.send(act("reject", "r2", "e2", "2025-03-01T10:31:00Z"));
  stream.pay(out("e3", "2025-03-01T11:00:00Z", "100.00"));
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay(out("e4", "2025-03-01T11:00:00Z", "40.00"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e4", "e1"));
}

TEST(SequenceTest, LetsALateFirstStepCountForTriggersAfterIt) {
  Stream stream(kPassThrough);
  stream.pay(out("e1", "2025-03-01T11:00:00Z", "100.00"));
  stream.pay(in("e2", "2025-03-01T10:00:00Z", "100.00"));
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay(out("e3", "2025-03-01T10:30:00Z", "100.00"));  // late itself, and after it
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e3", "e2"));
}

TEST(SequenceTest, OrdersEqualTimesByArrival) {
  Stream stream(kPassThrough);
  stream.pay(out("e1", "2025-03-01T10:00:00Z", "100.00"));
  stream.pay(in("e2", "2025-03-01T10:00:00Z", "100.00"));
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay(out("e3", "2025-03-01T10:00:00Z", "100.00"));
  EXPECT_THAT(stream.hits(), SizeIs(1));
}

TEST(SequenceTest, GoesBackForAnOlderStepWhereTheRestIsNotFoundWithTheNewest) {
  Stream stream(rule_text("three",
                          "watch: account\nevents: direction == \"in\"\nsequence:\n"
                          "  a: amount >= IDR 1\n  b: other == a.other && amount > a.amount within 1d\n"
                          "  c: other == b.other within 2d of a\n"));
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "10.00", "X"));
  stream.pay(in("e2", "2025-03-01T11:00:00Z", "20.00", "X"));  // a = e1
  stream.pay(in("e3", "2025-03-01T12:00:00Z", "5.00", "X"));   // no smaller one before it
  stream.pay(in("e4", "2025-03-01T13:00:00Z", "1.00", "Y"));
  stream.pay(in("e5", "2025-03-01T14:00:00Z", "1.00", "X"));
  ASSERT_THAT(stream.hits(), SizeIs(2));
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e3", "e2", "e1"));
  EXPECT_THAT(stream.hits()[1].event_ids, ElementsAre("e5", "e2", "e1"));
}

TEST(SequenceTest, TellsTheStepsValuesInItsNarrative) {
  Stream stream(
      "rule: told\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [bribery]\nlook_alikes: [none]\n"
      "watch: account\nevents: amount >= IDR 1\nsequence:\n  got: direction == \"in\"\n"
      "  paid: direction == \"out\" within 24h of got\n"
      "let:\n  ratio: paid.amount / got.amount\nwhen: ratio >= 50% && got.other != other\n"
      "raise:\n  severity: high\n  because: {en: \"{got.amount} {paid.amount} {paid.event_time - "
      "got.event_time}\", "
      "id: \"{ratio}\"}\n");
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "100.00"));
  stream.pay(out("e2", "2025-03-01T12:00:00Z", "75.00"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  const Hit& hit = stream.hits()[0];
  ASSERT_THAT(hit.because_en, SizeIs(3));
  EXPECT_EQ(hit.because_en[0].number, rules::Rational::of(10000));
  EXPECT_EQ(hit.because_en[1].number, rules::Rational::of(7500));
  EXPECT_EQ(hit.because_en[2].duration, event::Duration::hours(2));
  EXPECT_EQ(hit.because_id[0].number, (rules::Rational{3, 4}));
  std::vector<std::string> names;
  for (const EvidenceValue& value : hit.values) names.push_back(value.name);
  EXPECT_THAT(names, ElementsAre("ratio", "got.amount", "got.event_time"));
}

TEST(SequenceTest, LooksAtAThousandEventsAndNoMore) {
  const auto hits_behind = [](int others) {
    Stream stream(rule_text("one-of-many",
                            "watch: account\nevents: amount >= IDR 1\nsequence:\n  got: direction == \"in\"\n"
                            "  paid: direction == \"out\" && amount == got.amount within 30d\n"));
    stream.pay(in("first", "2025-03-01T10:00:00Z", "77.00"));
    for (int i = 0; i < others; ++i) stream.pay(in(fmt::format("e{}", i), "2025-03-01T11:00:00Z", "10.00"));
    stream.pay(out("last", "2025-03-01T12:00:00Z", "77.00"));
    return stream.hits().size();
  };
  EXPECT_EQ(hits_behind(999), 1U);
  EXPECT_EQ(hits_behind(1000), 0U);
}

// --- windows that look at the trigger

TEST(CorrelationTest, CountsTheEventsThatResembleTheTrigger) {
  Stream stream(rule_text("alike",
                          "watch: account\nevents: direction == \"in\"\nlet:\n"
                          "  n: count() over 7d where amount in 90% * trigger.amount .. trigger.amount && "
                          "other != trigger.other\n"
                          "when: n >= 2"));
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "95.00", "X"));
  stream.pay(in("e2", "2025-03-01T11:00:00Z", "100.00", "Y"));
  stream.pay(in("e3", "2025-03-01T12:00:00Z", "89.00", "X"));
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay(in("e4", "2025-03-01T13:00:00Z", "100.00", "Z"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e4", "e2", "e1"));
}

TEST(CorrelationTest, ComparesPlacesAsTexts) {
  Stream stream(rule_text("elsewhere",
                          "watch: account\nevents: direction == \"in\"\nlet:\n"
                          "  n: distinct(place_code) over 7d where place_code != trigger.place_code\n"
                          "when: n >= 2"));
  const auto at = [](std::string_view place) { return fmt::format(R"(,"place_code":"{}")", place); };
  stream.pay({"e1", "2025-03-01T10:00:00Z", "A", "B", "1.00", at("P1")});
  stream.pay({"e2", "2025-03-01T11:00:00Z", "A", "B", "1.00", at("P2")});
  stream.pay({"e3", "2025-03-01T12:00:00Z", "A", "B", "1.00", at("P2")});
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay({"e4", "2025-03-01T13:00:00Z", "A", "B", "1.00", at("P3")});
  EXPECT_THAT(stream.hits(), SizeIs(1));
}

TEST(CorrelationTest, KeepsApartWindowsThatDifferInWhatTheyCompareAlone) {
  Stream stream(rule_text("two-windows",
                          "watch: account\nevents: direction == \"in\"\nlet:\n"
                          "  above: count() over 7d where amount > trigger.amount\n"
                          "  below: count() over 7d where amount < trigger.amount\n"
                          "when: above == 1 && below == 2"));
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "10.00"));
  stream.pay(in("e2", "2025-03-01T11:00:00Z", "20.00"));
  stream.pay(in("e3", "2025-03-01T12:00:00Z", "90.00"));
  stream.pay(in("e4", "2025-03-01T13:00:00Z", "50.00"));
  EXPECT_THAT(stream.hits(), SizeIs(1));
}

TEST(CorrelationTest, TellsTrueFromFalseWhereABoolIsToBeTheSame) {
  Stream stream(rule_text("same-bool",
                          "watch: account\nevents: direction == \"in\"\nlet:\n"
                          "  n: count() over 7d same other.is_customer\nwhen: n >= 2"));
  const auto pay = [&](std::string id, std::string_view customer) {
    stream.send(fmt::format(
        R"({{"event_id":"{}","event_time":"2025-03-01T10:00:00Z","amount":"1.00","currency":"IDR","tx_type":"transfer",)"
        R"("channel":"mobile","debtor":{{"account":"A","is_customer":{}}},"creditor":{{"account":"B"}}}})",
        id, customer));
  };
  pay("e1", "true");
  pay("e2", "false");
  EXPECT_THAT(stream.hits(), IsEmpty());
  pay("e3", "true");
  EXPECT_THAT(stream.hits(), SizeIs(1));
}

// --- marks and chains

const std::string kChain =
    "rule: start\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [money_laundering]\nlook_alikes: [none]\n"
    "watch: account\nevents: direction == \"out\" && amount >= IDR 100\nwhen: amount >= IDR 100\n"
    "raise: {silent: true, signal: [amount], mark: [other]}\n"
    "---\n"
    "rule: hop\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [money_laundering]\nlook_alikes: [none]\n"
    "watch: account\nevents: marked(\"start\") || marked(\"hop\") || direction == \"out\"\n"
    "sequence:\n  got: marked(\"start\") || marked(\"hop\")\n"
    "  paid: direction == \"out\" && amount >= 85% * got.signal_value(\"amount\") && other != "
    "got.signal_origin "
    "within 5d\n"
    "raise: {silent: true, each: true, signal: [amount], mark: [other]}\n"
    "---\n";

const std::string kCycle = kChain + rule_text("cycle",
                                              "watch: account\n"
                                              "events: marked(\"hop\") || direction == \"out\"\n"
                                              "sequence:\n  got: marked(\"hop\") && signal_hop >= 2\n"
                                              "  back: direction == \"out\" && other == got.signal_origin && "
                                              "amount >= 85% * got.signal_value(\"amount\") within 5d\n");

Payment from_to(std::string id, int hour, std::string from, std::string to, std::string amount) {
  return {std::move(id), fmt::format("2025-03-01T{:02}:00:00Z", hour), std::move(from), std::move(to),
          std::move(amount)};
}

TEST(ChainTest, ClosesACycleAndShowsEveryPaymentOfIt) {
  Stream stream(kCycle);
  stream.pay(from_to("e1", 1, "A", "B", "1000.00"));
  stream.pay(from_to("e2", 2, "B", "C", "900.00"));
  stream.pay(from_to("x1", 3, "C", "A", "500.00"));  // too little
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay(from_to("e3", 4, "C", "D", "800.00"));
  stream.pay(from_to("e4", 5, "D", "A", "700.00"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_EQ(stream.hits()[0].subject_key, "account:D");
  EXPECT_THAT(stream.hits()[0].event_ids, ElementsAre("e4", "e3", "e2", "e1"));
  EXPECT_EQ(stream.hits()[0].event_count, 4U);
}

TEST(ChainTest, DoesNotTakeMoneyThatComesStraightBackForACycle) {
  Stream stream(kCycle);
  stream.pay(from_to("e1", 1, "A", "B", "1000.00"));
  stream.pay(from_to("e2", 2, "B", "A", "1000.00"));
  EXPECT_THAT(stream.hits(), IsEmpty());
}

TEST(ChainTest, EndsAtSixHops) {
  const auto hits_of_length = [](int payments) {
    Stream stream(kCycle);
    for (int i = 0; i < payments; ++i) {
      const std::string to = i + 1 == payments ? "N0" : fmt::format("N{}", i + 1);
      stream.pay(from_to(fmt::format("e{}", i), i, fmt::format("N{}", i), to, "1000.00"));
    }
    return stream.hits().size();
  };
  EXPECT_EQ(hits_of_length(3), 1U);
  EXPECT_EQ(hits_of_length(6), 1U);
  EXPECT_EQ(hits_of_length(7), 1U) << "the sixth mark closes it";
  EXPECT_EQ(hits_of_length(8), 0U);
}

TEST(ChainTest, CarriesTextsInSignals) {
  Stream stream(
      "rule: paid\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [money_laundering]\nlook_alikes: [none]\n"
      "watch: account\nevents: direction == \"out\" && amount >= IDR 1\nwhen: amount >= IDR 1\n"
      "raise: {silent: true, signal: [self, amount], mark: [other]}\n---\n" +
      rule_text("collector",
                "watch: account\nevents: marked(\"paid\")\nlet:\n"
                "  payers: distinct(signal(\"paid\", \"self\")) over 7d\n"
                "  of_one: sum(signal(\"paid\", \"amount\")) over 7d same signal(\"paid\", \"self\")\n"
                "when: payers >= 2 && of_one >= IDR 20"));
  stream.pay(from_to("e1", 1, "X", "B", "15.00"));
  stream.pay(from_to("e2", 2, "Y", "B", "15.00"));
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay(from_to("e3", 3, "X", "B", "15.00"));
  EXPECT_THAT(stream.hits(), SizeIs(1));
}

}  // namespace
}  // namespace suar::engine
