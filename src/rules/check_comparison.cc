// == != < <= > >= and `in`: both sides of one type and one unit, and words that the field can hold.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rules/check.h"
#include "rules/vocabulary.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

bool has_order(Type type) {
  return type == Type::kNumber || type == Type::kMoney || type == Type::kTime || type == Type::kDuration;
}

bool is_comparable(Type type) {
  return has_order(type) || type == Type::kBool || type == Type::kText;
}

void report_incomparable(const Expression& value, Span at, RuleScope& scope) {
  std::string hint;
  if (value.type == Type::kUnitPrice) hint = "compare its `.share`, `.price` or `.matching`";
  if (value.type == Type::kRhythm) hint = "compare its `.occasions`, `.regular` or `.share`";
  if (value.type == Type::kTextList) hint = "ask with `in` whether a text is one of a list";
  scope.set.findings.error(Code::kWrongType, at, fmt::format("{} is not compared", described(value.type)),
                           hint);
}

std::string_view field_name(const Expression& field) {
  return field.op == Op::kEventField ? entry_of(field.event_field).name : entry_of(field.party_field).name;
}

Op comparison_op(std::string_view op) {
  if (op == "==") return Op::kEqual;
  if (op == "!=") return Op::kNotEqual;
  if (op == "<") return Op::kLess;
  if (op == "<=") return Op::kLessEqual;
  return op == ">" ? Op::kGreater : Op::kGreaterEqual;
}

void check_words(const Expression& left, const Expression& right, Span left_at, Span right_at,
                 RuleScope& scope) {
  if (right.op == Op::kText) check_word(left, right.text, right_at, scope);
  if (left.op == Op::kText) check_word(right, left.text, left_at, scope);
}

ExpressionPtr in_texts(ExpressionPtr value, const Expression& list, const Syntax& syntax, RuleScope& scope) {
  for (std::size_t i = 0; i < list.texts.size(); ++i) {
    // The items of a list written here have their own places; those of a named list are meant as a whole.
    const bool written = syntax.args[1]->kind == Syntax::Kind::kList;
    check_word(*value, list.texts[i], written ? syntax.args[1]->args[i]->at : syntax.args[1]->at, scope);
  }
  MutableExpression made = make(Op::kInList, Type::kBool, syntax.at, scope);
  made->args.push_back(std::move(value));
  made->texts = list.texts;
  return made;
}

ExpressionPtr in_range(ExpressionPtr value, const Syntax& syntax, RuleScope& scope) {
  const Syntax& range = *syntax.args[1];
  MutableExpression made = make(Op::kInRange, Type::kBool, syntax.at, scope);
  std::vector<ExpressionPtr> ends;
  for (const SyntaxPtr& written : range.args) {
    ExpressionPtr end = check_value(*written, scope);
    if (!end) return reported_condition(syntax, scope);
    if (end->type == Type::kMoney && value->type == Type::kMoney && end->currency != value->currency)
      convert_to_home(value, end, scope);
    if (!same_unit(*value, *end) || !has_order(end->type)) {
      report_mismatch(*value, *end, written->at, "compared with", scope);
      return reported_condition(syntax, scope);
    }
    ends.push_back(std::move(end));
  }
  if (ends[0]->op == Op::kNumber || ends[0]->op == Op::kMoney || ends[0]->op == Op::kDuration) {
    const bool upside_down = ends[1]->op == ends[0]->op && (compare(ends[1]->number, ends[0]->number) < 0 ||
                                                            ends[1]->duration < ends[0]->duration);
    if (upside_down)
      scope.set.findings.warning(Code::kNeverTrue, range.at,
                                 "the range ends below its beginning, so nothing lies in it");
  }
  made->args.push_back(std::move(value));
  for (ExpressionPtr& end : ends) made->args.push_back(std::move(end));
  return made;
}

ExpressionPtr to_home(ExpressionPtr constant, RuleScope& scope) {
  auto converted = std::make_unique<Expression>();
  converted->op = Op::kToHome;
  converted->type = Type::kMoney;
  converted->currency = scope.set.home;
  converted->at = constant->at;
  converted->args.push_back(std::move(constant));
  return converted;
}

// Only constants are converted, so a param that differs by segment becomes a choice among them.
ExpressionPtr param_to_home(const Expression& use, RuleScope& scope) {
  const Param& param = scope.rule.params[static_cast<std::size_t>(use.index)];
  const auto node = [&use](Op op, Type type) {
    auto made = std::make_unique<Expression>();
    made->op = op;
    made->type = type;
    made->at = use.at;
    return made;
  };
  ExpressionPtr result = to_home(clone(*param.value), scope);
  for (const auto& [segment, value] : param.segments) {
    auto own = node(Op::kPartyField, Type::kText);
    own->party_field = PartyField::kSegment;
    own->side = Side::kSelf;
    auto word = node(Op::kText, Type::kText);
    word->text = segment;
    auto is_it = node(Op::kEqual, Type::kBool);
    is_it->args.push_back(std::move(own));
    is_it->args.push_back(std::move(word));
    auto choice = node(Op::kConditional, Type::kMoney);
    choice->currency = scope.set.home;
    choice->args.push_back(std::move(is_it));
    choice->args.push_back(to_home(clone(*value), scope));
    choice->args.push_back(std::move(result));
    result = std::move(choice);
  }
  return result;
}

ExpressionPtr any_of(std::vector<ExpressionPtr>& alternatives, std::size_t begin, std::size_t end, Span at,
                     RuleScope& scope) {
  if (end - begin == 1) return std::move(alternatives[begin]);
  const std::size_t middle = begin + (end - begin) / 2;
  MutableExpression made = make(Op::kOr, Type::kBool, at, scope);
  made->args.push_back(any_of(alternatives, begin, middle, at, scope));
  made->args.push_back(any_of(alternatives, middle, end, at, scope));
  return made;
}

