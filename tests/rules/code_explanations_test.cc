// Every code is explained, and each example gives the code it stands for.
#include "rules/code_explanations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "rules/governance.h"
#include "rules/rule.h"

namespace suar::rules {
namespace {

using ::testing::Contains;
using ::testing::Not;

event::Currency home() {
  return *event::parse_currency("IDR");
}

std::shared_ptr<const reference::Reference> data() {
  const std::vector<reference::File> files{
      {"lists/hubs.csv", "value,kind,source,valid_from,valid_to,reason\n1,account,s,,,\n"},
      {"corridors.yaml", "corridors: [{id: sunda-strait, from: ID, to: MY, currency: IDR, fee_bands: []}]\n"},
      {"peers.csv",
       "segment,region,figure,value,currency,valid_from,valid_to\nretail,,monthly_in,6000000.00,IDR,,\n"}};
  return reference::Reference::load(files, home()).reference;
}

struct Found {
  std::vector<std::string> codes;
  bool errors = false;
};

Found check(const std::string& bytes, Code code) {
  const File file{"example.yaml", bytes};
  const LoadResult loaded = load_rules(std::span(&file, 1), home(), data().get(),
                                       event::parse_rfc3339("2025-03-01T12:00:00+07:00")->instant);
  Found found;
  for (const Diagnostic& finding : check_governance(std::span(&file, 1), code == Code::kUngoverned))
    found.codes.push_back(finding.code);
  for (const Diagnostic& finding : loaded.findings) found.codes.push_back(finding.code);
  found.errors = has_errors(loaded.findings);
  return found;
}

// What would be too long to show.
std::string long_example(Code code) {
  switch (code) {
    case Code::kNotText:
      return "rule: \xFF\n";
    case Code::kFileTooLarge:
      return std::string((1U << 20U) + 1, ' ');
    case Code::kTooDeep:
      return example_file("when: " + std::string(200, '(') + "true" + std::string(200, ')'));
    case Code::kTooManyNodes: {
      std::string macros = "macros:\n  m0: amount >= IDR 1\n";
      for (int i = 1; i <= 20; ++i) macros += fmt::format("  m{0}: m{1} && m{1}\n", i, i - 1);
      return macros + "---\n" + example_file("events: m20");
    }
    default:
      return {};
  }
}

TEST(CodeExplanations, StandForEveryCode) {
  std::vector<Code> explained, known;
  for (const CodeExplanation& entry : code_explanations()) {
    explained.push_back(entry.code);
    EXPECT_GT(entry.why.size(), 30U) << to_string(entry.code);
  }
  for (const CodeMeaning& entry : all_codes()) known.push_back(entry.code);
  EXPECT_EQ(explained, known);
}

TEST(CodeExplanations, ShowExamplesThatGiveTheCodeAndThatDoNot) {
  for (const CodeExplanation& entry : code_explanations()) {
    const std::string code = to_string(entry.code);
    const std::string wrong = entry.wrong.empty() ? long_example(entry.code) : example_file(entry.wrong);
    EXPECT_FALSE(wrong.empty()) << code;
    EXPECT_THAT(check(wrong, entry.code).codes, Contains(code)) << wrong;
    if (entry.right.empty()) continue;
    const std::string right = example_file(entry.right);
    const Found found = check(right, entry.code);
    EXPECT_THAT(found.codes, Not(Contains(code))) << right;
    EXPECT_FALSE(found.errors) << code << "\n" << right << ::testing::PrintToString(found.codes);
  }
}

TEST(CodeExplanations, AreFoundByNumberAlone) {
  EXPECT_EQ(parse_code("SUAR-R026"), Code::kWrongUnit);
  EXPECT_EQ(parse_code("r26"), Code::kWrongUnit);
  EXPECT_EQ(parse_code("26"), Code::kWrongUnit);
  EXPECT_EQ(parse_code("R999"), std::nullopt);
  EXPECT_EQ(parse_code("R26x"), std::nullopt);
}

}  // namespace
}  // namespace suar::rules
