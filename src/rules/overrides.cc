// Overrides: a layer of rules (a bank's) changes rules of another (a national pack's) without touching its
// files. They are written into the definitions before anything is checked, so what a rule becomes is checked
// as if it had been written so.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/definition.h"
#include "rules/map_reader.h"
#include "rules/shape.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

template <typename Word>
std::optional<Located<Word>> read_word(const MapReader& map, std::string_view key,
                                       std::optional<Word> (*parse)(std::string_view),
                                       const std::vector<std::string>& words, Findings& findings) {
  const auto text = map.text(key);
  if (!text) return std::nullopt;
  if (const auto word = parse(text->value)) return Located<Word>{*word, text->at};
  findings.error(Code::kUnknownWord, text->at, fmt::format("`{}` does not know `{}`", key, text->value),
                 suggest(text->value, words));
  return std::nullopt;
}

std::optional<Located<int>> read_whole(const MapReader& map, std::string_view key, int low, int high) {
  const auto number = map.integer(key, low, high);
  if (!number) return std::nullopt;
  return Located<int>{*number, map.find(key)->at};
}

std::string text_of(const ParamDefinition& param) {
  std::string usual = param.value ? param.value->text.value : std::string();
  if (param.segments.empty()) return usual;
  std::string all = "{default: " + usual;
  for (const auto& [segment, value] : param.segments)
    all += fmt::format(", {}: {}", segment.value, value.text.value);
  return all + "}";
}

std::string text_of(const std::optional<LocatedText>& text) {
  return text ? text->value : std::string();
}
std::string text_of(int number) {
  return number == 0 ? std::string() : std::to_string(number);
}

// Applies one override to its rule.
class Application {
 public:
  Application(const OverrideDefinition& written, RuleDefinition& rule, std::set<std::string>& done,
              const Sources& sources, Findings& findings, std::vector<OverrideEffect>& effects)
      : written_(written),
        rule_(rule),
        done_(done),
        sources_(sources),
        findings_(findings),
        effects_(effects) {}

  void apply() {
    for (const ParamDefinition& param : written_.params) apply_param(param);
    RaiseDefinition& raise = rule_.raise;
    const bool severities = !raise.bands.empty() && raise.bands.front().severity;
    const bool scores = !raise.bands.empty() && raise.bands.front().score;
    if (written_.severity && !taken_by_bands(severities, "severity", written_.severity->at) &&
        claim("severity", written_.severity->at)) {
      note("severity", std::string(name_of(raise.severity)), std::string(name_of(written_.severity->value)),
           written_.severity->at);
      raise.severity = written_.severity->value;
    }
    if (written_.score && !taken_by_bands(scores, "score", written_.score->span()))
      replace("score", raise.score, *written_.score);
    if (written_.quiet) replace("quiet", raise.quiet, *written_.quiet);
    if (written_.step) {
      replace("step", raise.step, *written_.step);
      raise.step_at = written_.step->at;
    }
    if (written_.max_alerts_per_day)
      replace("max_alerts_per_day", raise.max_alerts_per_day, *written_.max_alerts_per_day);
    if (written_.mode && claim("mode", written_.mode->at)) {
      note("mode", std::string(name_of(rule_.mode)), std::string(name_of(written_.mode->value)),
           written_.mode->at);
      rule_.mode = written_.mode->value;
    }
    for (const ExceptionDefinition& exception : written_.exceptions) {
      note("exceptions", "", exception.name.value, exception.name.at);
      rule_.exceptions.push_back(exception);
    }
    if (written_.disabled && claim("disabled", *written_.disabled)) {
      note("disabled", "false", "true", *written_.disabled);
      rule_.disabled = true;
    }
  }

 private:
  void apply_param(const ParamDefinition& param) {
    const auto known = std::ranges::find_if(
        rule_.params, [&](const ParamDefinition& other) { return other.name.value == param.name.value; });
    if (known == rule_.params.end()) {
      std::vector<std::string> names;
      for (const ParamDefinition& other : rule_.params) names.push_back(other.name.value);
      findings_.error(Code::kUnknownName, param.name.at,
                      fmt::format("rule `{}` has no param `{}`", rule_.id.value, param.name.value),
                      suggest(param.name.value, names));
      return;
    }
    if (!claim("params." + param.name.value, param.name.at)) return;
    note("params." + param.name.value, text_of(*known), text_of(param), param.name.at);
    *known = param;
  }

