// Methods: value.name(arguments), as CEL has them.
#include <fmt/format.h>
#include <re2/re2.h>

#include <array>

#include "rules/check.h"
#include "rules/vocabulary.h"

namespace suar::rules {
namespace {

struct Method {
  std::string_view name;
  Function function;
};
constexpr std::array kOfTimes{Method{"getHours", Function::kHours}, Method{"getMinutes", Function::kMinutes},
                              Method{"getDayOfWeek", Function::kDayOfWeek},
                              Method{"getDate", Function::kDate}, Method{"getMonth", Function::kMonth}};
constexpr std::array kOfTexts{Method{"startsWith", Function::kStartsWith},
                              Method{"endsWith", Function::kEndsWith},
                              Method{"contains", Function::kContains}, Method{"matches", Function::kMatches}};

template <std::size_t N>
const Method* find(const std::array<Method, N>& methods, std::string_view name) {
  for (const Method& method : methods) {
    if (method.name == name) return &method;
  }
  return nullptr;
}

MutableExpression method(Function function, Type type, ExpressionPtr receiver, const Syntax& syntax,
                         RuleScope& scope) {
  MutableExpression made = make(Op::kCall, type, syntax.at, scope);
  made->function = function;
  made->args.push_back(std::move(receiver));
  return made;
}

bool expect_receiver(const Expression& receiver, Type type, const Syntax& syntax, RuleScope& scope) {
  if (receiver.type == type) return true;
  scope.set.findings.error(
      Code::kWrongType, syntax.args[0]->at,
      fmt::format("`{}` belongs to {}, not to {}", syntax.text, described(type), described(receiver.type)),
      type == Type::kTime ? "ask it of `event_time`" : "");
  return false;
}

ExpressionPtr check_calendar(const Method& found, ExpressionPtr receiver, const Syntax& syntax,
                             RuleScope& scope) {
  const std::string usage = fmt::format("event_time.{}(\"WIB\")", found.name);
  if (!expect_receiver(*receiver, Type::kTime, syntax, scope) ||
      !count_arguments(syntax, 1, 0, 1, usage, scope))
    return nullptr;
  MutableExpression made = method(found.function, Type::kNumber, std::move(receiver), syntax, scope);
  if (syntax.args.size() == 1) return made;
  const auto offset = check_zone(*syntax.args[1], scope);
  if (!offset) return nullptr;
  made->offset_minutes = *offset;
  return made;
}

bool check_regex(const std::string& pattern, Span at, RuleScope& scope) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 regex(pattern, options);
  if (regex.ok()) return true;
  scope.set.findings.error(Code::kBadRegex, at,
                           fmt::format("the regular expression is wrong: {}", regex.error()),
                           "the syntax is RE2's; r\"...\" keeps backslashes as they are");
  return false;
}

ExpressionPtr check_text_method(const Method& found, ExpressionPtr receiver, const Syntax& syntax,
                                RuleScope& scope) {
  const std::string usage = fmt::format("remittance_info.{}(\"...\")", found.name);
  if (!expect_receiver(*receiver, Type::kText, syntax, scope) ||
      !count_arguments(syntax, 1, 1, 1, usage, scope))
    return nullptr;
  const ExpressionPtr text =
      check_constant(Type::kText, *syntax.args[1], fmt::format("the argument of `{}`", found.name), scope);
  if (!text) return nullptr;
  if (found.function == Function::kMatches && !check_regex(text->text, syntax.args[1]->at, scope))
    return nullptr;
  MutableExpression made = method(found.function, Type::kBool, std::move(receiver), syntax, scope);
  made->text = text->text;
  return made;
}

}  // namespace

ExpressionPtr check_method(const Syntax& syntax, RuleScope& scope) {
  if (names_other_event(*syntax.args[0], scope)) return check_other_event(syntax, scope);
  ExpressionPtr receiver = check_value(*syntax.args[0], scope);
  const Method* const of_time = find(kOfTimes, syntax.text);
  const Method* const of_text = find(kOfTexts, syntax.text);
  if (of_time == nullptr && of_text == nullptr && syntax.text != "size") {
    scope.set.findings.error(Code::kUnknownFunction, syntax.name_at,
                             fmt::format("there is no method `{}`", syntax.text),
                             did_you_mean(syntax.text, method_names()));
    return nullptr;
  }
  if (!receiver) return nullptr;
  if (of_time != nullptr) return check_calendar(*of_time, std::move(receiver), syntax, scope);
  if (of_text != nullptr) return check_text_method(*of_text, std::move(receiver), syntax, scope);
  if (!expect_receiver(*receiver, Type::kText, syntax, scope) ||
      !count_arguments(syntax, 1, 0, 0, "remittance_info.size()", scope))
    return nullptr;
  return method(Function::kSize, Type::kNumber, std::move(receiver), syntax, scope);
}

}  // namespace suar::rules
