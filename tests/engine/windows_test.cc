// Windows by hand, through the real engine: which events they hold and what they make of them.
#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

// The value of the let `w` at the last of these payments to B, written "time amount".
struct At {
  std::string time, amount;
};

std::optional<Value> value_after(const std::string& let, const std::vector<At>& payments) {
  Stream stream(rule_text("r", "watch: account\nevents: direction == \"in\" && amount > IDR 0\nlet:\n  w: '" +
                                   let + "'\nwhen: (w >= w || !(w >= w)) && amount > IDR 0"));
  int n = 0;
  for (const At& at : payments) stream.pay({fmt::format("e{}", ++n), at.time, "A", "B", at.amount});
  if (stream.hits().size() != payments.size() || stream.hits().back().values.empty()) return std::nullopt;
  return stream.hits().back().values.front().value;
}

// In major units where it is money; "absent".
std::string after(const std::string& let, const std::vector<At>& payments) {
  const auto value = value_after(let, payments);
  if (!value) return "no hit";
  if (!value->present) return "absent";
  rules::Rational number = value->number;
  if (value->type == rules::Type::kMoney) number = *rules::divide(number, rules::Rational::of(100));
  number = rules::reduce(number);
  return event::to_string(number.num) + (number.den == 1 ? "" : "/" + event::to_string(number.den));
}

const std::vector<At> kOneADay = {{"2025-03-01T10:00:00Z", "100"},
                                  {"2025-03-02T10:00:00Z", "300"},
                                  {"2025-03-03T10:00:00Z", "200"},
                                  {"2025-03-04T10:00:00Z", "1000"}};

TEST(WindowsTest, MedianIsTheMiddleOrTheAverageOfTheTwoInTheMiddle) {
  EXPECT_EQ(after("median(amount) over 3d", kOneADay), "300");
  EXPECT_EQ(after("median(amount) over 30d", kOneADay), "250");
}

TEST(WindowsTest, PercentileIsTheNearestRank) {
  EXPECT_EQ(after("percentile(amount, 50%) over 30d", kOneADay), "200");
  EXPECT_EQ(after("percentile(amount, 51%) over 30d", kOneADay), "300");
  EXPECT_EQ(after("percentile(amount, 75%) over 30d", kOneADay), "300");
  EXPECT_EQ(after("percentile(amount, 95%) over 30d", kOneADay), "1000");
  EXPECT_EQ(after("percentile(amount, 1%) over 30d", kOneADay), "100");
}

TEST(WindowsTest, DeviationIsThatOfAllTheValues) {
  // Average 400; squares 90000 + 10000 + 40000 + 360000 = 500000, of which the fourth part is 125000.
  EXPECT_EQ(after("stddev(amount) over 30d", kOneADay), "7071/20");  // 353.55
  EXPECT_EQ(after("stddev(amount) over 1d", kOneADay), "0");
}

TEST(WindowsTest, BeforeMovesTheWholeWindow) {
  EXPECT_EQ(after("sum(amount) over 30d before 1d", kOneADay), "600");
  EXPECT_EQ(after("sum(amount) over 1d before 1d", kOneADay), "200");
  EXPECT_EQ(after("sum(amount) over 2d before 2d", kOneADay), "400");
  EXPECT_EQ(after("count() over 1d before 10d", kOneADay), "0");
}

TEST(WindowsTest, GrowthIsTheRateNowAgainstTheRateBefore) {
  EXPECT_EQ(after("growth(amount, 3d) over 1d", kOneADay), "5");  // 1000 a day after 600 in 3 days
  EXPECT_EQ(after("growth(amount, 30d) over 30d", kOneADay), "absent");
}

TEST(WindowsTest, AMovingAverageWeighsDaysByTheirAge) {
  // 200 + 300 / 2 + 100 / 4, over 1 + 1/2 + 1/4.
  EXPECT_EQ(after("ewma(amount, 1d) over 28d before 1d", kOneADay), "21429/100");
  EXPECT_EQ(after("ewma(1d) over 28d", kOneADay), "1");
  EXPECT_EQ(after("ewma(amount, 1d) over 28d before 20d", kOneADay), "absent");
}

TEST(WindowsTest, AMovingAverageCountsAnEmptyDayAfterTheFirstEventAsNothing) {
  EXPECT_EQ(after("ewma(1d) over 28d", {{"2025-03-01T10:00:00Z", "1"}, {"2025-03-03T10:00:00Z", "1"}}),
            "357143/500000");  // (1 + 1/4) / (1 + 1/2 + 1/4)
}

TEST(WindowsTest, ZscoreHoldsTheLastDayAgainstThoseBeforeIt) {
  // 100, 300, 200: average 200, deviation 81.649658; (1000 - 200) / that.
  EXPECT_EQ(after("zscore(amount) over 28d", kOneADay), "9797959/1000000");
  EXPECT_EQ(after("zscore() over 28d", kOneADay), "absent");  // one event on each earlier day
}

TEST(WindowsTest, ACalendarWindowBeginsAtLocalMidnight) {
  const std::vector<At> around_midnight = {{"2025-03-02T16:59:59Z", "1"},   // 23:59:59 WIB, a Sunday
                                           {"2025-03-02T17:00:00Z", "10"},  // Monday 00:00 WIB
                                           {"2025-03-02T18:00:00Z", "100"}};
  EXPECT_EQ(after("sum(amount) over day(\"WIB\")", around_midnight), "110");
  EXPECT_EQ(after("sum(amount) over week(\"WIB\")", around_midnight), "110");
  EXPECT_EQ(after("sum(amount) over month(\"WIB\")", around_midnight), "111");
  EXPECT_EQ(after("sum(amount) over day(\"WIT\")", around_midnight), "111");
  EXPECT_EQ(after("sum(amount) over day(\"WIB\") before 1d", around_midnight), "0");
}

TEST(WindowsTest, AMonthBeginsOnItsFirstDay) {
  EXPECT_EQ(after("count() over month(\"UTC\")", {{"2025-02-28T23:59:59.999999Z", "1"},
                                                  {"2025-03-01T00:00:00Z", "1"},
                                                  {"2025-03-31T23:59:59Z", "1"}}),
            "2");
}

TEST(WindowsTest, ALateEventOfAMonthThatIsOverTriggersNothing) {
  Stream stream(rule_text("r",
                          "watch: account\nevents: amount > IDR 0\nlet: {n: count() over month(\"UTC\")}\n"
                          "when: n >= 1 && amount > IDR 0"));
  stream.pay({"e1", "2025-03-02T10:00:00Z"});
  EXPECT_EQ(stream.hits().size(), 2U);  // A and B
  stream.pay({"e2", "2025-02-28T10:00:00Z"});
  EXPECT_EQ(stream.hits().size(), 2U);
}

}  // namespace
}  // namespace suar::engine
