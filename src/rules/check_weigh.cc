// `weigh`: terms, modifiers and threshold become lets and expressions like any other, so nothing that runs
// rules has to know what a typology is.
//
//   points of a term   bool: c ? weight : 0    number: present ? weight * value : 0    bands: one weight of
//   them let `score`        (points + points ...) * (modifier ? factor : 1) ... `when`             the rule's
//   own, and score >= threshold
#include <fmt/format.h>

#include "rules/bands.h"
#include "rules/bounds.h"
#include "rules/map_reader.h"

namespace suar::rules {
namespace {

constexpr std::string_view kScore = "score";
constexpr std::size_t kMostTerms = 50;

std::optional<Rational> check_number(const std::optional<LocatedText>& text, std::string_view what,
                                     RuleScope& scope) {
  if (!text) return std::nullopt;
  const SyntaxPtr syntax = parse_expression(*text, scope.set.findings);
  if (!syntax) return std::nullopt;
  const ExpressionPtr constant = check_constant(Type::kNumber, *syntax, what, scope);
  return constant ? std::optional(constant->number) : std::nullopt;
}

MutableExpression join(Op op, Type type, ExpressionPtr left, ExpressionPtr right, Span at, RuleScope& scope) {
  MutableExpression made = make(op, type, at, scope);
  made->args.push_back(std::move(left));
  made->args.push_back(std::move(right));
  return made;
}

MutableExpression either(ExpressionPtr condition, ExpressionPtr yes, ExpressionPtr no, Span at,
                         RuleScope& scope) {
  MutableExpression made = make(Op::kConditional, Type::kNumber, at, scope);
  made->args.push_back(std::move(condition));
  made->args.push_back(std::move(yes));
  made->args.push_back(std::move(no));
  return made;
}

ExpressionPtr use_of(int let, Span at, RuleScope& scope) {
  const Expression& value = *scope.rule.lets[static_cast<std::size_t>(let)].value;
  MutableExpression made = make(Op::kLet, value.type, at, scope);
  made->currency = value.currency;
  made->index = let;
  return made;
}

bool grades(Type type) {
  return type == Type::kNumber || type == Type::kMoney || type == Type::kDuration;
}

ExpressionPtr banded_points(const TermDefinition& definition, const Expression& value, RuleScope& scope) {
  if (!grades(value.type)) {
    scope.set.findings.error(
        Code::kWrongType, definition.name.at,
        fmt::format("bands cut a number, money or a duration into pieces, not {}", described(value)));
    return nullptr;
  }
  const std::vector<ExpressionPtr> from = check_bands(definition.bands, value, scope);
  std::vector<Rational> weights;
  for (const BandDefinition& band : definition.bands) {
    if (const auto weight = check_number(band.weight, "the weight of a band", scope))
      weights.push_back(*weight);
  }
  if (from.empty() || weights.size() < from.size()) return nullptr;
  return choose(value, from, weights, Rational{}, definition.name.at, scope);
}

ExpressionPtr weighted_points(const TermDefinition& definition, ExpressionPtr value, Rational weight,
                              RuleScope& scope) {
  const Span at = definition.name.at;
  if (value->type == Type::kBool)
    return either(std::move(value), number(weight, at, scope), number({}, at, scope), at, scope);
  if (value->type != Type::kNumber) {
    scope.set.findings.error(Code::kWrongType, at,
                             fmt::format("a term is a condition or a number, not {}", described(*value)),
                             "give it `bands`, or compare it");
    return nullptr;
  }
  // What is equal to itself is present.
  MutableExpression present = join(Op::kEqual, Type::kBool, clone(*value), clone(*value), at, scope);
  MutableExpression points =
      join(Op::kMultiply, Type::kNumber, std::move(value), number(weight, at, scope), at, scope);
  return either(std::move(present), std::move(points), number({}, at, scope), at, scope);
}

std::optional<Term> check_term(const TermDefinition& definition, RuleScope& scope) {
  const auto use = scope.lets.find(definition.name.value);
  if (use == scope.lets.end()) return std::nullopt;
  use->second.used = true;
  if (use->second.index < 0) return std::nullopt;
  Term term;
  term.let = use->second.index;
  ExpressionPtr value = use_of(term.let, definition.name.at, scope);
  if (!definition.bands.empty()) {
    term.points = banded_points(definition, *value, scope);
  } else {
    term.weight = check_number(definition.weight, "a weight", scope);
    if (term.weight) term.points = weighted_points(definition, std::move(value), *term.weight, scope);
  }
  if (!term.points) return std::nullopt;
  return term;
}

std::optional<Modifier> check_modifier(const ModifierDefinition& definition, RuleScope& scope) {
  if (!is_name(definition.name.value))
    scope.set.findings.error(Code::kBadName, definition.name.at,
                             fmt::format("`{}` is no name", definition.name.value),
                             "a letter, then lower-case letters, digits and underscores, at most 64");
  Modifier modifier{definition.name.value, nullptr, {}};
  if (definition.when) {
    if (const SyntaxPtr syntax = parse_expression(*definition.when, scope.set.findings))
      modifier.when = check_as(Type::kBool, *syntax, "the condition of a modifier", scope);
  }
  const auto factor = check_number(definition.factor, "a factor", scope);
  if (!factor || !modifier.when) return std::nullopt;
  if (factor->num <= 0) {
    scope.set.findings.error(Code::kBadValue, definition.factor->span(), "a factor is above 0",
                             "what speaks against a suspicion is a term with a negative weight");
    return std::nullopt;
  }
  modifier.factor = *factor;
  return modifier;
}

}  // namespace

void check_weigh(const WeighDefinition& definition, RuleScope& scope) {
  scope.place = Place::kLet;
  if (definition.terms.size() > kMostTerms || definition.modifiers.size() > kMostTerms)
    scope.set.findings.error(Code::kTooManyNodes, definition.at,
                             fmt::format("`weigh` has more than {} terms or modifiers", kMostTerms));
  const auto taken = scope.lets.find(kScore);
  if (taken != scope.lets.end() || scope.params.contains(kScore) || scope.set.macros.contains(kScore) ||
      scope.set.lists.contains(kScore)) {
    scope.set.findings.error(Code::kNameTwice,
                             taken != scope.lets.end() ? taken->second.name.at : definition.at,
                             "`score` is the name of what `weigh` adds up", "choose another name");
    return;
  }
  Weighing weighing;
  ExpressionPtr score;
  for (const TermDefinition& written : definition.terms) {
    auto term = check_term(written, scope);
    if (!term) continue;
    score =
        score ? join(Op::kAdd, Type::kNumber, std::move(score), clone(*term->points), written.name.at, scope)
              : clone(*term->points);
    weighing.terms.push_back(std::move(*term));
  }
  for (const ModifierDefinition& written : definition.modifiers) {
    auto modifier = check_modifier(written, scope);
    if (!modifier || !score) continue;
    const Span at = written.name.at;
    MutableExpression factor = either(clone(*modifier->when), number(modifier->factor, at, scope),
                                      number({1, 1}, at, scope), at, scope);
    score = join(Op::kMultiply, Type::kNumber, std::move(score), std::move(factor), at, scope);
    weighing.modifiers.push_back(std::move(*modifier));
  }
  LetUse use{{std::string(kScore), definition.at}, -1, true, true};
  if (score) {
    use.index = static_cast<int>(scope.rule.lets.size());
    weighing.score_let = use.index;
    scope.rule.lets.push_back({std::string(kScore), std::move(score), "weigh"});
    scope.rule.weighing = std::move(weighing);
  }
  scope.lets.emplace(kScore, std::move(use));
}

ExpressionPtr check_threshold(const WeighDefinition& definition, RuleScope& scope) {
  const auto threshold = check_number(definition.threshold, "the threshold", scope);
  if (!threshold || !scope.rule.weighing) return nullptr;
  const Span at = definition.threshold->span();
  const int score = scope.rule.weighing->score_let;
  const Bounds bounds = bounds_of(*scope.rule.lets[static_cast<std::size_t>(score)].value, scope.rule);
  const std::string_view written = scope.set.sources.text_of(at);
  if (bounds.high && compare(*bounds.high, *threshold) < 0)
    scope.set.findings.error(
        Code::kNeverReached, at,
        fmt::format("the score never reaches {}: everything together gives less", written),
        "lower the threshold, or give the terms more weight");
  else if (bounds.low && compare(*bounds.low, *threshold) >= 0)
    scope.set.findings.warning(
        Code::kAlwaysTrue, at,
        fmt::format("the score is never below {}, so the threshold decides nothing", written));
  return join(Op::kGreaterEqual, Type::kBool, use_of(score, at, scope), number(*threshold, at, scope), at,
              scope);
}

}  // namespace suar::rules
