#include <algorithm>

#include "rules/parsed.h"

namespace suar::rules {
namespace {

SyntaxPtr parse(const std::optional<LocatedText>& text, Findings& findings) {
  return text ? parse_expression(*text, findings) : nullptr;
}

// Collects the rules that an expression asks for with signal("id"), following macros.
class SignalSearch {
 public:
  SignalSearch(const SetScope& set, ParsedRule& found) : set_(set), found_(found) {}

  void visit(const Syntax& syntax) {
    if (syntax.kind == Syntax::Kind::kCall && syntax.text == "signal" && !syntax.args.empty() &&
        syntax.args[0]->kind == Syntax::Kind::kText)
      add({syntax.args[0]->text, syntax.args[0]->at}, found_.asks);
    if (syntax.kind == Syntax::Kind::kCall && syntax.text == "crime_signal" && !syntax.args.empty() &&
        syntax.args[0]->kind == Syntax::Kind::kText)
      add({syntax.args[0]->text, syntax.args[0]->at}, found_.crimes);
    if (syntax.kind == Syntax::Kind::kName) follow(syntax.text);
    for (const SyntaxPtr& arg : syntax.args) visit(*arg);
    if (syntax.same) visit(*syntax.same);
    if (syntax.where) visit(*syntax.where);
  }

 private:
  static void add(Located<std::string> word, std::vector<Located<std::string>>& found) {
    const bool known =
        std::ranges::any_of(found, [&](const auto& other) { return other.value == word.value; });
    if (!known) found.push_back(std::move(word));
  }

  void follow(const std::string& name) {
    const auto macro = set_.macros.find(name);
    if (macro == set_.macros.end() || !macro->second.syntax || !followed_.insert(name).second) return;
    visit(*macro->second.syntax);
  }

  const SetScope& set_;
  ParsedRule& found_;
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
  for (const LetDefinition& let : definition.lets)
    parsed.lets.push_back(let.expression.offsets.empty() ? nullptr
                                                         : parse_expression(let.expression, set.findings));
  if (definition.raise.because_en)
    parsed.because_en = parse_template(*definition.raise.because_en, set.findings);
  if (definition.raise.because_id)
    parsed.because_id = parse_template(*definition.raise.because_id, set.findings);
  parsed.readable = set.findings.errors() == before;
  if (parsed.events) SignalSearch(set, parsed).visit(*parsed.events);
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
