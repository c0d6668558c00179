#include "cli/rule_tests.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/engine_inputs.h"
#include "cli/output_file.h"
#include "cli/rule_tests_reader.h"
#include "cli/rule_tests_report.h"
#include "cli/rule_tests_run.h"

namespace suar::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kCouldNot = 2;

int refuse(std::string_view why) {
  fmt::print(stderr, "suar test: {}\n", why);
  return kCouldNot;
}

// Rules that no test is about; naming them is how they get one.
std::vector<std::string> untested(const rules::RuleSet& rules, const std::vector<TestCase>& tests,
                                  const std::string& only) {
  std::vector<std::string> names;
  for (const rules::Rule& rule : rules.rules) {
    if (!only.empty() && rule.id != only) continue;
    if (std::ranges::find(tests, rule.id, &TestCase::rule) == tests.end()) names.push_back(rule.id);
  }
  return names;
}

std::vector<TestCase> read_all(const std::vector<rules::File>& files, event::Currency home,
                               const std::string& only, Diagnostics& findings) {
  std::vector<TestCase> tests;
  for (const rules::File& file : files) {
    for (TestCase& test : read_rule_tests(file, home, findings)) {
      if (only.empty() || test.rule == only) tests.push_back(std::move(test));
    }
  }
  return tests;
}

int report(const std::vector<TestResult>& results, const RuleTestOptions& options) {
  const auto failed =
      std::ranges::count_if(results, [](const TestResult& result) { return !result.passed(); });
  if (options.format == "json") {
    fmt::print("{}", json_report(results));
  } else {
    for (const TestResult& result : results) {
      if (options.verbose || !result.passed()) fmt::print("{}", text_report(result));
    }
    fmt::print("{} tests, {} failed\n", results.size(), failed);
  }
  if (!options.junit.empty()) {
    auto file = OutputFile::open(options.junit);
    if (!file) return refuse(file.error());
    file->write(junit_report(results));
    if (auto done = file->finish(); !done) return refuse(done.error());
  }
  return failed == 0 ? 0 : kFailed;
}

}  // namespace

int run_rule_tests(const RuleTestOptions& options) {
  const auto home = event::parse_currency(options.home_currency);
  if (!home)
    return refuse(fmt::format("--home-currency {} is not three capital letters", options.home_currency));
  const auto files = read_rule_paths(options.paths);
  if (!files) return kCouldNot;
  const auto rules = load_rule_files(*files, *home, nullptr);
  if (!rules) return kCouldNot;

  Diagnostics findings;
  const std::vector<TestCase> tests = read_all(*files, *home, options.only, findings);
  print(findings);
  if (has_errors(findings)) return kCouldNot;

  std::vector<TestResult> results;
  results.reserve(tests.size());
  for (const TestCase& test : tests) results.push_back(run_rule_test(test, rules));
  int status = report(results, options);

  for (const std::string& rule : untested(*rules, tests, options.only)) {
    fmt::print(stderr, "suar test: rule {} has no test\n", rule);
    if (options.fail_on_empty) status = std::max(status, kFailed);
  }
  if (tests.empty()) {
    fmt::print(stderr, "suar test: there is no test to run\n");
    if (options.fail_on_empty) status = std::max(status, kFailed);
  }
  return status;
}

void add_test(CLI::App& app, int& exit_status) {
  auto options = std::make_shared<RuleTestOptions>();
  CLI::App* command = app.add_subcommand("test", "Run the tests that stand in rule files");
  command->add_option("path", options->paths, "Rule files and directories; together they are one rule set")
      ->required();
  command->add_option("--rule", options->only, "Run the tests of this rule alone");
  command->add_option("--home-currency", options->home_currency, "Currency of amounts and thresholds")
      ->capture_default_str();
  command->add_flag("--fail-on-empty", options->fail_on_empty, "Fail where a rule has no test");
  command->add_flag("--verbose,-v", options->verbose, "Name the tests that pass, too");
  command->add_option("--junit", options->junit, "Write the results as JUnit XML to this file");
  command->add_option("--format", options->format)
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([options, &exit_status] { exit_status = run_rule_tests(*options); });
}

}  // namespace suar::cli
