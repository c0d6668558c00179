#include "engine/patterns.h"

#include <gtest/gtest.h>

namespace suar::engine {
namespace {

TEST(UnitPriceTest, FindsTheLargestPriceOfWhichMostAmountsAreMultiples) {
  const UnitPrice price = find_unit_price({320, 640, 320, 960, 111}, 100, 500);
  EXPECT_EQ(static_cast<int>(price.price), 320);
  EXPECT_EQ(static_cast<int>(price.matching), 4);
  EXPECT_EQ(static_cast<int>(price.total), 5);
}

TEST(UnitPriceTest, AllowsTwoPerCentAndNotMore) {
  EXPECT_EQ(static_cast<int>(find_unit_price({1000, 1020}, 1000, 1000).matching), 2);
  EXPECT_EQ(static_cast<int>(find_unit_price({1000, 1021}, 1000, 1000).matching), 1);
}

TEST(UnitPriceTest, CountsAtMostTenUnits) {
  EXPECT_EQ(static_cast<int>(find_unit_price({100, 1000}, 100, 100).matching), 2);
  EXPECT_EQ(static_cast<int>(find_unit_price({100, 1100}, 100, 100).matching), 1);
}

TEST(UnitPriceTest, HasNoPriceWithoutCandidates) {
  const UnitPrice none = find_unit_price({50, 60}, 100, 200);
  EXPECT_EQ(static_cast<int>(none.price), 0);
  EXPECT_EQ(static_cast<int>(none.total), 2);
}

TEST(RhythmTest, CountsPaymentsOfOneDayAsOneOccasion) {
  RhythmCounter counter(event::Duration::days(14), event::Duration::days(2));
  const std::int64_t day = event::Duration::days(1).micros;
  for (const std::int64_t at : {0L, 1L, 14L, 15L, 30L, 60L}) counter.add(at * day);
  EXPECT_EQ(static_cast<int>(counter.result().occasions), 4);  // days 0, 14, 30, 60
  EXPECT_EQ(static_cast<int>(counter.result().regular), 2);    // 14 and 16 days apart
}

}  // namespace
}  // namespace suar::engine
