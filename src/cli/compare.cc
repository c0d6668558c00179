#include "cli/compare.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/compare_report.h"
#include "cli/engine_inputs.h"
#include "cli/side_by_side.h"
#include "cli/sweep.h"
#include "rules/source_text.h"

namespace suar::cli {
namespace {

int refuse(std::string_view why) {
  fmt::print(stderr, "suar compare: {}\n", why);
  return 2;
}

std::expected<void, std::string> run(SideBySide& sides, const CompareOptions& options) {
  if (!options.labels.empty()) {
    if (auto read = sides.read_labels(options.labels); !read) return read;
  }
  return sides.run(options.events);
}

int compare_sets(const CompareOptions& options, const EngineInputs& after, event::Currency home) {
  const auto old_files = read_rule_paths(options.old_rules);
  if (!old_files) return 2;
  auto old_rules = load_rule_files(*old_files, home, after.reference.get());
  if (!old_rules) return 2;
  SideBySide sides;
  sides.add(std::move(old_rules), after.reference);
  sides.add(after.rules, after.reference);
  if (auto done = run(sides, options); !done) return refuse(done.error());
  const bool labelled = !options.labels.empty();
  fmt::print("{}", options.format == "json" ? comparison_json(sides, labelled)
                                            : comparison_text(sides, labelled, options.list));
  return 0;
}

int sweep(const CompareOptions& options, const EngineInputs& inputs, event::Currency home) {
  const auto asked = parse_sweep(options.sweep);
  if (!asked) return refuse("--sweep " + asked.error());
  SideBySide sides;
  for (const std::string& value : asked->values) {
    const auto files = with_param(*inputs.rules, inputs.files, asked->rule, asked->param, value);
    if (!files) return refuse("--sweep: " + files.error());
    const rules::LoadResult loaded =
        rules::load_rules(only_rule(*inputs.rules, *files, asked->rule), home, inputs.reference.get());
    if (!loaded.rules) {
      print(loaded.findings);
      return refuse(fmt::format("--sweep: with {} = {} the rules are not valid", asked->param, value));
    }
    sides.add(loaded.rules, inputs.reference);
  }
  if (auto done = run(sides, options); !done) return refuse(done.error());
  const rules::Rule& rule = *inputs.rules->find(asked->rule);
  const auto param = std::ranges::find(rule.params, asked->param, &rules::Param::name);
  std::string current = rules::source_text(param->value->at, inputs.files);
  std::erase(current, '_');
  const SweepLabels names{asked->rule, asked->param, current, asked->values};
  const bool labelled = !options.labels.empty();
  fmt::print("{}", options.format == "json" ? sweep_json(sides, names, labelled)
                                            : sweep_text(sides, names, labelled, options.list));
  return 0;
}

}  // namespace

int compare(const CompareOptions& options) {
  const auto home = event::parse_currency(options.home_currency);
  if (!home)
    return refuse(fmt::format("--home-currency {} is not three capital letters", options.home_currency));
  if (options.sweep.empty() && options.old_rules.empty())
    return refuse("which rules were there before? --old DIR");
  const auto inputs = load_engine_inputs(options.new_rules, options.reference, *home);
  if (!inputs) return 2;
  return options.sweep.empty() ? compare_sets(options, *inputs, *home) : sweep(options, *inputs, *home);
}

void add_compare(CLI::App& app, int& exit_status) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command = app.add_subcommand(
      "compare", "Tell what a change of rules would have done to the alerts of a recorded stream");
  command->add_option("--old", options->old_rules, "Rule files or directories as they are");
  command->add_option("--new", options->new_rules, "Rule files or directories as they are to be")->required();
  command->add_option("--reference", options->reference, "Directory of reference data");
  command->add_option("--events", options->events, "NDJSON events; - is standard input")
      ->capture_default_str();
  command->add_option("--labels", options->labels,
                      "Labels as suar simulate writes them: tell precision and recall of each rule");
  command->add_option(
      "--sweep", options->sweep,
      "rule.param=a..b[:step]: instead of --old, tell for each value of the param the alerts of "
      "--new, and the near misses of the value it has");
  command->add_option("--list", options->list, "How many alerts or near misses the text names")
      ->capture_default_str();
  command->add_option("--home-currency", options->home_currency, "Currency of amounts and thresholds")
      ->capture_default_str();
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->footer(
      "added: an alert that only the new rules raise; gone: only the old; moved: of the same rule and "
      "subject at\n"
      "another event within 7 days; changed: at the same event with other values, severity or score.\n"
      "\n"
      "  suar compare --old rules --new draft --events last-month.ndjson --reference reference\n"
      "  suar compare --new rules --sweep \"bri-fee-per-document.payers_min=2..6\" --events "
      "last-month.ndjson\n"
      "\n"
      "Each event is decoded once. The text holds what the events hold: treat it as an alert is treated.");
  command->callback([options, &exit_status] { exit_status = compare(*options); });
}

}  // namespace suar::cli
