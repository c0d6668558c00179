// Rule files with random damage: the reader never crashes or hangs, and what it refuses it refuses with a
// place.
#include <gtest/gtest.h>

#include <random>

#include "draft.h"

namespace suar::rules {
namespace {

std::string sample() {
  Draft draft;
  draft.params = "{limit: 8, fee: {default: IDR 5_000, student: IDR 1_000}, span: 14d}";
  draft.events = "'direction == \"in\" && !(kin(self, other)) && busy && purpose_code in kinds'";
  draft.trigger = ">-\n  amount >= BDT 20.50\n  || remittance_info.matches(\"a+\")";
  draft.let =
      "\n  n: distinct(other) over 14d same other where channel != \"atm\"\n  unit: unit_price(amount, IDR 3 "
      ".. IDR 9) over span"
      "\n  late: share(event_time.getHours(\"WIB\") in 22 .. 23) over 7d";
  draft.when = "n >= limit && unit.share > 80% && (late > 0.5 ? amount > fee : true)";
  draft.when = "'" + draft.when + "'";
  draft.because = "{n} payers, {unit.price}";
  return "macros: {busy: amount > IDR 1}\n---\nlists: {kinds: [A, B]}\n---\n" + draft.yaml();
}

const std::vector<std::string>& scraps() {
  static const std::vector<std::string> scraps{"(",
                                               ")",
                                               "{",
                                               "}",
                                               "[",
                                               "]",
                                               "\"",
                                               "'",
                                               ":",
                                               ": ",
                                               "#",
                                               "!",
                                               "&",
                                               "*",
                                               "|",
                                               ">",
                                               "-",
                                               "\n",
                                               "\n---\n",
                                               " ",
                                               "\t",
                                               "\\",
                                               "..",
                                               " over ",
                                               " in ",
                                               " where ",
                                               "14d",
                                               "IDR 5",
                                               "99999999999999999999999",
                                               "\xFF",
                                               "\xC3\xA9",
                                               "%",
                                               "?",
                                               "signal(\"r\")",
                                               "self",
                                               "busy",
                                               "n",
                                               "&&",
                                               "\r",
                                               "{{",
                                               "}}"};
  return scraps;
}

std::string damaged(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  for (std::size_t cuts = 1 + below(4); cuts > 0 && !text.empty(); --cuts) {
    const std::size_t at = below(text.size());
    switch (below(4)) {
      case 0:
        text.erase(at, 1 + below(12));
        break;
      case 1:
        text.insert(at, scraps()[below(scraps().size())]);
        break;
      case 2:
        text[at] = static_cast<char>(below(256));
        break;
      default:
        text.insert(at, text.substr(below(text.size()), below(40)));
        break;
    }
  }
  return text;
}

TEST(Mutations, NeverCrashAndAlwaysHaveAPlace) {
  ASSERT_NE(load_files({sample()}).rules, nullptr) << render(load_files({sample()}).findings.at(0));
  std::mt19937 random(20250301);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = damaged(sample(), random);
    const LoadResult result = load_files({text});
    EXPECT_EQ(result.rules == nullptr, has_errors(result.findings)) << text;
    for (const Diagnostic& finding : result.findings) {
      EXPECT_GT(finding.line, 0) << text;
      EXPECT_GT(finding.column, 0) << text;
      EXPECT_LE(static_cast<std::size_t>(finding.column), finding.snippet.size() + 1) << text;
      EXPECT_FALSE(render(finding).empty());
    }
  }
}

}  // namespace
}  // namespace suar::rules
