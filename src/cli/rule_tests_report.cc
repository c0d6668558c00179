#include "cli/rule_tests_report.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "event/json_writer.h"
#include "rules/source_text.h"

namespace suar::cli {
namespace {

std::string xml_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        // XML 1.0 has no place for the other control characters.
        result += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return result;
}

auto failures(std::span<const TestResult> results) {
  return std::ranges::count_if(results, [](const TestResult& result) { return !result.passed(); });
}

double seconds(std::span<const TestResult> results) {
  double sum = 0;
  for (const TestResult& result : results) sum += result.seconds;
  return sum;
}

void write_seconds(event::JsonWriter& json, double value) {
  json.key("seconds");
  json.raw(fmt::format("{:.6f}", value));
}

void write_unseen(event::JsonWriter& json, const RuleCoverage& coverage, std::span<const rules::File> files) {
  json.key("unseen");
  json.begin_array();
  for (const ConditionCoverage& one : coverage.conditions) {
    const rules::Location& at = one.condition.expression->at;
    for (const bool outcome : {true, false}) {
      if (outcome ? one.seen_true : one.seen_false) continue;
      json.begin_object();
      json.field("file", files[static_cast<std::size_t>(at.file)].name);
      json.field("line", at.line);
      json.field("column", at.column);
      json.field("condition", rules::source_text(at, files));
      json.field("outcome", outcome);
      json.end_object();
    }
  }
  json.end_array();
}

void write_coverage(event::JsonWriter& json, const std::vector<RuleCoverage>& coverage,
                    std::span<const rules::File> files) {
  json.key("coverage");
  json.begin_array();
  for (const RuleCoverage& one : coverage) {
    json.begin_object();
    json.field("rule", one.rule->id);
    json.field("conditions", one.conditions.size());
    json.field("outcomes", one.outcomes());
    json.field("seen", one.seen());
    json.key("share");
    json.raw(fmt::format("{:.4f}", one.share()));
    write_unseen(json, one, files);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string text_report(const RuleCoverage& coverage, std::span<const rules::File> files) {
  std::string text =
      fmt::format("{}  {} of {} outcomes of {} conditions ({:.1f}%)\n", coverage.rule->id, coverage.seen(),
                  coverage.outcomes(), coverage.conditions.size(), 100 * coverage.share());
  for (const Diagnostic& finding : unseen(coverage, files)) text += render(finding);
  return text;
}

std::string slowest_report(std::span<const TestResult> results, std::size_t most) {
  std::vector<const TestResult*> order;
  for (const TestResult& result : results) order.push_back(&result);
  std::ranges::stable_sort(order, std::ranges::greater(), &TestResult::seconds);
  order.resize(std::min(order.size(), most));
  std::string text;
  for (const TestResult* result : order) {
    text += fmt::format("{:9.3f} s  {}:{}: {}: {}\n", result->seconds, result->test->file, result->test->line,
                        result->test->rule, result->test->name);
  }
  return text;
}

std::string text_report(const TestResult& result) {
  std::string text = fmt::format("{}  {}:{}: {}: {}\n", result.passed() ? "pass" : "FAIL", result.test->file,
                                 result.test->line, result.test->rule, result.test->name);
  for (std::string_view problem : result.problems) {
    while (!problem.empty()) {
      const std::size_t end = std::min(problem.find('\n'), problem.size());
      text += fmt::format("    {}\n", problem.substr(0, end));
      problem.remove_prefix(std::min(end + 1, problem.size()));
    }
  }
  return text;
}

std::string json_report(std::span<const TestResult> results, const std::vector<RuleCoverage>* coverage,
                        std::span<const rules::File> files) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("tests", results.size());
  json.field("failed", failures(results));
  write_seconds(json, seconds(results));
  json.key("results");
  json.begin_array();
  for (const TestResult& result : results) {
    json.begin_object();
    json.field("file", result.test->file);
    json.field("line", result.test->line);
    json.field("rule", result.test->rule);
    json.field("name", result.test->name);
    json.field("passed", result.passed());
    write_seconds(json, result.seconds);
    json.key("problems");
    json.begin_array();
    for (const std::string& problem : result.problems) json.string(problem);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  if (coverage != nullptr) write_coverage(json, *coverage, files);
  json.end_object();
  return out + "\n";
}

std::string junit_report(std::span<const TestResult> results) {
  std::map<std::string, std::vector<TestResult>> suites;
  for (const TestResult& result : results) suites[result.test->rule].push_back(result);
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites tests=\"{}\" failures=\"{}\" time=\"{:.6f}\">\n",
      results.size(), failures(results), seconds(results));
  for (const auto& [rule, tests] : suites) {
    xml += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" time=\"{:.6f}\">\n",
                       xml_text(rule), tests.size(), failures(tests), seconds(tests));
    for (const TestResult& result : tests) {
      xml += fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"{:.6f}\"",
                         xml_text(rule), xml_text(result.test->name), xml_text(result.test->file),
                         result.test->line, result.seconds);
      if (result.passed()) {
        xml += "/>\n";
        continue;
      }
      std::string problems;
      for (const std::string& problem : result.problems) problems += problem + "\n";
      xml += fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                         xml_text(result.problems.front().substr(0, result.problems.front().find('\n'))),
                         xml_text(problems));
    }
    xml += "  </testsuite>\n";
  }
  return xml + "</testsuites>\n";
}

}  // namespace suar::cli
