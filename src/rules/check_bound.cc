// Values of other events than the one at hand: `got.amount` of a step, `trigger.other` in a window.
//
// What stands after the dot is checked as if it stood alone, in an event of its own; where that event is not
// the one at hand, it becomes a kBound. Of such a value the engine keeps a number, or for a text and a party
// its identity: so it can be compared, and asked for relations, but not read.
#include <fmt/format.h>

#include <algorithm>

#include "rules/check.h"
#include "rules/vocabulary.h"

namespace suar::rules {
namespace {

constexpr std::string_view kTriggerName = "trigger";

// kBound, or where it is the event at hand the value itself.
ExpressionPtr bind(int step, ExpressionPtr value, std::string source, RuleScope& scope) {
  const bool own_step = scope.place == Place::kStep && step == scope.step;
  const bool is_trigger = scope.place != Place::kStep && step + 1 == static_cast<int>(scope.steps.size());
  if (step != Bound::kTrigger && (own_step || is_trigger)) return value;
  auto made = std::make_unique<Expression>();
  made->op = Op::kBound;
  made->type = value->type;
  made->currency = value->currency;
  made->at = value->at;
  auto& bound = scope.rule.bound;
  const auto known = std::ranges::find_if(
      bound, [&](const Bound& other) { return other.step == step && other.source == source; });
  made->index = static_cast<int>(known - bound.begin());
  if (known == bound.end()) bound.push_back({step, std::move(value), std::move(source)});
  return made;
}

// Which event the name means; reports where it may not be named.
std::optional<int> step_of(const Syntax& name, RuleScope& scope) {
  Findings& findings = scope.set.findings;
  if (name.text == kTriggerName) {
    if (scope.names_trigger) return Bound::kTrigger;
    findings.error(Code::kLetMisplaced, name.at,
                   "`trigger.` names the trigger where another event is looked at: in a window's `where` and "
                   "in `unless`",
                   "here the trigger is the event at hand: write its fields without `trigger.`");
    return std::nullopt;
  }
  StepUse& use = scope.steps.find(name.text)->second;
  use.used = true;
  switch (scope.place) {
    case Place::kWindow:
    case Place::kUnless:
      findings.error(
          Code::kLetMisplaced, name.at,
          fmt::format("{} does not see the steps of a sequence",
                      scope.place == Place::kWindow ? "a window" : "`unless`"),
          scope.names_trigger ? "the last step is the trigger: `trigger.amount`" : "compare in `when`");
      return std::nullopt;
    case Place::kEvents:
    case Place::kTrigger:
      findings.error(Code::kLetMisplaced, name.at, "`events` sees one event, and no step is known yet",
                     "ask it in a step");
      return std::nullopt;
    case Place::kStep:
      if (use.index <= scope.step) break;
      findings.error(Code::kLetMisplaced, name.at,
                     fmt::format("step `{}` comes later, so it is not known here", name.text),
                     "compare in the later of the two steps");
      return std::nullopt;
    default:
      break;
  }
  return use.index;
}

ExpressionPtr check_member_of(const Syntax& syntax, RuleScope& scope) {
  if (const EventFieldEntry* field = find_event_field(syntax.text)) {
    MutableExpression made = make(Op::kEventField, field->type, syntax.at, scope);
    made->event_field = field->field;
    if (made->type == Type::kMoney) made->currency = scope.set.home;
    return made;
  }
  static const std::vector<std::string> sides{"self", "other", "debtor", "creditor"};
  if (std::ranges::find(sides, syntax.text) != sides.end()) {
    Syntax side;
    side.kind = Syntax::Kind::kName;
    side.at = side.name_at = syntax.name_at;
    side.text = syntax.text;
    return check_name(side, scope);
  }
  std::vector<std::string> names = sides;
  for (const EventFieldEntry& field : event_fields()) names.emplace_back(field.name);
  std::string hint = did_you_mean(syntax.text, names);
  if (find_party_field(syntax.text) != nullptr)
    hint = fmt::format("it is a field of a party: `{0}.self.{1}` or `{0}.other.{1}`", syntax.args[0]->text,
                       syntax.text);
  scope.set.findings.error(Code::kUnknownMember, syntax.name_at,
                           fmt::format("an event has no `{}`", syntax.text), hint);
  return nullptr;
}

ExpressionPtr check_method_of(const Syntax& syntax, RuleScope& scope) {
  if (syntax.text == "signal") return check_signal(syntax, scope, 1);
  if (syntax.text == "marked") return check_marked(syntax, scope, 1);
  if (syntax.text == "signal_value") return check_signal_value(syntax, scope, 1);
  if (syntax.text == "amount_in") return check_amount_in(syntax, scope, 1);
  scope.set.findings.error(
      Code::kUnknownFunction, syntax.name_at,
      fmt::format("of another event, `{}` cannot be asked", syntax.text),
      "after its name stand fields, sides, and the calls `signal`, `signal_value`, `marked`, `amount_in`");
  return nullptr;
}

bool relates_parties(const Expression& e) {
  return e.op == Op::kCall && (e.function == Function::kKin || e.function == Function::kLinked ||
                               e.function == Function::kSameUnit || e.function == Function::kSupervises);
}

bool check_uses(const Expression& e, const Expression* parent, RuleScope& scope) {
  if (e.op == Op::kBound && (e.type == Type::kText || e.type == Type::kParty)) {
    const bool compared = parent != nullptr && (parent->op == Op::kEqual || parent->op == Op::kNotEqual);
    if (compared || (parent != nullptr && relates_parties(*parent))) return true;
    const Bound& bound = scope.rule.bound[static_cast<std::size_t>(e.index)];
    scope.set.findings.error(
        Code::kWrongType, {e.at.file, e.at.begin, e.at.end},
        fmt::format("of another event a text or party is only compared, with `==` or `!=`, and `{}` is one",
                    bound.source),
        "ask it in the step that it is about; parties also go into `kin`, `linked`, `same_unit` and "
        "`supervises`");
    return false;
  }
  return std::ranges::all_of(e.args, [&](const auto& arg) { return check_uses(*arg, &e, scope); });
}

}  // namespace

bool names_other_event(const Syntax& syntax, const RuleScope& scope) {
  return syntax.kind == Syntax::Kind::kName &&
         (syntax.text == kTriggerName || scope.steps.contains(syntax.text));
}

ExpressionPtr check_other_event(const Syntax& syntax, RuleScope& scope) {
  const auto step = step_of(*syntax.args[0], scope);
  if (!step) return nullptr;
  ExpressionPtr value =
      syntax.kind == Syntax::Kind::kMember ? check_member_of(syntax, scope) : check_method_of(syntax, scope);
  if (!value) return nullptr;
  return bind(*step, std::move(value), std::string(scope.set.sources.text_of(syntax.at)), scope);
}

ExpressionPtr bound_like(const Expression& party, ExpressionPtr value, RuleScope& scope) {
  const Bound& owner = scope.rule.bound[static_cast<std::size_t>(party.index)];
  std::string source = owner.source;
  if (value->op == Op::kPartyField) {
    source += '.';
    source += entry_of(value->party_field).name;
  }
  if (value->op == Op::kCall) source = fmt::format("has({})", source);
  return bind(owner.step, std::move(value), std::move(source), scope);
}

bool check_bound_uses(const Expression& expression, RuleScope& scope) {
  return scope.rule.bound.empty() || check_uses(expression, nullptr, scope);
}

}  // namespace suar::rules
