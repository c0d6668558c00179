// What becomes of a hit: `raise`.
#include <fmt/format.h>

#include "rules/bands.h"
#include "rules/vocabulary.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

void check_quiet(const LocatedText& text, RuleScope& scope) {
  const SyntaxPtr syntax = parse_expression(text, scope.set.findings);
  if (!syntax) return;
  const ExpressionPtr quiet = check_constant(Type::kDuration, *syntax, "`quiet`", scope);
  if (!quiet) return;
  scope.rule.raise.quiet = quiet->duration;
  if (quiet->duration.micros < 0)
    scope.set.findings.error(Code::kBadValue, syntax->at, "a quiet period is not negative");
}

void check_day(const Located<std::string>& zone, RuleScope& scope) {
  if (const auto offset = parse_zone(zone.value))
    scope.rule.raise.day_offset_minutes = *offset;
  else
    scope.set.findings.error(Code::kUnknownWord, zone.at, fmt::format("there is no zone `{}`", zone.value),
                             suggest(zone.value, zone_names()));
  if (scope.rule.raise.max_alerts_per_day == 0)
    scope.set.findings.warning(Code::kNoEffect, zone.at, "`zone` belongs to `max_alerts_per_day`");
}

void check_marks(const RaiseDefinition& definition, RuleScope& scope) {
  for (const Located<Side>& mark : definition.marks) {
    const bool relative = mark.value == Side::kSelf || mark.value == Side::kOther;
    if (relative && scope.watch_known && !has_sides(scope.watch))
      scope.set.findings.error(Code::kNoSides, mark.at,
                               fmt::format("a {} has no sides, so there is no `{}` to mark",
                                           name_of(scope.watch), name_of(mark.value)),
                               "mark `debtor` or `creditor`");
    scope.rule.raise.marks.push_back(mark.value);
  }
}

// A whole number from 0 to 100, or what computes one.
void check_score(const LocatedText& text, RuleScope& scope) {
  const SyntaxPtr syntax = parse_expression(text, scope.set.findings);
  if (!syntax) return;
  ExpressionPtr score = check_as(Type::kNumber, *syntax, "`score`", scope);
  if (!score) return;
  if (score->op != Op::kNumber) {
    scope.rule.raise.score_by = std::move(score);
    return;
  }
  const Rational number = reduce(score->number);
  if (number.den == 1 && number.num >= 0 && number.num <= 100)
    scope.rule.raise.score = static_cast<int>(number.num);
  else
    scope.set.findings.error(Code::kBadValue, syntax->at, "`score` is a whole number from 0 to 100");
}

// What the first band carries, every band carries.
bool check_shape(const RaiseDefinition& definition, RuleScope& scope) {
  const BandDefinition& first = definition.bands.front();
  bool good = first.severity || first.score;
  if (!good)
    scope.set.findings.error(Code::kMissingKey, first.at, "a band has a `severity`, a `score` or both");
  for (const BandDefinition& band : definition.bands) {
    if (band.severity.has_value() == first.severity.has_value() &&
        band.score.has_value() == first.score.has_value())
      continue;
    good = false;
    scope.set.findings.error(Code::kMissingKey, band.at, "the bands do not all have the same keys",
                             "give each of them a `severity`, each a `score`, or each both");
  }
  if (first.score && definition.score) {
    good = false;
    scope.set.findings.error(Code::kNameTwice, definition.score->span(), "the bands give the score already");
  }
  return good;
}

void check_grade(const RaiseDefinition& definition, RuleScope& scope) {
  const SyntaxPtr syntax = parse_expression(*definition.by, scope.set.findings);
  const ExpressionPtr by = syntax ? check_value(*syntax, scope) : nullptr;
  if (!check_shape(definition, scope) || !by) return;
  if (by->type != Type::kNumber && by->type != Type::kMoney && by->type != Type::kDuration) {
    scope.set.findings.error(
        Code::kWrongType, syntax->at,
        fmt::format("bands cut a number, money or a duration into pieces, not {}", described(*by)));
    return;
  }
  const std::vector<ExpressionPtr> from = check_bands(definition.bands, *by, scope);
  if (from.empty()) return;
  std::vector<Rational> severities, scores;
  for (const BandDefinition& band : definition.bands) {
    if (band.severity) severities.push_back(Rational::of(static_cast<int>(band.severity->value)));
    if (band.score) scores.push_back(Rational::of(*band.score));
  }
  Raise& raise = scope.rule.raise;
  if (!severities.empty()) {
    raise.severity = definition.bands.front().severity->value;
    raise.severity_by = choose(*by, from, severities, severities.front(), syntax->at, scope);
  }
  if (!scores.empty()) {
    raise.score = *definition.bands.front().score;
    raise.score_by = choose(*by, from, scores, scores.front(), syntax->at, scope);
  }
}

}  // namespace

void check_raise(const RaiseDefinition& definition, RuleScope& scope) {
  scope.place = Place::kTemplate;
  Raise& raise = scope.rule.raise;
  raise.silent = definition.silent;
  raise.each = definition.each;
  raise.severity = definition.severity;
  raise.step = definition.step;
  raise.role = definition.role;
  raise.protection_referral = definition.protection_referral;
  raise.recommended_action = definition.recommended_action;
  raise.max_alerts_per_day = definition.max_alerts_per_day;
  if (definition.zone) check_day(*definition.zone, scope);
  if (definition.quiet) check_quiet(*definition.quiet, scope);
  if (definition.score) check_score(*definition.score, scope);
  if (definition.by && !definition.bands.empty()) check_grade(definition, scope);
  if (scope.rule.weighing && !definition.score && !raise.score_by) {
    MutableExpression score = make(Op::kLet, Type::kNumber, definition.at, scope);
    score->index = scope.rule.weighing->score_let;
    raise.score_by = std::move(score);
  }
  check_marks(definition, scope);
}

}  // namespace suar::rules
