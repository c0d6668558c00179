#include "reference/diagnostic.h"

#include <gtest/gtest.h>

namespace suar {
namespace {

Diagnostic finding() {
  return {Severity::kError,   "SUAR-D020", "lists/hubs.csv", 3, 5,
          "`value` is empty", "write one", "a,b,,c",         2};
}

TEST(Diagnostic, ShowsPlaceCodeLineCaretAndSuggestion) {
  EXPECT_EQ(render(finding()),
            "lists/hubs.csv:3:5: error[SUAR-D020]: `value` is empty\n"
            " 3 | a,b,,c\n"
            "   |     ^~\n"
            "   = help: write one\n");
}

TEST(Diagnostic, OfAWholeFileHasNoLine) {
  Diagnostic whole = finding();
  whole.severity = Severity::kWarning;
  whole.line = 0;
  EXPECT_EQ(render(whole), "lists/hubs.csv: warning[SUAR-D020]: `value` is empty\n   = help: write one\n");
}

TEST(Diagnostic, HeadlineLeavesOutTheLineItStandsIn) {
  EXPECT_EQ(headline(finding()), "lists/hubs.csv:3:5: error[SUAR-D020]: `value` is empty");
}

TEST(Diagnostic, PutsTheCaretUnderTheCharacterNotTheByte) {
  Diagnostic accented = finding();
  accented.snippet = "\xC3\xA9\xC3\xA9,x";  // the x is the sixth byte and the fourth character
  accented.column = 6;
  accented.length = 1;
  EXPECT_NE(render(accented).find("   |    ^\n"), std::string::npos) << render(accented);
}

TEST(Diagnostic, ShowsAWindowOfALongLine) {
  Diagnostic wide = finding();
  wide.snippet.assign(2001, 'a');
  wide.snippet[1000] = 'X';
  wide.column = 1001;
  wide.length = 1;
  const std::string text = render(wide);
  const std::size_t first = text.find(" | ") + 3;
  const std::size_t second = text.find(" | ", first) + 3;
  EXPECT_LT(text.size(), 400U);
  EXPECT_EQ(text.find('X', first) - first, text.find('^', second) - second);
}

TEST(Diagnostic, SurvivesAColumnBeyondTheLine) {
  Diagnostic beyond = finding();
  beyond.column = 5000;
  beyond.length = 5000;
  EXPECT_NE(render(beyond).find('^'), std::string::npos);
}

TEST(NearestName, FindsSlipsOfTheKeyboard) {
  const std::vector<std::string> names = {"valid_from", "valid_to", "kind", "value"};
  EXPECT_EQ(nearest_name("vlaue", names), "value");
  EXPECT_EQ(nearest_name("Kind", names), "kind");
  EXPECT_EQ(nearest_name("valid_form", names), "valid_from");
}

TEST(NearestName, SuggestsNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest_name("amount", {"kind", "value"}), "");
  EXPECT_EQ(nearest_name("x", {"y"}), "");
  EXPECT_EQ(nearest_name("", {"y"}), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'a'), {"a"}), "");
}

}  // namespace
}  // namespace suar
