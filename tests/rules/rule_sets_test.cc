// What stands in a checked rule, the order of rules, and the fairness guard.
#include <gtest/gtest.h>

#include "draft.h"

namespace suar::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> ids(const LoadResult& result) {
  std::vector<std::string> out;
  for (const Rule& rule : result.rules->rules) out.push_back(rule.id);
  return out;
}

std::string asking(const std::string& id, const std::string& other) {
  Draft draft;
  draft.id = id;
  if (!other.empty()) draft.events = "amount > IDR 1 || signal(\"" + other + "\")";
  return draft.yaml();
}

TEST(RuleSet, RunsRulesAfterThoseWhoseSignalsTheyAskForThenById) {
  EXPECT_THAT(ids(load_files(
                  {asking("a", "z"), asking("c", ""), asking("z", ""), asking("b", "a"), asking("y", "c")})),
              ElementsAre("c", "z", "a", "y", "b"));
}

TEST(RuleSet, RefusesRulesThatWaitForOneAnother) {
  const LoadResult result =
      load_files({asking("a", "b"), asking("b", "c"), asking("c", "b"), asking("d", "d")});
  ASSERT_THAT(result.findings, SizeIs(2));
  EXPECT_EQ(result.findings[0].code, "SUAR-R032");
  EXPECT_THAT(result.findings[0].message, HasSubstr("`b` asks `c` asks `b`"));
  EXPECT_THAT(result.findings[1].message, HasSubstr("`d` asks `d`"));
}

TEST(RuleSet, AsksThroughMacrosToo) {
  Draft draft;
  draft.id = "a";
  draft.events = "flagged && amount > IDR 1";
  const LoadResult result = load_files({draft.yaml(), asking("z", ""), "macros: {flagged: signal(\"z\")}\n"});
  EXPECT_THAT(ids(result), ElementsAre("z", "a"));
  EXPECT_THAT(result.rules->find("a")->asks, ElementsAre("z"));
}

TEST(RuleSet, ValuesTravelWithSignalsUnderTheirTypes) {
  Draft source;
  source.id = "source";
  source.let = "{n: count() over 7d, total: sum(amount) over 7d}";
  source.when = "n > 3 && total > IDR 1";
  source.signal = "[n, total]";
  Draft draft;
  draft.id = "asker";
  draft.events = "signal(\"source\")";
  draft.let = "\n  most: max(signal(\"source\", \"total\")) over 30d";
  draft.when = "most > IDR 5 && signal(\"source\", \"n\") > 3";
  const LoadResult result = load_files({draft.yaml(), source.yaml()});
  ASSERT_THAT(result.findings, IsEmpty());
  const Rule& asker = *result.rules->find("asker");
  EXPECT_EQ(to_text(*asker.windows[0].value), "signal_value(; source)");
  EXPECT_EQ(asker.windows[0].value->index, 1);
  EXPECT_EQ(asker.windows[0].type, Type::kMoney);
}

TEST(RuleSet, AValueThatDoesNotTravelIsRefused) {
  Draft draft;
  draft.id = "asker";
  draft.events = "signal(\"z\") && signal(\"z\", \"n\") > 3";
  EXPECT_THAT(brief(load_files({draft.yaml(), asking("z", "")}).findings),
              ElementsAre("SUAR-R030 8:36 `z` lists what travels under `raise: signal:`"));
  draft.events = "amount > IDR 1";
  draft.when = "signal(\"z\")";
  EXPECT_THAT(brief(load_files({draft.yaml(), asking("z", "")}).findings),
              ElementsAre("SUAR-R031 10:14 write in `events`: ... || signal(\"z\")"));
}

TEST(Rule, HoldsItsWindows) {
  Draft draft;
  draft.params = "{span: 60d, low: IDR 5}";
  draft.let =
      "\n  n: distinct(other) over 14d same other.agent where channel == \"atm\"\n"
      "  unit: unit_price(amount, low .. IDR 9) over span\n  often: rhythm(14d, 2d) over 90d";
  draft.when = "n > 3 && unit.share > 0.5 && often.regular > 2 && count() over 1d > 1";
  const LoadResult result = load(draft);
  ASSERT_THAT(result.findings, IsEmpty());
  const Rule& rule = result.rules->rules[0];
  ASSERT_THAT(rule.windows, SizeIs(4));
  EXPECT_EQ(rule.longest_window, event::Duration::days(90));
  const Window& distinct = rule.windows[0];
  EXPECT_EQ(distinct.aggregate, Aggregate::kDistinct);
  EXPECT_EQ(distinct.length, event::Duration::days(14));
  EXPECT_EQ(to_text(*distinct.value), "other.key");
  EXPECT_EQ(to_text(*distinct.same), "other.agent");
  EXPECT_EQ(to_text(*distinct.where), "(channel == 'atm')");
  EXPECT_EQ(distinct.source, "distinct(other) over 14d same other.agent where channel == \"atm\"");
  EXPECT_EQ(rule.windows[1].length, event::Duration::days(60));
  EXPECT_EQ(rule.windows[1].low.minor, 500);
  EXPECT_EQ(rule.windows[1].high.minor, 900);
  EXPECT_EQ(rule.windows[2].period, event::Duration::days(14));
  EXPECT_EQ(rule.windows[2].tolerance, event::Duration::days(2));
  EXPECT_EQ(rule.windows[3].aggregate, Aggregate::kCount);
}

