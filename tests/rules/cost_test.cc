// Costs follow what a rule does.
#include "rules/cost.h"

#include "draft.h"

namespace suar::rules {
namespace {

RuleCost cost(const Draft& draft) {
  const LoadResult loaded = load(draft);
  EXPECT_NE(loaded.rules, nullptr);
  return loaded.rules ? cost_of(loaded.rules->rules.front()) : RuleCost{};
}

TEST(Cost, OfStateGrowsWithTheWindowAndWithWhatItKeeps) {
  Draft month;
  month.when = "count() over 30d >= 3";
  Draft sum;
  sum.when = "count() over 30d >= 3 && sum(amount) over 60d >= IDR 5";
  const Traffic traffic{1000, 10'000};
  EXPECT_EQ(cost(month).entry_bytes, 32U);
  EXPECT_EQ(cost(month).entries(traffic), 300);
  EXPECT_EQ(cost(month).bytes_per_entity(traffic), 300 * 32);
  EXPECT_EQ(cost(month).bytes(traffic), 1000 * 300 * 32);
  EXPECT_EQ(cost(sum).entry_bytes, 40U);
  EXPECT_EQ(cost(sum).entries(traffic), 600);
}

TEST(Cost, OfTimeGrowsWithLookUpsAndWindows) {
  Draft plain;
  Draft kin;
  kin.events = "'amount > IDR 1 && !kin(self, other)'";
  EXPECT_GT(cost(kin).event_nanos, 10 * cost(plain).event_nanos);
  Draft twice;
  twice.when = "count() over 30d >= 3 && sum(amount) over 30d >= IDR 5";
  const Traffic traffic;
  EXPECT_GT(cost(twice).nanos(traffic), 1.5 * cost(plain).nanos(traffic));
}

TEST(Cost, CountsTheSidesThatTheDirectionLeaves) {
  Draft both;
  Draft in;
  in.events = "amount > IDR 1 && direction == \"in\"";
  EXPECT_EQ(sides_admitted(load(both).rules->rules.front()), 2);
  EXPECT_EQ(sides_admitted(load(in).rules->rules.front()), 1);
}

}  // namespace
}  // namespace suar::rules
