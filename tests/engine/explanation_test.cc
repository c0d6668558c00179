// What the engine tells about an evaluation, where it is asked to.
#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kRules =
    rule_text("fan-in",
              "watch: account\nevents: direction == \"in\" && amount >= IDR 10\n"
              "let:\n  payers: distinct(other) over 1d\n  total: sum(amount) over 1d\n"
              "when: payers >= 2 && total >= IDR 250",
              "  quiet: 2d\n  mark: [other]\n  signal: [payers]") +
    "---\n" +
    rule_text("follow-up", "watch: account\nevents: signal(\"fan-in\")\nwhen: count() over 7d >= 5");

class Explained : public ::testing::Test {
 protected:
  static Options options() {
    Options options;
    options.explain = [](const rules::Rule&) { return Detail::kAll; };
    return options;
  }
  const Explanation& of(std::string_view rule, std::string_view subject) {
    for (const Explanation& e : stream_.engine().explanations()) {
      if (e.rule->id == rule && e.subject_key == subject) return e;
    }
    ADD_FAILURE() << "no explanation of " << rule << " on " << subject;
    static const Explanation none;
    return none;
  }
  Stream stream_{kRules, options()};
};

std::vector<bool> truths(const Seen& seen) {
  std::vector<bool> out;
  for (const Seen& part : seen.parts) out.push_back(part.value.truth);
  return out;
}

TEST_F(Explained, ShowsWhichConditionFailedWithTheValuesItSaw) {
  stream_.pay({"e1", "2025-03-01T10:00:00Z", "A", "B", "100.00"});
  stream_.pay({"e2", "2025-03-01T11:00:00Z", "C", "B", "50.00"});
  const Explanation& e = of("fan-in", "account:B");
  EXPECT_EQ(e.verdict, Verdict::kNotMet);
  ASSERT_TRUE(e.when);
  EXPECT_THAT(truths(*e.when), ElementsAre(true, false));
  const Seen& total = e.when->parts[1];
  ASSERT_THAT(total.parts, SizeIs(2));
  EXPECT_EQ(total.parts[0].value.number, rules::Rational::of(15'000));
  EXPECT_EQ(total.parts[1].value.number, rules::Rational::of(25'000));
  ASSERT_THAT(e.windows, SizeIs(2));
  EXPECT_EQ(e.windows[1].event_count, 2U);
  EXPECT_EQ(e.windows[1].events[0].event_id, "e2");
  EXPECT_EQ(e.windows[1].events[0].value->number, rules::Rational::of(5'000));
  EXPECT_THAT(stream_.hits(), IsEmpty());
}

TEST_F(Explained, ShowsWhyTheRuleDidNotLookAtTheEvent) {
  stream_.pay({"e1", "2025-03-01T10:00:00Z", "A", "B", "9.00"});
  EXPECT_EQ(of("fan-in", "account:B").verdict, Verdict::kNotAdmitted);
  EXPECT_THAT(truths(*of("fan-in", "account:B").events), ElementsAre(true, false));
  EXPECT_THAT(truths(*of("fan-in", "account:A").events), ElementsAre(false, false));
  EXPECT_FALSE(of("fan-in", "account:A").events->parts[1].asked);
}

TEST_F(Explained, ShowsTheAlertTheQuietPeriodAndTheSignalsLeft) {
  stream_.pay({"e1", "2025-03-01T10:00:00Z", "A", "B", "200.00"});
  stream_.pay({"e2", "2025-03-01T11:00:00Z", "C", "B", "200.00"});
  const Explanation hit = of("fan-in", "account:B");
  EXPECT_EQ(hit.verdict, Verdict::kAlert);
  EXPECT_EQ(hit.alert_id, stream_.hits()[0].alert_id);
  ASSERT_THAT(hit.signals, SizeIs(2));
  EXPECT_EQ(hit.signals[0].key, "account:B");
  EXPECT_EQ(hit.signals[1].key, "account:C");
  EXPECT_TRUE(hit.signals[1].mark);
  EXPECT_EQ(hit.signals[1].values[0].second.number, rules::Rational::of(2));
  const Explanation follow_up = of("follow-up", "account:C");
  EXPECT_EQ(follow_up.verdict, Verdict::kNotMet);
  EXPECT_EQ(follow_up.signal, hit.rule);

  stream_.pay({"e3", "2025-03-01T12:00:00Z", "D", "B", "200.00"});
  const Explanation quiet = of("fan-in", "account:B");
  EXPECT_EQ(quiet.verdict, Verdict::kQuiet);
  EXPECT_EQ(quiet.alert_id, hit.alert_id);
  EXPECT_EQ(*quiet.quiet_until, hit.event_time + event::Duration::days(2));
}

TEST_F(Explained, SaysThatAnEventCameTooLate) {
  stream_.pay({"e1", "2025-03-03T10:00:00Z", "A", "B", "200.00"});
  stream_.pay({"e2", "2025-03-01T11:00:00Z", "C", "B", "200.00"});
  EXPECT_EQ(of("fan-in", "account:B").verdict, Verdict::kLate);
}

TEST(Explanations, AreNotMadeUnlessAskedFor) {
  Stream stream(kRules);
  stream.pay({"e1", "2025-03-01T10:00:00Z"});
  EXPECT_THAT(stream.engine().explanations(), IsEmpty());
}

}  // namespace
}  // namespace suar::engine
