// The stages of loading, in order: YAML, definitions, syntax, order, checked rules, the set.
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "rules/check.h"
#include "rules/map_reader.h"
#include "rules/parsed.h"
#include "rules/vocabulary.h"

namespace suar::rules {
namespace {

bool claim(const Located<std::string>& name, std::string_view what, SetScope& set) {
  if (!is_name(name.value)) {
    set.findings.error(Code::kBadName, name.at, fmt::format("`{}` is no name", name.value),
                       "a letter, then lower-case letters, digits and underscores, at most 64");
    return false;
  }
  const bool taken =
      is_reserved(name.value) || set.macros.contains(name.value) || set.lists.contains(name.value);
  if (taken)
    set.findings.error(Code::kNameTwice, name.at,
                       fmt::format("the name `{}` of this {} is taken", name.value, what),
                       "choose another name");
  return !taken;
}

void claim_shared_names(const Definitions& definitions, SetScope& set) {
  for (const MacroDefinition& macro : definitions.macros) {
    if (claim(macro.name, "macro", set))
      set.macros.emplace(macro.name.value,
                         Macro{macro.name, parse_expression(macro.expression, set.findings)});
  }
  for (const ListDefinition& list : definitions.lists) {
    if (claim(list.name, "list", set)) set.lists.emplace(list.name.value, NamedList{list.name, list.texts});
  }
}

std::vector<ParsedRule> parse_rules(const Definitions& definitions, SetScope& set) {
  std::vector<ParsedRule> parsed;
  std::map<std::string, Span> ids;
  for (const RuleDefinition& definition : definitions.rules) {
    const auto [first, added] = ids.emplace(definition.id.value, definition.id.at);
    if (!added && !definition.id.value.empty()) {
      const Location at = set.sources.locate(first->second);
      set.findings.error(Code::kNameTwice, definition.id.at,
                         fmt::format("there is another rule `{}`", definition.id.value),
                         fmt::format("it stands in {}:{}",
                                     set.sources.files()[static_cast<std::size_t>(at.file)].name, at.line));
    }
    parsed.push_back(parse_rule(definition, set));
    expect_signal_values(definition, set);
    if (definition.mode == Mode::kShadow) set.shadow.insert(definition.id.value);
  }
  resolve_crimes(parsed);
  return parsed;
}

void report_unused(const SetScope& set) {
  for (const auto& [name, macro] : set.macros) {
    if (!macro.used)
      set.findings.warning(Code::kUnused, macro.name.at,
                           fmt::format("nothing uses the macro `{}`, so it is not checked", name));
  }
  for (const auto& [name, list] : set.lists) {
    if (!list.used)
      set.findings.warning(Code::kUnused, list.name.at, fmt::format("nothing uses the list `{}`", name));
  }
}

// Over the files' own names and bytes, each with its length before it: the same rules have the same hash
// wherever their directory lies and in whatever order they were found.
std::string hash_of(std::span<const File> files) {
  using NameAndBytes = std::pair<std::string_view, std::string_view>;
  std::vector<NameAndBytes> sorted;
  for (const File& file : files) {
    const std::string_view path = file.name;
    sorted.emplace_back(path.substr(path.rfind('/') + 1), file.bytes);
  }
  std::ranges::sort(sorted);
  XXH3_state_t* const state = XXH3_createState();
  XXH3_128bits_reset(state);
  for (const auto& [name, bytes] : sorted) {
    for (const std::string_view part : {name, bytes}) {
      const std::string length = fmt::format("{}:", part.size());
      XXH3_128bits_update(state, length.data(), length.size());
      XXH3_128bits_update(state, part.data(), part.size());
    }
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state);
  XXH3_freeState(state);
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace

LoadResult load_rules(std::span<const File> files, event::Currency home,
                      const reference::Reference* reference, std::optional<event::Instant> now) {
  const Sources sources(files);
  Findings findings(sources);
  Definitions definitions = read_definitions(sources, findings);
  std::vector<OverrideEffect> overrides = apply_overrides(definitions, sources, findings);

  SetScope scope{.sources = sources,
                 .findings = findings,
                 .home = home,
                 .reference = reference,
                 .complete = definitions.complete};
  claim_shared_names(definitions, scope);
  const std::vector<ParsedRule> parsed = parse_rules(definitions, scope);

  auto set = std::make_shared<RuleSet>();
  std::map<const ParsedRule*, Rule> checked;
  for (const ParsedRule* rule : checking_order(parsed)) {
    const std::size_t before = findings.errors();
    const Rule& made = checked.emplace(rule, check_rule(*rule, scope)).first->second;
    if (!rule->readable || findings.errors() != before) continue;
    check_fairness(made, *rule, findings);
    check_contradictions(made, findings);
  }
  for (const ParsedRule* rule : evaluation_order(parsed, findings)) {
    if (!rule->definition->disabled) set->rules.push_back(std::move(checked.at(rule)));
  }
  set->suppressions = check_suppressions(definitions, scope, now);
  if (!findings.failed()) {
    report_unused(scope);
    report_unheard(parsed, findings);
  }

  LoadResult result;
  const bool failed = findings.failed();
  result.findings = findings.take();
  if (failed) return result;
  for (const File& file : files) set->files.push_back(file.name);
  set->hash = hash_of(files);
  set->version = definitions.pack_version ? definitions.pack_version->value : "";
  set->overrides = std::move(overrides);
  set->home = home;
  result.rules = std::move(set);
  return result;
}

const Rule* RuleSet::find(std::string_view id) const {
  const auto found = std::ranges::find(rules, id, &Rule::id);
  return found == rules.end() ? nullptr : &*found;
}

bool RuleSet::uses_shadow() const {
  return std::ranges::any_of(rules, [](const Rule& rule) {
    return rule.mode == Mode::kShadow || rule.raise.max_alerts_per_day > 0;
  });
}

}  // namespace suar::rules
