// How grave a hit is: bands, computed scores, typologies, and what a quiet period lets through.
#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kHead =
    "version: 1\ntitle: {en: t, id: t}\ncrimes: [bribery]\nlook_alikes: [none]\nwatch: account\n";

std::string rule(std::string_view id, std::string_view body) {
  return fmt::format("---\nrule: {}\n{}{}\n", id, kHead, body);
}

// "trigger severity score" of each alert; "..." what it escalates, by its trigger.
std::vector<std::string> grades(const Stream& stream) {
  std::vector<std::string> out;
  for (const Hit& hit : stream.hits()) {
    std::string line = fmt::format("{} {} {}", hit.trigger_event_id, rules::name_of(hit.severity), hit.score);
    for (const Hit& other : stream.hits()) {
      if (other.alert_id == hit.escalates) line += " escalates " + other.trigger_event_id;
    }
    out.push_back(std::move(line));
  }
  return out;
}

Payment on_day(int day, std::string amount = "100.00", std::string from = "A") {
  Payment payment{fmt::format("e{}", day), fmt::format("2025-03-{:02}T09:00:00+07:00", day)};
  payment.amount = std::move(amount);
  payment.from = std::move(from);
  return payment;
}

std::string banded(std::string_view more) {
  return rule("r", fmt::format("events: direction == \"in\"\nlet: {{n: count() over 30d}}\nwhen: n >= 2\n"
                               "raise:\n  by: n\n  bands: [{{to: 4, severity: medium, score: 30}}, "
                               "{{from: 4, severity: high, score: 55}}]\n"
                               "  because: {{en: b, id: b}}\n{}",
                               more));
}

TEST(Bands, GradeEachHit) {
  Stream stream(banded(""));
  for (int day = 1; day <= 5; ++day) stream.pay(on_day(day));
  EXPECT_THAT(grades(stream), ElementsAre("e2 medium 30", "e3 medium 30", "e4 high 55", "e5 high 55"));
}

TEST(Bands, CountWhatIsAbsentAsTheFirst) {
  Stream stream(rule("r",
                     "events: direction == \"in\"\nwhen: amount > IDR 1\nraise:\n  by: self.balance_after\n"
                     "  bands: [{from: IDR 10, severity: low}, {from: IDR 20, severity: critical}]\n"
                     "  because: {en: b, id: b}"));
  stream.pay(on_day(1));
  EXPECT_THAT(grades(stream), ElementsAre("e1 low 0"));
}

TEST(Quiet, LetsAHigherSeverityThrough) {
  Stream stream(banded("  quiet: 30d"));
  for (int day = 1; day <= 6; ++day) stream.pay(on_day(day));
  EXPECT_THAT(grades(stream), ElementsAre("e2 medium 30", "e4 high 55 escalates e2"));
  EXPECT_EQ(stream.engine().rule_counters()[0].suppressed, 3U);
}

TEST(Quiet, LetsAHigherScoreThroughByTheStepAlone) {
  const std::string scored =
      "events: direction == \"in\"\nlet: {n: count() over 30d}\nwhen: n >= 2\n"
      "raise:\n  severity: low\n  score: 7.5 * n\n  quiet: 30d\n  because: {en: b, id: b}\n";
  Stream with_step(rule("r", scored + "  step: 15")), without(rule("r", scored));
  for (int day = 1; day <= 7; ++day) {
    with_step.pay(on_day(day));
    without.pay(on_day(day));
  }
  // 22.5 is rounded to the even 22, 37.5 to 38.
  EXPECT_THAT(grades(with_step),
              ElementsAre("e2 low 15", "e4 low 30 escalates e2", "e6 low 45 escalates e4"));
  EXPECT_THAT(grades(without), ElementsAre("e2 low 15"));
}

TEST(Score, IsHeldWithinItsRange) {
  Stream stream(rule("r",
                     "events: direction == \"in\"\nwhen: amount > IDR 1\nraise:\n  severity: low\n"
                     "  score: 'amount / IDR 1 - 50'\n  because: {en: b, id: b}"));
  stream.pay(on_day(1, "20.00"));
  stream.pay(on_day(2, "52.50"));
  stream.pay(on_day(3, "53.50"));
  stream.pay(on_day(4, "1000.00"));
  EXPECT_THAT(grades(stream), ElementsAre("e1 low 0", "e2 low 2", "e3 low 4", "e4 low 100"));
}

