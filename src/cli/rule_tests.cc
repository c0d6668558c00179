#include "cli/rule_tests.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <re2/re2.h>
#include <CLI/CLI.hpp>

#include "cli/engine_inputs.h"
#include "cli/output_file.h"
#include "cli/rule_tests_reader.h"
#include "cli/rule_tests_report.h"
#include "cli/rule_tests_run.h"
#include "cli/rule_tests_subset.h"

namespace suar::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kCouldNot = 2;

int refuse(std::string_view why) {
  fmt::print(stderr, "suar test: {}\n", why);
  return kCouldNot;
}

// Which of the tests are to run.
class Selection {
 public:
  explicit Selection(const RuleTestOptions& options) : rule_(options.only), name_(options.run, RE2::Quiet) {}

  [[nodiscard]] const RE2& pattern() const { return name_; }
  [[nodiscard]] bool holds(std::string_view rule) const { return rule_.empty() || rule == rule_; }
  [[nodiscard]] bool holds(const TestCase& test) const {
    return holds(test.rule) && RE2::PartialMatch(fmt::format("{}: {}", test.rule, test.name), name_);
  }

 private:
  const std::string& rule_;
  RE2 name_;
};

// "95%" or "0.95", as a share.
std::optional<double> parse_share(std::string_view text) {
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  double number = 0;
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  if (percent) number /= 100;
  return number >= 0 && number <= 1 ? std::optional(number) : std::nullopt;
}

// Rules that no test is about; naming them is how they get one.
std::vector<std::string> untested(const rules::RuleSet& rules, const std::vector<TestCase>& tests,
                                  const Selection& selection) {
  std::vector<std::string> names;
  for (const rules::Rule& rule : rules.rules) {
    if (selection.holds(rule.id) && std::ranges::find(tests, rule.id, &TestCase::rule) == tests.end())
      names.push_back(rule.id);
  }
  return names;
}

std::vector<TestCase> read_all(const std::vector<rules::File>& files, event::Currency home,
                               const Selection& selection, Diagnostics& findings) {
  std::vector<TestCase> tests;
  for (const rules::File& file : files) {
    for (TestCase& test : read_rule_tests(file, home, findings)) {
      if (selection.holds(test)) tests.push_back(std::move(test));
    }
  }
  return tests;
}

// Of the rules that tests were run for, where it was asked for.
using Measured = std::optional<std::vector<RuleCoverage>>;

Measured measured(const Coverage* coverage, const Selection& selection) {
  if (coverage == nullptr) return std::nullopt;
  std::vector<RuleCoverage> rules = coverage->rules();
  std::erase_if(rules, [&](const RuleCoverage& rule) { return !selection.holds(rule.rule->id); });
  return rules;
}

void print_text(const std::vector<TestResult>& results, const Measured& coverage,
                const std::vector<rules::File>& files, const RuleTestOptions& options) {
  for (const TestResult& result : results) {
    if (options.verbose || !result.passed()) fmt::print("{}", text_report(result));
  }
  if (options.coverage) {
    for (const RuleCoverage& rule : *coverage) fmt::print("{}", text_report(rule, files));
  }
  fmt::print("{}", slowest_report(results, options.slowest));
  double seconds = 0;
  for (const TestResult& result : results) seconds += result.seconds;
  fmt::print("{} tests, {} failed, in {:.2f} s\n", results.size(),
             std::ranges::count_if(results, [](const TestResult& result) { return !result.passed(); }),
             seconds);
}

int report(const std::vector<TestResult>& results, const Measured& coverage,
           const std::vector<rules::File>& files, const RuleTestOptions& options) {
  if (options.format == "json")
    fmt::print("{}", json_report(results, coverage ? &*coverage : nullptr, files));
  else if (options.format == "junit")
    fmt::print("{}", junit_report(results));
  else
    print_text(results, coverage, files, options);
  if (!options.junit.empty()) {
    auto file = OutputFile::open(options.junit);
    if (!file) return refuse(file.error());
    file->write(junit_report(results));
    if (auto done = file->finish(); !done) return refuse(done.error());
  }
  return std::ranges::all_of(results, &TestResult::passed) ? 0 : kFailed;
}

