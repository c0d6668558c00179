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
  else if (scope.steps.contains(name.value))
    holder = "a step";
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
  int index = 0;
  for (const StepDefinition& step : definition.steps) {
    if (claim(step.name, "step", scope)) scope.steps.emplace(step.name.value, StepUse{step.name, index});
    ++index;
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
    if (!value || !check_bound_uses(*value, scope)) continue;
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
  ExpressionPtr condition = check_as(Type::kBool, *syntax, what, scope);
  return condition && check_bound_uses(*condition, scope) ? std::move(condition) : nullptr;
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
    if (!value || !check_bound_uses(*value, scope)) continue;
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

// A field or a side travels as a let of its name, which no expression can name.
bool travels_as_field(const Located<std::string>& name, SignalValue& value, RuleScope& scope) {
  Syntax syntax;
  syntax.kind = Syntax::Kind::kName;
  syntax.at = syntax.name_at = name.at;
  syntax.text = name.value;
  if (!parse_side(name.value) && find_event_field(name.value) == nullptr) return false;
  scope.place = Place::kWhen;
  ExpressionPtr field = check_value(syntax, scope);
  if (!field) return true;
  value.type = field->type;
  value.currency = field->currency;
  scope.rule.raise.signal_values.push_back(static_cast<int>(scope.rule.lets.size()));
  scope.rule.lets.push_back({name.value, std::move(field), name.value});
  return true;
}

// What travels with the signal, and its shape for the rules that ask for it.
void check_signal_values(const RuleDefinition& definition, RuleScope& scope) {
  std::vector<SignalValue> shape;
  for (const Located<std::string>& name : definition.raise.signals) {
    SignalValue value;
    value.name = name.value;
    const auto let = scope.lets.find(name.value);
    if (let == scope.lets.end() && travels_as_field(name, value, scope)) {
      shape.push_back(std::move(value));
      continue;
    }
    if (let == scope.lets.end()) {
      std::vector<std::string> names;
      names.reserve(scope.lets.size());
      for (const auto& [known, use] : scope.lets) names.push_back(known);
      scope.set.findings.error(
          Code::kUnknownName, name.at,
          fmt::format("there is no let, field or side `{}` to travel with the signal", name.value),
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
  scope.set.signals[definition.id.value] = std::move(shape);
}

void check_exceptions(const RuleDefinition& definition, RuleScope& scope) {
  scope.place = Place::kWhen;
  for (const ExceptionDefinition& written : definition.exceptions) {
    Exception exception{written.name.value, written.reason, written.subjects, nullptr};
    if (written.when) {
      const SyntaxPtr syntax = parse_expression(*written.when, scope.set.findings);
      exception.when = check_condition(syntax, Place::kWhen, "the condition of an exception", scope);
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

event::Duration check_within(const TimedSyntax& timed, std::string_view what, Span at, RuleScope& scope) {
  if (!timed.within) {
    scope.set.findings.error(Code::kBadSequence, at, fmt::format("{} does not say within what time", what),
                             "end it with `within 24h`");
    return {};
  }
  const ExpressionPtr within =
      check_constant(Type::kDuration, *timed.within, "the time after `within`", scope);
  if (!within) return {};
  if (within->duration.micros <= 0 || within->duration > event::Duration::days(3660))
    scope.set.findings.error(Code::kBadSequence, timed.within->at,
                             "the time after `within` is longer than nothing and at most 10 years");
  return within->duration;
}

// Which step `within` is counted from.
int check_of(const TimedSyntax& timed, int index, RuleScope& scope) {
  if (timed.of.empty()) return index - 1;
  const auto step = scope.steps.find(timed.of);
  if (step != scope.steps.end() && step->second.index < index) {
    step->second.used = true;
    return step->second.index;
  }
  std::vector<std::string> earlier;
  for (const auto& [name, use] : scope.steps) {
    if (use.index < index) earlier.push_back(name);
  }
  scope.set.findings.error(Code::kBadSequence, timed.of_at,
                           fmt::format("`{}` is no step before this one", timed.of),
                           suggest(timed.of, earlier));
  return index - 1;
}

void check_steps(const ParsedRule& parsed, RuleScope& scope) {
  const RuleDefinition& definition = *parsed.definition;
  if (!definition.sequence_at) return;
  Findings& findings = scope.set.findings;
  constexpr std::size_t kMostSteps = 6;
  if (definition.steps.size() < 2 || definition.steps.size() > kMostSteps)
    findings.error(
        Code::kBadSequence, *definition.sequence_at,
        fmt::format("a sequence has 2 to {} steps, and this one {}", kMostSteps, definition.steps.size()));
  if (definition.trigger)
    findings.error(Code::kBadSequence, definition.trigger->span(),
                   "beside `sequence` there is no `trigger`: the last step is it",
                   "write the condition into the last step");
  for (std::size_t i = 0; i < definition.steps.size(); ++i) {
    const StepDefinition& written = definition.steps[i];
    const TimedSyntax& timed = parsed.steps[i];
    if (!timed.condition) continue;
    const std::string what = fmt::format("step `{}`", written.name.value);
    Step step;
    step.name = written.name.value;
    scope.step = static_cast<int>(i);
    step.condition = check_condition(timed.condition, Place::kStep, what, scope);
    if (i == 0 && timed.within)
      findings.error(Code::kBadSequence, timed.within->at, "the first step comes after nothing",
                     "`within` belongs to the steps after it");
    if (i > 0) {
      step.within = check_within(timed, what, timed.condition->at, scope);
      step.of = check_of(timed, static_cast<int>(i), scope);
    }
    scope.rule.steps.push_back(std::move(step));
  }
  scope.step = -1;
  if (scope.rule.steps.size() < definition.steps.size()) return;
  event::Duration reach;
  for (int i = static_cast<int>(scope.rule.steps.size()) - 1; i > 0;
       i = scope.rule.steps[static_cast<std::size_t>(i)].of)
    reach = reach + scope.rule.steps[static_cast<std::size_t>(i)].within;
  scope.rule.sequence_reach = reach;
  scope.rule.longest_window = std::max(scope.rule.longest_window, reach + event::Duration{1});
}

void check_unless(const ParsedRule& parsed, RuleScope& scope) {
  if (!parsed.definition->unless || !parsed.unless.condition) return;
  Unless unless;
  scope.names_trigger = true;
  unless.condition = check_condition(parsed.unless.condition, Place::kUnless, "`unless`", scope);
  scope.names_trigger = false;
  unless.within = check_within(parsed.unless, "`unless`", parsed.unless.condition->at, scope);
  if (!parsed.unless.of.empty())
    scope.set.findings.error(Code::kBadSequence, parsed.unless.of_at,
                             "the time of `unless` is counted from the trigger", "leave out `of ...`");
  scope.rule.longest_window = std::max(scope.rule.longest_window, unless.within);
  scope.rule.unless = std::move(unless);
}

void check_each(const RuleDefinition& definition, RuleScope& scope) {
  if (!definition.raise.each) return;
  if (definition.raise.silent && definition.sequence_at && !definition.unless) return;
  scope.set.findings.error(Code::kBadSequence, *definition.raise.each_at,
                           "`each` belongs to a silent rule with a `sequence` and without `unless`",
                           "one event makes one alert: leave `each` out");
}

ExpressionPtr always(const RuleDefinition& definition, RuleScope& scope) {
  MutableExpression made = make(Op::kBool, Type::kBool, *definition.sequence_at, scope);
  made->truth = true;
  return made;
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

void expect_signal_values(const RuleDefinition& definition, SetScope& set) {
  std::vector<SignalValue>& shape = set.signals[definition.id.value];
  shape.clear();
  for (const Located<std::string>& name : definition.raise.signals) {
    SignalValue value;
    value.name = name.value;
    if (const EventFieldEntry* field = find_event_field(name.value)) {
      value.type = field->type;
      if (field->type == Type::kMoney) value.currency = set.home;
    } else if (parse_side(name.value)) {
      value.type = Type::kText;
    } else {
      value.pending = true;
    }
    shape.push_back(std::move(value));
  }
}

Rule check_rule(const ParsedRule& parsed, SetScope& set) {
  const RuleDefinition& definition = *parsed.definition;
  const std::size_t before = set.findings.errors();
  Rule rule = head_of(definition, set.sources);
  RuleScope scope{.set = set, .rule = rule};
  scope.watch = rule.watch;
  scope.watch_known = definition.watch.has_value();
  scope.asks_known = parsed.events != nullptr;
  for (const auto* asked : {&parsed.asks, &parsed.marks}) {
    for (const Located<std::string>& ask : *asked) {
      scope.asks.insert(ask.value);
      rule.asks.push_back(ask.value);
      if (asked == &parsed.marks) rule.marks.push_back(ask.value);
      if (rule.mode == Mode::kLive && set.shadow.contains(ask.value))
        set.findings.warning(
            Code::kShadowSignal, ask.at,
            fmt::format("`{}` is in shadow mode, so this live rule gets no signal of it", ask.value),
            "put both into shadow mode, or both live");
    }
  }
  for (const Located<std::string>& crime : parsed.crimes) scope.crimes.insert(crime.value);
  claim_names(definition, scope);
  check_params(definition, scope);
  rule.events = check_condition(parsed.events, Place::kEvents, "`events`", scope);
  rule.trigger = check_condition(parsed.trigger, Place::kTrigger, "`trigger`", scope);
  check_steps(parsed, scope);
  check_lets(parsed, scope);
  if (definition.weigh) check_weigh(*definition.weigh, scope);
  rule.when = check_condition(parsed.when, Place::kWhen, "`when`", scope);
  if (definition.weigh) rule.when = with_threshold(std::move(rule.when), definition, scope);
  if (!rule.when && !definition.when && definition.sequence_at) rule.when = always(definition, scope);
  check_exceptions(definition, scope);
  check_unless(parsed, scope);
  check_each(definition, scope);
  check_raise(definition.raise, scope);
  check_signal_values(definition, scope);
  rule.raise.because_en = check_template(parsed.because_en, scope);
  rule.raise.because_id = check_template(parsed.because_id, scope);
  if (parsed.readable && set.findings.errors() == before) report_unused(scope);
  return rule;
}

}  // namespace suar::rules
