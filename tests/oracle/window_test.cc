// Semantics 5 and 6: filters, aggregates, absence, numbers; rules/LANGUAGE.md's tables.
#include <gmock/gmock.h>

#include "oracle/stream.h"

namespace suar::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A rule that always hits where the let is anything at all.
Stream over(const std::string& let, const std::string& events = "true",
            const std::string& watch = "account") {
  return Stream({RuleByHand{.watch = watch,
                            .events = events,
                            .lets = let,
                            .when = "(amount >= IDR 0 || !has(amount)) && (w == w || w != w || true)"}});
}

// What the let `w` is at the last of payments of these amounts by a1, one an hour.
std::string after(const std::string& let, const Strings& amounts) {
  Stream s = over(let);
  std::string value;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    value = s.value("w", pay(fmt::format("e{}", i), static_cast<double>(i), "a1", "", amounts[i]));
  }
  return value;
}

TEST(Aggregates, AreWhatTheirNamesSay) {
  EXPECT_EQ(after("w: count() over 1d", {"100", "200", "300"}), "3");
  EXPECT_EQ(after("w: sum(amount) over 1d", {"100", "200", "300"}), "600");
  EXPECT_EQ(after("w: min(amount) over 1d", {"100", "50", "300"}), "50");
  EXPECT_EQ(after("w: max(amount) over 1d", {"100", "500", "300"}), "500");
  EXPECT_EQ(after("w: avg(amount) over 1d", {"100", "100", "300"}), "500/3");
  EXPECT_EQ(after("w: distinct(amount) over 1d", {"100", "100.00", "300"}), "2");
  EXPECT_EQ(after("w: share(amount > IDR 100) over 1d", {"100", "200", "300"}), "2/3");
}

TEST(Rule, LooksOnlyAtEventsThatItsFilterAdmitsAsTriggersAndInWindows) {
  Stream s = over("w: count() over 1d", "amount >= IDR 100");
  (void)s.send(pay("e1", 0, "a1", "", "99"));
  EXPECT_THAT(s.alerts(pay("e2", 1, "a1", "", "100")), ElementsAre("r account:a1 w=1 e2"));
  EXPECT_THAT(s.alerts(pay("e3", 2, "a1", "", "99")), IsEmpty());
}

TEST(Where, NarrowsOneWindow) {
  EXPECT_EQ(after("w: count() over 1d where amount > IDR 100", {"100", "200", "100"}), "1");
}

TEST(Same, KeepsThoseThatEqualTheTriggerAndNothingEqualsAnAbsence) {
  Stream s = over("w: count() over 1d same device_id");
  (void)s.send(pay("e1", 0, "a1", "", "1", R"("device_id":"d1")"));
  (void)s.send(pay("e2", 1, "a1", "", "1", R"("device_id":"d2")"));
  EXPECT_EQ(s.value("w", pay("e3", 2, "a1", "", "1", R"("device_id":"d1")")), "2");
  EXPECT_EQ(s.value("w", pay("e4", 3, "a1", "", "1")), "0");
}

TEST(Absence, IsSkippedByValuesAndCountedByCounts) {
  const std::string no_rate =
      R"("amount":"5","currency":"EUR","tx_type":"transfer","channel":"mobile","debtor":{"account":"a1"})";
  const auto at_the_end = [&](const std::string& let) {
    Stream s = over(let);
    (void)s.send(pay("e1", 0, "a1", "", "100"));
    return s.value("w", record("e2", 1, no_rate));
  };
  EXPECT_EQ(at_the_end("w: count() over 1d"), "2");
  EXPECT_EQ(at_the_end("w: sum(amount) over 1d"), "100");
  EXPECT_EQ(at_the_end("w: avg(amount) over 1d"), "100");
  EXPECT_EQ(at_the_end("w: share(amount >= IDR 100) over 1d"), "1/2");
  EXPECT_EQ(at_the_end("w: distinct(device_id) over 1d"), "0");
  EXPECT_EQ(at_the_end("w: max(amount) over 1d where !has(amount)"), "absent");
  EXPECT_EQ(at_the_end("w: sum(amount) over 1d where !has(amount)"), "0");
  EXPECT_EQ(at_the_end("w: share(has(amount)) over 1d where channel == \"atm\""), "absent");
  EXPECT_EQ(at_the_end("w: first_seen(device_id) over 1d"), "false");
}

TEST(FirstSeen, LooksOnlyAtWhatStandsBeforeTheTrigger) {
  Stream s = over("w: first_seen(other) over 1d", "direction == \"out\"");
  EXPECT_EQ(s.value("w", pay("e1", 10, "a1", "b")), "true");
  EXPECT_EQ(s.value("w", pay("e2", 10, "a1", "b")), "false")
      << "of equal time, and before it in the order of arrival";
  EXPECT_EQ(s.value("w", pay("e3", 5, "a1", "b")), "true") << "late: nothing stands before it";
}

