// The shapes of what weighs and grades, and of what is laid over a set of rules.
#include "rules/shape.h"
#include "rules/words.h"

namespace suar::rules {

using Kind = KeyShape::Kind;

namespace {

std::vector<KeyShape> with_range(std::vector<KeyShape> keys) {
  keys.insert(keys.begin(), {{"from", Kind::kExpression, "Where the band begins; it is in the band."},
                             {"to", Kind::kExpression, "Where it ends; the next band begins there."}});
  return keys;
}

}  // namespace

const MapShape& band_shape() {
  static const MapShape shape{
      .title = "band",
      .keys = with_range({word_of("severity", Kind::kWord, severity_words(), "How grave a hit in it is."),
                          integer("score", 0, 100, "How much a hit in it weighs.")})};
  return shape;
}

const MapShape& weight_band_shape() {
  static const MapShape shape{
      .title = "weight_band",
      .keys = with_range({required({"weight", Kind::kExpression, "The weight of a value in it."})})};
  return shape;
}

const MapShape& term_shape() {
  static const MapShape shape{
      .title = "term",
      .keys = {required({"value", Kind::kExpression, "A condition, or a number, to be weighed."}),
               unless({"bands"}, {"weight", Kind::kExpression, "Its weight; below 0 it speaks against."}),
               map_of("bands", Kind::kMaps, weight_band_shape(), "Weights by ranges of the value.")}};
  return shape;
}

const MapShape& modifier_shape() {
  static const MapShape shape{
      .title = "modifier",
      .keys = {required({"when", Kind::kExpression, "The condition under which it applies."}),
               required({"factor", Kind::kExpression, "What the score is multiplied by."})}};
  return shape;
}

const MapShape& weigh_shape() {
  static const MapShape terms{
      .title = "terms",
      .keys = {},
      .own_names = true,
      .own = {.name = {}, .kind = Kind::kMap, .description = {}, .map = &term_shape()}};
  static const MapShape modifiers{
      .title = "modifiers",
      .keys = {},
      .own_names = true,
      .own = {.name = {}, .kind = Kind::kMap, .description = {}, .map = &modifier_shape()}};
  static const MapShape shape{
      .title = "weigh",
      .keys = {required(map_of("terms", Kind::kMap, terms, "What is weighed, each under a name.")),
               map_of("modifiers", Kind::kMap, modifiers, "What raises or lowers the whole score."),
               {"threshold", Kind::kExpression, "The score from which on there is a hit."}}};
  return shape;
}

const MapShape& exception_shape() {
  static const MapShape shape{
      .title = "exception",
      .keys = {required({"name", Kind::kId, "Its name."}),
               required({"reason", Kind::kText, "Why it is made."}),
               unless({"subjects"}, {"when", Kind::kExpression, "The condition of it."}),
               {"subjects", Kind::kTexts, "Entity keys, such as account:123."}}};
  return shape;
}

const MapShape& suppression_shape() {
  static const MapShape shape{
      .title = "suppression",
      .keys = {required({"rule", Kind::kText, "The rule."}),
               required({"subject", Kind::kText, "The entity key, such as account:123."}),
               required({"until", Kind::kText, "2025-06-30, or RFC 3339."}),
               required({"reason", Kind::kText, "Why."}),
               required({"author", Kind::kText, "Who asks for it."}),
               required({"approver", Kind::kText, "Who has approved it: somebody else."}),
               {"limit", Kind::kExpression, "Money, or a number of hits, at which it ends early."}}};
  return shape;
}

const MapShape& suppressions_document() {
  static const MapShape shape{.title = "suppressions",
                              .keys = {required(map_of("suppressions", Kind::kMaps, suppression_shape(),
                                                       "Subjects on which rules are silent for a time."))}};
  return shape;
}

const MapShape& override_document() {
  static const MapShape shape{
      .title = "override",
      .keys = {required({"override", Kind::kText, "The rule of the pack below that is changed."}),
               required({"reason", Kind::kText, "Why."}),
               map_of("params", Kind::kMap, params_shape(), "Other values of its params."),
               word_of("severity", Kind::kWord, severity_words(), "Another severity."),
               {"score", Kind::kExpression, "Another score."},
               {"quiet", Kind::kExpression, "Another quiet period."},
               integer("step", 1, 100, "Another step."),
               integer("max_alerts_per_day", 1, 1'000'000, "Another limit."),
               word_of("mode", Kind::kWord, mode_words(), "live or shadow."),
               map_of("exceptions", Kind::kMaps, exception_shape(), "Added to the rule's own."),
               {"disabled", Kind::kTruth, "true: the rule is left out."},
               {"author", Kind::kPeople, "Who wrote this."},
               {"approver", Kind::kPeople, "Who approved it."},
               {"notes", Kind::kAny, "For people."}}};
  return shape;
}

}  // namespace suar::rules
