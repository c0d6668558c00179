// Files as files and as YAML: what is refused, and where expressions inside scalars are found.
#include <gtest/gtest.h>

#include "draft.h"

namespace suar::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kHead =
    "rule: r\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [bribery]\nlook_alikes: [none]\nwatch: account\n";
constexpr const char* kTail = "when: count() over 7d > 3\nraise: {severity: low, because: {en: t, id: t}}\n";

// A rule whose `events` is this scalar; returns where `amuont` was found, and what was underlined.
std::string place_in(const std::string& scalar) {
  const LoadResult result = load_files({std::string(kHead) + "events: " + scalar + "\n" + kTail});
  if (result.findings.size() != 1) return std::to_string(result.findings.size()) + " findings";
  const Diagnostic& f = result.findings[0];
  return std::to_string(f.line) + ":" + std::to_string(f.column) + " " + underlined(f);
}

TEST(RuleFile, AMistakeIsFoundInEveryKindOfScalar) {
  EXPECT_EQ(place_in("amuont > IDR 1"), "7:9 amuont");
  EXPECT_EQ(place_in("'true && amuont > IDR 1'"), "7:18 amuont");
  EXPECT_EQ(place_in("channel != \"atm\" &&\n  amuont > IDR 1"), "8:3 amuont");
  EXPECT_EQ(place_in("\"channel != \\\"atm\\\" && amuont > IDR 1\""), "7:32 amuont");
  EXPECT_EQ(place_in("\"channel != \\\n   'atm' && amuont > IDR 1\""), "8:13 amuont");
  EXPECT_EQ(place_in("'purpose_code != ''it'' && amuont > IDR 1'"), "7:36 amuont");
  EXPECT_EQ(place_in(">-\n    true\n    && amuont > IDR 1"), "9:8 amuont");
  EXPECT_EQ(place_in("|\n    true\n\n      && amuont > IDR 1\n"), "10:10 amuont");
  EXPECT_EQ(place_in("\"\\u0020\\x20 amuont > IDR 1\""), "7:21 amuont");
  EXPECT_EQ(place_in("purpose_code != 'é' && amuont > IDR 1"), "7:33 amuont");
}

TEST(RuleFile, ACommaThatBeginsALineIsSaidAndEndsTheReading) {
  const LoadResult result =
      load_files({"macros:\n  cash: tx_type == \"cash_in\"\n---\n,ists:\n  words: [a]\n"});
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_EQ(result.findings[0].line, 4);
  EXPECT_EQ(result.findings[0].column, 1);
  EXPECT_EQ(underlined(result.findings[0]), ",");
}

TEST(RuleFile, LinesMayEndAsOnWindows) {
  std::string text = std::string(kHead) + "events: true &&\n  amuont > IDR 1\n" + kTail;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
    text.replace(at, 1, "\r\n");
  const LoadResult result = load_files({text});
  EXPECT_THAT(brief(result.findings), ElementsAre("SUAR-R020 8:3 did you mean `amount`?"));
}

TEST(RuleFile, MayBeginWithAByteOrderMark) {
  EXPECT_THAT(
      brief(load_files({"\xEF\xBB\xBF" + std::string(kHead) + "events: amuont > IDR 1\n" + kTail}).findings),
      ElementsAre("SUAR-R020 7:9 did you mean `amount`?"));
}

TEST(RuleFile, ThatIsNotUtf8IsRefusedWithItsPlace) {
  EXPECT_THAT(brief(load_files({std::string("rule: r\ntitle: \xFF\n")}).findings),
              ElementsAre("SUAR-R001 2:8 save it as UTF-8, without control characters"));
  EXPECT_THAT(load_files({std::string("rule: r\0", 8)}).findings, SizeIs(1));
  EXPECT_THAT(load_files({std::string("rule: \xED\xA0\x80")}).findings, SizeIs(1));
  EXPECT_THAT(load_files({std::string("rule: \xC0\x80")}).findings, SizeIs(1));
}

TEST(RuleFile, ThatIsTooLargeIsRefused) {
  const LoadResult result = load_files({std::string((1U << 20U) + 1, ' ')});
  EXPECT_THAT(brief(result.findings), ElementsAre("SUAR-R002 0:0 split it into several"));
}

