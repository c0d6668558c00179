#include "cli/effective_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/rule_tests_notation.h"
#include "event/json_writer.h"

namespace suar::cli {
namespace {

std::string duration_text(event::Duration duration) {
  engine::Value value;
  value.type = rules::Type::kDuration;
  value.present = true;
  value.duration = duration;
  return notation_of(value);
}

std::string severity_text(const rules::Raise& raise) {
  if (raise.silent) return "silent";
  return raise.severity_by ? "severity by bands" : std::string(rules::name_of(raise.severity));
}

std::string score_text(const rules::Raise& raise) {
  return raise.score_by ? "computed score" : fmt::format("score {}", raise.score);
}

std::string place(const rules::OverrideEffect& effect, const rules::RuleSet& rules) {
  return fmt::format("{}:{}", rules.files[static_cast<std::size_t>(effect.at.file)], effect.at.line);
}

std::string change(const rules::OverrideEffect& effect) {
  if (effect.key == "exceptions") return "+ " + effect.after;
  return fmt::format("{} -> {}", effect.before.empty() ? "none" : effect.before, effect.after);
}

std::vector<std::string> ids_of(const rules::RuleSet& rules) {
  std::vector<std::string> ids;
  for (const rules::Rule& rule : rules.rules) ids.push_back(rule.id);
  for (const rules::OverrideEffect& effect : rules.overrides) ids.push_back(effect.rule);
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  return ids;
}

std::string head(const rules::Rule& rule) {
  const rules::Raise& raise = rule.raise;
  std::string text = fmt::format("{} version {}: {}, {}", rule.id, rule.version, rules::name_of(rule.mode),
                                 severity_text(raise));
  if (!raise.silent) text += ", " + score_text(raise);
  if (raise.quiet.micros > 0) text += ", quiet " + duration_text(raise.quiet);
  if (raise.step > 0) text += fmt::format(", step {}", raise.step);
  if (raise.max_alerts_per_day > 0)
    text += fmt::format(", at most {} alerts a day", raise.max_alerts_per_day);
  for (const rules::Exception& exception : rule.exceptions) text += ", except " + exception.name;
  return text + "\n";
}

}  // namespace

std::string effective_text(const rules::RuleSet& rules) {
  std::string out;
  for (const std::string& id : ids_of(rules)) {
    const rules::Rule* rule = rules.find(id);
    out += rule != nullptr ? head(*rule) : fmt::format("{}: disabled\n", id);
    for (const rules::OverrideEffect& effect : rules.overrides) {
      if (effect.rule == id)
        out += fmt::format("    {:<24} {}   ({}: {})\n", effect.key, change(effect), place(effect, rules),
                           effect.reason);
    }
  }
  out += fmt::format("{} rules, {} changes by overrides, {} suppressions\n", rules.rules.size(),
                     rules.overrides.size(), rules.suppressions.size());
  return out;
}

std::string effective_json(const rules::RuleSet& rules) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("hash", rules.hash);
  json.key("rules");
  json.begin_array();
  for (const std::string& id : ids_of(rules)) {
    const rules::Rule* rule = rules.find(id);
    json.begin_object();
    json.field("id", id);
    json.field("disabled", rule == nullptr);
    if (rule != nullptr) {
      json.field("version", rule->version);
      json.field("mode", rules::name_of(rule->mode));
      json.field("severity", severity_text(rule->raise));
      json.key("score");
      rule->raise.score_by ? json.string("computed") : json.string(std::to_string(rule->raise.score));
      json.field("quiet", duration_text(rule->raise.quiet));
    }
    json.key("overrides");
    json.begin_array();
    for (const rules::OverrideEffect& effect : rules.overrides) {
      if (effect.rule != id) continue;
      json.begin_object();
      json.field("key", effect.key);
      json.field("before", effect.before);
      json.field("after", effect.after);
      json.field("reason", effect.reason);
      json.field("at", place(effect, rules));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

}  // namespace suar::cli
