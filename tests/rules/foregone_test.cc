// What the checker knows beforehand: conditions that never or always hold, and what a rule does in vain.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "draft.h"

namespace suar::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> found(const Draft& draft) {
  std::vector<std::string> out;
  for (const Diagnostic& f : load(draft).findings) {
    if (f.code != "SUAR-R050") out.push_back(f.code.substr(5) + " " + underlined(f));
  }
  return out;
}

std::vector<std::string> in_when(const std::string& when) {
  Draft draft;
  draft.params = "{many: {default: 5, student: 3}}";
  draft.let = "{n: count() over 7d, part: share(channel == \"atm\") over 7d, total: sum(amount) over 7d}";
  draft.when = "'" + when + "'";
  return found(draft);
}

TEST(Foregone, ComparisonsThatNoValuePasses) {
  EXPECT_THAT(in_when("n > 3 && part > 1"), ElementsAre("R054 part > 1"));
  EXPECT_THAT(in_when("n > 3 && part >= 100%"), IsEmpty());
  EXPECT_THAT(in_when("n > 3 && event_time.getHours(\"WIB\") >= 24"),
              ElementsAre("R054 event_time.getHours(\"WIB\") >= 24"));
  EXPECT_THAT(in_when("n > 3 && total < IDR 0"), ElementsAre("R054 total < IDR 0"));
  EXPECT_THAT(in_when("n > 3 && part * 2 + 1 > 3"), ElementsAre("R054 part * 2 + 1 > 3"));
}

TEST(Foregone, ComparisonsThatNoValueFails) {
  EXPECT_THAT(in_when("n > 3 && total >= IDR 0"), ElementsAre("R061 total >= IDR 0"));
  EXPECT_THAT(in_when("n > 3 && n + 1 > 0"), ElementsAre("R061 n + 1 > 0"));
  // A share may be absent, and then it is not.
  EXPECT_THAT(in_when("n > 3 && part >= 0"), IsEmpty());
}

TEST(Foregone, ConditionsThatExcludeOneAnother) {
  EXPECT_THAT(in_when("n > 3 && n < 3"), ElementsAre("R054 n < 3"));
  EXPECT_THAT(in_when("n > 3 && 3 >= n"), ElementsAre("R054 3 >= n"));
  EXPECT_THAT(in_when("n >= 3 && n <= 3"), IsEmpty());
  EXPECT_THAT(in_when("n == 3 && n == 4"), ElementsAre("R054 n == 4"));
  EXPECT_THAT(in_when("n > 3 && (n < 3 || part > 0.5)"), IsEmpty());
  EXPECT_THAT(in_when("n >= many && n < 4"), IsEmpty());
  EXPECT_THAT(in_when("n >= many && n < 3"), ElementsAre("R054 n < 3"));
  EXPECT_THAT(in_when("n > 3 && channel == \"atm\" && channel in [\"teller\", \"mobile\"]"),
              ElementsAre("R054 channel in [\"teller\", \"mobile\"]"));
}

TEST(Foregone, AlsoAcrossEventsAndWhen) {
  Draft draft;
  draft.events = "direction == \"in\"";
  draft.when = "count() over 7d >= 3 && direction == \"out\"";
  EXPECT_THAT(found(draft), ElementsAre("R054 direction == \"out\""));
}

TEST(Foregone, BandsThatNothingReaches) {
  Draft draft;
  std::string text = draft.yaml();
  text.resize(text.find("let:"));
  const LoadResult result =
      load_files({text + "let: {part: share(channel == \"atm\") over 7d}\nwhen: part > 0.5\n"
                         "raise: {by: part, bands: [{severity: low}, {from: 80%, severity: high}, {from: 80, "
                         "severity: critical}], "
                         "because: {en: b, id: b}}\n"});
  EXPECT_THAT(brief(result.findings), ElementsAre("warning SUAR-R054 11:80"));
}

TEST(Unheard, SilentRulesAndMarks) {
  Draft marks;
  marks.mark = "[other]";
  EXPECT_THAT(found(marks), ElementsAre("R062 other"));
  std::string silent = Draft{}.yaml();
  silent.replace(silent.find("raise:"), std::string::npos, "raise: {silent: true}\n");
  EXPECT_THAT(
      brief(load_files({silent}).findings),
      ElementsAre(
          "warning SUAR-R062 1:7 ask with signal(\"r\") or crime_signal(...) in the `events` of a rule"));
  Draft asks;
  asks.id = "s";
  asks.events = "signal(\"r\")";
  EXPECT_THAT(load_files({silent, asks.yaml()}).findings, IsEmpty());
}

TEST(Unheard, AStepThatNothingClimbs) {
  std::string text = Draft{}.yaml();
  text.replace(text.find("raise:"), std::string::npos,
               "raise: {severity: low, step: 5, quiet: 1d, because: {en: b, id: b}}\n");
  EXPECT_THAT(brief(load_files({text}).findings), ElementsAre("warning SUAR-R063 11:30"));
}

}  // namespace
}  // namespace suar::rules
