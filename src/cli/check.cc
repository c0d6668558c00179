#include "cli/check.h"

#include <algorithm>
#include <chrono>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/effective_rules.h"
#include "event/json_writer.h"
#include "reference/reference.h"
#include "rules/codes.h"
#include "rules/rule.h"
#include "service/files.h"

namespace suar::cli {
namespace {

struct Report {
  std::size_t files = 0, rules = 0, errors = 0, warnings = 0;
  Diagnostics findings;
};

event::Instant today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

int refuse(std::string_view why) {
  fmt::print(stderr, "suar check: {}\n", why);
  return 2;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void add(Diagnostics findings, Report& report) {
  for (Diagnostic& finding : findings) {
    ++(finding.severity == Severity::kError ? report.errors : report.warnings);
    report.findings.push_back(std::move(finding));
  }
}

void print_text(const Report& report) {
  for (const Diagnostic& finding : report.findings) fmt::print(stderr, "{}", render(finding));
  const std::string problems =
      fmt::format("{}, {}", counted(report.errors, "error"), counted(report.warnings, "warning"));
  const std::string set = report.errors > 0 ? counted(report.files, "file")
                                            : fmt::format("{} in {}", counted(report.rules, "rule"),
                                                          counted(report.files, "file"));
  fmt::print("{}, {}\n", set, report.findings.empty() ? "no problem found" : problems);
}

void print_effective(const rules::RuleSet& rules, const Diagnostics& findings, bool json) {
  for (const Diagnostic& finding : findings) fmt::print(stderr, "{}", render(finding));
  fmt::print("{}", json ? effective_json(rules) : effective_text(rules));
}

void print_json(const Report& report) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("files", report.files);
  json.field("rules", report.rules);
  json.field("errors", report.errors);
  json.field("warnings", report.warnings);
  json.key("findings");
  json.begin_array();
  for (const Diagnostic& finding : report.findings) {
    json.begin_object();
    json.field("severity", finding.severity == Severity::kError ? "error" : "warning");
    json.field("code", finding.code);
    json.field("file", finding.file);
    json.field("line", finding.line);
    json.field("column", finding.column);
    json.field("length", finding.length);
    json.field("message", finding.message);
    json.field("suggestion", finding.suggestion);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  fmt::print("{}\n", out);
}

}  // namespace

int check_rules(const CheckOptions& options) {
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

  Report report;
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

  if (options.effective && loaded.rules) {
    print_effective(*loaded.rules, report.findings, options.format == "json");
    return 0;
  }

  if (options.format == "json")
    print_json(report);
  else
    print_text(report);
  return report.errors > 0 || (options.warnings_as_errors && report.warnings > 0) ? 1 : 0;
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
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_flag("--warnings-as-errors", options->warnings_as_errors, "exit with 1 if there is a warning");
  command->add_flag("--effective", options->effective,
                    "print the rules as they run, and what overrides changed in them");
  command->add_flag("--codes", options->codes, "print the codes of findings and what they mean");
  command->callback([options, &exit_status] { exit_status = check_rules(*options); });
}

}  // namespace suar::cli