TEST(FirstSeen, ForgetsWithTheWindow) {
  Stream s = over("w: first_seen(other) over 1d", "direction == \"out\"");
  (void)s.send(pay("e1", 0, "a1", "b"));
  EXPECT_EQ(s.value("w", pay("e2", 24, "a1", "b")), "true");
}

TEST(DaysSince, IsTheDistanceFromTheNewestEarlierEventWithTheTriggersValue) {
  Stream s = over("w: days_since(other) over 7d", "direction == \"out\"");
  EXPECT_EQ(s.value("w", pay("e1", 0, "a1", "b")), "absent");
  EXPECT_EQ(s.value("w", pay("e2", 12, "a1", "c")), "absent");
  EXPECT_EQ(s.value("w", pay("e3", 36, "a1", "b")), "3/2");
  EXPECT_EQ(s.value("w", pay("e4", 36, "a1", "b")), "0");
}

TEST(DaysSince, WithoutAValueLooksAtAnyEarlierEvent) {
  Stream s = over("w: days_since() over 7d");
  EXPECT_EQ(s.value("w", pay("e1", 0, "a1", "")), "absent");
  EXPECT_EQ(s.value("w", pay("e2", 6, "a1", "")), "1/4");
}

TEST(UnitPrice, IsTheLargestOfThePricesThatMostAmountsAreMultiplesOf) {
  const std::string let = "u: 'unit_price(amount, IDR 100 .. IDR 400) over 1d', w: 'u.price / IDR 1'";
  EXPECT_EQ(after(let, {"300", "600", "900"}), "300");
  EXPECT_EQ(after(let, {"300", "600", "400"}), "100") << "100 matches all three, and nothing larger does";
}

TEST(UnitPrice, MatchesWithinTwoPercent) {
  const std::string let = "u: 'unit_price(amount, IDR 290 .. IDR 400) over 1d', w: u.matching";
  EXPECT_EQ(after(let, {"300", "306"}), "2");
  EXPECT_EQ(after(let, {"300", "307"}), "1");
}

TEST(UnitPrice, WithoutCandidatesHasNoShareAndNoPrice) {
  EXPECT_EQ(after("u: 'unit_price(amount, IDR 100 .. IDR 400) over 1d', w: u.share", {"50"}), "0");
  EXPECT_EQ(after("u: 'unit_price(amount, IDR 100 .. IDR 400) over 1d', w: u.price", {"50"}), "absent");
}

TEST(Rhythm, OpensAnOccasionHalfAPeriodAfterTheLast) {
  Stream s = over("y: 'rhythm(10h, 1h) over 7d', w: 'y.occasions * 100 + y.regular'");
  (void)s.send(pay("e1", 0, "a1", ""));
  (void)s.send(pay("e2", 4.9, "a1", ""));                     // of the first occasion
  EXPECT_EQ(s.value("w", pay("e3", 11, "a1", "")), "201");    // a gap of 11 hours, regular
  EXPECT_EQ(s.value("w", pay("e4", 22.1, "a1", "")), "301");  // 11.1 hours, not
  EXPECT_EQ(s.value("w", pay("e5", 27.1, "a1", "")), "401");  // exactly half a period opens
}

TEST(Amount, IsConvertedHalfToEven) {
  const auto yen = [](const std::string& amount) {
    return fmt::format(
        R"("amount":"{}","currency":"JPY","tx_type":"transfer","channel":"mobile","debtor":{{"account":"a1"}})",
        amount);
  };
  Stream s = over("w: sum(amount) over 1h");
  EXPECT_EQ(s.value("w", record("e1", 0, yen("5"))), "26281/50") << "525.625 at a rate of 105.125, so 525.62";
  EXPECT_EQ(s.value("w", record("e2", 2, yen("15"))), "39422/25") << "1576.875, so 1576.88";
}

TEST(Amount, IsConvertedAtTheRateOfTheDateThatTheRecordShows) {
  const std::string dollar =
      R"("amount":"1","currency":"USD","tx_type":"transfer","channel":"mobile","debtor":{"account":"a1"}})";
  Stream s = over("w: sum(amount) over 1m");
  EXPECT_EQ(s.value("w", R"({"event_id":"e1","event_time":"2025-03-02T23:30:00Z",)" + dollar), "16000");
  EXPECT_EQ(s.value("w", R"({"event_id":"e2","event_time":"2025-03-03T06:40:00+07:00",)" + dollar),
            "812513/50")
      << "16250.255, half to even";
}

TEST(AmountIn, IsAsInstructedUntilPartOfItIsReversed) {
  Stream s = over("w: sum(amount_in(USD)) over 1d");
  EXPECT_EQ(s.value("w", pay("e1", 0, "a1", "", "320000",
                             R"("instructed_amount":"25","instructed_currency":"USD")")),
            "25");
  (void)s.send(act("reverse", "v", 0, "e1", R"("amount":"160000","currency":"IDR")"));
  EXPECT_EQ(s.value("w", pay("e2", 1, "a1", "", "16000")), "11") << "160,000 and 16,000 at 16,000";
}

}  // namespace
}  // namespace suar::oracle
