// What a rule does when it hits: its `raise`.
#include <fmt/format.h>

#include "rules/definition.h"
#include "rules/map_reader.h"
#include "rules/shape.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

constexpr std::size_t kMostSignalValues = 4;

void unknown_word(const Located<std::string>& text, std::string_view key,
                  const std::vector<std::string>& words, Findings& findings) {
  findings.error(Code::kUnknownWord, text.at, fmt::format("`{}` does not know `{}`", key, text.value),
                 suggest(text.value, words));
}

void read_because(const MapReader& map, RaiseDefinition& raise, Findings& findings) {
  const YamlNode* node = raise.silent ? map.find("because") : map.require("because");
  if (node == nullptr) return;
  if (node->is_scalar()) {
    findings.error(Code::kWrongShape, node->at, "`because` is written in two languages",
                   "write `because: {en: \"...\", id: \"...\"}`");
    return;
  }
  const MapReader because(*node, "`because`", because_shape().names(), findings);
  raise.because_en = because.expression("en", true);
  raise.because_id = because.expression("id", true);
}

}  // namespace

RaiseDefinition read_raise(const YamlNode& node, Findings& findings) {
  RaiseDefinition raise;
  const MapReader map(node, "`raise`", raise_shape().names(), findings);
  raise.at = map.at();
  raise.silent = map.truth("silent");
  raise.each = map.truth("each");
  if (const YamlNode* each = map.find("each")) raise.each_at = each->at;
  raise.by = map.expression("by", map.find("bands") != nullptr);
  if (const YamlNode* bands = raise.by ? map.require("bands") : map.find("bands"))
    raise.bands = read_bands(*bands, {"severity", "score"}, findings);
  const bool graded = !raise.bands.empty() && raise.bands.front().severity;
  if (const auto severity = map.text("severity", !raise.silent && !graded)) {
    if (const auto parsed = parse_severity(severity->value))
      raise.severity = *parsed;
    else
      unknown_word(*severity, "severity", severity_words(), findings);
  }
  raise.score = map.expression("score");
  raise.step = map.integer("step", 1, 100).value_or(0);
  raise.max_alerts_per_day = map.integer("max_alerts_per_day", 1, 1'000'000).value_or(0);
  raise.zone = map.text("zone");
  if (const YamlNode* step = map.find("step")) raise.step_at = step->at;
  if (const auto role = map.text("role")) {
    if (const auto parsed = parse_role(role->value))
      raise.role = *parsed;
    else
      unknown_word(*role, "role", role_words(), findings);
  }
  raise.quiet = map.expression("quiet");
  raise.signals = map.texts("signal");
  if (raise.signals.size() > kMostSignalValues)
    findings.error(Code::kBadValue, raise.signals[kMostSignalValues].at,
                   "a signal carries up to four values");
  for (const Located<std::string>& mark : map.texts("mark")) {
    if (const auto side = parse_side(mark.value))
      raise.marks.push_back({*side, mark.at});
    else
      unknown_word(mark, "mark", side_words(), findings);
  }
  read_because(map, raise, findings);
  raise.protection_referral = map.truth("protection_referral");
  if (auto action = map.text("recommended_action")) raise.recommended_action = std::move(action->value);
  return raise;
}

}  // namespace suar::rules
