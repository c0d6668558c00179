#include "cli/rule_tests_subset.h"

#include <string>
#include <utility>

namespace suar::cli {

RuleSubsets::RuleSubsets(std::shared_ptr<const rules::RuleSet> rules, const std::vector<rules::File>& files)
    : whole_{std::move(rules), files} {
  for (const rules::Rule& rule : whole_.rules->rules) rules_of_file_[rule.at.file].push_back(&rule);
}

std::set<int> RuleSubsets::files_needed(const TestCase& test) const {
  std::vector<std::string> wanted{test.rule};
  for (const ExpectedAlert& alert : test.expect) wanted.push_back(alert.rule);
  std::set<int> needed;
  while (!wanted.empty()) {
    const rules::Rule* rule = whole_.rules->find(wanted.back());
    wanted.pop_back();
    if (rule == nullptr || !needed.insert(rule->at.file).second) continue;
    for (const rules::Rule* neighbour : rules_of_file_.at(rule->at.file)) {
      wanted.insert(wanted.end(), neighbour->asks.begin(), neighbour->asks.end());
    }
  }
  return needed;
}

const RulesOfTest& RuleSubsets::of(const TestCase& test) {
  const auto [entry, is_new] = subsets_.try_emplace(files_needed(test), whole_);
  if (!is_new) return entry->second;
  std::vector<rules::File> files;
  for (std::size_t i = 0; i < whole_.files.size(); ++i) {
    const int index = static_cast<int>(i);
    if (!rules_of_file_.contains(index) || entry->first.contains(index)) files.push_back(whole_.files[i]);
  }
  const rules::LoadResult loaded = rules::load_rules(files, whole_.rules->home);
  if (loaded.rules) entry->second = {loaded.rules, std::move(files)};
  return entry->second;
}

}  // namespace suar::cli
