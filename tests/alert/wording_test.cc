#include "alert/wording.h"

#include <gtest/gtest.h>

#include "alert/decimal.h"
#include "alert/sample_hit.h"

namespace suar::alert {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the sample values

std::string en(const engine::Value& value, bool is_share = false) {
  return in_words(value, Language::kEnglish, is_share);
}
std::string id(const engine::Value& value, bool is_share = false) {
  return in_words(value, Language::kIndonesian, is_share);
}

TEST(Wording, GroupsNumbersAsTheLanguageDoes) {
  EXPECT_EQ(en(number(999)), "999");
  EXPECT_EQ(en(number(1234567)), "1,234,567");
  EXPECT_EQ(id(number(1234567)), "1.234.567");
  EXPECT_EQ(en(number(-12345, 10)), "-1,234.5");
  EXPECT_EQ(id(number(10, 3)), "3,33");
}

TEST(Wording, WritesSharesAsPercentages) {
  EXPECT_EQ(en(number(5, 6), true), "83.3%");
  EXPECT_EQ(id(number(5, 6), true), "83,3%");
  EXPECT_EQ(en(number(4, 5), true), "80%");
  EXPECT_EQ(en(number(1), true), "100%");
}

TEST(Wording, WritesRupiahAsIndonesiansDo) {
  EXPECT_EQ(id(money(350'000'000)), "Rp3.500.000");
  EXPECT_EQ(id(money(350'000'050)), "Rp3.500.000,50");
  EXPECT_EQ(id(money(-350'000'000)), "-Rp3.500.000");
  EXPECT_EQ(en(money(350'000'000)), "IDR 3,500,000");
}

TEST(Wording, WritesOtherMoneyWithItsCodeAndDecimals) {
  EXPECT_EQ(en(money(2'000'050, "BDT")), "BDT 20,000.50");
  EXPECT_EQ(id(money(2'000'050, "BDT")), "BDT 20.000,50");
  EXPECT_EQ(en(money(1'500, "JPY")), "JPY 1,500");
}

TEST(Wording, WritesTimesInWesternIndonesianTime) {
  EXPECT_EQ(en(time("2025-02-28T17:05:59Z")), "1 March 2025, 00:05 WIB");
  EXPECT_EQ(id(time("2025-08-31T20:30:00+07:00")), "31 Agustus 2025 pukul 20.30 WIB");
}

TEST(Wording, WritesDurationsInTheirTwoLargestUnits) {
  EXPECT_EQ(en(duration(event::Duration::days(1) + event::Duration::hours(3) + event::Duration::seconds(5))),
            "1 day 3 hours");
  EXPECT_EQ(id(duration(event::Duration::minutes(90))), "1 jam 30 menit");
  EXPECT_EQ(en(duration({})), "0 seconds");
  EXPECT_EQ(en(duration({-5'000'000})), "-5 seconds");
}

TEST(Wording, SaysYesNoAndUnknown) {
  EXPECT_EQ(en(truth(true)), "yes");
  EXPECT_EQ(id(truth(false)), "tidak");
  EXPECT_EQ(en(absent(rules::Type::kMoney)), "unknown");
  EXPECT_EQ(id(absent(rules::Type::kNumber)), "tidak diketahui");
}

TEST(Decimal, RoundsHalfToEvenAndCarries) {
  EXPECT_EQ(round_to({1, 8}, 2).text(), "0.12");
  EXPECT_EQ(round_to({3, 8}, 2).text(), "0.38");
  EXPECT_EQ(round_to({9995, 10000}, 3).text(), "1");
  EXPECT_EQ(round_to({19999, 10000}, 3).text(), "2");
  EXPECT_EQ(round_to({-1, 3}, 6).text(), "-0.333333");
  EXPECT_EQ(round_to({-1, 10'000'000}, 6).text(), "0");
  EXPECT_TRUE(round_to_whole({5, 2}) == 2);
  EXPECT_TRUE(round_to_whole({-7, 2}) == -4);
}

TEST(Decimal, HoldsTheLargestFractions) {
  constexpr auto kLargest = static_cast<event::Int128>(~static_cast<unsigned __int128>(0) >> 1);
  EXPECT_EQ(round_to({kLargest, 1}, 6).text(), "170141183460469231731687303715884105727");
  EXPECT_EQ(round_to({kLargest - 1, kLargest}, 6).text(), "1");
  EXPECT_EQ(round_to({kLargest / 3, kLargest}, 6).text(), "0.333333");
  EXPECT_EQ(round_to({1, kLargest}, 6).text(), "0");
}

}  // namespace
}  // namespace suar::alert
