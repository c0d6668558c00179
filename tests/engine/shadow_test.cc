// Shadow mode: a rule that is tried on live traffic changes nothing for the others.
#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;

std::string rule(std::string_view id, std::string_view mode, std::string_view events, std::string_view when,
                 std::string_view raise = "") {
  return "---\n" +
         rule_text(id, fmt::format("mode: {}\nwatch: account\nevents: {}\nwhen: {}", mode, events, when),
                   raise);
}

// "rule mode subject trigger" of each alert.
std::vector<std::string> alerts_of(const Stream& stream) {
  std::vector<std::string> out;
  for (const Hit& hit : stream.hits())
    out.push_back(fmt::format("{} {} {} {}", hit.rule->id, rules::name_of(hit.mode), hit.subject_key,
                              hit.trigger_event_id));
  return out;
}

TEST(ShadowMode, IsSaidByTheAlert) {
  Stream stream(rule("big", "shadow", "direction == \"in\"", "amount > IDR 50"));
  stream.pay({"e1", "2025-03-01T09:00:00+07:00"});
  EXPECT_THAT(alerts_of(stream), ElementsAre("big shadow account:B e1"));
}

TEST(ShadowMode, SignalsReachShadowRulesOnly) {
  const std::string tried =
      rule("a-tried", "shadow", "direction == \"in\"", "amount > IDR 50", "  silent: true");
  // Both ask in the same words, so that nothing of their windows may be shared.
  const std::string events = "'signal(\"a-tried\") || direction == \"in\"'";
  const std::string when = "'(count() over 7d where signal(\"a-tried\")) >= 1 || signal(\"a-tried\")'";
  Stream stream(tried + rule("b-live", "live", events, when) + rule("c-shadow", "shadow", events, when));
  stream.pay({"e1", "2025-03-01T09:00:00+07:00"});
  stream.pay({"e2", "2025-03-01T10:00:00+07:00", "A", "B", "10.00"});
  EXPECT_THAT(alerts_of(stream), ElementsAre("c-shadow shadow account:B e1", "c-shadow shadow account:B e2"));
}

TEST(ShadowMode, LiveSignalsReachShadowRules) {
  Stream stream(
      rule("a", "live", "direction == \"in\"", "amount > IDR 50", "  silent: true\n  mark: [other]") +
      rule("b", "shadow", "signal(\"a\")", "count() over 7d >= 1"));
  stream.pay({"e1", "2025-03-01T09:00:00+07:00"});
  EXPECT_THAT(alerts_of(stream), ElementsAre("b shadow account:B e1", "b shadow account:A e1"));
}

// Whatever a shadow rule sees, signals and marks: live alerts are the same with it and without it.
TEST(ShadowMode, ChangesNothingForLiveRules) {
  const std::string live =
      rule("a", "live", "direction == \"in\"", "amount > IDR 50", "  mark: [other]\n  quiet: 1h") +
      rule("c", "live", "signal(\"a\") || direction == \"in\"", "count() over 1d >= 3");
  const std::string shadow =
      rule("b", "shadow", "signal(\"a\") || direction == \"in\"", "count() over 1d >= 2", "  mark: [other]") +
      rule("d", "shadow", "signal(\"b\") || signal(\"c\")", "count() over 1d >= 2");
  Stream without(live), with(live + shadow);
  for (int i = 0; i < 40; ++i) {
    const Payment payment{
        fmt::format("e{}", i), fmt::format("2025-03-{:02}T{:02}:00:00+07:00", 1 + i / 10, 8 + i % 7),
        i % 3 == 0 ? "A" : "C", i % 5 == 0 ? "A" : "B", fmt::format("{}.00", 40 + 7 * (i % 4))};
    without.pay(payment);
    with.pay(payment);
  }
  std::vector<std::string> expected, got;
  std::size_t tried = 0;
  for (const Hit& hit : without.hits()) expected.push_back(hit.alert_id + ' ' + hit.group_id);
  for (const Hit& hit : with.hits()) {
    if (hit.mode == rules::Mode::kLive)
      got.push_back(hit.alert_id + ' ' + hit.group_id);
    else
      ++tried;
  }
  EXPECT_GT(tried, 10U);
  EXPECT_GT(expected.size(), 10U);
  EXPECT_EQ(got, expected);
}

TEST(ShadowMode, HasGroupsOfItsOwn) {
  const auto of_account = [](std::string_view id, std::string_view mode) {
    return rule(id, mode, "direction == \"in\"", "amount > IDR 50");
  };
  Stream stream(of_account("a", "shadow") + of_account("b", "live") + of_account("c", "live"));
  stream.pay({"e1", "2025-03-01T09:00:00+07:00"});
  ASSERT_EQ(stream.hits().size(), 3U);
  EXPECT_NE(stream.hits()[0].group_id, stream.hits()[1].group_id);
  EXPECT_EQ(stream.hits()[1].group_id, stream.hits()[2].group_id);
}

}  // namespace
}  // namespace suar::engine
