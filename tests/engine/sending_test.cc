// Which hits become alerts: suppressions and the limit of a day.
#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;

// "trigger mode" of each alert of a rule.
std::vector<std::string> sent(const Stream& stream, std::string_view rule = "a") {
  std::vector<std::string> out;
  for (const Hit& hit : stream.hits()) {
    if (hit.rule->id == rule)
      out.push_back(fmt::format("{} {}{}", hit.trigger_event_id, rules::name_of(hit.mode),
                                hit.limited_until ? " limited" : ""));
  }
  return out;
}

std::string rule(std::string_view raise) {
  return rule_text("a", "watch: account\nevents: direction == \"in\"\nwhen: amount > IDR 1", raise);
}

std::string suppressed(std::string_view more) {
  return rule("") + "---\n" +
         rule_text("b", "watch: account\nevents: signal(\"a\")\nwhen: count() over 30d >= 1") +
         fmt::format(
             "---\nsuppressions:\n  - {{rule: a, subject: \"account:B\", reason: r, author: x, approver: y, "
             "{}}}\n",
             more);
}

Payment on(int day, int hour = 9, std::string to = "B") {
  return {fmt::format("e{}-{}", day, hour), fmt::format("2025-03-{:02}T{:02}:00:00+07:00", day, hour), "A",
          std::move(to)};
}

TEST(Suppression, KeepsQuietUntilItEndsAndStillSignals) {
  Stream stream(suppressed("until: 2025-03-02"));
  for (int day = 1; day <= 3; ++day) stream.pay(on(day));
  stream.pay(on(1, 10, "C"));
  EXPECT_THAT(sent(stream), ElementsAre("e3-9 live", "e1-10 live"));
  EXPECT_THAT(sent(stream, "b"), ElementsAre("e1-9 live", "e2-9 live", "e3-9 live", "e1-10 live"));
  EXPECT_EQ(stream.engine().rule_counters()[0].snoozed, 2U);
  EXPECT_EQ(stream.engine().rule_counters()[0].hits, 4U);
}

TEST(Suppression, EndsWithTheHitBeyondItsLimit) {
  Stream amounts(suppressed("until: 2025-03-30, limit: IDR 250"));
  Stream hits(suppressed("until: 2025-03-30, limit: 1"));
  for (int day = 1; day <= 4; ++day) {
    amounts.pay(on(day));
    hits.pay(on(day));
  }
  EXPECT_THAT(sent(amounts), ElementsAre("e3-9 live", "e4-9 live"));
  EXPECT_THAT(sent(hits), ElementsAre("e2-9 live", "e3-9 live", "e4-9 live"));
}

TEST(DailyLimit, SendsTheRestOfTheDayToTheShadows) {
  Stream stream(rule("  max_alerts_per_day: 2"));
  for (int hour = 8; hour <= 11; ++hour) stream.pay(on(1, hour));
  // Stream time lags a minute behind, so this one still belongs to the day before.
  stream.pay({"midnight", "2025-03-02T00:00:30+07:00"});
  stream.pay(on(2, 8));
  EXPECT_THAT(sent(stream), ElementsAre("e1-8 live", "e1-9 live limited", "e1-10 shadow limited",
                                        "e1-11 shadow limited", "midnight shadow limited", "e2-8 live"));
  EXPECT_EQ(stream.engine().rule_counters()[0].over_limit, 3U);
  EXPECT_EQ(stream.engine().rule_counters()[0].limits_reached, 1U);
  EXPECT_EQ(event::to_rfc3339(*stream.hits()[2].limited_until, 420), "2025-03-02T00:00:00+07:00");
}

TEST(DailyLimit, CountsDaysOfItsZone) {
  Stream stream(rule("  max_alerts_per_day: 1\n  zone: UTC"));
  stream.pay(on(1, 6));  // still the 28th of February there
  stream.pay(on(1, 8));
  stream.pay(on(1, 9));
  EXPECT_THAT(sent(stream), ElementsAre("e1-6 live limited", "e1-8 live limited", "e1-9 shadow limited"));
}

}  // namespace
}  // namespace suar::engine
