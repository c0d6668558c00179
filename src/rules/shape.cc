#include "rules/shape.h"

#include <algorithm>
#include <climits>

#include "rules/words.h"

namespace suar::rules {

using Kind = KeyShape::Kind;

KeyShape required(KeyShape key) {
  key.required = true;
  return key;
}

KeyShape word_of(std::string name, Kind kind, std::vector<std::string> words, std::string description) {
  return {.name = std::move(name),
          .kind = kind,
          .description = std::move(description),
          .words = std::move(words)};
}

KeyShape integer(std::string name, int low, int high, std::string description) {
  return {.name = std::move(name),
          .kind = Kind::kInteger,
          .description = std::move(description),
          .low = low,
          .high = high};
}

KeyShape map_of(std::string name, Kind kind, const MapShape& shape, std::string description) {
  return {.name = std::move(name), .kind = kind, .description = std::move(description), .map = &shape};
}

KeyShape unless(std::vector<std::string> others, KeyShape key) {
  key.required = true;
  key.unless = std::move(others);
  return key;
}

const KeyShape* MapShape::find(std::string_view name) const {
  const auto found = std::ranges::find(keys, name, &KeyShape::name);
  return found == keys.end() ? nullptr : &*found;
}

std::vector<std::string> MapShape::names() const {
  std::vector<std::string> out;
  for (const KeyShape& key : keys) out.push_back(key.name);
  return out;
}

const MapShape& named_shape(Kind kind) {
  static const MapShape expressions{
      .title = "expressions", .keys = {}, .own_names = true, .own = {.name = {}, .kind = Kind::kExpression}};
  static const MapShape texts{
      .title = "texts", .keys = {}, .own_names = true, .own = {.name = {}, .kind = Kind::kTexts}};
  return kind == Kind::kTexts ? texts : expressions;
}

const MapShape& bilingual_shape() {
  static const MapShape shape{.title = "bilingual",
                              .keys = {required({"en", Kind::kText, "In English."}),
                                       required({"id", Kind::kText, "In Bahasa Indonesia."})}};
  return shape;
}

const MapShape& because_shape() {
  static const MapShape shape{
      .title = "because",
      .keys = {required({"en", Kind::kExpression,
                         "In English. An expression stands between braces, as in {payers}."}),
               required({"id", Kind::kExpression, "In Bahasa Indonesia."})}};
  return shape;
}

const MapShape& param_shape() {
  static const MapShape shape{
      .title = "param",
      .keys = {required({"default", Kind::kText, "The value for every other segment."})},
      .own_names = true,
      .own = {"", Kind::kText, "The value for this segment of self."}};
  return shape;
}

const MapShape& params_shape() {
  static const MapShape shape{
      .title = "params",
      .keys = {},
      .own_names = true,
      .own = {.name = {},
              .kind = Kind::kTextOrMap,
              .description =
                  "A constant: a number, money, a duration, a text or true/false; or constants by the "
                  "segment of self.",
              .map = &param_shape()}};
  return shape;
}

const MapShape& raise_shape() {
  static const MapShape shape{
      .title = "raise",
      .keys = {
          unless({"silent", "bands"},
                 word_of("severity", Kind::kWord, severity_words(), "How grave the alert is.")),
          {"score", Kind::kExpression, "How much it weighs: a number from 0 to 100, or how to compute it."},
          {"by", Kind::kExpression, "The value that the bands grade."},
          map_of("bands", Kind::kMaps, band_shape(), "Severities, scores or both, by ranges of a value."),
          integer("step", 1, 100, "A quiet hit whose score has grown by so much is sent."),
          integer("max_alerts_per_day", 1, 1'000'000,
                  "Beyond so many the rule is in shadow mode for the rest of the day."),
          {"zone", Kind::kText, "In which zone a day begins: WIB, WITA, WIT or UTC."},
          word_of("role", Kind::kWord, role_words(), "What the subject may be in the pattern."),
          {"quiet", Kind::kExpression,
           "A duration: after an alert the rule is quiet on its subject for so long, such as 7d."},
          {"signal", Kind::kTexts, "Up to four lets that travel with the signal."},
          word_of("mark", Kind::kWords, side_words(), "Who else gets the signal."),
          {"silent", Kind::kTruth, "true: the signal and the marks only, no alert."},
          {"each", Kind::kTruth, "true: a hit for each sequence that ends with the trigger."},
          unless({"silent"}, map_of("because", Kind::kMap, because_shape(),
                                    "The sentence of the alert, its values filled in.")),
          {"protection_referral", Kind::kTruth,
           "true: the alert says to refer a possible victim to protection."},
          {"recommended_action", Kind::kText, "What the analyst should do."}}};
  return shape;
}

const MapShape& rule_shape() {
  static const MapShape shape{
      .title = "rule",
      .keys = {required({"rule", Kind::kId, "The id: lower-case letters, digits and hyphens."}),
               required(integer("version", 1, INT_MAX, "Goes up with every change; alerts carry it.")),
               required({"title", Kind::kBilingual, "What the rule finds, in a line."}),
               {"description", Kind::kBilingual, "The pattern, and what tells it from what looks like it."},
               required(word_of("crimes", Kind::kWords, crime_words(), "What the pattern points to.")),
               {"offence_codes", Kind::kTexts, "PPATK codes of the offence, such as AAA006."},
               {"indicator_codes", Kind::kTexts, "PPATK codes of indicators, such as BBB008."},
               {"basis", Kind::kTexts, "Where the pattern is described: reports, cases, findings."},
               {"look_alikes", Kind::kTexts,
                "Innocent behaviour that looks like the pattern; every alert shows it."},
               {"author", Kind::kPeople, "Who wrote this version."},
               {"approver", Kind::kPeople, "Who approved this version: somebody else than the author."},
               {"owner", Kind::kAny, "Who answers for the rule."},
               {"tags", Kind::kAny, "For people."},
               {"notes", Kind::kAny, "For people."},
               required(word_of("watch", Kind::kWord, entity_kind_words(),
                                "The kind of entity that the rule judges.")),
               map_of("params", Kind::kMap, params_shape(), "Constants with names, to be tuned."),
               required({"events", Kind::kExpression,
                         "Which events of the entity the rule looks at: one event, no windows."}),
               {"trigger", Kind::kExpression, "Which of those it is evaluated for; without it, all."},
               map_of("let", Kind::kMap, named_shape(Kind::kExpression),
                      "Values with names; a let may use the lets above it."),
               unless({"weigh", "sequence"},
                      {"when", Kind::kExpression, "The condition of a hit, over lets and windows."}),
               map_of("sequence", Kind::kMap, named_shape(Kind::kExpression),
                      "Steps with names, from the first to the last, which is the trigger."),
               {"unless", Kind::kExpression, "What must not happen within a time after the trigger."},
               map_of("weigh", Kind::kMap, weigh_shape(), "Weighs findings and conditions into one score."),
               map_of("exceptions", Kind::kMaps, exception_shape(),
                      "Whom or what the rule leaves alone, and why."),
               word_of("mode", Kind::kWord, mode_words(), "shadow: its alerts stand apart, to be tried out."),
               required(map_of("raise", Kind::kMap, raise_shape(), "What a hit does.")),
               {"tests", Kind::kAny, "Tests of the rule: suar test runs them."}}};
  return shape;
}

const MapShape& macros_document() {
  static const MapShape shape{
      .title = "macros",
      .keys = {required(map_of("macros", Kind::kMap, named_shape(Kind::kExpression),
                               "Expressions with names that any rule of the set may use."))}};
  return shape;
}

const MapShape& lists_document() {
  static const MapShape shape{
      .title = "lists",
      .keys = {required(map_of("lists", Kind::kMap, named_shape(Kind::kTexts),
                               "Lists of texts with names that any rule of the set may use."))}};
  return shape;
}

const MapShape& pack_shape() {
  static const MapShape shape{
      .title = "pack_of_rules",
      .keys = {required({"version", Kind::kText, "The version of the rule set, such as \"2025.1\"."})}};
  return shape;
}

const MapShape& pack_document() {
  static const MapShape shape{
      .title = "pack", .keys = {required(map_of("pack", Kind::kMap, pack_shape(), "The rule set itself."))}};
  return shape;
}

const std::vector<const MapShape*>& document_shapes() {
  static const std::vector<const MapShape*> shapes{
      &rule_shape(),    &macros_document(),       &lists_document(),
      &pack_document(), &suppressions_document(), &override_document()};
  return shapes;
}

}  // namespace suar::rules