// `x in [1, 2]` where x is no text is `x == 1 || x == 2`.
ExpressionPtr in_values(ExpressionPtr value, const Syntax& syntax, RuleScope& scope) {
  std::vector<ExpressionPtr> alternatives;
  for (const SyntaxPtr& written : syntax.args[1]->args) {
    ExpressionPtr item = check_value(*written, scope);
    if (!item) return reported_condition(syntax, scope);
    ExpressionPtr subject = clone(*value);
    convert_to_home(subject, item, scope);
    if (!same_unit(*subject, *item)) {
      report_mismatch(*subject, *item, written->at, "compared with", scope);
      return reported_condition(syntax, scope);
    }
    MutableExpression equal = make(Op::kEqual, Type::kBool, written->at, scope);
    equal->args.push_back(std::move(subject));
    equal->args.push_back(std::move(item));
    alternatives.push_back(std::move(equal));
  }
  if (alternatives.empty()) return make(Op::kBool, Type::kBool, syntax.at, scope);
  return any_of(alternatives, 0, alternatives.size(), syntax.at, scope);
}

}  // namespace

void convert_to_home(ExpressionPtr& a, ExpressionPtr& b, RuleScope& scope) {
  const auto convert = [&scope](ExpressionPtr& constant, const Expression& other) {
    const bool fits = constant->type == Type::kMoney && other.type == Type::kMoney &&
                      other.currency == scope.set.home && constant->currency != scope.set.home;
    if (fits && constant->op == Op::kMoney)
      constant = to_home(std::move(constant), scope);
    else if (fits && constant->op == Op::kParam)
      constant = param_to_home(*constant, scope);
  };
  convert(a, *b);
  convert(b, *a);
}

void check_word(const Expression& field, const std::string& word, Span at, RuleScope& scope) {
  if (word.empty()) return;
  const bool direction = field.op == Op::kEventField && field.event_field == EventField::kDirection;
  const WordList* const list = words_of(field);
  if (list == nullptr) return;
  if (std::ranges::find(list->words, word) == list->words.end()) {
    if (list->closed)
      scope.set.findings.error(Code::kImpossibleWord, at,
                               fmt::format("`{}` is never \"{}\"", field_name(field), word),
                               suggest(word, list->words));
    else if (const std::string near = did_you_mean(word, list->words); !near.empty())
      scope.set.findings.warning(Code::kDoubtfulWord, at,
                                 fmt::format("\"{}\" is not a usual `{}`", word, field_name(field)), near);
  } else if (direction && scope.watch_known && (word == "none") == has_sides(scope.watch)) {
    scope.set.findings.warning(Code::kNeverTrue, at,
                               fmt::format("in a rule that watches `{}`, the direction is never \"{}\"",
                                           name_of(scope.watch), word));
  }
}

ExpressionPtr check_comparison(const Syntax& syntax, RuleScope& scope) {
  ExpressionPtr left = check_value(*syntax.args[0], scope);
  ExpressionPtr right = check_value(*syntax.args[1], scope);
  if (!left || !right) return reported_condition(syntax, scope);
  const Op op = comparison_op(syntax.text);
  for (const ExpressionPtr* side : {&left, &right}) {
    if (is_comparable((*side)->type)) continue;
    report_incomparable(**side, side == &left ? syntax.args[0]->at : syntax.args[1]->at, scope);
    return reported_condition(syntax, scope);
  }
  convert_to_home(left, right, scope);
  if (!same_unit(*left, *right)) {
    report_mismatch(*left, *right, syntax.at, "compared with", scope);
    return reported_condition(syntax, scope);
  }
  if (op != Op::kEqual && op != Op::kNotEqual && !has_order(left->type)) {
    scope.set.findings.error(Code::kWrongType, syntax.at,
                             fmt::format("values of type {} have no order", name_of(left->type)),
                             "compare them with `==` or `!=`");
    return reported_condition(syntax, scope);
  }
  check_words(*left, *right, syntax.args[0]->at, syntax.args[1]->at, scope);
  MutableExpression made = make(op, Type::kBool, syntax.at, scope);
  made->args.push_back(std::move(left));
  made->args.push_back(std::move(right));
  report_foregone(*made, syntax.at, scope);
  return made;
}

ExpressionPtr check_membership(const Syntax& syntax, RuleScope& scope) {
  ExpressionPtr value = check_value(*syntax.args[0], scope);
  const Syntax& set = *syntax.args[1];
  if (value && set.kind == Syntax::Kind::kRange) return in_range(std::move(value), syntax, scope);
  if (value && set.kind == Syntax::Kind::kList && has_order(value->type))
    return in_values(std::move(value), syntax, scope);
  ExpressionPtr list = check(set, scope);
  if (!value || !list) return reported_condition(syntax, scope);
  if (list->type != Type::kTextList) {
    scope.set.findings.error(Code::kWrongType, set.at,
                             fmt::format("`in` asks a list or a range, not {}", described(*list)),
                             "write `[\"a\", \"b\"]`, the name of a list, or `1 .. 5`; a list of the "
                             "reference data is asked with `listed`");
    return reported_condition(syntax, scope);
  }
  if (value->type != Type::kText) {
    scope.set.findings.error(Code::kWrongType, syntax.args[0]->at,
                             fmt::format("a list holds texts, and this is {}", described(*value)));
    return reported_condition(syntax, scope);
  }
  return in_texts(std::move(value), *list, syntax, scope);
}

}  // namespace suar::rules