TEST(Rule, TellsItsReasonInPieces) {
  Draft draft;
  draft.let = "{n: count() over 30d}";
  draft.because = "{n} payments {{of}} {sum(amount) over 30d}";
  const LoadResult result = load(draft);
  ASSERT_THAT(result.findings, IsEmpty());
  const Template& pieces = result.rules->rules[0].raise.because_en;
  ASSERT_THAT(pieces, SizeIs(3));
  EXPECT_EQ(to_text(*pieces[0].value), "let0");
  EXPECT_EQ(pieces[1].text, " payments {of} ");
  EXPECT_EQ(to_text(*pieces[2].value), "window1");
}

TEST(Rule, ReadsParamsByHowTheyAreWritten) {
  Draft draft;
  draft.params =
      "{a: 6, b: 80%, c: IDR 300_000, d: 14d, e: WIB, f: \"8\", g: true, h: {default: 5, student: 2}, i: -3}";
  const LoadResult result = load(draft);
  ASSERT_NE(result.rules, nullptr);
  std::vector<std::string> values;
  for (const Param& param : result.rules->rules[0].params) values.push_back(to_text(*param.value));
  EXPECT_THAT(values, ElementsAre("6", "4/5", "IDR 30000000", "1209600s", "'WIB'", "'8'", "true", "5", "-3"));
  const Param& segmented = result.rules->rules[0].params[7];
  ASSERT_THAT(segmented.segments, SizeIs(1));
  EXPECT_EQ(segmented.segments[0].first, "student");
}

TEST(Rule, ThatIsSilentNeedsNoSeverityAndNoReason) {
  std::string text = Draft{}.yaml();
  text.replace(text.find("raise:"), std::string::npos, "raise: {silent: true}\n");
  const LoadResult result = load_files({text});
  ASSERT_NE(result.rules, nullptr);
  EXPECT_TRUE(result.rules->rules[0].raise.silent);
}

TEST(Rule, CopiesOfExpressionsAreWhole) {
  Draft draft;
  draft.events = "amount > BDT 5 && purpose_code in [\"A\"] && linked(self, other, [\"family\"], 2)";
  const LoadResult result = load(draft);
  ASSERT_NE(result.rules, nullptr);
  const Expression& original = *result.rules->rules[0].events;
  EXPECT_EQ(to_text(*clone(original)), to_text(original));
}

std::string fairness(const std::string& events, const std::string& when, const std::string& let = "{}") {
  Draft draft;
  draft.events = "'" + events + "'";
  draft.when = "'" + when + "'";
  draft.let = let;
  const LoadResult result = load(draft);
  return result.findings.empty() ? "fair" : result.findings[0].code.substr(5);
}

TEST(Fairness, RefusesRulesThatAskForNothingElse) {
  EXPECT_EQ(fairness("true", "true"), "R038");
  EXPECT_EQ(fairness("other.nationality == \"MM\"", "true"), "R038");
  EXPECT_EQ(fairness("tx_type == \"transfer\" && direction == \"in\"", "other.country in [\"MM\", \"BD\"]"),
            "R038");
  EXPECT_EQ(fairness("!(self.nationality == \"ID\")", "ip_country != \"ID\" || amount > IDR 5"), "R038");
  EXPECT_EQ(fairness("listed(\"bad_countries\", other.country)", "count() over 7d >= 1"), "R038");
  EXPECT_EQ(fairness("true", "foreign", "{foreign: other.country != \"ID\"}"), "R038");
}

TEST(Fairness, LetsRulesBeThatAskForAPattern) {
  EXPECT_EQ(fairness("other.nationality == \"MM\"", "count() over 7d >= 3"), "fair");
  EXPECT_EQ(fairness("other.country == \"MM\" && other.official", "true"), "fair");
  EXPECT_EQ(fairness("other.country != self.agent", "true"), "fair");
  EXPECT_EQ(fairness("true", "share(other.country == \"MM\") over 7d > 0.5"), "fair");
  EXPECT_EQ(fairness("true", "amount > IDR 500_000_000"), "fair");
}

TEST(Fairness, WarnsOfARuleThatNeverFires) {
  EXPECT_EQ(fairness("amount > IDR 1 && false", "true"), "R054");
}

Draft named(const std::string& id) {
  Draft draft;
  draft.id = id;
  return draft;
}

std::string with_mode(const Draft& draft, const std::string& mode) {
  return draft.yaml() + "mode: " + mode + "\n";
}

TEST(Mode, IsLiveUnlessTheRuleSaysOtherwise) {
  const LoadResult result = load_files({named("a").yaml(), with_mode(named("b"), "shadow")});
  ASSERT_NE(result.rules, nullptr);
  EXPECT_EQ(result.rules->find("a")->mode, Mode::kLive);
  EXPECT_EQ(result.rules->find("b")->mode, Mode::kShadow);
  EXPECT_THAT(brief(load_files({with_mode({}, "shadwo")}).findings),
              ElementsAre("SUAR-R012 12:7 did you mean `shadow`?"));
}

TEST(Mode, WarnsOfALiveRuleThatAsksAShadowRule) {
  Draft asks = named("b");
  asks.events = "signal(\"a\") || amount > IDR 1";
  const std::string tried = with_mode(named("a"), "shadow");
  EXPECT_THAT(brief(load_files({tried, asks.yaml()}).findings),
              ElementsAre("warning SUAR-R060 8:16 put both into shadow mode, or both live"));
  EXPECT_THAT(load_files({tried, with_mode(asks, "shadow")}).findings, IsEmpty());
}

}  // namespace
}  // namespace suar::rules
