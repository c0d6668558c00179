// Which conditions of the rules have come out true, and which false, while their tests ran.
//
// A condition counts as seen where the evaluation asked it: behind `&&` not after something false, behind
// `||` not after something true. So a test that shows a condition false shows that it alone could decide.
#pragma once

#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "engine/explanation.h"
#include "rules/conditions.h"

namespace suar::cli {

struct ConditionCoverage {
  rules::Condition condition;
  bool seen_true = false, seen_false = false;

  [[nodiscard]] int seen() const { return (seen_true ? 1 : 0) + (seen_false ? 1 : 0); }
};

struct RuleCoverage {
  const rules::Rule* rule = nullptr;
  std::vector<ConditionCoverage> conditions;

  // Each condition has two outcomes.
  [[nodiscard]] std::size_t outcomes() const { return 2 * conditions.size(); }
  [[nodiscard]] std::size_t seen() const;
  [[nodiscard]] double share() const;  // 1 for a rule without conditions
};

class Coverage {
 public:
  // The rule set and the files that it was loaded from must outlive it.
  Coverage(const rules::RuleSet& rules, std::span<const rules::File> files);

  void add(const engine::Explanation& explanation);
  // In the order of the rules' places.
  [[nodiscard]] const std::vector<RuleCoverage>& rules() const { return rules_; }

 private:
  // Windows with the same condition are asked once, whichever of them stands first: there the text counts.
  using Key = std::tuple<const rules::Rule*, std::string, int, std::uint32_t, std::uint32_t>;
  [[nodiscard]] Key key_of(const rules::Rule& rule, const rules::Expression& expression,
                           bool in_window) const;
  void add(const rules::Rule& rule, const engine::Seen& seen, bool in_window);

  std::span<const rules::File> files_;
  std::vector<RuleCoverage> rules_;
  std::map<Key, std::vector<std::pair<std::size_t, std::size_t>>> places_;  // rule, condition
};

// "SUAR-T002 no test sees this condition false", for each outcome that is missing.
[[nodiscard]] Diagnostics unseen(const RuleCoverage& coverage, std::span<const rules::File> files);

}  // namespace suar::cli
