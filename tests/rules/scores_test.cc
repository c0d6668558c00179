// Bands, weighing and exceptions: what the checker finds wrong with them, and that it finds it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "draft.h"

namespace suar::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A rule with these lines in place of the draft's `when` and `raise`.
std::string rule_with(const std::string& lines) {
  Draft draft;
  draft.let = "{n: count() over 7d, total: sum(amount) over 7d}";
  draft.params = "{limit: 20, fee: {default: IDR 5, student: IDR 1}}";
  std::string text = draft.yaml();
  text.resize(text.find("when:"));
  return text + lines;
}

// "code text under the caret" of each finding but unused names.
std::vector<std::string> found(const std::string& lines) {
  std::vector<std::string> out;
  for (const Diagnostic& f : load_files({rule_with(lines)}).findings) {
    if (f.code != "SUAR-R050") out.push_back(f.code.substr(5) + " " + underlined(f));
  }
  return out;
}

std::vector<std::string> in_bands(const std::string& by, const std::string& bands) {
  return found(
      fmt::format("when: n > 1\nraise: {{by: {}, bands: [{}], because: {{en: b, id: b}}}}\n", by, bands));
}

std::vector<std::string> in_weigh(const std::string& weigh, const std::string& when = "") {
  return found(fmt::format("{}weigh: {{{}}}\nraise: {{severity: low, because: {{en: b, id: b}}}}\n",
                           when.empty() ? "" : "when: " + when + "\n", weigh));
}

TEST(BandFindings, NoneWhereTheyMeet) {
  EXPECT_THAT(
      in_bands(
          "n",
          "{to: 8, severity: low}, {from: 8, to: limit, severity: medium}, {from: limit, severity: high}"),
      IsEmpty());
  EXPECT_THAT(in_bands("total", "{from: IDR 1, severity: low}, {from: IDR 5, severity: high}"), IsEmpty());
}

TEST(BandFindings, GapsAndOverlaps) {
  EXPECT_THAT(in_bands("n", "{to: 8, severity: low}, {from: 9, severity: high}"), ElementsAre("R045 8"));
  EXPECT_THAT(in_bands("n", "{to: 8, severity: low}, {from: 8, to: 20, severity: high}"),
              ElementsAre("R045 20"));
  EXPECT_THAT(in_bands("n", "{to: 8, severity: low}, {from: 7, severity: high}"), ElementsAre("R046 8"));
  EXPECT_THAT(in_bands("n", "{from: 8, severity: low}, {from: 7, severity: high}"), ElementsAre("R046 7"));
  EXPECT_THAT(in_bands("n", "{severity: low}, {severity: high}"), ElementsAre("R046 severity"));
  EXPECT_THAT(in_bands("n", "{from: 9, to: 8, severity: low}, {from: 10, severity: high}"),
              ElementsAre("R011 8"));
}

TEST(BandFindings, WrongUnitsAndShapes) {
  EXPECT_THAT(in_bands("total", "{from: 8, severity: low}"), ElementsAre("R026 8"));
  EXPECT_THAT(in_bands("total", "{from: USD 8, severity: low}"), ElementsAre("R026 USD 8"));
  EXPECT_THAT(in_bands("channel", "{from: 8, severity: low}"), ElementsAre("R025 channel"));
  EXPECT_THAT(in_bands("n", "{severity: low}, {from: 8, score: 5}"), ElementsAre("R009 from"));
  EXPECT_THAT(in_bands("nn", "{severity: low}"), ElementsAre("R020 nn"));
}

TEST(Weigh, BecomesTheConditionAndTheScore) {
  const LoadResult result = load_files({rule_with(
      "weigh: {terms: {many: {value: n > 3, weight: 40}, fresh: {value: recency(7d) over 14d, weight: 30}}, "
      "threshold: 60}\nraise: {severity: low, because: {en: \"{score}\", id: b}}\n")});
  ASSERT_NE(result.rules, nullptr);
  const Rule& rule = result.rules->rules[0];
  EXPECT_EQ(to_text(*rule.when), "(let4 >= 60)");
  EXPECT_EQ(to_text(*rule.lets[4].value), "((let2 ? 40 : 0) + ((let3 == let3) ? (let3 * 30) : 0))");
  EXPECT_EQ(to_text(*rule.raise.score_by), "let4");
}

TEST(Weigh, FindsAThresholdThatNothingReaches) {
  const std::string terms =
      "terms: {a: {value: n > 3, weight: 40}, b: {value: recency(7d) over 14d, weight: 30}}";
  EXPECT_THAT(in_weigh(terms + ", threshold: 70"), IsEmpty());
  EXPECT_THAT(in_weigh(terms + ", threshold: 71"), ElementsAre("R047 71"));
  EXPECT_THAT(in_weigh(terms + ", modifiers: {m: {when: n > 9, factor: 1.5}}, threshold: 71"), IsEmpty());
  EXPECT_THAT(in_weigh("terms: {a: {value: n, weight: 1}}, threshold: 1_000"), IsEmpty());
  EXPECT_THAT(in_weigh("terms: {a: {value: n, bands: [{from: 8, weight: 5}]}}, threshold: 6"),
              ElementsAre("R047 6"));
  EXPECT_THAT(in_weigh(terms + ", threshold: 0", "n > 1"), ElementsAre("R061 0"));
}

