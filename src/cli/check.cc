#include "cli/check.h"

#include <algorithm>
#include <chrono>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/check_report.h"
#include "cli/effective_rules.h"
#include "cli/event_file.h"
#include "engine/engine.h"
#include "reference/reference.h"
#include "rules/codes.h"
#include "rules/governance.h"
#include "rules/rule.h"
#include "service/files.h"

namespace suar::cli {
namespace {

event::Instant today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

int refuse(std::string_view why) {
  fmt::print(stderr, "suar check: {}\n", why);
  return 2;
}

void add(Diagnostics findings, CheckReport& report) {
  for (Diagnostic& finding : findings) {
    ++(finding.severity == Severity::kError ? report.errors : report.warnings);
    report.findings.push_back(std::move(finding));
  }
}

int explain(const std::string& text) {
  const auto code = rules::parse_code(text);
  if (!code) return refuse(fmt::format("there is no code {}; --codes prints them all", text));
  fmt::print("{}", explain_code(*code));
  return 0;
}

void print_effective(const rules::RuleSet& rules, const Diagnostics& findings, bool json) {
  for (const Diagnostic& finding : findings) fmt::print(stderr, "{}", render(finding));
  fmt::print("{}", json ? effective_json(rules) : effective_text(rules));
}

// Of a rule with a `trigger`, what triggers it is counted, which is fewer than it keeps.
std::expected<Admitted, std::string> measure(const std::shared_ptr<const rules::RuleSet>& rules,
                                             std::shared_ptr<const reference::Reference> reference,
                                             const std::string& events) {
  engine::Engine engine({}, rules, std::move(reference));
  double count = 0;
  const auto read = read_events(events, engine, [&](const Line& line, const engine::Decoded& transaction) {
    if (!transaction) return true;
    ++count;
    const engine::Result ignored = engine.process(*transaction, line.bytes, std::nullopt, line.number);
    static_cast<void>(ignored);
    return true;
  });
  if (!read) return std::unexpected(read.error());
  Admitted admitted;
  for (std::size_t i = 0; i < rules->rules.size() && count > 0; ++i)
    admitted[rules->rules[i].id] = static_cast<double>(engine.rule_counters()[i].evaluations) / count;
  return admitted;
}

void print(const CheckReport& report, const std::string& format) {
  if (format == "json") return fmt::print("{}", json_report(report));
  if (format == "sarif") return fmt::print("{}", sarif_report(report));
  for (const Diagnostic& finding : report.findings) fmt::print(stderr, "{}", render(finding));
  if (!report.findings.empty() && report.findings.front().code.starts_with("SUAR-R"))
    fmt::print(stderr, "`suar check --explain {}` tells more.\n", report.findings.front().code);
  fmt::print("{}", summary(report));
}

}  // namespace

int check_rules(const CheckOptions& options) {
  if (!options.explain.empty()) return explain(options.explain);
  if (options.codes) {
    for (const rules::CodeMeaning& entry : rules::all_codes())
      fmt::print("{}  {}\n", rules::to_string(entry.code), entry.meaning);
    return 0;
  }
  if (options.paths.empty()) return refuse("which rule files? suar check PATH...");
  const auto home = event::parse_currency(options.home_currency);
  if (!home) return refuse(fmt::format("{} is no currency: three capital letters", options.home_currency));
  const auto files = service::read_rule_files(options.paths);
  if (!files) return refuse(files.error());
  if (files->empty()) return refuse("there is no rule file (*.yaml, *.yml) below these paths");

  CheckReport report;
  report.files = files->size();
  std::shared_ptr<const reference::Reference> reference;
  if (!options.reference.empty()) {
    const auto data = service::read_reference_files(options.reference);
    if (!data) return refuse(data.error());
    reference::Reference::Loaded loaded = reference::Reference::load(*data, *home);
    reference = std::move(loaded.reference);
    add(std::move(loaded.findings), report);
  }
  rules::LoadResult loaded = rules::load_rules(*files, *home, reference.get(), today());
  if (loaded.rules) report.rules = loaded.rules->rules.size();
  add(std::move(loaded.findings), report);
  add(rules::check_governance(*files, options.governance), report);

  const int status = report.errors > 0 || (options.strict && report.warnings > 0) ? 1 : 0;
  if (options.effective && loaded.rules) {
    print_effective(*loaded.rules, report.findings, options.format == "json");
    return status;
  }
  if (options.cost && loaded.rules) {
    for (const Diagnostic& finding : report.findings) fmt::print(stderr, "{}", render(finding));
    const rules::Traffic traffic{options.accounts, options.events_per_day};
    Admitted admitted;
    if (!options.events.empty()) {
      auto measured =
          measure(loaded.rules, reference ? reference : reference::Reference::empty(*home), options.events);
      if (!measured) return refuse(measured.error());
      admitted = std::move(*measured);
    }
    fmt::print("{}", options.format == "json" ? cost_json(*loaded.rules, traffic, admitted)
                                              : cost_table(*loaded.rules, traffic, admitted));
    return status;
  }
  print(report, options.format);
  return status;
}

void add_check(CLI::App& app, int& exit_status) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand(
      "check", "validate rule files: every problem at once, with its place and how to mend it");
  command->add_option("paths", options->paths, "rule files, or directories with them: together one rule set");
  command->add_option("--reference", options->reference,
                      "reference data: warns of lists and corridors it does not have");
  command->add_option("--home-currency", options->home_currency, "the currency of amounts")
      ->capture_default_str();
  command->add_option("--format", options->format, "text, json, or sarif (2.1.0, for code hosts)")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  command->add_flag("--strict,--warnings-as-errors", options->strict, "exit with 1 if there is a warning");
  command->add_flag("--effective", options->effective,
                    "print the rules as they run, and what overrides changed in them");
  command->add_flag("--governance", options->governance,
                    "warn of rules without author, approver, description, basis or recommended_action");
  command->add_flag("--codes", options->codes, "print the codes of findings and what they mean");
  command->add_option("--explain", options->explain,
                      "a code, such as R026: what it means, why it matters, an example wrong and right");
  command->add_flag(
      "--cost", options->cost,
      "print what each rule costs: estimated nanoseconds for an event of its kind and for one that "
      "it admits, and the state that it keeps");
  command->add_option(
      "--events", options->events,
      "for --cost: a sample of events (NDJSON), to measure how many of them each rule admits; without "
      "it, every one is taken to be");
  command->add_option("--accounts", options->accounts, "for --cost: how many accounts there are")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--events-per-day", options->events_per_day, "for --cost: how many events a day")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->footer(
      "The costs are for comparing rules and sizing machines: upper estimates, good to a factor of two or "
      "three.\n"
      "A rule that would keep events for ever is refused: a window has a length, of at most 10 years.\n"
      "\n"
      "Exit status: 0 no error (with --strict: no finding), 1 findings, 2 it could not be tried.");
  command->callback([options, &exit_status] { exit_status = check_rules(*options); });
}

}  // namespace suar::cli
