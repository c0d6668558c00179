#include "cli/rule_tests_notation.h"

#include <gtest/gtest.h>

namespace suar::cli {
namespace {

const event::Currency kHome = *event::parse_currency("IDR");
const event::Instant kStart = event::parse_rfc3339("2025-03-03T09:00:00+07:00")->instant;

std::string time(std::string_view text) {
  const auto parsed = parse_test_time(text, kStart);
  return parsed ? event::to_rfc3339(parsed->instant, parsed->offset_minutes) : "none";
}

engine::Value number(event::Int128 num, event::Int128 den = 1, rules::Type type = rules::Type::kNumber) {
  engine::Value value;
  value.type = type;
  value.present = true;
  value.number = {num, den};
  value.currency = kHome;
  return value;
}

TEST(TestNotation, ReadsTimesFromTheStartOnAndByTheCalendar) {
  EXPECT_EQ(time("+0d 09:30"), "2025-03-03T09:30:00+07:00");
  EXPECT_EQ(time("+2w 23:59:59"), "2025-03-17T23:59:59+07:00");
  EXPECT_EQ(time("+36h"), "2025-03-04T21:00:00+07:00");
  EXPECT_EQ(time("06:00"), "2025-03-03T06:00:00+07:00");
  EXPECT_EQ(time("2025-02-01 06:00"), "2025-02-01T06:00:00+07:00");
  EXPECT_EQ(time("2025-02-01T06:00:00Z"), "2025-02-01T06:00:00Z");
}

TEST(TestNotation, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "+", "+d 09:00", "+1h 09:00", "24:00", "9:00", "2025-02-30 09:00", "tomorrow"}) {
    EXPECT_EQ(time(text), "none") << text;
  }
}

TEST(TestNotation, ReadsMoneyAsRulesWriteIt) {
  EXPECT_EQ(parse_money("IDR 3_500_000", kHome), (event::Money{350'000'000, kHome}));
  EXPECT_EQ(parse_money("3500000.50", kHome), (event::Money{350'000'050, kHome}));
  EXPECT_EQ(parse_money("-100", kHome), (event::Money{-10'000, kHome}));
  EXPECT_EQ(parse_money("BDT 20_000", kHome)->currency.text(), "BDT");
  EXPECT_FALSE(parse_money("idr 5", kHome));
  EXPECT_FALSE(parse_money("much", kHome));
}

TEST(TestNotation, PutsTheRepetitionIntoTexts) {
  EXPECT_EQ(with_repetition("p{i}", 7), "p7");
  EXPECT_EQ(with_repetition("p{i%3}-{i}", 7), "p1-7");
  EXPECT_EQ(with_repetition("p{i%3}", 3), "p3");
  EXPECT_EQ(with_repetition("{item} {i", 3), "{item} {i");
}

TEST(TestNotation, ComparesValuesExactly) {
  EXPECT_TRUE(agrees(number(6), "6", kHome));
  EXPECT_TRUE(agrees(number(5, 6), "5/6", kHome));
  EXPECT_FALSE(agrees(number(5, 6), "0.833333", kHome));
  EXPECT_TRUE(agrees(number(4, 5), "80%", kHome));
  EXPECT_TRUE(agrees(number(350'000'000, 1, rules::Type::kMoney), "IDR 3_500_000", kHome));
  EXPECT_FALSE(agrees(number(350'000'000, 1, rules::Type::kMoney), "BDT 3_500_000", kHome));
  engine::Value nothing;
  EXPECT_TRUE(agrees(nothing, "absent", kHome));
  EXPECT_FALSE(agrees(nothing, "false", kHome));
}

TEST(TestNotation, WritesValuesSoThatTheyCanBeReadBack) {
  for (const auto& value :
       {number(6), number(1'234'567), number(5, 6), number(-1, 8), number(0),
        number(350'000'000, 1, rules::Type::kMoney), number(-99'999, 1, rules::Type::kMoney)}) {
    EXPECT_TRUE(agrees(value, notation_of(value), kHome)) << notation_of(value);
  }
  EXPECT_EQ(notation_of(number(350'000'000, 1, rules::Type::kMoney)), "IDR 3_500_000");
  EXPECT_EQ(notation_of(number(5, 6)), "5/6");
}

}  // namespace
}  // namespace suar::cli
