// The part of a rule set that a test needs. Every test has an engine of its own, and most of its time would
// go into making that ready for rules that the test does not ask about.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "cli/rule_tests_case.h"
#include "rules/rule.h"

namespace suar::cli {

struct RulesOfTest {
  std::shared_ptr<const rules::RuleSet> rules;
  std::vector<rules::File> files;  // that they are from
};

class RuleSubsets {
 public:
  // `files` are those that the rules were loaded from.
  RuleSubsets(std::shared_ptr<const rules::RuleSet> rules, const std::vector<rules::File>& files);

  // The files with the rules that the test names, with all rules whose signals reach these, and those without
  // rules. Where that cannot stand alone, as an override of another rule cannot, the whole set.
  [[nodiscard]] const RulesOfTest& of(const TestCase& test);

 private:
  [[nodiscard]] std::set<int> files_needed(const TestCase& test) const;

  RulesOfTest whole_;
  std::map<int, std::vector<const rules::Rule*>> rules_of_file_;  // by index
  std::map<std::set<int>, RulesOfTest> subsets_;
};

}  // namespace suar::cli
