#include "rules/bands.h"

#include <fmt/format.h>

#include "rules/bounds.h"

namespace suar::rules {
namespace {

ExpressionPtr check_end(const std::optional<LocatedText>& text, const Expression& by, std::string_view what,
                        RuleScope& scope) {
  if (!text) return nullptr;
  const SyntaxPtr syntax = parse_expression(*text, scope.set.findings);
  if (!syntax) return nullptr;
  ExpressionPtr end = check_constant(by.type, *syntax, what, scope);
  if (!end || same_unit(*end, by)) return end;
  report_mismatch(by, *end, syntax->at, "compared with", scope);
  return nullptr;
}

bool below(const Expression& a, const Expression& b) {
  return compare(quantity_of(a), quantity_of(b)) < 0;
}

void report_gap(Span at, std::string message, std::string hint, RuleScope& scope) {
  scope.set.findings.error(Code::kBandGap, at, std::move(message), std::move(hint));
}
void report_overlap(Span at, std::string message, std::string hint, RuleScope& scope) {
  scope.set.findings.error(Code::kBandOverlap, at, std::move(message), std::move(hint));
}

// Where a band ends, the next begins.
void check_joint(const BandDefinition& band, const Expression& to, const BandDefinition* next,
                 const Expression* next_from, RuleScope& scope) {
  const std::string_view end = scope.set.sources.text_of(band.to->span());
  if (next == nullptr)
    return report_gap(band.to->span(), fmt::format("what is {} or more lies in no band", end),
                      "leave out `to`: the last band has no upper end", scope);
  if (next_from == nullptr) return;
  const std::string_view begin = scope.set.sources.text_of(next->from->span());
  if (below(to, *next_from))
    report_gap(band.to->span(), fmt::format("what lies from {} to {} is in no band", end, begin),
               fmt::format("write `to: {}`, or leave it out", begin), scope);
  if (below(*next_from, to))
    report_overlap(band.to->span(), fmt::format("what lies from {} to {} is in two bands", begin, end),
                   fmt::format("write `to: {}`, or leave it out", begin), scope);
}

}  // namespace

std::vector<ExpressionPtr> check_bands(const std::vector<BandDefinition>& bands, const Expression& by,
                                       RuleScope& scope) {
  const std::size_t before = scope.set.findings.errors();
  std::vector<ExpressionPtr> from, to;
  for (const BandDefinition& band : bands) {
    from.push_back(check_end(band.from, by, "where a band begins", scope));
    to.push_back(check_end(band.to, by, "where a band ends", scope));
  }
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const bool last = i + 1 == bands.size();
    if (i > 0 && !bands[i].from)
      report_overlap(bands[i].at, "only the first band may have no lower end", "write `from: ...`", scope);
    if (i > 0 && from[i] && from[i - 1] && !below(*from[i - 1], *from[i]))
      report_overlap(bands[i].from->span(), "a band begins where the one before it does, or below",
                     "list the bands from the lowest to the highest", scope);
    if (!to[i]) continue;
    if (from[i] && !below(*from[i], *to[i]))
      scope.set.findings.error(Code::kBadValue, bands[i].to->span(), "the band ends before it begins");
    else
      check_joint(bands[i], *to[i], last ? nullptr : &bands[i + 1], last ? nullptr : from[i + 1].get(),
                  scope);
  }
  const Bounds bounds = bounds_of(by, scope.rule);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (from[i] && bounds.high && compare(*bounds.high, quantity_of(*from[i])) < 0)
      scope.set.findings.warning(Code::kNeverTrue, bands[i].from->span(), "no value ever lies in this band");
  }
  if (scope.set.findings.errors() > before) from.clear();
  return from;
}

MutableExpression number(Rational value, Span at, RuleScope& scope) {
  MutableExpression made = make(Op::kNumber, Type::kNumber, at, scope);
  made->number = value;
  return made;
}

ExpressionPtr choose(const Expression& by, const std::vector<ExpressionPtr>& from,
                     const std::vector<Rational>& numbers, Rational otherwise, Span at, RuleScope& scope) {
  ExpressionPtr result = number(otherwise, at, scope);
  for (std::size_t i = 0; i < from.size(); ++i) {
    // An open first band holds whatever is present, and so equal to itself.
    MutableExpression inside = make(from[i] ? Op::kGreaterEqual : Op::kEqual, Type::kBool, at, scope);
    inside->args.push_back(clone(by));
    inside->args.push_back(clone(from[i] ? *from[i] : by));
    MutableExpression made = make(Op::kConditional, Type::kNumber, at, scope);
    made->args.push_back(std::move(inside));
    made->args.push_back(number(numbers[i], at, scope));
    made->args.push_back(std::move(result));
    result = std::move(made);
  }
  return result;
}

}  // namespace suar::rules
