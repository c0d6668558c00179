// Layers of rules: overrides and suppressions.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "draft.h"

namespace suar::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string base() {
  Draft draft;
  draft.params = "{many: {default: 5, student: 3}}";
  draft.when = "count() over 30d >= many";
  return draft.yaml();
}

std::vector<std::string> problems(const std::vector<std::string>& files) {
  std::vector<std::string> out;
  for (const Diagnostic& f : load_files(files).findings)
    out.push_back(fmt::format("{} {}:{}", f.code, f.line, f.column));
  return out;
}

TEST(Overrides, ChangeWhatTheySayAndNothingElse) {
  const LoadResult result = load_files(
      {base(),
       "override: r\nreason: ours\nparams: {many: 9}\nseverity: critical\nscore: 90\nquiet: 7d\nstep: 5\n"
       "mode: shadow\nmax_alerts_per_day: 3\nexceptions: [{name: known, reason: seen, subjects: "
       "[\"account:1\"]}]\n"});
  ASSERT_NE(result.rules, nullptr);
  const Rule& rule = result.rules->rules[0];
  EXPECT_EQ(to_text(*rule.params[0].value), "9");
  EXPECT_THAT(rule.params[0].segments, IsEmpty());
  EXPECT_EQ(rule.raise.severity, AlertSeverity::kCritical);
  EXPECT_EQ(rule.raise.score, 90);
  EXPECT_EQ(rule.raise.quiet, event::Duration::days(7));
  EXPECT_EQ(rule.raise.max_alerts_per_day, 3);
  EXPECT_EQ(rule.mode, Mode::kShadow);
  EXPECT_EQ(rule.title.en, "t");
  std::vector<std::string> changes;
  for (const OverrideEffect& effect : result.rules->overrides)
    changes.push_back(
        fmt::format("{} {} -> {} at {}", effect.key, effect.before, effect.after, effect.at.line));
  EXPECT_THAT(changes, ElementsAre("params.many {default: 5, student: 3} -> 9 at 3",
                                   "severity low -> critical at 4", "score  -> 90 at 5", "quiet  -> 7d at 6",
                                   "step  -> 5 at 7", "max_alerts_per_day  -> 3 at 9",
                                   "mode live -> shadow at 8", "exceptions  -> known at 10"));
}

TEST(Overrides, OfWhatIsNotThereAreErrors) {
  EXPECT_THAT(problems({base(), "override: q\nreason: x\nmode: live\n"}), ElementsAre("SUAR-R048 1:11"));
  EXPECT_THAT(problems({base(), "override: r\nreason: x\nparams: {mani: 4}\n"}),
              ElementsAre("SUAR-R020 3:10"));
  EXPECT_THAT(problems({base(), "override: r\nmode: live\n"}), ElementsAre("SUAR-R009 1:1"));
}

TEST(Overrides, OfOneKeyAreOne) {
  const std::string once = "override: r\nreason: x\nquiet: 7d\n";
  EXPECT_THAT(problems({base(), once, once}), ElementsAre("SUAR-R014 3:8"));
}

TEST(Overrides, AreCheckedLikeTheRuleItself) {
  EXPECT_THAT(problems({base(), "override: r\nreason: x\nparams: {many: IDR 5}\n"}),
              ElementsAre("SUAR-R026 10:7"));
}

TEST(Overrides, ThatDisableLeaveTheAskersBe) {
  Draft asks;
  asks.id = "s";
  asks.events = "signal(\"r\") || amount > IDR 1";
  const LoadResult result = load_files({base(), asks.yaml(), "override: r\nreason: x\ndisabled: true\n"});
  ASSERT_NE(result.rules, nullptr);
  EXPECT_EQ(result.rules->find("r"), nullptr);
  EXPECT_NE(result.rules->find("s"), nullptr);
}

std::string suppression(const std::string& more, const std::string& approver = "b") {
  return fmt::format(
      "suppressions:\n  - {{rule: r, subject: \"account:1\", reason: x, author: a, approver: {}, {}}}\n",
      approver, more);
}

TEST(Suppressions, AreReadWithTheirLimits) {
  const LoadResult amount = load_files({base(), suppression("until: 2025-06-30, limit: IDR 5_000")});
  ASSERT_NE(amount.rules, nullptr);
  ASSERT_EQ(amount.rules->suppressions.size(), 1U);
  EXPECT_EQ(amount.rules->suppressions[0].until, event::parse_rfc3339("2025-07-01T00:00:00+07:00")->instant);
  EXPECT_EQ(amount.rules->suppressions[0].most_amount, 500'000);
  const LoadResult hits = load_files({base(), suppression("until: \"2025-06-30T12:00:00Z\", limit: 3")});
  ASSERT_NE(hits.rules, nullptr);
  EXPECT_EQ(hits.rules->suppressions[0].most_hits, 3);
}

TEST(Suppressions, NeedAnEndASecondPairOfEyesAndARule) {
  EXPECT_THAT(problems({base(), suppression("limit: 3")}), ElementsAre("SUAR-R009 2:6"));
  EXPECT_THAT(problems({base(), suppression("until: soon")}), ElementsAre("SUAR-R011 2:79"));
  EXPECT_THAT(problems({base(), suppression("until: 2025-06-30", "a")}), ElementsAre("SUAR-R049 2:69"));
  EXPECT_THAT(problems({base(), suppression("until: 2025-06-30, limit: USD 5")}),
              ElementsAre("SUAR-R011 2:98"));
  EXPECT_THAT(
      problems({base(),
                "suppressions:\n  - {rule: q, subject: \"account:1\", reason: x, author: a, approver: b, "
                "until: 2025-06-30}\n"}),
      ElementsAre("SUAR-R048 2:12"));
  EXPECT_THAT(
      problems({base(),
                "suppressions:\n  - {rule: r, subject: \"party:1\", reason: x, author: a, approver: b, "
                "until: 2025-06-30}\n"}),
      ElementsAre("SUAR-R011 2:25"));
}

TEST(Suppressions, ThatAreOverAreAWarning) {
  const std::vector<File> files{{"a.yaml", base()}, {"b.yaml", suppression("until: 2025-06-30")}};
  const auto checked_on = [&](std::string_view day) {
    return brief(load_rules(files, *event::parse_currency("IDR"), nullptr, event::parse_rfc3339(day)->instant)
                     .findings);
  };
  EXPECT_THAT(checked_on("2025-06-30T23:59:59+07:00"), IsEmpty());
  EXPECT_THAT(checked_on("2025-07-01T00:00:00+07:00"),
              ElementsAre("warning SUAR-R064 2:79 take it out, or have it approved anew"));
}

}  // namespace
}  // namespace suar::rules