  template <typename Value>
  void replace(std::string_view key, Value& value, const LocatedText& text) {
    if (!claim(std::string(key), text.span())) return;
    note(key, text_of(value), text.value, text.span());
    value = text;
  }
  void replace(std::string_view key, int& value, const Located<int>& number) {
    if (!claim(std::string(key), number.at)) return;
    note(key, text_of(value), std::to_string(number.value), number.at);
    value = number.value;
  }

  bool taken_by_bands(bool taken, std::string_view key, Span at) {
    if (taken)
      findings_.error(Code::kBadValue, at,
                      fmt::format("the {} of rule `{}` comes from its bands", key, rule_.id.value),
                      "their ends may be params, which an override can change");
    return taken;
  }

  // Of two overrides of one key, none would be the one that everybody expects.
  bool claim(const std::string& key, Span at) {
    if (done_.insert(rule_.id.value + " " + key).second) return true;
    findings_.error(Code::kNameTwice, at,
                    fmt::format("another override changes `{}` of rule `{}` already", key, rule_.id.value),
                    "keep one of them");
    return false;
  }

  void note(std::string_view key, std::string before, std::string after, Span at) {
    effects_.push_back({rule_.id.value, std::string(key), std::move(before), std::move(after),
                        written_.reason, sources_.locate(at)});
  }

  const OverrideDefinition& written_;
  RuleDefinition& rule_;
  std::set<std::string>& done_;
  const Sources& sources_;
  Findings& findings_;
  std::vector<OverrideEffect>& effects_;
};

}  // namespace

OverrideDefinition read_override(const YamlNode& document, Findings& findings) {
  OverrideDefinition out;
  const MapReader map(document, "an override", override_document().names(), findings);
  if (auto rule = map.text("override", true)) out.rule = std::move(*rule);
  if (auto reason = map.text("reason", true)) out.reason = std::move(reason->value);
  if (const YamlNode* params = map.find("params")) {
    const MapReader shape(*params, "`params`", {}, findings);
    for (const auto& [key, value] : params->pairs) {
      if (key.is_scalar()) out.params.push_back(read_param(key, value, findings));
    }
  }
  out.severity = read_word(map, "severity", &parse_severity, severity_words(), findings);
  out.mode = read_word(map, "mode", &parse_mode, mode_words(), findings);
  out.score = map.expression("score");
  out.quiet = map.expression("quiet");
  out.step = read_whole(map, "step", 1, 100);
  out.max_alerts_per_day = read_whole(map, "max_alerts_per_day", 1, 1'000'000);
  if (const YamlNode* exceptions = map.find("exceptions"))
    out.exceptions = read_exceptions(*exceptions, findings);
  if (map.truth("disabled")) out.disabled = map.find("disabled")->at;
  return out;
}

std::vector<OverrideEffect> apply_overrides(Definitions& definitions, const Sources& sources,
                                            Findings& findings) {
  std::vector<OverrideEffect> effects;
  std::set<std::string> done;
  for (const OverrideDefinition& written : definitions.overrides) {
    const auto rule = std::ranges::find_if(
        definitions.rules, [&](const RuleDefinition& known) { return known.id.value == written.rule.value; });
    if (rule != definitions.rules.end()) {
      Application(written, *rule, done, sources, findings, effects).apply();
      continue;
    }
    std::vector<std::string> ids;
    for (const RuleDefinition& known : definitions.rules) ids.push_back(known.id.value);
    if (written.rule.value.empty()) continue;
    findings.error(Code::kUnknownRule, written.rule.at,
                   fmt::format("there is no rule `{}` in this set to change", written.rule.value),
                   did_you_mean(written.rule.value, ids));
  }
  return effects;
}

}  // namespace suar::rules
