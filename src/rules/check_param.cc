// Params: constants, read with the lexer of expressions where they are written without quotes.
#include <fmt/format.h>

#include "rules/check.h"
#include "rules/parsed.h"
#include "rules/vocabulary.h"

namespace suar::rules {
namespace {

MutableExpression text_constant(const ScalarText& written, RuleScope& scope) {
  MutableExpression text = make(Op::kText, Type::kText, written.text.span(), scope);
  text->text = written.text.value;
  return text;
}

// Does this look as if a number, money or duration was meant?
bool begins_like_literal(const std::string& value) {
  const auto digit = [&](std::size_t i) { return i < value.size() && value[i] >= '0' && value[i] <= '9'; };
  return digit(0) || ((value.starts_with('-') || value.starts_with('+')) && digit(1)) ||
         (value.size() > 4 && event::parse_currency(value.substr(0, 3)) && value[3] == ' ' && digit(4)) ||
         value == "true" || value == "false";
}

ExpressionPtr constant_of(const ScalarText& written, RuleScope& scope) {
  if (!written.plain || !begins_like_literal(written.text.value)) return text_constant(written, scope);
  const SyntaxPtr syntax = parse_expression(written.text, scope.set.findings);
  if (!syntax) return nullptr;
  ExpressionPtr value = check(*syntax, scope);
  if (!value || (is_constant(*value) && value->type != Type::kTextList)) return value;
  scope.set.findings.error(Code::kNotConstant, written.text.span(), "a param is a constant",
                           "computed values go under `let`");
  return nullptr;
}

void check_segments(const ParamDefinition& definition, Param& param, RuleScope& scope) {
  Expression field;
  field.op = Op::kPartyField;
  field.party_field = PartyField::kSegment;
  for (const auto& [segment, written] : definition.segments) {
    check_word(field, segment.value, segment.at, scope);
    ExpressionPtr value = constant_of(written, scope);
    if (value && same_unit(*param.value, *value))
      param.segments.emplace_back(segment.value, std::move(value));
    else if (value)
      scope.set.findings.error(value->type == param.type ? Code::kWrongUnit : Code::kWrongType,
                               written.text.span(),
                               fmt::format("the default of `{}` is {}, and this is {}", param.name,
                                           described(*param.value), described(*value)));
  }
}

}  // namespace

void check_params(const RuleDefinition& definition, RuleScope& scope) {
  for (const ParamDefinition& written : definition.params) {
    const auto use = scope.params.find(written.name.value);
    if (use == scope.params.end() || use->second.index >= 0 || !written.value) continue;
    Param param;
    param.name = written.name.value;
    param.value = constant_of(*written.value, scope);
    if (!param.value) continue;
    param.type = param.value->type;
    check_segments(written, param, scope);
    use->second.index = static_cast<int>(scope.rule.params.size());
    scope.rule.params.push_back(std::move(param));
  }
}

}  // namespace suar::rules
