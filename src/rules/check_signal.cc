// signal("rule"), marked("rule"), signal("rule", "let") and signal_value("let"): the rule is in the set, and
// this rule's `events` ask for it.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "rules/check.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

std::vector<std::string> rule_ids(const SetScope& set) {
  std::vector<std::string> ids;
  ids.reserve(set.signals.size());
  for (const auto& [id, values] : set.signals) ids.push_back(id);
  return ids;
}

const std::vector<SignalValue>* find_signal(const std::string& id, Span at, RuleScope& scope) {
  const auto found = scope.set.signals.find(id);
  if (found == scope.set.signals.end()) {
    std::string hint = did_you_mean(id, rule_ids(scope.set));
    if (hint.empty() && !scope.set.complete) hint = "it may stand in a file that could not be read";
    scope.set.findings.error(Code::kUnknownSignal, at, fmt::format("there is no rule `{}` in this set", id),
                             hint);
    return nullptr;
  }
  if (scope.asks_known && !scope.asks.contains(id)) {
    scope.set.findings.error(
        Code::kSignalNotAskedFor, at,
        fmt::format("this rule never sees a signal of `{}`, because its `events` do not ask for one", id),
        fmt::format("write in `events`: ... || signal(\"{}\")", id));
    return nullptr;
  }
  return &found->second;
}

// A let of a rule in a circle is not checked yet, so its type is not known.
bool known_type(const SignalValue& value, const std::string& rule, Span at, RuleScope& scope) {
  if (value.pending)
    scope.set.findings.error(
        Code::kSignalCycle, at,
        fmt::format(
            "rules that ask one another for marks pass on fields and sides, and `{}` of `{}` is a let",
            value.name, rule),
        "let `amount`, `self`, `other` or another field travel: raise: {signal: [amount]}");
  return value.type.has_value();
}

ExpressionPtr is_signal(Function function, const Syntax& syntax, const std::string& id, RuleScope& scope) {
  MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
  made->function = function;
  made->text = id;
  return made;
}

}  // namespace

ExpressionPtr check_marked(const Syntax& syntax, RuleScope& scope, std::size_t first) {
  if (!count_arguments(syntax, first, 1, 1, "marked(\"rule-id\")", scope)) return nullptr;
  const ExpressionPtr id = check_constant(Type::kText, *syntax.args[first], "the rule of a mark", scope);
  if (!id || find_signal(id->text, syntax.args[first]->at, scope) == nullptr) return nullptr;
  return is_signal(Function::kMarked, syntax, id->text, scope);
}

ExpressionPtr check_signal_value(const Syntax& syntax, RuleScope& scope, std::size_t first) {
  if (!count_arguments(syntax, first, 1, 1, "signal_value(\"amount\")", scope)) return nullptr;
  const ExpressionPtr name = check_constant(Type::kText, *syntax.args[first], "the value of a signal", scope);
  if (!name) return nullptr;
  MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
  made->function = Function::kSignalAny;
  made->text = name->text;
  std::vector<std::string> names;
  for (const std::string& id : scope.rule.asks) {
    const auto found = scope.set.signals.find(id);
    if (found == scope.set.signals.end()) continue;
    for (std::size_t i = 0; i < found->second.size(); ++i) {
      const SignalValue& value = found->second[i];
      names.push_back(value.name);
      if (value.name != name->text) continue;
      if (!known_type(value, id, syntax.args[first]->at, scope)) return nullptr;
      const bool differs =
          !made->texts.empty() && (made->type != *value.type || made->currency != value.currency);
      if (differs) {
        scope.set.findings.error(
            Code::kWrongType, syntax.args[first]->at,
            fmt::format("`{}` is {} on a signal of `{}` and {} on one of `{}`", name->text,
                        described(made->type), made->texts[0], described(*value.type), id),
            fmt::format("ask each of its own: signal(\"{}\", \"{}\")", id, name->text));
        return nullptr;
      }
      made->type = *value.type;
      made->currency = value.currency;
      made->texts.push_back(id);
      made->indexes.push_back(static_cast<int>(i));
    }
  }
  if (!made->texts.empty()) return made;
  scope.set.findings.error(
      Code::kUnknownSignal, syntax.args[first]->at,
      fmt::format("no signal that `events` asks for carries `{}`", name->text),
      names.empty() ? "a rule lists what travels under `raise: signal:`" : suggest(name->text, names));
  return nullptr;
}

ExpressionPtr check_signal(const Syntax& syntax, RuleScope& scope, std::size_t first) {
  if (!count_arguments(syntax, first, 1, 2, "signal(\"rule-id\") or signal(\"rule-id\", \"let\")", scope))
    return nullptr;
  const ExpressionPtr id = check_constant(Type::kText, *syntax.args[first], "the rule of a signal", scope);
  if (!id) return nullptr;
  const std::vector<SignalValue>* const values = find_signal(id->text, syntax.args[first]->at, scope);
  if (values == nullptr) return nullptr;
  if (syntax.args.size() == first + 1) return is_signal(Function::kSignal, syntax, id->text, scope);
  const ExpressionPtr name =
      check_constant(Type::kText, *syntax.args[first + 1], "the value of a signal", scope);
  if (!name) return nullptr;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < values->size(); ++i) {
    const SignalValue& value = (*values)[i];
    names.push_back(value.name);
    if (value.name != name->text) continue;
    if (!known_type(value, id->text, syntax.args[first + 1]->at, scope)) return nullptr;
    MutableExpression made = make(Op::kCall, *value.type, syntax.at, scope);
    made->function = Function::kSignalValue;
    made->text = id->text;
    made->index = static_cast<int>(i);
    made->currency = value.currency;
    return made;
  }
  const std::string hint = names.empty()
                               ? fmt::format("`{}` lists what travels under `raise: signal:`", id->text)
                               : suggest(name->text, names);
  scope.set.findings.error(Code::kUnknownSignal, syntax.args[first + 1]->at,
                           fmt::format("a signal of `{}` carries no `{}`", id->text, name->text), hint);
  return nullptr;
}

ExpressionPtr check_crime_signal(const Syntax& syntax, RuleScope& scope) {
  if (!count_arguments(syntax, 0, 1, 1, "crime_signal(\"bribery\")", scope)) return nullptr;
  const ExpressionPtr crime = check_constant(Type::kText, *syntax.args[0], "the crime of a signal", scope);
  if (!crime) return nullptr;
  if (std::ranges::find(crime_words(), crime->text) == crime_words().end()) {
    scope.set.findings.error(Code::kUnknownWord, syntax.args[0]->at,
                             fmt::format("there is no crime `{}`", crime->text),
                             suggest(crime->text, crime_words()));
    return nullptr;
  }
  if (scope.asks_known && !scope.crimes.contains(crime->text)) {
    scope.set.findings.error(
        Code::kSignalNotAskedFor, syntax.args[0]->at,
        fmt::format("this rule does not see the signals about {}, because its `events` do not ask for them",
                    crime->text),
        fmt::format("write in `events`: ... || crime_signal(\"{}\")", crime->text));
    return nullptr;
  }
  MutableExpression made = make(Op::kCall, Type::kBool, syntax.at, scope);
  made->function = Function::kCrimeSignal;
  made->text = crime->text;
  return made;
}

}  // namespace suar::rules
