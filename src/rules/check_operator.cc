// Operators that compute: !, -, + - * /, && ||, and the conditional.
#include <fmt/format.h>

#include "rules/check.h"

namespace suar::rules {
namespace {

// `!(self.age < 18)` is true where the age is not known, which is seldom meant.
void warn_of_absence(const Expression& negated, const Syntax& syntax, RuleScope& scope) {
  const bool compares = negated.op == Op::kEqual || negated.op == Op::kNotEqual || negated.op == Op::kLess ||
                        negated.op == Op::kLessEqual || negated.op == Op::kGreater ||
                        negated.op == Op::kGreaterEqual || negated.op == Op::kInRange;
  if (!compares) return;
  for (const ExpressionPtr& side : negated.args) {
    const bool field = side->op == Op::kPartyField ||
                       (side->op == Op::kEventField && side->event_field != EventField::kEventTime);
    if (!field || (side->type != Type::kNumber && side->type != Type::kMoney)) continue;
    scope.set.findings.warning(Code::kAbsentNegated, syntax.at, "this is true also where the field is absent",
                               "write the opposite comparison without `!`, or ask `has(...)` as well");
    return;
  }
}

ExpressionPtr check_not(const Syntax& syntax, RuleScope& scope) {
  ExpressionPtr value = check_as(Type::kBool, *syntax.args[0], "what `!` negates", scope);
  if (!value) return reported_condition(syntax, scope);
  warn_of_absence(*value, syntax, scope);
  MutableExpression made = make(Op::kNot, Type::kBool, syntax.at, scope);
  made->args.push_back(std::move(value));
  return made;
}

ExpressionPtr check_negation(const Syntax& syntax, RuleScope& scope) {
  ExpressionPtr value = check_value(*syntax.args[0], scope);
  if (!value) return nullptr;
  const Type type = value->type;
  if (type != Type::kNumber && type != Type::kMoney && type != Type::kDuration) {
    scope.set.findings.error(Code::kWrongType, syntax.at,
                             fmt::format("`-` does not go with {}", described(type)),
                             type == Type::kBool ? "not is written `!`" : "");
    return nullptr;
  }
  MutableExpression made = make(Op::kNegate, type, syntax.at, scope);
  made->currency = value->currency;
  if (is_constant(*value)) {
    made->op = value->op;
    made->number = {-value->number.num, value->number.den};
    made->duration = {-value->duration.micros};
  } else {
    made->args.push_back(std::move(value));
  }
  return made;
}

ExpressionPtr check_logic(const Syntax& syntax, RuleScope& scope) {
  const std::string side = fmt::format("a side of `{}`", syntax.text);
  ExpressionPtr left = check_as(Type::kBool, *syntax.args[0], side, scope);
  ExpressionPtr right = check_as(Type::kBool, *syntax.args[1], side, scope);
  if (!left || !right) return reported_condition(syntax, scope);
  MutableExpression made = make(syntax.text == "&&" ? Op::kAnd : Op::kOr, Type::kBool, syntax.at, scope);
  made->args.push_back(std::move(left));
  made->args.push_back(std::move(right));
  return made;
}

ExpressionPtr check_conditional(const Syntax& syntax, RuleScope& scope) {
  ExpressionPtr condition = check_as(Type::kBool, *syntax.args[0], "what stands before `?`", scope);
  ExpressionPtr yes = check_value(*syntax.args[1], scope);
  ExpressionPtr no = check_value(*syntax.args[2], scope);
  if (!condition || !yes || !no) return nullptr;
  if (!same_unit(*yes, *no)) {
    report_mismatch(*yes, *no, syntax.at, "an alternative to", scope);
    return nullptr;
  }
  const Type type = yes->type;
  if (type == Type::kTextList || type == Type::kUnitPrice || type == Type::kRhythm) {
    scope.set.findings.error(Code::kWrongType, syntax.at,
                             fmt::format("`?` does not choose between values of type {}", name_of(type)));
    return nullptr;
  }
  MutableExpression made = make(Op::kConditional, type, syntax.at, scope);
  made->currency = yes->currency;
  made->args.push_back(std::move(condition));
  made->args.push_back(std::move(yes));
  made->args.push_back(std::move(no));
  return made;
}

bool both(const Expression& a, const Expression& b, Type left, Type right) {
  return a.type == left && b.type == right;
}

std::optional<Type> sum_type(const Expression& a, const Expression& b, bool minus) {
  const bool quantity = a.type == Type::kNumber || a.type == Type::kMoney || a.type == Type::kDuration;
  if (quantity && same_unit(a, b)) return a.type;
  if (both(a, b, Type::kTime, Type::kDuration)) return Type::kTime;
  if (!minus && both(a, b, Type::kDuration, Type::kTime)) return Type::kTime;
  if (minus && both(a, b, Type::kTime, Type::kTime)) return Type::kDuration;
  return std::nullopt;
}

std::optional<Type> product_type(const Expression& a, const Expression& b) {
  if (both(a, b, Type::kNumber, Type::kNumber)) return Type::kNumber;
  if (both(a, b, Type::kMoney, Type::kNumber) || both(a, b, Type::kNumber, Type::kMoney)) return Type::kMoney;
  return std::nullopt;
}

std::optional<Type> quotient_type(const Expression& a, const Expression& b) {
  if (both(a, b, Type::kNumber, Type::kNumber) || both(a, b, Type::kDuration, Type::kDuration))
    return Type::kNumber;
  if (both(a, b, Type::kMoney, Type::kMoney) && same_unit(a, b)) return Type::kNumber;
  if (both(a, b, Type::kMoney, Type::kNumber)) return Type::kMoney;
  return std::nullopt;
}

struct Arithmetic {
  Op op;
  std::optional<Type> type;
  std::string_view verb;
};

Arithmetic arithmetic(const Expression& a, const Expression& b, char op) {
  switch (op) {
    case '+':
      return {Op::kAdd, sum_type(a, b, false), "added to"};
    case '-':
      return {Op::kSubtract, sum_type(a, b, true), "subtracted with"};
    case '*':
      return {Op::kMultiply, product_type(a, b), "multiplied by"};
    default:
      return {Op::kDivide, quotient_type(a, b), "divided by"};
  }
}

// Money stands first in a product, and time first in a sum, however they were written.
ExpressionPtr check_arithmetic(const Syntax& syntax, RuleScope& scope) {
  ExpressionPtr left = check_value(*syntax.args[0], scope);
  ExpressionPtr right = check_value(*syntax.args[1], scope);
  if (!left || !right) return nullptr;
  const Arithmetic found = arithmetic(*left, *right, syntax.text[0]);
  if (!found.type) {
    report_mismatch(*left, *right, syntax.at, found.verb, scope);
    return nullptr;
  }
  if ((found.op == Op::kMultiply && right->type == Type::kMoney) ||
      (found.op == Op::kAdd && right->type == Type::kTime))
    std::swap(left, right);
  MutableExpression made = make(found.op, *found.type, syntax.at, scope);
  if (made->type == Type::kMoney) made->currency = left->currency;
  made->args.push_back(std::move(left));
  made->args.push_back(std::move(right));
  return made;
}

}  // namespace

ExpressionPtr check_operator(const Syntax& syntax, RuleScope& scope) {
  if (syntax.kind == Syntax::Kind::kConditional) return check_conditional(syntax, scope);
  if (syntax.kind == Syntax::Kind::kUnary)
    return syntax.text == "!" ? check_not(syntax, scope) : check_negation(syntax, scope);
  if (syntax.text == "&&" || syntax.text == "||") return check_logic(syntax, scope);
  if (syntax.text == "in") return check_membership(syntax, scope);
  const bool computes = syntax.text == "+" || syntax.text == "-" || syntax.text == "*" || syntax.text == "/";
  return computes ? check_arithmetic(syntax, scope) : check_comparison(syntax, scope);
}

}  // namespace suar::rules
