// A change of rules or reference data between two records: what goes on, what begins anew, and what an alert
// says of a window that is not full yet.
#include <gmock/gmock.h>

#include <algorithm>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string day(int n) {
  return event::to_rfc3339(event::parse_rfc3339("2025-03-01T10:00:00Z")->instant + event::Duration::days(n));
}
event::Instant at(int n) {
  return event::parse_rfc3339(day(n))->instant;
}

// A rule on what comes in, with a let `w`.
std::string counting(std::string_view id, std::string_view window, std::string_view when = "w >= 2",
                     std::string_view raise = "") {
  return rule_text(
      id, fmt::format("watch: account\nevents: direction == \"in\"\nlet:\n  w: '{}'\nwhen: {}", window, when),
      raise);
}
std::string both(const std::string& a, const std::string& b) {
  return a + "---\n" + b;
}

void pay_daily(Stream& stream, int from, int until, const std::string& amount = "100.00") {
  for (int n = from; n < until; ++n) stream.pay({fmt::format("e{}", n), day(n), "A", "B", amount});
}

// "w" at the last hit of a rule.
std::string value_of(const Stream& stream, std::string_view rule) {
  for (auto hit = stream.hits().rbegin(); hit != stream.hits().rend(); ++hit)
    if (hit->rule->id == rule) return event::to_string(hit->values.front().value.number.num);
  return "no hit";
}
std::optional<event::Instant> warming(const Stream& stream, std::string_view rule) {
  for (auto hit = stream.hits().rbegin(); hit != stream.hits().rend(); ++hit)
    if (hit->rule->id == rule) return hit->warming_up_since;
  return std::nullopt;
}

TEST(CarryOverTest, LeavesEverythingOfTheRulesThatStay) {
  const std::string stays = counting("stays", "sum(amount) over 5d", "w > IDR 250", "  quiet: 2d");
  const std::string other = counting("alone", "count() over 3d where amount > IDR 50");
  Stream undisturbed(stays), changed(stays);
  for (int n = 0; n < 40; ++n) {
    if (n % 10 == 3) changed.change_to(both(other, stays));
    if (n % 10 == 8) changed.change_to(stays);
    for (Stream* stream : {&undisturbed, &changed}) {
      pay_daily(*stream, n, n + 1);
      if (n % 7 == 5) stream->send(act("reverse", fmt::format("r{}", n), fmt::format("e{}", n - 2), day(n)));
      if (n % 7 == 3)
        stream->send(act("reverse", fmt::format("p{}", n), fmt::format("e{}", n), day(n),
                         R"(,"amount":"60.00","currency":"IDR")"));
    }
  }
  std::vector<std::string> expected, found;
  for (const Hit& hit : undisturbed.hits()) expected.push_back(hit.alert_id);
  for (const Hit& hit : changed.hits()) {
    if (hit.rule->id != "stays") continue;
    found.push_back(hit.alert_id);
    EXPECT_FALSE(hit.warming_up_since);
  }
  EXPECT_THAT(expected, SizeIs(::testing::Gt(5)));
  EXPECT_EQ(found, expected);
}

TEST(CarryOverTest, GivesALongerWindowWhatIsKeptUntilItIsFull) {
  Stream stream(counting("r", "count() over 5d"));
  pay_daily(stream, 0, 20);
  EXPECT_EQ(value_of(stream, "r"), "5");
  stream.change_to(counting("r", "count() over 10d"));
  pay_daily(stream, 20, 21);
  EXPECT_EQ(value_of(stream, "r"), "6") << "the five that were kept, and this one";
  EXPECT_EQ(warming(stream, "r"), at(14));
  pay_daily(stream, 21, 24);
  EXPECT_EQ(value_of(stream, "r"), "9");
  EXPECT_EQ(warming(stream, "r"), at(14));
  pay_daily(stream, 24, 25);
  EXPECT_EQ(value_of(stream, "r"), "10");
  EXPECT_EQ(warming(stream, "r"), std::nullopt);
}

TEST(CarryOverTest, ShortensAWindowAtOnce) {
  Stream stream(counting("r", "count() over 10d"));
  pay_daily(stream, 0, 20);
  stream.change_to(counting("r", "count() over 5d"));
  pay_daily(stream, 20, 21);
  EXPECT_EQ(value_of(stream, "r"), "5");
  EXPECT_EQ(warming(stream, "r"), std::nullopt);
}

TEST(CarryOverTest, BeginsAWindowOnOtherEventsEmpty) {
  Stream stream(counting("r", "count() over 5d"));
  pay_daily(stream, 0, 20);
  stream.change_to(
      both(counting("r", "count() over 5d"), counting("new", "count() over 5d where amount > IDR 1")));
  pay_daily(stream, 20, 22);
  EXPECT_EQ(value_of(stream, "r"), "5");
  EXPECT_EQ(warming(stream, "r"), std::nullopt);
  EXPECT_EQ(value_of(stream, "new"), "2");
  EXPECT_EQ(warming(stream, "new"), at(19));
  pay_daily(stream, 22, 25);
  EXPECT_EQ(value_of(stream, "new"), "5");
  EXPECT_EQ(warming(stream, "new"), std::nullopt);
}

// What the events were counted for did not need their amounts, so those before the change have none.
TEST(CarryOverTest, SumsOnlyAmountsThatWereKept) {
  const std::string out = rule_text(
      "out", "watch: account\nevents: direction == \"out\"\nlet:\n  w: sum(amount) over 5d\nwhen: w > IDR 0");
  Stream stream(both(counting("r", "count() over 5d"), out));
  pay_daily(stream, 0, 20, "1.00");
  stream.change_to(both(counting("r", "sum(amount) over 5d", "w > IDR 0"), out));
  pay_daily(stream, 20, 22, "1.00");
  EXPECT_EQ(value_of(stream, "r"), "200");
  EXPECT_EQ(warming(stream, "r"), at(19));
  EXPECT_EQ(value_of(stream, "out"), "500");
  EXPECT_EQ(warming(stream, "out"), std::nullopt);
}

