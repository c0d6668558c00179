// Every mistake is found, at its place, with its code and how to mend it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "draft.h"
#include "rules/codes.h"

namespace suar::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// "CODE underlined text": of the one finding of a rule whose `when` this is.
std::string found_in(const Draft& draft) {
  const LoadResult result = load(draft);
  std::string out;
  for (const Diagnostic& f : result.findings) {
    if (f.severity == Severity::kWarning && f.code == "SUAR-R050") continue;
    out += (out.empty() ? "" : " | ") + f.code.substr(5) + " " + underlined(f);
  }
  return out;
}

std::string found_in_when(const std::string& when) {
  Draft draft;
  draft.params = "{limit: 8, fee: {default: IDR 5, student: IDR 1}, word: atm}";
  draft.let =
      "\n  n: count() over 7d\n  total: sum(amount) over 7d\n  unit: unit_price(amount, IDR 1 .. IDR 9) over "
      "7d";
  draft.when = "'n > 3 && " + when + "'";
  return found_in(draft);
}

std::string found_in_events(const std::string& events, const std::string& watch = "account") {
  Draft draft;
  draft.watch = watch;
  draft.params = "{limit: 8}";
  draft.let = "{n: count() over 7d}";
  draft.when = "n > 3";
  draft.events = "'amount > IDR 1 && " + events + "'";
  return found_in(draft);
}

