#include <algorithm>

#include "rules/parsed.h"

namespace suar::rules {
namespace {

SyntaxPtr parse(const std::optional<LocatedText>& text, Findings& findings) {
  return text ? parse_expression(*text, findings) : nullptr;
}

// Collects the rules that an expression asks for with signal("id") or marked("id"), following macros.
class SignalSearch {
 public:
  SignalSearch(const SetScope& set, ParsedRule& parsed) : set_(set), parsed_(parsed) {}

  void visit(const Syntax& syntax) {
    if (syntax.kind == Syntax::Kind::kCall && !syntax.args.empty() &&
        syntax.args[0]->kind == Syntax::Kind::kText) {
      Located<std::string> id{syntax.args[0]->text, syntax.args[0]->at};
      if (syntax.text == "marked") add(std::move(id), parsed_.marks);
      // The value of a signal is asked of one that is there already, as a mark or otherwise.
      else if (syntax.text == "signal")
        add(std::move(id), syntax.args.size() == 1 ? parsed_.asks : values_);
      else if (syntax.text == "crime_signal")
        add(std::move(id), parsed_.crimes);
    }
    if (syntax.kind == Syntax::Kind::kName) follow(syntax.text);
    for (const SyntaxPtr& arg : syntax.args) visit(*arg);
    if (syntax.same) visit(*syntax.same);
    if (syntax.where) visit(*syntax.where);
  }

  // Rules of which only values are asked count as asked like any other, unless marks of theirs are.
  void finish() {
    for (Located<std::string>& id : values_) {
      if (!holds(parsed_.marks, id.value)) add(std::move(id), parsed_.asks);
    }
    std::erase_if(parsed_.marks, [this](const auto& id) { return holds(parsed_.asks, id.value); });
  }

 private:
  static bool holds(const std::vector<Located<std::string>>& ids, const std::string& id) {
    return std::ranges::any_of(ids, [&](const auto& other) { return other.value == id; });
  }
  static void add(Located<std::string> id, std::vector<Located<std::string>>& found) {
    if (!holds(found, id.value)) found.push_back(std::move(id));
  }

  void follow(const std::string& name) {
    const auto macro = set_.macros.find(name);
    if (macro == set_.macros.end() || !macro->second.syntax || !followed_.insert(name).second) return;
    visit(*macro->second.syntax);
  }

  const SetScope& set_;
  ParsedRule& parsed_;
  std::vector<Located<std::string>> values_;
  std::set<std::string> followed_;
};

}  // namespace

ParsedRule parse_rule(const RuleDefinition& definition, const SetScope& set) {
  ParsedRule parsed;
  const std::size_t before = set.findings.errors();
  parsed.definition = &definition;
  parsed.events = parse(definition.events, set.findings);
  parsed.trigger = parse(definition.trigger, set.findings);
  parsed.when = parse(definition.when, set.findings);
  for (const StepDefinition& step : definition.steps)
    parsed.steps.push_back(step.expression.offsets.empty()
                               ? TimedSyntax{}
                               : parse_timed_condition(step.expression, set.findings));
  if (definition.unless) parsed.unless = parse_timed_condition(*definition.unless, set.findings);
  for (const LetDefinition& let : definition.lets)
    parsed.lets.push_back(let.expression.offsets.empty() ? nullptr
                                                         : parse_expression(let.expression, set.findings));
  if (definition.raise.because_en)
    parsed.because_en = parse_template(*definition.raise.because_en, set.findings);
  if (definition.raise.because_id)
    parsed.because_id = parse_template(*definition.raise.because_id, set.findings);
  parsed.readable = set.findings.errors() == before;
  if (parsed.events) {
    SignalSearch search(set, parsed);
    search.visit(*parsed.events);
    search.finish();
  }
  return parsed;
}

void resolve_crimes(std::vector<ParsedRule>& rules) {
  for (ParsedRule& asking : rules) {
    for (const Located<std::string>& crime : asking.crimes) {
      for (const ParsedRule& asked : rules) {
        const auto& crimes = asked.definition->crimes;
        if (!asked.crimes.empty() || crimes.empty() || crimes.front() != crime.value) continue;
        const std::string& id = asked.definition->id.value;
        const bool known = std::ranges::any_of(asking.asks, [&](const auto& ask) { return ask.value == id; });
        if (!known) asking.asks.push_back({id, crime.at});
      }
    }
  }
}

}  // namespace suar::rules