TEST(RuleFile, ThatIsNotYamlIsLocatedAndTheOthersAreCheckedAllTheSame) {
  Draft draft;
  draft.events = "amuont > IDR 1";
  const LoadResult result = load_files({"rule: r\ntitle: [a\nversion: 1\n", draft.yaml()});
  ASSERT_THAT(result.findings, SizeIs(2));
  EXPECT_EQ(result.findings[0].code, "SUAR-R003");
  EXPECT_EQ(result.findings[0].line, 3);
  EXPECT_EQ(result.findings[1].code, "SUAR-R020");
  EXPECT_EQ(result.rules, nullptr);
}

TEST(RuleFile, AColonInAnUnquotedExpressionSaysWhatToDo) {
  const LoadResult result =
      load_files({std::string(kHead) + "events: direction == \"in\" ? true : false\n" + kTail});
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_EQ(result.findings[0].code, "SUAR-R003");
  EXPECT_EQ(result.findings[0].line, 7);
  EXPECT_THAT(result.findings[0].suggestion, ::testing::HasSubstr("between quotes"));
}

TEST(RuleFile, AnExclamationMarkAtTheBeginningSaysWhatToDo) {
  for (const std::string expression : {"!kin(self, other)", "!self.official && true"}) {
    const LoadResult result = load_files({std::string(kHead) + "events: " + expression + "\n" + kTail});
    ASSERT_THAT(result.findings, SizeIs(1)) << expression;
    EXPECT_EQ(result.findings[0].line, 7);
    EXPECT_THAT(result.findings[0].suggestion, ::testing::HasSubstr("quotes"));
  }
}

TEST(RuleFile, AliasesAreRefusedSoThatNothingMultiplies) {
  const LoadResult result = load_files({"macros:\n  a: &x amount > IDR 1\n  b: *x\n"});
  EXPECT_THAT(brief(result.findings),
              ElementsAre("SUAR-R004 2:6 give the expression a name under `macros:`"));
}

TEST(RuleFile, HoldsSeveralDocuments) {
  Draft second;
  second.id = "s";
  const LoadResult result =
      load_files({"pack: {version: \"2025.1\"}\n---\n" + Draft{}.yaml() + "---\n" + second.yaml()});
  EXPECT_THAT(result.findings, IsEmpty());
  ASSERT_NE(result.rules, nullptr);
  EXPECT_THAT(result.rules->rules, SizeIs(2));
  EXPECT_EQ(result.rules->version, "2025.1");
}

TEST(RuleFile, WhoseFirstKeySaysNothingIsRefused) {
  EXPECT_THAT(brief(load_files({"rules: r\n"}).findings), ElementsAre("SUAR-R006 1:1 did you mean `rule`?"));
  EXPECT_THAT(brief(load_files({"- rule\n"}).findings),
              ElementsAre("SUAR-R010 1:1 a rule begins with `rule: its-id`"));
}

TEST(RuleFile, KeysThatStandTwiceOrAreMissing) {
  EXPECT_THAT(
      brief(load_files({"rule: r\nrule: s\nversion: 0\n"}).findings),
      ElementsAre("SUAR-R009 1:1", "SUAR-R009 1:1", "SUAR-R009 1:1", "SUAR-R009 1:1", "SUAR-R009 1:1",
                  "SUAR-R009 1:1",
                  "warning SUAR-R053 1:7 add `look_alikes: [...]`: every alert shows them to the analyst",
                  "SUAR-R008 2:1 remove one of them", "SUAR-R011 3:10"));
}

TEST(RuleSet, HasAHashOverNamesAndBytesWhateverTheOrder) {
  const std::vector<File> files{{"a.yaml", Draft{}.yaml()}, {"b.yaml", "pack: {version: \"1\"}\n"}};
  const std::vector<File> turned{files[1], files[0]};
  const std::vector<File> renamed{{"c.yaml", files[0].bytes}, files[1]};
  const event::Currency home = *event::parse_currency("IDR");
  const std::string hash = load_rules(files, home).rules->hash;
  EXPECT_THAT(hash, SizeIs(32));
  EXPECT_EQ(load_rules(turned, home).rules->hash, hash);
  EXPECT_NE(load_rules(renamed, home).rules->hash, hash);
}

}  // namespace
}  // namespace suar::rules