TEST(Diagnostics, AFileWithTwelveMistakesReportsAllTwelve) {
  const LoadResult result = load_files({R"(rule: Bad_Id
versoin: 1
title: {en: Only English}
crimes: [migrant_smugling]
look_alikes: [none]
watch: acount
events: directon == "in"
let:
  total: sum(amont) over 14d
when: total > 5m && tx_type == "cashin"
raise:
  severity: hihg
  score: 101
  because: {en: "{totl}", id: "{total"}
)"});
  EXPECT_EQ(result.rules, nullptr);
  EXPECT_THAT(
      brief(result.findings),
      ElementsAre(
          "SUAR-R013 1:7 a letter, then lower-case letters, digits and hyphens, at most 64",
          "SUAR-R007 2:1 did you mean `version`?",             //
          "SUAR-R009 3:9",                                     //
          "SUAR-R012 4:10 did you mean `migrant_smuggling`?",  //
          "SUAR-R012 6:8 did you mean `account`?",             //
          "SUAR-R020 7:9 did you mean `direction`?",           //
          "SUAR-R020 9:14 did you mean `amount`?",             //
          "SUAR-R027 10:32 did you mean `cash_in`?",           //
          "SUAR-R012 12:13 did you mean `high`?",              //
          "SUAR-R011 13:10",                                   //
          "SUAR-R020 14:19 did you mean `total`?",             //
          "SUAR-R019 14:32 an expression stands between braces, `{n}`; a brace itself is written twice, "
          "`{{` or `}}`"));
}

TEST(Diagnostics, ARuleWithoutMistakesHasNone) {
  const LoadResult result = load(Draft{});
  EXPECT_THAT(result.findings, IsEmpty());
  ASSERT_NE(result.rules, nullptr);
  EXPECT_THAT(result.rules->rules, SizeIs(1));
}

TEST(Diagnostics, NamesThatDoNotExist) {
  EXPECT_EQ(found_in_when("amuont > IDR 1"), "R020 amuont");
  EXPECT_EQ(found_in_when("self.agee > 1"), "R021 agee");
  EXPECT_EQ(found_in_when("kinn(self, other)"), "R022 kinn");
  EXPECT_EQ(found_in_when("event_time.getHour() > 1"), "R022 getHour");
  EXPECT_EQ(found_in_when("unit.prise > IDR 1"), "R021 prise");
  EXPECT_EQ(found_in_when("total.share > 1"), "R021 share");
  EXPECT_EQ(found_in_when("event_time.getHours(\"WIBB\") > 1"), "R029 \"WIBB\"");
  EXPECT_EQ(found_in_when("linked(self, other, [\"famly\"], 2)"), "R029 \"famly\"");
  EXPECT_EQ(found_in_when("signal(\"other-rule\")"), "R030 \"other-rule\"");
}

TEST(Diagnostics, WordsThatAFieldNeverHolds) {
  EXPECT_EQ(found_in_when("channel == \"atmm\""), "R027 \"atmm\"");
  EXPECT_EQ(found_in_when("tx_type in [\"cash_in\", \"cashout\"]"), "R027 \"cashout\"");
  EXPECT_EQ(found_in_when("\"inn\" != direction"), "R027 \"inn\"");
  EXPECT_EQ(found_in_when("self.segment == \"studnet\""), "R055 \"studnet\"");
  EXPECT_EQ(found_in_when("self.segment == \"astronaut\""), "");
  EXPECT_EQ(found_in_when("tagged(place_code, \"prot\")"), "R055 \"prot\"");
  EXPECT_EQ(found_in_when("tagged(place_code, \"port\")"), "");
}

TEST(Diagnostics, UnitsThatDoNotGoTogether) {
  EXPECT_EQ(found_in_when("total > 5"), "R026 total > 5");
  EXPECT_EQ(found_in_when("n > IDR 5"), "R026 n > IDR 5");
  EXPECT_EQ(found_in_when("total > 7d"), "R026 total > 7d");
  EXPECT_EQ(found_in_when("amount_in(BDT) > USD 5"), "R026 amount_in(BDT) > USD 5");
  EXPECT_EQ(found_in_when("amount_in(BDT) > amount"), "R026 amount_in(BDT) > amount");
  EXPECT_EQ(found_in_when("amount + BDT 5 > IDR 1"), "R026 amount + BDT 5");
  EXPECT_EQ(found_in_when("total * total > IDR 5"), "R026 total * total");
  EXPECT_EQ(found_in_when("n in IDR 1 .. IDR 2"), "R026 IDR 1");
  EXPECT_EQ(found_in_when("event_time > 7d"), "R026 event_time > 7d");
}

TEST(Diagnostics, TypesThatDoNotGoTogether) {
  EXPECT_EQ(found_in_when("channel > \"a\""), "R025 channel > \"a\"");
  EXPECT_EQ(found_in_when("channel == 5"), "R025 channel == 5");
  EXPECT_EQ(found_in_when("amount"), "R025 amount");
  EXPECT_EQ(found_in_when("unit > 5"), "R025 unit");
  EXPECT_EQ(found_in_when("n in \"abc\""), "R025 \"abc\"");
  EXPECT_EQ(found_in_when("kin(self, \"abc\")"), "R025 \"abc\"");
  EXPECT_EQ(found_in_when("(other.official ? 1 : IDR 1) > 1"), "R026 other.official ? 1 : IDR 1");
  EXPECT_EQ(found_in_when("sum(channel) over 7d > 1"), "R025 channel");
}

TEST(Diagnostics, ExpressionsThatCannotBeRead) {
  EXPECT_EQ(found_in_when("n = 3"), "R016 =");
  EXPECT_EQ(found_in_when("(n > 3"), "R016 '");
  EXPECT_EQ(found_in_when("1 < n < 3"), "R016 <");
  EXPECT_EQ(found_in_when("n > 3 and n < 5"), "R016 and");
  EXPECT_EQ(found_in_when("not n"), "R016 n");
  EXPECT_EQ(found_in_when("n > \"abc"), "R015 \"abc");
  EXPECT_EQ(found_in_when("n > 5 # 3"), "R015 #");
  EXPECT_EQ(found_in_when("n > 14days"), "R017 14days");
  EXPECT_EQ(found_in_when("n > 1.5d"), "R017 1.5d");
  EXPECT_EQ(found_in_when("amount > IDR 1.234"), "R017 IDR 1.234");
  EXPECT_EQ(found_in_when("channel == \"\\q\""), "R015 \\q");
  EXPECT_EQ(found_in_when("remittance_info.matches(\"(a\")"), "R028 \"(a\"");
}

TEST(Diagnostics, OneMistakeDoesNotHideTheNext) {
  Draft draft;
  draft.let =
      "\n  m: sum(amount) over 14\n  o: share(event_time.getHours(\"Jakarta\") < 6) over 7d\n  p: amuont > "
      "IDR 1";
  draft.when = "m > 30d && o && p > 5";
  EXPECT_EQ(found_in(draft), "R026 14 | R029 \"Jakarta\" | R020 amuont | R026 m > 30d | R025 o | R025 p > 5");
  draft.events = "amount >";
  draft.let = "{}";
  draft.when = "signal(\"r\")";
  EXPECT_EQ(found_in(draft), "R016 ");
}

TEST(Diagnostics, WindowsAndLetsWhereNoneMayStand) {
  EXPECT_EQ(found_in_events("count() over 7d > 1"), "R033 count() over 7d");
  EXPECT_EQ(found_in_events("n > 1"), "R034 n");
  EXPECT_EQ(found_in_when("count() over 7d where n > 1 || true"),
            "R025 count() over 7d where n > 1 || true | R034 n");
  EXPECT_EQ(found_in_when("sum(sum(amount) over 1d) over 7d > IDR 1"), "R033 sum(amount) over 1d");
  EXPECT_EQ(found_in_when("count() > 1"), "R033 count()");
  EXPECT_EQ(found_in_when("count() over 0d > 1"), "R035 0d");
  EXPECT_EQ(found_in_when("count() over n > 1"), "R026 n");
  EXPECT_EQ(found_in_when("count(amount) over 1d > 1"), "R023 count(amount)");
  Draft draft;
  draft.let = "{a: b + 1, b: count() over 7d}";
  draft.when = "a > 1";
  EXPECT_EQ(found_in(draft), "R034 b");
}

TEST(Diagnostics, SpansThatAreNone) {
  EXPECT_EQ(found_in_when("count() over day > 1"), "R023 day");
  EXPECT_EQ(found_in_when("count() over day() > 1"), "R023 day()");
  EXPECT_EQ(found_in_when("count() over week(\"WIBB\") > 1"), "R029 \"WIBB\"");
  EXPECT_EQ(found_in_when("count() over 7d before 0d > 1"), "R035 0d");
  EXPECT_EQ(found_in_when("count() over 7d before 7 > 1"), "R026 7");
  EXPECT_EQ(found_in_when("count() before 7d > 1"), "R016 before");
  EXPECT_EQ(found_in_when("count() over day(\"WIB\") before 1d > 1"), "");
}

TEST(Diagnostics, StatisticsThatCannotBe) {
  EXPECT_EQ(found_in_when("percentile(amount, 95) over 7d > IDR 1"), "R035 95");
  EXPECT_EQ(found_in_when("percentile(amount) over 7d > IDR 1"), "R023 percentile(amount)");
  EXPECT_EQ(found_in_when("median(channel) over 7d > 1"), "R025 channel");
  EXPECT_EQ(found_in_when("stddev(amount) over 7d > 1"), "R026 stddev(amount) over 7d > 1");
  EXPECT_EQ(found_in_when("ewma(amount, 7) over 28d > IDR 1"), "R026 7");
  EXPECT_EQ(found_in_when("ewma(7d) over 28d > IDR 1"), "R026 ewma(7d) over 28d > IDR 1");
  EXPECT_EQ(found_in_when("ewma(7d) over 36h > 1"), "R035 36h");
  EXPECT_EQ(found_in_when("zscore(amount) over 2d > 1"), "R035 2d");
  EXPECT_EQ(found_in_when("zscore(amount) over month(\"WIB\") > 1"), "R035 month(\"WIB\")");
  EXPECT_EQ(found_in_when("growth(amount, 7) over 7d > 1"), "R026 7");
  EXPECT_EQ(found_in_when("growth(amount, 90d) over day(\"WIB\") > 1"),
            "R035 growth(amount, 90d) over day(\"WIB\")");
  EXPECT_EQ(found_in_when("growth(amount, 90d) > 1"), "R033 growth(amount, 90d)");
}

TEST(Diagnostics, NegatedComparisonsOfWhatMayBeAbsent) {
  EXPECT_EQ(found_in_when("!(self.age < 18)"), "R056 !(self.age < 18)");
  EXPECT_EQ(found_in_when("!(self.segment == \"student\")"), "");
}

TEST(Diagnostics, SidesOfWhatHasNone) {
  EXPECT_EQ(found_in_events("self.official", "pair"), "R036 self");
  EXPECT_EQ(found_in_events("debtor.official", "pair"), "");
  EXPECT_EQ(found_in_events("direction == \"in\"", "device"), "R054 \"in\"");
  Draft draft;
  draft.watch = "device";
  draft.mark = "[other]";
  EXPECT_EQ(found_in(draft), "R036 other");
}

TEST(Diagnostics, NamesThatAreTaken) {
  Draft draft;
  draft.params = "{limit: 8}";
  draft.let = "{limit: count() over 7d, amount: count() over 7d, Bad: count() over 7d}";
  EXPECT_EQ(found_in(draft), "R014 limit | R014 amount | R013 Bad");
  const LoadResult twice = load_files({Draft{}.yaml(), Draft{}.yaml()});
  EXPECT_THAT(brief(twice.findings), ElementsAre("SUAR-R014 1:7 it stands in a.yaml:1"));
  EXPECT_EQ(twice.findings[0].file, "b.yaml");
}

TEST(Diagnostics, ParamsThatAreNoConstants) {
  Draft draft;
  draft.params = "{a: 14days, b: {student: 5}, c: {default: 5, student: IDR 5}, d: \"14days\"}";
  EXPECT_EQ(found_in(draft), "R017 14days | R009 student | R025 IDR 5");
}

TEST(Diagnostics, WarnsOfWhatNothingUses) {
  Draft draft;
  draft.params = "{limit: 8}";
  draft.let = "{n: count() over 7d}";
  const LoadResult result = load_files({draft.yaml(), "macros: {m: amount > IDR 1}\n---\nlists: {l: [a]}\n"});
  EXPECT_NE(result.rules, nullptr);
  EXPECT_THAT(brief(result.findings), ElementsAre("warning SUAR-R050 7:10", "warning SUAR-R050 9:7",
                                                  "warning SUAR-R050 1:10", "warning SUAR-R050 3:9"));
}

TEST(Diagnostics, AMistakeInAMacroPointsIntoTheMacroAndNamesTheRule) {
  Draft draft;
  draft.events = "busy";
  const LoadResult result =
      load_files({draft.yaml(), "macros:\n  busy: amont > IDR 1\n  again: again && busy\n"});
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_EQ(result.findings[0].file, "b.yaml");
  EXPECT_EQ(underlined(result.findings[0]), "amont");
  EXPECT_EQ(result.findings[0].suggestion, "did you mean `amount`? (macro `busy` used by rule `r`)");
}

TEST(Diagnostics, AMacroThatContainsItselfIsRefused) {
  Draft draft;
  draft.events = "a";
  EXPECT_THAT(brief(load_files({draft.yaml(), "macros: {a: b && true, b: a || true}\n"}).findings),
              ElementsAre("SUAR-R037 1:10 macro `a` used by rule `r`"));
}

TEST(Diagnostics, ExpansionIsBounded) {
  std::string macros = "macros:\n  m0: amount > IDR 1\n";
  for (int i = 1; i <= 40; ++i) {
    macros += fmt::format("  m{}: m{} && m{}\n", i, i - 1, i - 1);
  }
  Draft draft;
  draft.events = "m40";
  EXPECT_THAT(brief(load_files({draft.yaml(), macros}).findings), Contains(HasSubstr("SUAR-R018")));
}

TEST(Diagnostics, NestingIsBounded) {
  for (const std::string opener : {"(", "!", "-", "[", "kin(", "count() over 1d where "}) {
    Draft draft;
    draft.when = "'";
    for (int i = 0; i < 5000; ++i) draft.when += opener;
    draft.when += "'";
    EXPECT_THAT(brief(load(draft).findings), Contains(HasSubstr("SUAR-R005"))) << opener;
  }
}

TEST(Diagnostics, EachCodeHasOneMeaning) {
  int last = 0;
  for (const CodeMeaning& entry : all_codes()) {
    EXPECT_GT(static_cast<int>(entry.code), last) << to_string(entry.code);
    EXPECT_FALSE(entry.meaning.empty());
    last = static_cast<int>(entry.code);
  }
  EXPECT_EQ(to_string(Code::kUnknownKey), "SUAR-R007");
}

TEST(Diagnostics, ALongChainIsNotADeepOne) {
  Draft draft;
  draft.events = "amount > IDR 1";
  for (int i = 0; i < 500; ++i) draft.events += fmt::format(" || purpose_code == \"P{}\"", i);
  EXPECT_THAT(load(draft).findings, IsEmpty());
}

}  // namespace
}  // namespace suar::rules
