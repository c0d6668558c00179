#include "rules/check.h"

#include <fmt/format.h>

namespace suar::rules {
namespace {

using Kind = Syntax::Kind;

constexpr int kMostNodes = 10'000;
constexpr int kMostNodesOfSet = 500'000;

ExpressionPtr constant(const Syntax& syntax, Op op, Type type, RuleScope& scope) {
  MutableExpression made = make(op, type, syntax.at, scope);
  made->number = syntax.number;
  made->currency = syntax.currency;
  made->duration = syntax.duration;
  made->truth = syntax.truth;
  if (op == Op::kText) made->text = syntax.text;
  return made;
}

ExpressionPtr check_list(const Syntax& syntax, RuleScope& scope) {
  MutableExpression made = make(Op::kTextList, Type::kTextList, syntax.at, scope);
  bool good = true;
  for (const SyntaxPtr& item : syntax.args) {
    const ExpressionPtr text = check_constant(Type::kText, *item, "an item of a list", scope);
    if (text)
      made->texts.push_back(text->text);
    else
      good = false;
  }
  if (!good) return nullptr;
  return made;
}

ExpressionPtr dispatch(const Syntax& syntax, RuleScope& scope) {
  switch (syntax.kind) {
    case Kind::kNumber:
      return constant(syntax, Op::kNumber, Type::kNumber, scope);
    case Kind::kMoney:
      return constant(syntax, Op::kMoney, Type::kMoney, scope);
    case Kind::kDuration:
      return constant(syntax, Op::kDuration, Type::kDuration, scope);
    case Kind::kText:
      return constant(syntax, Op::kText, Type::kText, scope);
    case Kind::kTruth:
      return constant(syntax, Op::kBool, Type::kBool, scope);
    case Kind::kName:
      return check_name(syntax, scope);
    case Kind::kMember:
      return check_member(syntax, scope);
    case Kind::kCall:
      return check_call(syntax, scope);
    case Kind::kMethod:
      return check_method(syntax, scope);
    case Kind::kWindow:
      return check_window(syntax, scope);
    case Kind::kList:
      return check_list(syntax, scope);
    case Kind::kRange:
      scope.set.findings.error(Code::kBadSyntax, syntax.at,
                               "a range stands after `in` and in `unit_price` only");
      return nullptr;
    case Kind::kUnary:
    case Kind::kConditional:
    case Kind::kBinary:
      return check_operator(syntax, scope);
  }
  return nullptr;
}

}  // namespace

ExpressionPtr check(const Syntax& syntax, RuleScope& scope) {
  if (scope.too_many || scope.set.findings.full()) return nullptr;
  if (scope.nodes > kMostNodes || scope.depth >= kMaxExpressionDepth) {
    scope.too_many = true;
    scope.set.findings.error(
        Code::kTooManyNodes, syntax.at,
        fmt::format("with its macros expanded, the rule has more than {} parts or is more than {} deep",
                    kMostNodes, kMaxExpressionDepth));
    return nullptr;
  }
  if (scope.set.nodes > kMostNodesOfSet) {
    scope.too_many = true;
    scope.set.findings.error(
        Code::kTooManyNodes, syntax.at,
        fmt::format("with their macros expanded, the rules have more than {} parts", kMostNodesOfSet));
    return nullptr;
  }
  ++scope.depth;
  ExpressionPtr checked = dispatch(syntax, scope);
  --scope.depth;
  return checked;
}

ExpressionPtr check_value(const Syntax& syntax, RuleScope& scope) {
  return key_of(check(syntax, scope), scope);
}

ExpressionPtr check_as(Type type, const Syntax& syntax, std::string_view what, RuleScope& scope) {
  ExpressionPtr checked = type == Type::kParty ? check(syntax, scope) : check_value(syntax, scope);
  if (!checked || checked->type == type) return checked;
  const bool units = type == Type::kNumber || type == Type::kMoney || type == Type::kDuration;
  const bool unit =
      checked->type == Type::kNumber || checked->type == Type::kMoney || checked->type == Type::kDuration;
  std::string hint;
  if (type == Type::kBool && (unit || checked->type == Type::kText)) hint = "compare it with something";
  if (type == Type::kParty) hint = "a party is `self`, `other`, `debtor` or `creditor`";
  scope.set.findings.error(units && unit ? Code::kWrongUnit : Code::kWrongType, syntax.at,
                           fmt::format("{} is {}, not {}", what, described(type), described(*checked)), hint);
  return nullptr;
}

ExpressionPtr check_constant(Type type, const Syntax& syntax, std::string_view what, RuleScope& scope) {
  ExpressionPtr checked = check_as(type, syntax, what, scope);
  if (!checked || is_constant(*checked)) return checked;
  if (checked->op == Op::kParam) {
    const Param& param = scope.rule.params[static_cast<std::size_t>(checked->index)];
    if (param.segments.empty()) return clone(*param.value);
    scope.set.findings.error(
        Code::kNotConstant, syntax.at,
        fmt::format("{} is the same for all, and `{}` differs by segment", what, param.name));
    return nullptr;
  }
  scope.set.findings.error(Code::kNotConstant, syntax.at, fmt::format("{} is a constant or a param", what));
  return nullptr;
}

MutableExpression make(Op op, Type type, Span at, RuleScope& scope) {
  ++scope.nodes;
  ++scope.set.nodes;
  auto made = std::make_unique<Expression>();
  made->op = op;
  made->type = type;
  made->at = scope.set.sources.locate(at);
  return made;
}

ExpressionPtr reported_condition(const Syntax& syntax, RuleScope& scope) {
  return make(Op::kBool, Type::kBool, syntax.at, scope);
}

ExpressionPtr key_of(ExpressionPtr party, RuleScope& scope) {
  if (!party || party->type != Type::kParty) return party;
  if (party->op == Op::kBound) {
    ExpressionPtr key = key_of(clone(*scope.rule.bound[static_cast<std::size_t>(party->index)].value), scope);
    return bound_like(*party, std::move(key), scope);
  }
  auto key = std::make_unique<Expression>();
  key->op = Op::kPartyField;
  key->type = Type::kText;
  key->party_field = PartyField::kKey;
  key->side = party->side;
  key->at = party->at;
  return key;
}

std::string described(Type type) {
  return type == Type::kMoney ? std::string(name_of(type)) : fmt::format("a {}", name_of(type));
}

std::string described(const Expression& expression) {
  if (expression.type != Type::kMoney) return described(expression.type);
  return fmt::format("money in {}", expression.currency.text());
}

bool is_constant(const Expression& expression) {
  switch (expression.op) {
    case Op::kBool:
    case Op::kNumber:
    case Op::kMoney:
    case Op::kText:
    case Op::kDuration:
    case Op::kTextList:
      return true;
    default:
      return false;
  }
}

bool same_unit(const Expression& a, const Expression& b) {
  return a.type == b.type && (a.type != Type::kMoney || a.currency == b.currency);
}

void report_mismatch(const Expression& left, const Expression& right, Span at, std::string_view verb,
                     RuleScope& scope) {
  const auto is_quantity = [](const Expression& e) {
    return e.type == Type::kNumber || e.type == Type::kMoney || e.type == Type::kDuration ||
           e.type == Type::kTime;
  };
  const bool units = is_quantity(left) && is_quantity(right);
  std::string hint;
  if (left.type == Type::kMoney && right.type == Type::kNumber)
    hint = fmt::format("write the currency: `{} ...`", left.currency.text());
  if (left.type == Type::kDuration && right.type == Type::kNumber) hint = "write the unit: `7d`";
  if (left.type == Type::kText && right.type != Type::kText) hint = "a text stands between quotes: `\"...\"`";
  if (left.type == Type::kMoney && right.type == Type::kMoney)
    hint = fmt::format("take both in one currency, for example with `amount_in({})`", right.currency.text());
  scope.set.findings.error(units ? Code::kWrongUnit : Code::kWrongType, at,
                           fmt::format("{} is not {} {}", described(left), verb, described(right)), hint);
}

bool count_arguments(const Syntax& call, std::size_t first, std::size_t least, std::size_t most,
                     std::string_view usage, RuleScope& scope) {
  const std::size_t given = call.args.size() - first;
  if (given >= least && given <= most) return true;
  scope.set.findings.error(Code::kWrongArgumentCount, call.at,
                           given < least ? fmt::format("`{}` lacks an argument", call.text)
                                         : fmt::format("`{}` has too many arguments", call.text),
                           fmt::format("it is used like this: {}", usage));
  return false;
}

}  // namespace suar::rules
