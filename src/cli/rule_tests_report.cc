#include "cli/rule_tests_report.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "event/json_writer.h"

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

}  // namespace

std::string text_report(const TestResult& result) {
  std::string text = fmt::format("{}  {}:{}: {}: {}\n", result.passed() ? "pass" : "FAIL", result.test->file,
                                 result.test->line, result.test->rule, result.test->name);
  for (const std::string& problem : result.problems) text += "    " + problem + "\n";
  return text;
}

std::string json_report(std::span<const TestResult> results) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("tests", results.size());
  json.field("failed", failures(results));
  json.key("results");
  json.begin_array();
  for (const TestResult& result : results) {
    json.begin_object();
    json.field("file", result.test->file);
    json.field("line", result.test->line);
    json.field("rule", result.test->rule);
    json.field("name", result.test->name);
    json.field("passed", result.passed());
    json.key("seconds");
    json.raw(fmt::format("{:.6f}", result.seconds));
    json.key("problems");
    json.begin_array();
    for (const std::string& problem : result.problems) json.string(problem);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

std::string junit_report(std::span<const TestResult> results) {
  std::map<std::string, std::vector<TestResult>> suites;
  for (const TestResult& result : results) suites[result.test->rule].push_back(result);
  std::string xml =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{}\" failures=\"{}\">\n",
                  results.size(), failures(results));
  for (const auto& [rule, tests] : suites) {
    xml += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", xml_text(rule),
                       tests.size(), failures(tests));
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
      xml += fmt::format(
          ">\n      <failure message=\"{} of its alerts are not as expected\">{}</failure>\n    "
          "</testcase>\n",
          result.problems.size(), xml_text(problems));
    }
    xml += "  </testsuite>\n";
  }
  return xml + "</testsuites>\n";
}

}  // namespace suar::cli
