// What a rule does in vain: signals and marks that nobody asks for, steps that nothing climbs.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/parsed.h"

namespace suar::rules {
namespace {

// Two hits may have different scores: not where it is one written number.
bool is_graded(const RuleDefinition& rule) {
  const RaiseDefinition& raise = rule.raise;
  if (std::ranges::any_of(raise.bands, [](const BandDefinition& band) { return band.score.has_value(); })) {
    return true;
  }
  if (!raise.score) return rule.weigh.has_value();
  return raise.score->value.find_first_not_of("0123456789_") != std::string::npos;
}

}  // namespace

void report_unheard(const std::vector<ParsedRule>& rules, Findings& findings) {
  std::set<std::string> asked;
  for (const ParsedRule& rule : rules) {
    for (const Located<std::string>& ask : rule.asks) asked.insert(ask.value);
    for (const Located<std::string>& mark : rule.marks) asked.insert(mark.value);
  }
  for (const ParsedRule& rule : rules) {
    const RuleDefinition& definition = *rule.definition;
    const RaiseDefinition& raise = definition.raise;
    if (!asked.contains(definition.id.value)) {
      const std::string hint = fmt::format(
          "ask with signal(\"{}\") or crime_signal(...) in the `events` of a rule", definition.id.value);
      if (raise.silent)
        findings.warning(Code::kUnheard, definition.id.at,
                         "the rule is silent and nobody asks for its signal, so it does nothing", hint);
      else if (!raise.marks.empty())
        findings.warning(Code::kUnheard, raise.marks.front().at,
                         "nobody asks for the rule's signal, so it marks nobody", hint);
    }
    if (raise.step > 0 && (!raise.quiet || !is_graded(definition)))
      findings.warning(Code::kNoEffect, raise.step_at,
                       raise.quiet ? "`step` does nothing: the score is always the same"
                                   : "`step` does nothing: the rule has no quiet period");
  }
}

}  // namespace suar::rules
