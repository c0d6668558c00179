// What the rule files say, key by key, before any expression is read. Everything has its place.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/findings.h"
#include "rules/rule.h"
#include "rules/source.h"
#include "rules/yaml_node.h"

namespace suar::rules {

template <typename T>
struct Located {
  T value{};
  Span at;
};

// A scalar whose meaning depends on how it was written: `8` is a number, `"8"` is text.
struct ScalarText {
  LocatedText text;
  bool plain = true;
};

struct LetDefinition {
  Located<std::string> name;
  LocatedText expression;
};

// A step or `unless`: the condition and its `within`.
struct StepDefinition {
  Located<std::string> name;
  LocatedText expression;
};

struct ParamDefinition {
  Located<std::string> name;
  std::optional<ScalarText> value;  // the default
  std::vector<std::pair<Located<std::string>, ScalarText>> segments;
};

// `from` is included, `to` is not. What a band carries depends on where it stands.
struct BandDefinition {
  Span at;
  std::optional<LocatedText> from, to, weight;
  std::optional<Located<AlertSeverity>> severity;
  std::optional<int> score;
};

struct TermDefinition {
  Located<std::string> name;  // its value is a let
  std::optional<LocatedText> weight;
  std::vector<BandDefinition> bands;
};

struct ModifierDefinition {
  Located<std::string> name;
  std::optional<LocatedText> when, factor;
};

struct WeighDefinition {
  Span at;
  std::vector<TermDefinition> terms;
  std::vector<ModifierDefinition> modifiers;
  std::optional<LocatedText> threshold;
};

struct ExceptionDefinition {
  Located<std::string> name;
  std::string reason;
  std::optional<LocatedText> when;
  std::vector<std::string> subjects;
};

struct RaiseDefinition {
  Span at;
  bool silent = false;
  bool each = false;
  std::optional<Span> each_at;
  AlertSeverity severity{};
  std::optional<LocatedText> score;
  std::optional<LocatedText> by;
  std::vector<BandDefinition> bands;
  int step = 0;
  Span step_at;
  int max_alerts_per_day = 0;
  std::optional<Located<std::string>> zone;
  Role role = Role::kUnknown;
  std::optional<LocatedText> quiet;
  std::vector<Located<std::string>> signals;
  std::vector<Located<Side>> marks;
  std::optional<LocatedText> because_en, because_id;
  bool protection_referral = false;
  std::string recommended_action;
};

struct RuleDefinition {
  Located<std::string> id;
  int version = 1;
  Bilingual title, description;
  std::vector<std::string> crimes, offence_codes, indicator_codes, basis, look_alikes;
  Mode mode = Mode::kLive;
  bool disabled = false;            // by an override: it is checked, and does not run
  std::optional<EntityKind> watch;  // empty: missing or wrong, and reported
  std::vector<ParamDefinition> params;
  std::vector<LetDefinition> lets;
  std::vector<StepDefinition> steps;
  std::optional<Span> sequence_at;
  std::optional<LocatedText> events, trigger, when, unless;
  std::optional<WeighDefinition> weigh;
  std::vector<ExceptionDefinition> exceptions;
  RaiseDefinition raise;
};

struct MacroDefinition {
  Located<std::string> name;
  LocatedText expression;
};

struct ListDefinition {
  Located<std::string> name;
  std::vector<std::string> texts;
};

struct SuppressionDefinition {
  Span at;
  Located<std::string> rule, subject, until, author, approver;
  std::string reason;
  std::optional<LocatedText> limit;
};

// What is not said stays as it is.
struct OverrideDefinition {
  Located<std::string> rule;
  std::string reason;
  std::vector<ParamDefinition> params;
  std::optional<Located<AlertSeverity>> severity;
  std::optional<Located<Mode>> mode;
  std::optional<LocatedText> score, quiet;
  std::optional<Located<int>> step, max_alerts_per_day;
  std::vector<ExceptionDefinition> exceptions;
  std::optional<Span> disabled;
};

struct Definitions {
  std::vector<RuleDefinition> rules;
  std::vector<MacroDefinition> macros;
  std::vector<ListDefinition> lists;
  std::vector<SuppressionDefinition> suppressions;
  std::vector<OverrideDefinition> overrides;
  std::optional<Located<std::string>> pack_version;
  bool complete = true;  // false: a file could not be read to its end, so names may be missing
};

[[nodiscard]] Definitions read_definitions(const Sources& sources, Findings& findings);

// Writes the overrides into the rules' definitions. Says what it changed.
[[nodiscard]] std::vector<OverrideEffect> apply_overrides(Definitions& definitions, const Sources& sources,
                                                          Findings& findings);

// The parts of it.
[[nodiscard]] ParamDefinition read_param(const YamlNode& key, const YamlNode& value, Findings& findings);
void read_suppressions(const YamlNode& document, Definitions& definitions, Findings& findings);
[[nodiscard]] OverrideDefinition read_override(const YamlNode& document, Findings& findings);
[[nodiscard]] RuleDefinition read_rule(const YamlNode& document, Findings& findings);
[[nodiscard]] RaiseDefinition read_raise(const YamlNode& node, Findings& findings);
// `weigh`; the values of its terms become lets of the rule.
[[nodiscard]] WeighDefinition read_weigh(const YamlNode& node, RuleDefinition& rule, Findings& findings);
// `bands`, whose entries have these keys beside `from` and `to`.
[[nodiscard]] std::vector<BandDefinition> read_bands(const YamlNode& node, std::vector<std::string> keys,
                                                     Findings& findings);
[[nodiscard]] std::vector<ExceptionDefinition> read_exceptions(const YamlNode& node, Findings& findings);

}  // namespace suar::rules
