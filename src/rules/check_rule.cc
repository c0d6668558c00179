// One rule, from its definition and its syntax to what the engine runs.
#include <fmt/format.h>

#include "rules/check.h"
#include "rules/map_reader.h"
#include "rules/parsed.h"
#include "rules/vocabulary.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

// Claims a name in the namespace that lets, params, macros, lists and fields share.
bool claim(const Located<std::string>& name, std::string_view what, const RuleScope& scope) {
  Findings& findings = scope.set.findings;
  if (!is_name(name.value)) {
    findings.error(Code::kBadName, name.at, fmt::format("`{}` is no name", name.value),
                   "a letter, then lower-case letters, digits and underscores, at most 64");
    return false;
  }
  std::string_view holder;
  if (is_reserved(name.value))
    holder = "the language itself";
  else if (scope.params.contains(name.value))
    holder = "a param";
  else if (scope.lets.contains(name.value))
    holder = "a let";
  else if (scope.set.macros.contains(name.value))
    holder = "a macro";
  else if (scope.set.lists.contains(name.value))
    holder = "a list";
  if (holder.empty()) return true;
  findings.error(Code::kNameTwice, name.at,
                 fmt::format("the name `{}` of this {} is taken by {}", name.value, what, holder),
                 "choose another name");
  return false;
}

void claim_names(const RuleDefinition& definition, RuleScope& scope) {
  for (const ParamDefinition& param : definition.params) {
    if (claim(param.name, "param", scope)) scope.params.emplace(param.name.value, ParamUse{param.name});
  }
  for (const LetDefinition& let : definition.lets) {
    if (claim(let.name, "let", scope)) scope.lets.emplace(let.name.value, LetUse{let.name});
  }
}

void check_lets(const ParsedRule& parsed, RuleScope& scope) {
  scope.place = Place::kLet;
  for (std::size_t i = 0; i < parsed.lets.size(); ++i) {
    const LetDefinition& definition = parsed.definition->lets[i];
    const auto use = scope.lets.find(definition.name.value);
    if (use == scope.lets.end() || use->second.checked) continue;
    ExpressionPtr value = parsed.lets[i] ? check_value(*parsed.lets[i], scope) : nullptr;
    use->second.checked = true;
    if (!value) continue;
    if (value->type == Type::kTextList) {
      scope.set.findings.error(Code::kWrongType, definition.expression.span(),
                               "a let holds one value, not a list",
                               "give the list a name in a document `lists:`");
      continue;
    }
    use->second.index = static_cast<int>(scope.rule.lets.size());
    scope.rule.lets.push_back({definition.name.value, std::move(value), definition.expression.value});
  }
}

ExpressionPtr check_condition(const SyntaxPtr& syntax, Place place, std::string_view what, RuleScope& scope) {
  if (!syntax) return nullptr;
  scope.place = place;
  return check_as(Type::kBool, *syntax, what, scope);
}

// The rule's own condition, and that the score reaches the threshold.
ExpressionPtr with_threshold(ExpressionPtr when, const RuleDefinition& definition, RuleScope& scope) {
  ExpressionPtr reached = check_threshold(*definition.weigh, scope);
  if (!when || !reached) return when ? std::move(when) : std::move(reached);
  MutableExpression both = make(Op::kAnd, Type::kBool, definition.when->span(), scope);
  both->args.push_back(std::move(when));
  both->args.push_back(std::move(reached));
  return both;
}

Template check_template(const std::vector<TemplateSyntax>& pieces, RuleScope& scope) {
  scope.place = Place::kTemplate;
  Template out;
  for (const TemplateSyntax& piece : pieces) {
    if (!piece.value) {
      out.push_back({piece.text, nullptr});
      continue;
    }
    ExpressionPtr value = check_value(*piece.value, scope);
    if (!value) continue;
    if (value->type == Type::kUnitPrice || value->type == Type::kRhythm || value->type == Type::kTextList) {
      scope.set.findings.error(
          Code::kWrongType, piece.value->at,
          fmt::format("{} cannot be told in a sentence", described(value->type)),
          value->type == Type::kTextList ? "" : "name one of its members, such as `.share`");
      continue;
    }
    out.push_back({{}, std::move(value)});
  }
  return out;
}

bool can_travel(Type type) {
  return type != Type::kUnitPrice && type != Type::kRhythm && type != Type::kTextList && type != Type::kParty;
}

