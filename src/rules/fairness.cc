// The fairness guard: no rule fires on nationality, country or the mere fact of a payment. Conditions that
// speak of nothing else are taken to come out whichever way lets the rule fire; if it then fires for certain,
// it is refused. Everything else is "unknown": it may or may not hold, so the rule says something more.
#include <fmt/format.h>

#include "rules/parsed.h"

namespace suar::rules {
namespace {

enum class Truth { kFalse, kUnknown, kTrue };

Truth negate(Truth t) {
  return t == Truth::kTrue ? Truth::kFalse : t == Truth::kFalse ? Truth::kTrue : Truth::kUnknown;
}

bool says_nothing(EventField field) {
  switch (field) {
    case EventField::kPlaceCountry:
    case EventField::kIpCountry:
    case EventField::kTxType:
    case EventField::kDirection:
      return true;
    default:
      return false;
  }
}

bool says_nothing(PartyField field) {
  return field == PartyField::kCountry || field == PartyField::kNationality;
}

class Guard {
 public:
  explicit Guard(const Rule& rule) : rule_(rule) {}

  // What becomes of a condition if the fields above come out as `wanted` needs them.
  [[nodiscard]] Truth fold(const Expression& e, Truth wanted) const {
    switch (e.op) {
      case Op::kBool:
        return e.truth ? Truth::kTrue : Truth::kFalse;
      case Op::kNot:
        return negate(fold(*e.args[0], negate(wanted)));
      case Op::kAnd:
        return std::min(fold(*e.args[0], wanted), fold(*e.args[1], wanted));
      case Op::kOr:
        return std::max(fold(*e.args[0], wanted), fold(*e.args[1], wanted));
      case Op::kLet:
        return fold(*rule_.lets[static_cast<std::size_t>(e.index)].value, wanted);
      case Op::kConditional:
        return fold_conditional(e, wanted);
      default:
        break;
    }
    if (reaches_by_such_fields(e)) return Truth::kTrue;
    if (counts_the_trigger(e)) return Truth::kTrue;
    return only_such_fields(e) ? wanted : Truth::kUnknown;
  }

  [[nodiscard]] Truth fold_not(const Expression& e) const { return negate(fold(e, Truth::kFalse)); }

 private:
  [[nodiscard]] Truth fold_conditional(const Expression& e, Truth wanted) const {
    const Truth yes = fold(*e.args[1], wanted);
    const Truth no = fold(*e.args[2], wanted);
    const Truth condition = fold(*e.args[0], Truth::kTrue);
    if (yes == no) return yes;
    if (condition == Truth::kTrue)
      return only_such_fields(*e.args[0]) ? (wanted == Truth::kTrue ? std::max(yes, no) : std::min(yes, no))
                                          : yes;
    return condition == Truth::kFalse ? no : Truth::kUnknown;
  }

  // A score that reaches its threshold by the terms that speak of nothing else.
  [[nodiscard]] bool reaches_by_such_fields(const Expression& e) const {
    const bool threshold = rule_.weighing && e.op == Op::kGreaterEqual && e.args[0]->op == Op::kLet &&
                           e.args[0]->index == rule_.weighing->score_let && e.args[1]->op == Op::kNumber;
    if (!threshold) return false;
    Rational most;
    for (const Term& term : rule_.weighing->terms) {
      const Expression& value = *rule_.lets[static_cast<std::size_t>(term.let)].value;
      const bool holds =
          value.type == Type::kBool ? fold(value, Truth::kTrue) == Truth::kTrue : is_count_of_all(value);
      if (holds && term.weight && term.weight->num > 0) most = add(most, *term.weight).value_or(most);
    }
    for (const Modifier& modifier : rule_.weighing->modifiers) {
      if (compare(modifier.factor, {1, 1}) > 0 && fold(*modifier.when, Truth::kTrue) == Truth::kTrue)
        most = multiply(most, modifier.factor).value_or(most);
    }
    return compare(most, e.args[1]->number) >= 0;
  }

