// The checker of expressions: syntax in, a typed expression out. A null result means that something was wrong
// and has been reported; whoever gets one says nothing more about it, so one mistake makes one finding.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "rules/scope.h"
#include "rules/syntax.h"

namespace suar::rules {

using MutableExpression = std::unique_ptr<Expression>;

// Of any type; a party stays a party.
[[nodiscard]] ExpressionPtr check(const Syntax& syntax, RuleScope& scope);
// A party becomes its key, a text.
[[nodiscard]] ExpressionPtr check_value(const Syntax& syntax, RuleScope& scope);
// `what` names the place in messages ("`events`").
[[nodiscard]] ExpressionPtr check_as(Type type, const Syntax& syntax, std::string_view what,
                                     RuleScope& scope);
// A constant, or a param without segments, of this type.
[[nodiscard]] ExpressionPtr check_constant(Type type, const Syntax& syntax, std::string_view what,
                                           RuleScope& scope);

// The parts, one file each.
[[nodiscard]] ExpressionPtr check_name(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr check_member(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr check_operator(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr check_comparison(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr check_membership(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr check_call(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr check_method(const Syntax& syntax, RuleScope& scope);
// The arguments begin with `first`: as a method of a step, after the step.
[[nodiscard]] ExpressionPtr check_signal(const Syntax& syntax, RuleScope& scope, std::size_t first = 0);
[[nodiscard]] ExpressionPtr check_marked(const Syntax& syntax, RuleScope& scope, std::size_t first = 0);
[[nodiscard]] ExpressionPtr check_signal_value(const Syntax& syntax, RuleScope& scope, std::size_t first = 0);
[[nodiscard]] ExpressionPtr check_amount_in(const Syntax& syntax, RuleScope& scope, std::size_t first = 0);
[[nodiscard]] ExpressionPtr check_crime_signal(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr check_window(const Syntax& syntax, RuleScope& scope);
// What a name before a dot stands for: a step, or `trigger`; null where it is neither.
[[nodiscard]] bool names_other_event(const Syntax& syntax, const RuleScope& scope);
// `got.amount`, `trigger.other`, `got.signal("rule", "let")`, where names_other_event(args[0]).
[[nodiscard]] ExpressionPtr check_other_event(const Syntax& syntax, RuleScope& scope);
// The value in place of which `value`, a part of another event, stands: of the same event as `party`.
[[nodiscard]] ExpressionPtr bound_like(const Expression& party, ExpressionPtr value, RuleScope& scope);
// Reports where a text or a party of another event is asked what only its own event knows.
[[nodiscard]] bool check_bound_uses(const Expression& expression, RuleScope& scope);
// `over ... before ...` of a window.
void check_span(const Syntax& syntax, Window& window, RuleScope& scope);
// A time zone in minutes east of Greenwich.
[[nodiscard]] std::optional<int> check_zone(const Syntax& syntax, RuleScope& scope);

// Warns of a comparison that no value passes, or none fails.
void report_foregone(const Expression& comparison, Span at, RuleScope& scope);

// What they share.
[[nodiscard]] MutableExpression make(Op op, Type type, Span at, RuleScope& scope);
// Stands for a condition that was wrong and reported, so that what is around it is checked all the same. It
// never runs: a set with an error is not loaded.
[[nodiscard]] ExpressionPtr reported_condition(const Syntax& syntax, RuleScope& scope);
[[nodiscard]] ExpressionPtr key_of(ExpressionPtr party,
                                   RuleScope& scope);               // any other expression stays as it is
[[nodiscard]] std::string described(Type type);                     // "a number", "money"
[[nodiscard]] std::string described(const Expression& expression);  // "money in IDR"
[[nodiscard]] bool is_constant(const Expression& expression);
// Money of the same currency, or no money at all.
[[nodiscard]] bool same_unit(const Expression& a, const Expression& b);
// Reports two types that do not go together, as a matter of units where it is one.
void report_mismatch(const Expression& left, const Expression& right, Span at, std::string_view verb,
                     RuleScope& scope);
// Makes foreign constants comparable with home money.
void convert_to_home(ExpressionPtr& a, ExpressionPtr& b, RuleScope& scope);
void check_word(const Expression& field, const std::string& word, Span at, RuleScope& scope);
[[nodiscard]] bool count_arguments(const Syntax& call, std::size_t first, std::size_t least, std::size_t most,
                                   std::string_view usage, RuleScope& scope);

}  // namespace suar::rules
