// A rule document: its keys, one after another.
#include <fmt/format.h>

#include "rules/definition.h"
#include "rules/map_reader.h"
#include "rules/shape.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

template <typename Word>
void check_word(const Located<std::string>& text, const std::vector<std::string>& words, Word key,
                Findings& findings) {
  findings.error(Code::kUnknownWord, text.at, fmt::format("`{}` does not know `{}`", key, text.value),
                 suggest(text.value, words));
}

std::vector<std::string> read_crimes(const MapReader& map, Findings& findings) {
  std::vector<std::string> crimes;
  for (const Located<std::string>& crime : map.texts("crimes", true)) {
    bool known = false;
    for (const std::string& word : crime_words()) known = known || word == crime.value;
    if (known)
      crimes.push_back(crime.value);
    else
      check_word(crime, crime_words(), "crimes", findings);
  }
  return crimes;
}

std::optional<ScalarText> read_constant(const YamlNode& node, std::string_view name, Findings& findings) {
  if (!scalar_text(node, fmt::format("`{}`", name), findings)) return std::nullopt;
  return ScalarText{node.text, node.plain};
}

}  // namespace

ParamDefinition read_param(const YamlNode& key, const YamlNode& value, Findings& findings) {
  ParamDefinition param;
  param.name = {key.text.value, key.at};
  if (value.kind != YamlNode::Kind::kMap) {
    param.value = read_constant(value, param.name.value, findings);
    return param;
  }
  const MapReader map(value, fmt::format("param `{}`", param.name.value), {}, findings);
  if (const YamlNode* usual = map.require("default"))
    param.value = read_constant(*usual, "default", findings);
  for (const auto& [segment, constant] : value.pairs) {
    if (!segment.is_scalar() || segment.text.value == "default") continue;
    if (auto text = read_constant(constant, segment.text.value, findings))
      param.segments.emplace_back(Located<std::string>{segment.text.value, segment.at}, std::move(*text));
  }
  return param;
}

namespace {

void read_params(const MapReader& map, RuleDefinition& rule, Findings& findings) {
  const YamlNode* node = map.find("params");
  if (node == nullptr) return;
  const MapReader params(*node, "`params`", {}, findings);
  for (const auto& [key, value] : node->pairs) {
    if (key.is_scalar()) rule.params.push_back(read_param(key, value, findings));
  }
}

void read_sequence(const MapReader& map, RuleDefinition& rule, Findings& findings) {
  const YamlNode* node = map.find("sequence");
  if (node == nullptr) return;
  rule.sequence_at = node->at;
  if (node->kind == YamlNode::Kind::kList) {
    findings.error(Code::kWrongShape, node->at, "`sequence` is a map, each step under its name, not a list",
                   "write `got: direction == \"in\"` and below it `paid: ... within 24h of got`");
    return;
  }
  const MapReader steps(*node, "`sequence`", {}, findings);
  for (const auto& [key, value] : node->pairs) {
    if (!key.is_scalar()) continue;
    const bool readable = scalar_text(value, fmt::format("step `{}`", key.text.value), findings).has_value();
    rule.steps.push_back({{key.text.value, key.at}, readable ? value.text : LocatedText{}});
  }
}

void read_lets(const MapReader& map, RuleDefinition& rule, Findings& findings) {
  const YamlNode* node = map.find("let");
  if (node == nullptr) return;
  const MapReader lets(*node, "`let`", {}, findings);
  for (const auto& [key, value] : node->pairs) {
    if (!key.is_scalar()) continue;
    // A let that is no text keeps its name all the same, so that its uses are not reported as unknown.
    const bool readable = scalar_text(value, fmt::format("let `{}`", key.text.value), findings).has_value();
    rule.lets.push_back({{key.text.value, key.at}, readable ? value.text : LocatedText{}});
  }
}

}  // namespace

RuleDefinition read_rule(const YamlNode& document, Findings& findings) {
  RuleDefinition rule;
  const MapReader map(document, "a rule", rule_shape().names(), findings);
  if (const auto id = map.text("rule", true)) {
    rule.id = *id;
    if (!is_id(id->value))
      findings.error(Code::kBadName, id->at, fmt::format("`{}` is no rule id", id->value),
                     "a letter, then lower-case letters, digits and hyphens, at most 64");
  } else {
    rule.id.at = map.at();
  }
  rule.version = map.integer("version", 1, INT32_MAX, true).value_or(1);
  rule.title = map.bilingual("title", true);
  rule.description = map.bilingual("description");
  rule.crimes = read_crimes(map, findings);
  rule.offence_codes = values_of(map.texts("offence_codes"));
  rule.indicator_codes = values_of(map.texts("indicator_codes"));
  rule.basis = values_of(map.texts("basis"));
  rule.look_alikes = values_of(map.texts("look_alikes"));
  if (map.find("look_alikes") == nullptr)
    findings.warning(Code::kNoLookAlikes, rule.id.at,
                     "the rule does not say which innocent behaviour looks like its pattern",
                     "add `look_alikes: [...]`: every alert shows them to the analyst");
  if (const auto watch = map.text("watch", true)) {
    rule.watch = parse_entity_kind(watch->value);
    if (!rule.watch) check_word(*watch, entity_kind_words(), "watch", findings);
  }
  if (const auto mode = map.text("mode")) {
    const auto parsed = parse_mode(mode->value);
    if (!parsed) check_word(*mode, mode_words(), "mode", findings);
    rule.mode = parsed.value_or(Mode::kLive);
  }
  read_params(map, rule, findings);
  read_lets(map, rule, findings);
  rule.events = map.expression("events", true);
  rule.trigger = map.expression("trigger");
  read_sequence(map, rule, findings);
  if (const YamlNode* weigh = map.find("weigh")) rule.weigh = read_weigh(*weigh, rule, findings);
  rule.when = map.expression("when", !rule.sequence_at && (!rule.weigh || !rule.weigh->threshold));
  rule.unless = map.expression("unless");
  if (const YamlNode* exceptions = map.find("exceptions"))
    rule.exceptions = read_exceptions(*exceptions, findings);
  if (const YamlNode* raise = map.require("raise")) rule.raise = read_raise(*raise, findings);
  if (const YamlNode* tests = map.find("tests"); tests != nullptr && tests->kind != YamlNode::Kind::kList)
    findings.error(Code::kWrongShape, tests->at,
                   fmt::format("`tests` is a list, not {}", describe(tests->kind)));
  return rule;
}

}  // namespace suar::rules