  [[nodiscard]] bool is_count_of_all(const Expression& e) const {
    if (e.op != Op::kWindow) return false;
    const Window& window = rule_.windows[static_cast<std::size_t>(e.index)];
    return window.aggregate == Aggregate::kCount && window.before.micros == 0 &&
           (!window.where || fold(*window.where, Truth::kTrue) == Truth::kTrue);
  }

  // `count() over 30d >= 1` holds for every event that gets this far.
  [[nodiscard]] bool counts_the_trigger(const Expression& e) const {
    if (e.op != Op::kGreaterEqual && e.op != Op::kGreater) return false;
    const Expression* counted = e.args[0].get();
    while (counted->op == Op::kLet)
      counted = rule_.lets[static_cast<std::size_t>(counted->index)].value.get();
    const Expression* bound = e.args[1].get();
    if (bound->op == Op::kParam) bound = rule_.params[static_cast<std::size_t>(bound->index)].value.get();
    if (bound->op != Op::kNumber) return false;
    const Rational most = Rational::of(e.op == Op::kGreater ? 0 : 1);
    return is_count_of_all(*counted) && compare(bound->number, most) <= 0;
  }

  // At least one such field, and beside them constants only.
  [[nodiscard]] static bool only_such_fields(const Expression& e) {
    bool some = false;
    return only_such_fields(e, some) && some;
  }
  static bool only_such_fields(const Expression& e, bool& some) {
    switch (e.op) {
      case Op::kEventField:
        some = true;
        return says_nothing(e.event_field);
      case Op::kPartyField:
        some = true;
        return says_nothing(e.party_field);
      case Op::kParty:
      case Op::kLet:
      case Op::kWindow:
      case Op::kMember:
      case Op::kBound:
        return false;
      case Op::kCall:
        if (!speaks_of_text(e.function)) return false;
        break;
      default:
        break;
    }
    for (const ExpressionPtr& arg : e.args) {
      if (!only_such_fields(*arg, some)) return false;
    }
    return true;
  }

  // Functions that only look at the text they are given.
  static bool speaks_of_text(Function function) {
    switch (function) {
      case Function::kHas:
      case Function::kListedText:
      case Function::kStartsWith:
      case Function::kEndsWith:
      case Function::kContains:
      case Function::kMatches:
      case Function::kSize:
        return true;
      default:
        return false;
    }
  }

  const Rule& rule_;
};

}  // namespace

void check_fairness(const Rule& rule, const ParsedRule& parsed, Findings& findings) {
  if (!rule.events || !rule.when || (parsed.trigger && !rule.trigger)) return;
  const Guard guard(rule);
  const RuleDefinition& definition = *parsed.definition;
  const Span at = definition.when    ? definition.when->span()
                  : definition.weigh ? definition.weigh->at
                                     : *definition.sequence_at;
  Truth fires = std::min(guard.fold(*rule.events, Truth::kTrue), guard.fold(*rule.when, Truth::kTrue));
  if (rule.trigger) fires = std::min(fires, guard.fold(*rule.trigger, Truth::kTrue));
  for (const Step& step : rule.steps) {
    if (!step.condition) return;
    fires = std::min(fires, guard.fold(*step.condition, Truth::kTrue));
  }
  if (rule.unless && rule.unless->condition) fires = std::min(fires, guard.fold_not(*rule.unless->condition));
  if (fires == Truth::kTrue)
    findings.error(Code::kFairness, at,
                   "the rule may fire on nationality, country or the mere fact of a payment alone",
                   "ask for a pattern as well: many senders, a fee band, an official, a list, a rhythm");
  if (fires == Truth::kFalse)
    findings.warning(Code::kNeverTrue, at, "the rule can never fire: its conditions exclude one another");
}

}  // namespace suar::rules
