// Bands: a value's range, cut into pieces. What is written in them becomes one expression.
#pragma once

#include <vector>

#include "rules/check.h"
#include "rules/parsed.h"

namespace suar::rules {

// The lower ends of the bands, ascending; that of the first may be null (open). Empty where something was
// wrong and reported: gaps and overlaps among it.
[[nodiscard]] std::vector<ExpressionPtr> check_bands(const std::vector<BandDefinition>& bands,
                                                     const Expression& by, RuleScope& scope);

// The number of the band in which `by` lies: numbers[i] for the i-th, `otherwise` below the first of them and
// where `by` is absent.
[[nodiscard]] ExpressionPtr choose(const Expression& by, const std::vector<ExpressionPtr>& from,
                                   const std::vector<Rational>& numbers, Rational otherwise, Span at,
                                   RuleScope& scope);

[[nodiscard]] MutableExpression number(Rational value, Span at, RuleScope& scope);

}  // namespace suar::rules