// What a typology rests on: signals of two rules, and a payment's own facts.
const std::string kTypology =
    rule("a", "events: direction == \"in\"\nwhen: amount == IDR 10\nraise: {silent: true}") +
    rule("b", "events: direction == \"in\"\nwhen: amount == IDR 20\nraise: {silent: true}") +
    rule("t",
         "events: signal(\"a\") || signal(\"b\") || direction == \"in\"\n"
         "let: {sum_in: sum(amount) over 30d}\n"
         "weigh:\n"
         "  terms:\n"
         "    first: {value: 'recency(10d) over 60d where signal(\"a\")', weight: 40}\n"
         "    second: {value: '(count() over 60d where signal(\"b\")) >= 1', weight: 30}\n"
         "    money: {value: sum_in, bands: [{from: IDR 100, to: IDR 300, weight: 5}, {from: IDR 300, "
         "weight: 10}]}\n"
         "    homely: {value: 'self.account_age / 100', weight: -1}\n"
         "  modifiers:\n"
         "    weekend: {when: 'event_time.getDayOfWeek(\"WIB\") == 6', factor: 1.5}\n"
         "  threshold: 45\n"
         "raise: {severity: high, because: {en: \"{score} of {first}\", id: b}}");

TEST(Typology, WeighsSignalsThatFadeAndConditions) {
  Stream stream(kTypology);
  stream.pay(on_day(3, "10.00"));   // a: 40
  stream.pay(on_day(13, "20.00"));  // a half-life later 20, b: 30
  ASSERT_THAT(grades(stream), ElementsAre("e13 high 50"));
  const Hit& hit = stream.hits()[0];
  std::vector<std::string> terms;
  for (const EvidenceTerm& term : hit.terms)
    terms.push_back(fmt::format("{} {}/{}", term.name, event::to_string(rules::reduce(term.points).num),
                                event::to_string(rules::reduce(term.points).den)));
  EXPECT_THAT(terms, ElementsAre("first 20/1", "second 30/1", "money 0/1", "homely 0/1"));
  EXPECT_THAT(hit.modifiers, IsEmpty());
  EXPECT_EQ(hit.because_en[1].number, (rules::Rational{1, 2}));
}

TEST(Typology, IsModifiedAndBandedAndSpokenAgainst) {
  Stream stream(kTypology);
  stream.pay(on_day(14, "20.00"));  // a Friday: 30
  EXPECT_THAT(stream.hits(), IsEmpty());
  Payment saturday = on_day(15, "90.00");  // 30 + 5 (110 in all) - 2, half as much again
  saturday.more = R"(,"purpose_code":"X")";
  stream.send(fmt::format(
      R"({{"event_id":"e15","event_time":"{}","amount":"90.00","currency":"IDR","tx_type":"transfer","channel":"mobile",)"
      R"("debtor":{{"account":"A"}},"creditor":{{"account":"B","opened":"2024-08-27"}}}})",
      saturday.time));
  ASSERT_THAT(grades(stream), ElementsAre("e15 high 50"));
  EXPECT_THAT(stream.hits()[0].modifiers, testing::SizeIs(1));
}

TEST(CrimeSignals, ReachWhoAsksForTheCrime) {
  const std::string other =
      "---\nrule: z\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [migrant_smuggling]\nlook_alikes: [none]\n"
      "watch: account\nevents: direction == \"in\"\nwhen: amount == IDR 30\nraise: {silent: true}\n";
  Stream stream(kTypology + other +
                rule("j",
                     "events: crime_signal(\"bribery\") || crime_signal(\"migrant_smuggling\")\n"
                     "let: {names: distinct(signal_rule) over 60d, smuggled: count() over 60d where "
                     "crime_signal(\"migrant_smuggling\")}\n"
                     "when: names >= 2 && smuggled >= 1\nraise: {severity: low, because: {en: b, id: b}}"));
  stream.pay(on_day(3, "10.00"));
  stream.pay(on_day(4, "10.00"));
  stream.pay(on_day(5, "30.00"));
  EXPECT_THAT(grades(stream), ElementsAre("e5 low 0"));
}

TEST(Exceptions, TakeHitsOutAndSayWhich) {
  const std::string excepted =
      rule("a",
           "events: direction == \"in\"\nlet: {n: count() over 30d}\nwhen: n >= 1 && amount > IDR 1\n"
           "exceptions:\n  - {name: known, reason: r, subjects: [\"account:C\"]}\n"
           "  - {name: small, reason: r, when: 'n >= 2 && amount < IDR 50'}\n"
           "raise: {severity: low, because: {en: b, id: b}}") +
      rule("b",
           "events: signal(\"a\")\nwhen: 'true || signal_rule == \"\"'\nraise: {severity: low, because: {en: "
           "b, id: b}}");
  Stream stream(excepted);
  stream.pay(on_day(1, "20.00"));
  stream.pay(on_day(2, "20.00"));
  Payment known = on_day(3);
  known.to = "C";
  stream.pay(known);
  EXPECT_THAT(grades(stream), ElementsAre("e1 low 0", "e1 low 0"));
  EXPECT_EQ(stream.engine().rule_counters()[0].excepted, 2U);
  EXPECT_EQ(stream.engine().rule_counters()[0].hits, 1U);
}

}  // namespace
}  // namespace suar::engine
