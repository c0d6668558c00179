// Every mistake in a sequence, in `unless` and in what is asked of other events is found at its place.
#include <fmt/format.h>

#include "draft.h"
#include "rules/codes.h"

namespace suar::rules {
namespace {

using ::testing::HasSubstr;

std::string rule(std::string_view body, std::string_view raise = "silent: true") {
  return fmt::format(
      "rule: r\nversion: 1\ntitle: {{en: t, id: t}}\ncrimes: [bribery]\nlook_alikes: [none]\nwatch: account\n"
      "{}\nraise: {{{}}}\n",
      body, raise);
}

// "CODE underlined text" of each finding.
std::string found_in(const std::string& yaml) {
  std::string out;
  for (const Diagnostic& f : load_files({yaml}).findings)
    out += (out.empty() ? "" : " | ") + f.code.substr(5) + " " + underlined(f);
  return out;
}

std::string found_in_steps(std::string_view steps, std::string_view rest = "") {
  return found_in(rule(fmt::format("events: amount >= IDR 1\nsequence:\n{}\n{}", steps, rest)));
}

std::string suggestion_for(std::string_view steps) {
  const LoadResult result = load_files({rule(fmt::format("events: amount >= IDR 1\nsequence:\n{}", steps))});
  return result.findings.empty() ? "" : result.findings[0].suggestion;
}

// The rules of these tests are silent, and nobody asks for their signal: a warning that is right.
constexpr std::string_view kNothingWrong = "R062 r";

TEST(Sequences, AreReadAsTheyAreWritten) {
  const LoadResult result =
      load_files({rule("params: {hold: 2d}\nevents: amount >= IDR 1\nsequence:\n  a: direction == \"in\"\n"
                       "  b: direction == \"out\" && other != a.other within hold\n"
                       "  c: within(place_code, \"ID\") && amount > b.amount within 5d of a\n")});
  ASSERT_NE(result.rules, nullptr);
  const Rule& made = result.rules->rules[0];
  ASSERT_EQ(made.steps.size(), 3U);
  EXPECT_EQ(made.steps[1].of, 0);
  EXPECT_EQ(made.steps[1].within, event::Duration::days(2));
  EXPECT_EQ(made.steps[2].of, 0);
  EXPECT_EQ(made.sequence_reach, event::Duration::days(5));
  std::vector<std::string> sources;
  for (const Bound& bound : made.bound) sources.push_back(bound.source);
  EXPECT_THAT(sources, ::testing::ElementsAre("a.other", "a.other.key", "b.amount"));
  EXPECT_EQ(to_text(*made.when), "true");
}

TEST(Sequences, ReportStepsThatDoNotFitTogether) {
  EXPECT_EQ(found_in_steps("  a: direction == \"in\"\n  b: direction == \"out\""),
            "R039 direction == \"out\"");
  EXPECT_EQ(found_in_steps("  a: direction == \"in\" within 2d\n  b: direction == \"out\" within 2d"),
            "R039 2d");
  EXPECT_EQ(found_in_steps("  a: direction == \"in\"\n  b: direction == \"out\" within 0d"), "R039 0d");
  EXPECT_EQ(found_in_steps("  a: direction == \"in\"\n  b: direction == \"out\" within 2d of c"), "R039 c");
  EXPECT_EQ(found_in_steps("  a: direction == \"in\"\n  b: direction == \"out\" within 2d of b"), "R039 b");
  EXPECT_THAT(found_in_steps("  a: direction == \"in\""), HasSubstr("R039"));
  EXPECT_THAT(
      found_in_steps("  a: direction == \"in\"\n  b: amount > IDR 2 within 1d", "trigger: amount > IDR 3"),
      HasSubstr("R039 amount > IDR 3"));
  EXPECT_EQ(found_in_steps("  amount: direction == \"in\"\n  b: direction == \"out\" within 2d"),
            "R014 amount");
  EXPECT_THAT(found_in(rule("events: amount > IDR 1\nsequence: [a, b]")), HasSubstr("R010"));
  EXPECT_EQ(found_in_steps("  a: direction == \"in\"\n  b: direction == \"out\" within 2 of a"), "R026 2");
  EXPECT_EQ(found_in_steps("  a: direction == \"in\"\n  b: direction == \"out\" within 2d && amount > IDR 1"),
            "R016 &&");
}

TEST(Sequences, ReportWhatIsAskedOfAnotherEvent) {
  const auto second = [](std::string_view condition) {
    return found_in_steps(fmt::format("  a: amount > IDR 2\n  b: {} within 2d", condition));
  };
  EXPECT_EQ(second("amount > a.amout"), "R021 amout");
  EXPECT_EQ(second("amount > a"), "R025 a");
  EXPECT_EQ(second("amount > a.age"), "R021 age");
  EXPECT_EQ(second("a.remittance_info.contains(\"x\")"), "R025 a.remittance_info");
  EXPECT_EQ(second("listed(\"hubs\", a.other)"), "R025 other");
  EXPECT_EQ(second("a.channel in [\"atm\"]"), "R025 a.channel");
  EXPECT_EQ(second("a.kin(self)"), "R022 kin");
  EXPECT_EQ(second("amount > trigger.amount"), "R034 trigger");
  EXPECT_EQ(found_in_steps("  a: amount > b.amount\n  b: amount > IDR 2 within 2d"), "R034 b");
  EXPECT_EQ(suggestion_for("  a: amount > IDR 2\n  b: amount > a.age within 2d"),
            "it is a field of a party: `a.self.age` or `a.other.age`");
  EXPECT_EQ(second("kin(other, a.other) && has(a.other.region) && a.channel == \"atm\""), kNothingWrong);
}

TEST(Sequences, AreNotSeenByWindowsAndEvents) {
  const std::string steps = "  a: amount > IDR 2\n  b: direction == \"out\" within 2d";
  EXPECT_THAT(found_in_steps(steps, "when: count() over 7d where amount > a.amount > 3"), HasSubstr("R016"));
  EXPECT_EQ(found_in_steps(steps, "when: (count() over 7d where amount > a.amount) > 3"), "R034 a");
  EXPECT_EQ(found_in_steps(steps, "when: (sum(trigger.amount) over 7d) > IDR 3"), "R034 trigger");
  EXPECT_EQ(found_in_steps(steps, "when: (count() over 7d where amount > trigger.amount) > 3"),
            kNothingWrong);
  EXPECT_EQ(found_in_steps(steps, "let: {x: a.channel}\nwhen: x == \"atm\""), "R025 a.channel");
  EXPECT_EQ(found_in(rule("events: amount > IDR 1 within 2d\nwhen: amount > IDR 2")), "R016 within");
}

TEST(Sequences, DoNotFireOnTheMereFactOfPayments) {
  EXPECT_THAT(found_in(rule("events: direction != \"self\"\nsequence:\n  a: direction == \"in\"\n"
                            "  b: direction == \"out\" within 2d")),
              HasSubstr("R038"));
}

TEST(Unless, ReportsWhatDoesNotBelongThere) {
  const auto unless = [](std::string_view text, std::string_view raise = "silent: true") {
    return found_in(
        rule(fmt::format("events: amount > IDR 1\nwhen: amount > IDR 5\nunless: {}", text), raise));
  };
  EXPECT_EQ(unless("other == trigger.other within 40d"), kNothingWrong);
  EXPECT_EQ(unless("other == trigger.other"), "R039 other == trigger.other");
  EXPECT_EQ(unless("other == trigger.other within 40d of amount"), "R039 amount");
  EXPECT_EQ(unless("trigger.remittance_info.contains(\"x\") within 4d"), "R025 trigger.remittance_info");
  EXPECT_EQ(unless("(count() over 3d) > 4 within 4d"), "R033 count() over 3d");
  EXPECT_EQ(unless("amount > IDR 1 within 4d", "silent: true, each: true"), "R039 true");
}

std::string chain(std::string_view events, std::string_view raise) {
  return fmt::format(
      "rule: c\nversion: 1\ntitle: {{en: t, id: t}}\ncrimes: [bribery]\nlook_alikes: [none]\nwatch: account\n"
      "events: '{}'\nlet: {{total: sum(amount) over 3d}}\nwhen: total > IDR 5\nraise: {{silent: true, {}}}\n",
      events, raise);
}

TEST(Chains, MayAskForMarksOfTheirOwn) {
  EXPECT_EQ(found_in(chain("marked(\"c\") && signal_value(\"amount\") > IDR 1 || amount > IDR 9",
                           "signal: [amount, self, total], mark: [other]")),
            "");
  EXPECT_THAT(found_in(chain("signal(\"c\") || amount > IDR 9", "signal: [amount], mark: [other]")),
              HasSubstr("R032"));
  EXPECT_EQ(found_in(chain("marked(\"c\") && signal(\"c\", \"total\") > IDR 1 || amount > IDR 9",
                           "signal: [total], mark: [other]")),
            "R032 \"total\"");
  EXPECT_EQ(found_in(chain("marked(\"d\") || amount > IDR 9", "signal: [total]")), "R030 \"d\"");
  EXPECT_EQ(found_in(chain("marked(\"c\") && signal_value(\"amuont\") > IDR 1 || amount > IDR 9",
                           "signal: [amount]")),
            "R030 \"amuont\"");
  EXPECT_EQ(found_in(chain("amount > IDR 9", "signal: [amuont]")), "R020 amuont");
}

}  // namespace
}  // namespace suar::rules