TEST(CarryOverTest, RemembersThroughARestartThatAWindowIsNotFull) {
  Stream stream(counting("r", "count() over 5d"));
  pay_daily(stream, 0, 20);
  stream.change_to(counting("r", "count() over 10d"));
  pay_daily(stream, 20, 21);
  stream.change_to(counting("r", "count() over 10d"));
  pay_daily(stream, 21, 22);
  EXPECT_EQ(value_of(stream, "r"), "7");
  EXPECT_EQ(warming(stream, "r"), at(14));
}

TEST(CarryOverTest, KeepsQuietPeriodsAcrossVersions) {
  std::string rule = counting("r", "count() over 5d", "w >= 2", "  quiet: 10d");
  Stream stream(rule);
  pay_daily(stream, 0, 3);
  ASSERT_THAT(stream.hits(), SizeIs(1));
  rule.replace(rule.find("version: 1"), 10, "version: 2");
  stream.change_to(rule);
  pay_daily(stream, 3, 11);
  EXPECT_THAT(stream.hits(), SizeIs(1));
  pay_daily(stream, 11, 12);
  ASSERT_THAT(stream.hits(), SizeIs(2));
  EXPECT_EQ(stream.hits().back().rule->version, 2);
}

TEST(CarryOverTest, KeepsSignalsThatStillCarryTheSame) {
  const auto rules = [](std::string_view values) {
    return both(counting("first", "count() over 5d", "amount > IDR 500",
                         fmt::format("  silent: true\n  signal: [{}]", values)),
                rule_text("second",
                          "watch: account\nevents: signal(\"first\") || direction == \"in\"\nlet:\n"
                          "  w: count() over 9d where signal(\"first\")\nwhen: w >= 1"));
  };
  Stream stream(rules("w"));
  stream.pay({"e0", day(0), "A", "B", "900.00"});
  stream.change_to(rules("w"));
  pay_daily(stream, 1, 2);
  EXPECT_EQ(value_of(stream, "second"), "1");
  const std::size_t before = stream.hits().size();
  stream.change_to(rules(""));
  pay_daily(stream, 2, 3);
  EXPECT_THAT(stream.hits(), SizeIs(before)) << "signals with another content are other signals";
}

TEST(CarryOverTest, KeepsADeadlineThatWaitsForTheSame) {
  const auto stops = [](std::string_view amount, int severity) {
    return rule_text("stops",
                     fmt::format("watch: account\nevents: direction == \"in\"\nwhen: amount >= IDR 50\n"
                                 "unless: amount >= IDR {} within 2d",
                                 amount),
                     fmt::format("  score: {}", severity));
  };
  const auto fired = [](Stream& stream) {
    stream.engine().advance(at(5));
    return stream.engine().hits().size();
  };
  Stream same(stops("80", 10)), disarmed(stops("80", 10)), other(stops("80", 10));
  for (Stream* stream : {&same, &disarmed, &other}) stream->pay({"e0", day(0), "A", "B", "60.00"});
  same.change_to(stops("80", 20));
  EXPECT_EQ(fired(same), 1U);
  disarmed.pay({"e1", day(1), "A", "B", "49.00"});
  disarmed.change_to(stops("80", 20));
  disarmed.pay({"e2", day(1), "A", "B", "90.00"});
  disarmed.engine().advance(at(2));
  EXPECT_THAT(disarmed.engine().hits(), IsEmpty());
  // Whether the other amount has come already is not known.
  other.change_to(stops("70", 10));
  EXPECT_EQ(fired(other), 0U);
}

// Parties have other numbers in other data.
TEST(CarryOverTest, FindsPartiesAgainInOtherReferenceData) {
  const auto person = [](std::string_view id) {
    return fmt::format("{{\"id\":\"{}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"n\"]}}}}\n", id);
  };
  const std::string kin =
      R"({"id":"f","schema":"Family","properties":{"person":["P1"],"relative":["P2"],"relationship":["spouse"]}})"
      "\n";
  const auto files = [](std::string bytes) {
    return std::vector<reference::File>{{"entities.ftm.ndjson", std::move(bytes)}};
  };
  const std::string rules =
      rule_text("r",
                "watch: account\nevents: direction == \"in\"\nlet:\n"
                "  w: 'count() over 30d where kin(other, trigger.other)'\nwhen: w >= 2");
  Stream stream(rules, files(person("P1") + person("P2") + person("P3") + kin));
  const auto pay = [&stream](std::string id, int n, std::string_view payer) {
    stream.send(fmt::format(
        R"({{"event_id":"{}","event_time":"{}","amount":"1.00","currency":"IDR","tx_type":"transfer","channel":"mobile",)"
        R"("debtor":{{"party_id":"{}","account":"{}"}},"creditor":{{"account":"B"}}}})",
        id, day(n), payer, payer));
  };
  pay("e0", 0, "P1");
  pay("e1", 1, "P3");
  stream.change_to(rules,
                   files(person("P0") + person("P00") + person("P3") + person("P2") + person("P1") + kin));
  const std::size_t before = stream.hits().size();
  pay("e2", 2, "P2");
  ASSERT_THAT(stream.hits(), SizeIs(before + 1));
  EXPECT_THAT(stream.hits().back().event_ids, ElementsAre("e2", "e0"));
}

}  // namespace
}  // namespace suar::engine
