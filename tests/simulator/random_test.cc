#include "simulator/random.h"

#include <gtest/gtest.h>

namespace suar::simulator {
namespace {

TEST(Random, IsTheSameOnEveryMachine) {
  // The reference sequence of splitmix64 from 0.
  EXPECT_EQ(mix(0), 0xE220A8397B1DCDAFULL);
  // Computed by another implementation of xoshiro256** with exact integers.
  Random random(1);
  EXPECT_EQ(random.next(), 0xC5883E370B0926C3ULL);
  EXPECT_EQ(random.below(1'000'000), 8'231U);
  EXPECT_EQ(random.between(-5, 5), -4);
  EXPECT_EQ(random.wide(10, 100'000), 67'985);
}

TEST(Random, StaysBetweenTheEnds) {
  Random random(42);
  bool low = false;
  bool high = false;
  for (int i = 0; i < 10'000; ++i) {
    const std::int64_t drawn = random.between(3, 7);
    ASSERT_GE(drawn, 3);
    ASSERT_LE(drawn, 7);
    low |= drawn == 3;
    high |= drawn == 7;
    const std::int64_t step = random.wide(300'000, 5'000'000, 50'000);
    ASSERT_GE(step, 300'000);
    ASSERT_LE(step, 5'000'000);
    ASSERT_EQ(step % 50'000, 0);
    ASSERT_EQ(random.wide(9, 9), 9);
  }
  EXPECT_TRUE(low && high);
}

TEST(Random, DrawsSmallAndLargeAboutEquallyOftenWhenWide) {
  Random random(3);
  int small = 0;
  for (int i = 0; i < 10'000; ++i) small += random.wide(1'000, 1'024'000) < 32'000 ? 1 : 0;
  EXPECT_NEAR(small, 5'000, 400);
}

}  // namespace
}  // namespace suar::simulator
