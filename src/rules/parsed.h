// A rule whose expressions have been read: between the parser and the checker.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "rules/definition.h"
#include "rules/scope.h"
#include "rules/syntax.h"
#include "rules/template.h"

namespace suar::rules {

struct ParsedRule {
  const RuleDefinition* definition = nullptr;
  SyntaxPtr events, trigger, when;  // null: absent, or unreadable and reported
  std::vector<TimedSyntax> steps;   // in step with the definition's
  TimedSyntax unless;
  std::vector<SyntaxPtr> lets;  // in step with the definition's
  std::vector<TemplateSyntax> because_en, because_id;
  bool readable = true;  // false: some of its expressions are null because they cannot be read
  // Rules whose signals `events` asks for, macros followed: those it waits for on the same entity, and those
  // that it asks for marks alone, which come later whatever the order.
  std::vector<Located<std::string>> asks, marks;
  std::vector<Located<std::string>> crimes;  // and of all rules whose first crime is one of these
};

[[nodiscard]] ParsedRule parse_rule(const RuleDefinition& definition, const SetScope& set);

// Signal dependency first, then id: a rule comes after those it asks, and among rules with equally long
// chains behind them the id decides. Rules that wait for one another are reported.
[[nodiscard]] std::vector<const ParsedRule*> evaluation_order(const std::vector<ParsedRule>& rules,
                                                              Findings& findings);
// A rule after all those of which it asks signals or marks, as far as they do not ask in a circle.
[[nodiscard]] std::vector<const ParsedRule*> checking_order(const std::vector<ParsedRule>& rules);

// The names of params, checked against what is taken, and their values as constants.
void check_params(const RuleDefinition& definition, RuleScope& scope);

// Turns the crimes asked for into the rules that are about them: all but those that ask for a crime
// themselves.
void resolve_crimes(std::vector<ParsedRule>& rules);
// What is known of a rule's signals before it is checked: the types of fields and sides that travel.
void expect_signal_values(const RuleDefinition& definition, SetScope& set);

[[nodiscard]] Rule check_rule(const ParsedRule& parsed, SetScope& set);

// What a hit of the rule is graded by, and when it is sent.
void check_raise(const RaiseDefinition& definition, RuleScope& scope);
// Adds the let `score` to the rule.
void check_weigh(const WeighDefinition& definition, RuleScope& scope);
// The condition that the score reaches the threshold; null without one.
[[nodiscard]] ExpressionPtr check_threshold(const WeighDefinition& definition, RuleScope& scope);

// Warns where conditions of `events`, `trigger` and `when` exclude one another.
void check_contradictions(const Rule& rule, Findings& findings);

// Warns of signals and marks that nobody asks for, and of steps that nothing climbs.
void report_unheard(const std::vector<ParsedRule>& rules, Findings& findings);

// Of rules of the set; `now` warns of what is over.
[[nodiscard]] std::vector<Suppression> check_suppressions(const Definitions& definitions, SetScope& set,
                                                          std::optional<event::Instant> now);

// Refuses a rule that nothing but nationality, country, direction or kind of transaction keeps from firing.
void check_fairness(const Rule& rule, const ParsedRule& parsed, Findings& findings);

}  // namespace suar::rules
