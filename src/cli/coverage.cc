#include "cli/coverage.h"

#include <algorithm>

#include "rules/source.h"
#include "rules/source_text.h"

namespace suar::cli {

std::size_t RuleCoverage::seen() const {
  std::size_t sum = 0;
  for (const ConditionCoverage& condition : conditions) sum += static_cast<std::size_t>(condition.seen());
  return sum;
}

double RuleCoverage::share() const {
  return conditions.empty() ? 1 : static_cast<double>(seen()) / static_cast<double>(outcomes());
}

Coverage::Coverage(const rules::RuleSet& rules, std::span<const rules::File> files) : files_(files) {
  for (const rules::Rule& rule : rules.rules) {
    RuleCoverage& made = rules_.emplace_back();
    made.rule = &rule;
    for (const rules::Condition& condition : rules::conditions_of(rule))
      made.conditions.push_back({condition});
  }
  std::ranges::stable_sort(rules_, {}, [](const RuleCoverage& coverage) {
    return std::tuple(coverage.rule->at.file, coverage.rule->at.line);
  });
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    for (std::size_t c = 0; c < rules_[r].conditions.size(); ++c) {
      const rules::Condition& condition = rules_[r].conditions[c].condition;
      places_[key_of(*rules_[r].rule, *condition.expression, condition.of_each_event)].emplace_back(r, c);
    }
  }
}

Coverage::Key Coverage::key_of(const rules::Rule& rule, const rules::Expression& expression,
                               bool in_window) const {
  const rules::Location& at = expression.at;
  if (in_window) return {&rule, rules::source_text(at, files_), 0, 0, 0};
  return {&rule, {}, at.file, at.begin, at.end};
}

void Coverage::add(const rules::Rule& rule, const engine::Seen& seen, bool in_window) {
  if (!seen.asked || seen.expression == nullptr) return;
  for (const engine::Seen& part : seen.parts) {
    if (part.expression != nullptr && part.expression->type == rules::Type::kBool) add(rule, part, in_window);
  }
  const auto found = places_.find(key_of(rule, *seen.expression, in_window));
  if (found == places_.end()) return;
  for (const auto& [r, c] : found->second) {
    ConditionCoverage& condition = rules_[r].conditions[c];
    (seen.value.present && seen.value.truth ? condition.seen_true : condition.seen_false) = true;
  }
}

void Coverage::add(const engine::Explanation& explanation) {
  const rules::Rule& rule = *explanation.rule;
  for (const auto* condition : {&explanation.events, &explanation.trigger, &explanation.when}) {
    if (*condition) add(rule, **condition, false);
  }
  for (const engine::LetSeen& let : explanation.lets) add(rule, let.seen, false);
  for (const engine::Seen& seen : explanation.exceptions) add(rule, seen, false);
  for (const engine::Seen& seen : explanation.modifiers) add(rule, seen, false);
  for (const engine::Seen& seen : explanation.window_conditions) add(rule, seen, true);
}

Diagnostics unseen(const RuleCoverage& coverage, std::span<const rules::File> files) {
  const rules::Sources sources(files);
  Diagnostics findings;
  for (const ConditionCoverage& one : coverage.conditions) {
    const rules::Location& at = one.condition.expression->at;
    if (static_cast<std::size_t>(at.file) >= files.size()) continue;
    const rules::Span span{at.file, at.begin, at.end};
    for (const bool outcome : {true, false}) {
      if (outcome ? one.seen_true : one.seen_false) continue;
      Diagnostic finding;
      finding.severity = Severity::kWarning;
      finding.code = "SUAR-T002";
      finding.file = files[static_cast<std::size_t>(at.file)].name;
      finding.line = at.line;
      finding.column = at.column;
      finding.snippet = sources.line_of(span);
      const int room = static_cast<int>(finding.snippet.size()) - at.column + 1;
      finding.length = std::max(1, std::min(static_cast<int>(at.end - at.begin), room));
      finding.message = std::string("no test of ") + coverage.rule->id + " sees this condition " +
                        (outcome ? "true" : "false");
      finding.suggestion =
          one.condition.of_each_event
              ? std::string("add an event for which it is ") + (outcome ? "true" : "false")
              : std::string("add a test in which it is asked and is ") + (outcome ? "true" : "false");
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace suar::cli
