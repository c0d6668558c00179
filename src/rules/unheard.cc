// What a rule does in vain: signals and marks that nobody asks for, steps that nothing climbs.
#include <fmt/format.h>

#include <set>

#include "rules/parsed.h"

namespace suar::rules {

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
    const bool graded = raise.by || raise.score || definition.weigh;
    if (raise.step > 0 && (!raise.quiet || !graded))
      findings.warning(Code::kNoEffect, raise.step_at,
                       raise.quiet ? "`step` does nothing: the score is always the same"
                                   : "`step` does nothing: the rule has no quiet period");
  }
}

}  // namespace suar::rules
