// How grave a rule's hits are and what keeps it from hitting, read aloud: bands, weighing and exceptions as
// rows and items of a document.
#pragma once

#include <string>
#include <vector>

#include "cli/rule_words.h"
#include "rules/rule.h"

namespace suar::cli {

using Rows = std::vector<std::vector<std::string>>;

// "medium severity"; where bands decide, "medium to critical severity".
[[nodiscard]] std::string severity_words(const rules::Raise& raise, const RuleWords& words);

struct Grades {
  std::string by;  // the value that the bands cut into pieces
  bool severities = false, scores = false;
  Rows rows;  // from, then the severity, the score or both
};
// Of a rule whose severity or score is not given by bands, without rows.
[[nodiscard]] Grades grades_of(const rules::Raise& raise, const RuleWords& words);
// "40", or what computes it; "" where the bands give it.
[[nodiscard]] std::string score_words(const rules::Rule& rule, const RuleWords& words);

// For each term its name, its meaning and its points.
[[nodiscard]] Rows term_rows(const rules::Rule& rule, const RuleWords& words);
[[nodiscard]] std::vector<std::string> modifier_items(const rules::Weighing& weighing,
                                                      const RuleWords& words);
// Subjects are counted, not named.
[[nodiscard]] std::vector<std::string> exception_items(const rules::Rule& rule, const RuleWords& words);

}  // namespace suar::cli