// Names the rules whose tests see too little.
bool covers(const std::vector<RuleCoverage>& coverage, double least) {
  bool enough = true;
  for (const RuleCoverage& rule : coverage) {
    if (rule.share() >= least) continue;
    enough = false;
    fmt::print(stderr,
               "suar test: the tests of rule {} see {} of {} outcomes ({:.1f}%), fewer than {:.4g}%{}\n",
               rule.rule->id, rule.seen(), rule.outcomes(), 100 * rule.share(), 100 * least,
               "; --coverage tells which they do not see");
  }
  return enough;
}

}  // namespace

int run_rule_tests(const RuleTestOptions& options) {
  const auto home = event::parse_currency(options.home_currency);
  if (!home)
    return refuse(fmt::format("--home-currency {} is not three capital letters", options.home_currency));
  const Selection selection(options);
  if (!selection.pattern().ok())
    return refuse(fmt::format("--run {}: {}", options.run, selection.pattern().error()));
  const std::optional<double> least = parse_share(options.min_coverage);
  if (!least && !options.min_coverage.empty())
    return refuse(fmt::format("--min-coverage {} is no share, such as 95%", options.min_coverage));
  const auto files = read_rule_paths(options.paths);
  if (!files) return kCouldNot;
  const auto rules = load_rule_files(*files, *home, nullptr);
  if (!rules) return kCouldNot;
  if (!options.only.empty() && rules->find(options.only) == nullptr)
    return refuse(fmt::format("there is no rule {}", options.only));

  Diagnostics findings;
  const std::vector<TestCase> tests = read_all(*files, *home, selection, findings);
  print(findings);
  if (has_errors(findings)) return kCouldNot;

  std::optional<Coverage> coverage;
  if (options.coverage || least) coverage.emplace(*rules, *files);
  std::vector<TestResult> results;
  results.reserve(tests.size());
  RuleSubsets subsets(rules, *files);
  for (const TestCase& test : tests) {
    // What is covered is counted on the rules of the whole set.
    if (coverage) {
      results.push_back(run_rule_test(test, rules, *files, &*coverage));
      continue;
    }
    const RulesOfTest& needed = subsets.of(test);
    results.push_back(run_rule_test(test, needed.rules, needed.files));
  }
  const Measured seen = measured(coverage ? &*coverage : nullptr, selection);
  int status = report(results, seen, *files, options);
  if (least && !covers(*seen, *least)) status = std::max(status, kFailed);

  if (options.run.empty()) {
    for (const std::string& rule : untested(*rules, tests, selection)) {
      fmt::print(stderr, "suar test: rule {} has no test\n", rule);
      if (options.fail_on_empty) status = std::max(status, kFailed);
    }
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
  command->add_option("--run", options->run,
                      "Run the tests alone whose \"rule: name\" this regular expression is found in");
  command->add_flag("--coverage", options->coverage,
                    "Tell which conditions no test sees true, or false, with their places");
  command->add_option("--min-coverage", options->min_coverage,
                      "Fail where the tests of a rule see less of it, such as 95%");
  command->add_option("--home-currency", options->home_currency, "Currency of amounts and thresholds")
      ->capture_default_str();
  command->add_flag("--fail-on-empty", options->fail_on_empty,
                    "Fail where a rule has no test, or --run finds none");
  command->add_option("--slowest", options->slowest, "Name so many of the slowest tests, with their times");
  command->add_flag("--verbose,-v", options->verbose, "Name the tests that pass, too");
  command->add_option("--junit", options->junit, "Write the results as JUnit XML to this file");
  command->add_option("--format", options->format, "text, json or junit (XML)")
      ->check(CLI::IsMember({"text", "json", "junit"}))
      ->capture_default_str();
  command->footer(
      "Coverage counts outcomes: each condition has two, true and false. One counts where the condition was\n"
      "asked, so behind && only where all before it held. Left out is what compares two events. The "
      "outcomes\n"
      "of a rule come from its own tests and from those that expect an alert of it.\n"
      "\n"
      "Exit status: 0 all pass, 1 a test fails or --min-coverage is not met, 2 it could not be tried.");
  command->callback([options, &exit_status] { exit_status = run_rule_tests(*options); });
}

}  // namespace suar::cli
