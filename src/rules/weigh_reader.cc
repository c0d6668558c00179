// What weighs and grades: `weigh`, `bands` and `exceptions`.
#include <fmt/format.h>

#include "rules/definition.h"
#include "rules/map_reader.h"
#include "rules/shape.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

TermDefinition read_term(const YamlNode& key, const YamlNode& value, RuleDefinition& rule,
                         Findings& findings) {
  TermDefinition term;
  term.name = {key.text.value, key.at};
  const MapReader map(value, fmt::format("term `{}`", term.name.value), term_shape().names(), findings);
  const auto expression = map.expression("value", true);
  rule.lets.push_back({term.name, expression.value_or(LocatedText{})});
  const YamlNode* bands = map.find("bands");
  if (bands != nullptr)
    term.bands = read_bands(*bands, {"weight"}, findings);
  else
    term.weight = map.expression("weight", true);
  if (bands != nullptr && map.find("weight") != nullptr)
    findings.error(Code::kNameTwice, map.find("weight")->at,
                   "a term has a weight or bands of them, not both");
  return term;
}

ModifierDefinition read_modifier(const YamlNode& key, const YamlNode& value, Findings& findings) {
  ModifierDefinition modifier;
  modifier.name = {key.text.value, key.at};
  const MapReader map(value, fmt::format("modifier `{}`", key.text.value), modifier_shape().names(),
                      findings);
  modifier.when = map.expression("when", true);
  modifier.factor = map.expression("factor", true);
  return modifier;
}

std::optional<Located<AlertSeverity>> read_severity(const MapReader& map, Findings& findings) {
  const auto word = map.text("severity");
  if (!word) return std::nullopt;
  if (const auto severity = parse_severity(word->value)) return Located<AlertSeverity>{*severity, word->at};
  findings.error(Code::kUnknownWord, word->at, fmt::format("`severity` does not know `{}`", word->value),
                 suggest(word->value, severity_words()));
  return std::nullopt;
}

}  // namespace

WeighDefinition read_weigh(const YamlNode& node, RuleDefinition& rule, Findings& findings) {
  WeighDefinition weigh;
  const MapReader map(node, "`weigh`", weigh_shape().names(), findings);
  weigh.at = map.at();
  if (const YamlNode* terms = map.require("terms")) {
    const MapReader shape(*terms, "`terms`", {}, findings);
    for (const auto& [key, value] : terms->pairs) {
      if (key.is_scalar()) weigh.terms.push_back(read_term(key, value, rule, findings));
    }
  }
  if (const YamlNode* modifiers = map.find("modifiers")) {
    const MapReader shape(*modifiers, "`modifiers`", {}, findings);
    for (const auto& [key, value] : modifiers->pairs) {
      if (key.is_scalar()) weigh.modifiers.push_back(read_modifier(key, value, findings));
    }
  }
  weigh.threshold = map.expression("threshold");
  return weigh;
}

std::vector<BandDefinition> read_bands(const YamlNode& node, std::vector<std::string> keys,
                                       Findings& findings) {
  std::vector<BandDefinition> bands;
  if (node.kind != YamlNode::Kind::kList || node.items.empty()) {
    findings.error(Code::kWrongShape, node.at, "`bands` is a list of one band or more",
                   fmt::format("bands: [{{from: 8, {}: ...}}, {{from: 20, {}: ...}}]", keys[0], keys[0]));
    return bands;
  }
  keys.insert(keys.end(), {"from", "to"});
  for (const YamlNode& item : node.items) {
    const MapReader map(item, "a band", keys, findings);
    BandDefinition band;
    band.at = map.at();
    band.from = map.expression("from");
    band.to = map.expression("to");
    band.weight = map.expression("weight", keys[0] == "weight");
    band.severity = read_severity(map, findings);
    band.score = map.integer("score", 0, 100);
    bands.push_back(std::move(band));
  }
  return bands;
}

std::vector<ExceptionDefinition> read_exceptions(const YamlNode& node, Findings& findings) {
  std::vector<ExceptionDefinition> exceptions;
  if (node.kind != YamlNode::Kind::kList) {
    findings.error(Code::kWrongShape, node.at, "`exceptions` is a list",
                   "exceptions: [{name: ..., reason: ..., when: ...}]");
    return exceptions;
  }
  for (const YamlNode& item : node.items) {
    const MapReader map(item, "an exception", exception_shape().names(), findings);
    ExceptionDefinition exception;
    if (auto name = map.text("name", true)) {
      if (!is_id(name->value))
        findings.error(Code::kBadName, name->at, fmt::format("`{}` is no name of an exception", name->value),
                       "a letter, then lower-case letters, digits and hyphens, at most 64");
      exception.name = std::move(*name);
    }
    if (auto reason = map.text("reason", true)) exception.reason = std::move(reason->value);
    const bool named = map.find("subjects") != nullptr;
    exception.subjects = values_of(map.texts("subjects", named));
    exception.when = map.expression("when", !named);
    exceptions.push_back(std::move(exception));
  }
  return exceptions;
}

}  // namespace suar::rules