// The lets that travel with the signal, and their shape for the rules that ask for it.
void check_signal_values(const RuleDefinition& definition, RuleScope& scope) {
  std::vector<SignalValue>& shape = scope.set.signals[definition.id.value];
  for (const Located<std::string>& name : definition.raise.signals) {
    SignalValue value{name.value, std::nullopt, {}};
    const auto let = scope.lets.find(name.value);
    if (let == scope.lets.end()) {
      std::vector<std::string> names;
      names.reserve(scope.lets.size());
      for (const auto& [known, use] : scope.lets) names.push_back(known);
      scope.set.findings.error(Code::kUnknownName, name.at,
                               fmt::format("there is no let `{}` to travel with the signal", name.value),
                               did_you_mean(name.value, names));
    } else {
      let->second.used = true;
      if (let->second.index >= 0) {
        const Expression& expression = *scope.rule.lets[static_cast<std::size_t>(let->second.index)].value;
        if (can_travel(expression.type)) {
          value.type = expression.type;
          value.currency = expression.currency;
          scope.rule.raise.signal_values.push_back(let->second.index);
        } else {
          scope.set.findings.error(
              Code::kWrongType, name.at,
              fmt::format("{} does not travel with a signal", described(expression.type)),
              "make a let of one of its members");
        }
      }
    }
    shape.push_back(std::move(value));
  }
}

void check_exceptions(const RuleDefinition& definition, RuleScope& scope) {
  scope.place = Place::kWhen;
  for (const ExceptionDefinition& written : definition.exceptions) {
    Exception exception{written.name.value, written.reason, written.subjects, nullptr};
    if (written.when) {
      const SyntaxPtr syntax = parse_expression(*written.when, scope.set.findings);
      if (syntax) exception.when = check_as(Type::kBool, *syntax, "the condition of an exception", scope);
    }
    for (const Exception& other : scope.rule.exceptions) {
      if (other.name == exception.name)
        scope.set.findings.error(Code::kNameTwice, written.name.at,
                                 fmt::format("there is another exception `{}`", exception.name));
    }
    scope.rule.exceptions.push_back(std::move(exception));
  }
}

void report_unused(const RuleScope& scope) {
  for (const auto& [name, param] : scope.params) {
    if (!param.used)
      scope.set.findings.warning(Code::kUnused, param.name.at,
                                 fmt::format("nothing uses the param `{}`", name));
  }
  for (const auto& [name, let] : scope.lets) {
    if (!let.used)
      scope.set.findings.warning(Code::kUnused, let.name.at, fmt::format("nothing uses the let `{}`", name));
  }
}

Rule head_of(const RuleDefinition& definition, const Sources& sources) {
  Rule rule;
  rule.id = definition.id.value;
  rule.version = definition.version;
  rule.title = definition.title;
  rule.description = definition.description;
  rule.crimes = definition.crimes;
  rule.offence_codes = definition.offence_codes;
  rule.indicator_codes = definition.indicator_codes;
  rule.basis = definition.basis;
  rule.look_alikes = definition.look_alikes;
  rule.mode = definition.mode;
  rule.watch = definition.watch.value_or(EntityKind::kAccount);
  rule.at = sources.locate(definition.id.at);
  return rule;
}

}  // namespace

Rule check_rule(const ParsedRule& parsed, SetScope& set) {
  const RuleDefinition& definition = *parsed.definition;
  const std::size_t before = set.findings.errors();
  Rule rule = head_of(definition, set.sources);
  RuleScope scope{.set = set, .rule = rule};
  scope.watch = rule.watch;
  scope.watch_known = definition.watch.has_value();
  scope.asks_known = parsed.events != nullptr;
  for (const Located<std::string>& ask : parsed.asks) {
    scope.asks.insert(ask.value);
    rule.asks.push_back(ask.value);
    if (rule.mode == Mode::kLive && set.shadow.contains(ask.value))
      set.findings.warning(
          Code::kShadowSignal, ask.at,
          fmt::format("`{}` is in shadow mode, so this live rule gets no signal of it", ask.value),
          "put both into shadow mode, or both live");
  }
  for (const Located<std::string>& crime : parsed.crimes) scope.crimes.insert(crime.value);
  claim_names(definition, scope);
  check_params(definition, scope);
  rule.events = check_condition(parsed.events, Place::kEvents, "`events`", scope);
  rule.trigger = check_condition(parsed.trigger, Place::kTrigger, "`trigger`", scope);
  check_lets(parsed, scope);
  if (definition.weigh) check_weigh(*definition.weigh, scope);
  rule.when = check_condition(parsed.when, Place::kWhen, "`when`", scope);
  if (definition.weigh) rule.when = with_threshold(std::move(rule.when), definition, scope);
  check_exceptions(definition, scope);
  check_raise(definition.raise, scope);
  check_signal_values(definition, scope);
  rule.raise.because_en = check_template(parsed.because_en, scope);
  rule.raise.because_id = check_template(parsed.because_id, scope);
  if (parsed.readable && set.findings.errors() == before) report_unused(scope);
  return rule;
}

}  // namespace suar::rules