TEST(Weigh, FindsWhatIsMissingOrWrong) {
  EXPECT_THAT(in_weigh("terms: {a: {value: n > 3, weight: 40}}"), ElementsAre("R009 rule"));
  EXPECT_THAT(in_weigh("terms: {a: {value: n > 3}}, threshold: 4"), ElementsAre("R009 value"));
  EXPECT_THAT(in_weigh("terms: {a: {value: total, weight: 5}}, threshold: 4"), ElementsAre("R025 a"));
  EXPECT_THAT(in_weigh("terms: {n: {value: n > 3, weight: 5}}, threshold: 4"), ElementsAre("R014 n"));
  EXPECT_THAT(in_weigh("terms: {a: {value: n > 3, weight: fee}}, threshold: 4"), ElementsAre("R026 fee"));
  EXPECT_THAT(
      in_weigh(
          "terms: {a: {value: n > 3, weight: 5}}, modifiers: {m: {when: n > 9, factor: 0}}, threshold: 4"),
      ElementsAre("R011 0"));
  EXPECT_THAT(in_weigh("terms: {score: {value: n > 3, weight: 5}}, threshold: 4"), ElementsAre("R014 score"));
}

// The findings of a rule that looks at every credit and weighs a nationality so heavily.
std::vector<std::string> by_nationality(int weight) {
  std::string text =
      rule_with(fmt::format("weigh: {{terms: {{a: {{value: 'other.nationality == \"MM\"', weight: {}}}, b: "
                            "{{value: n > 3, weight: 20}}}}, "
                            "threshold: 50}}\nraise: {{severity: low, because: {{en: b, id: b}}}}\n",
                            weight));
  const std::string events = "events: amount > IDR 1";
  text.replace(text.find(events), events.size(), "events: direction == \"in\"");
  std::vector<std::string> out;
  for (const Diagnostic& f : load_files({text}).findings) {
    if (f.code != "SUAR-R050") out.push_back(f.code.substr(5) + " " + underlined(f));
  }
  return out;
}

TEST(Weigh, IsHeldToFairness) {
  EXPECT_THAT(by_nationality(50), ElementsAre("R038 terms"));
  EXPECT_THAT(by_nationality(40), IsEmpty());
}

TEST(Raise, TakesAComputedScore) {
  EXPECT_THAT(found("when: n > 1\nraise: {severity: low, score: 3 * n, because: {en: b, id: b}}\n"),
              IsEmpty());
  EXPECT_THAT(found("when: n > 1\nraise: {severity: low, score: total, because: {en: b, id: b}}\n"),
              ElementsAre("R026 total"));
  EXPECT_THAT(found("when: n > 1\nraise: {severity: low, score: 2.5, because: {en: b, id: b}}\n"),
              ElementsAre("R011 2.5"));
  EXPECT_THAT(found("when: n > 1\nraise: {severity: low, step: 0, because: {en: b, id: b}}\n"),
              ElementsAre("R011 0"));
}

TEST(Step, ClimbsOnlyAScoreThatCanGrow) {
  const auto raised = [](const std::string& keys) {
    return found("when: n > 1\nraise: {quiet: 7d, step: 10, because: {en: b, id: b}, " + keys + "}\n");
  };
  EXPECT_THAT(raised("severity: low, score: 3 * n"), IsEmpty());
  EXPECT_THAT(raised("severity: low, by: n, bands: [{score: 10}, {from: 5, score: 20}]"), IsEmpty());
  EXPECT_THAT(raised("severity: low"), ElementsAre("R063 10"));
  EXPECT_THAT(raised("severity: low, score: 50"), ElementsAre("R063 10"));
  EXPECT_THAT(raised("score: 50, by: n, bands: [{severity: low}, {from: 5, severity: high}]"),
              ElementsAre("R063 10"));
}

TEST(CrimeSignal, IsAskedForInEvents) {
  Draft draft;
  draft.let = "{n: count() over 7d where crime_signal(\"bribery\")}";
  draft.when = "n > 1";
  EXPECT_THAT(brief(load(draft).findings),
              ElementsAre("SUAR-R031 9:45 write in `events`: ... || crime_signal(\"bribery\")"));
  draft.let = "{}";
  draft.events = "crime_signal(\"briberi\")";
  draft.when = "count() over 7d > 1";
  EXPECT_THAT(brief(load(draft).findings), ElementsAre("SUAR-R012 8:22 did you mean `bribery`?"));
}

TEST(Exceptions, HaveANameAReasonAndACondition) {
  const std::string raise = "when: n > 1\nraise: {severity: low, because: {en: b, id: b}}\nexceptions: ";
  EXPECT_THAT(
      found(raise + "[{name: a, reason: r, when: n > 5}, {name: b, reason: r, subjects: [\"account:1\"]}]\n"),
      IsEmpty());
  EXPECT_THAT(found(raise + "[{name: a, when: n > 5}]\n"), ElementsAre("R009 name"));
  EXPECT_THAT(found(raise + "[{name: a, reason: r}]\n"), ElementsAre("R009 name"));
  EXPECT_THAT(found(raise + "[{name: a, reason: r, when: n}]\n"), ElementsAre("R025 n"));
  EXPECT_THAT(found(raise + "[{name: a, reason: r, when: n > 5}, {name: a, reason: r, when: n > 6}]\n"),
              ElementsAre("R014 a"));
}

}  // namespace
}  // namespace suar::rules
