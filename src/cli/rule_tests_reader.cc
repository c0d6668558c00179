#include "cli/rule_tests_reader.h"

#include <charconv>

#include <fmt/format.h>

#include "cli/rule_tests_events.h"
#include "cli/rule_tests_notation.h"
#include "cli/rule_tests_reference.h"
#include "cli/rule_tests_shape.h"

namespace suar::cli {
namespace {

constexpr std::string_view kDefaultStart = "2025-03-03T09:00:00+07:00";  // a Monday

// What a test stands in: the settings of the file's `given` items before it, and its own.
struct Setting {
  TestWorld world;
  ReferenceFiles reference;
};

class TestReader {
 public:
  TestReader(std::string rule, event::Currency home, TestFindings& findings)
      : rule_(std::move(rule)), findings_(findings) {
    given_.world.home = home;
    given_.world.start = event::parse_rfc3339(kDefaultStart)->instant;
  }

  void read(const YAML::Node& item, std::vector<TestCase>& tests) {
    if (!item.IsMap())
      return findings_.error(item, "a test is a map", "{name: ..., events: [...], expect: [...]}");
    if (item["given"]) {
      findings_.check_keys(item, given_shape());
      findings_.check_keys(item["given"], settings_shape());
      return apply(item["given"], given_);
    }
    findings_.check_keys(item, test_shape());
    tests.push_back(read_test(item));
  }

 private:
  TestCase read_test(const YAML::Node& item) {
    TestCase test;
    test.file = findings_.file();
    test.line = line_of(item);
    test.rule = rule_;
    test.name = scalar(item["name"]);
    if (test.name.empty()) findings_.error(item, "a test needs a name", "name: what happens, in a few words");

    Setting setting = given_;
    apply(item, setting);
    for (auto& [name, bytes] : setting.reference) test.reference.push_back({name, std::move(bytes)});

    const YAML::Node events = item["events"];
    if (!events || !events.IsSequence() || events.size() == 0) {
      findings_.error(item, "a test needs a list of events",
                      "events: [{at: \"+0d 09:00\", amount: IDR 1_000_000, ...}]");
    } else {
      test.records = read_test_events(events, setting.world, findings_);
    }
    const YAML::Node expect = item["expect"];
    if (!expect || !expect.IsSequence()) {
      findings_.error(item, "a test needs a list of the alerts it expects", "expect: [] for silence");
    } else {
      for (const auto& alert : expect) test.expect.push_back(read_alert(alert, setting.world.start));
    }
    if (const YAML::Node end = item["end_time"]) {
      const auto time = parse_test_time(scalar(end), setting.world.start);
      if (time) test.end_time = time->instant;
      if (!time) findings_.error(end, fmt::format("\"{}\" is not a time", scalar(end)), "+40d, or RFC 3339");
    }
    if (const YAML::Node hits = item["hits"]) test.hits = read_count(hits);
    return test;
  }

  std::optional<std::uint64_t> read_count(const YAML::Node& node) {
    const std::string text = scalar(node);
    std::uint64_t count = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (problem == std::errc() && stop == text.data() + text.size()) return count;
    findings_.error(node, fmt::format("\"{}\" is no number of hits", text), "a whole number, such as 9");
    return std::nullopt;
  }

  ExpectedAlert read_alert(const YAML::Node& item, event::Instant start) {
    ExpectedAlert alert;
    alert.line = line_of(item);
    alert.rule = rule_;
    if (!item.IsMap()) {
      findings_.error(item, "an expected alert is a map",
                      "{subject: \"account:123\", trigger: e8, values: {payers: 8}}");
      return alert;
    }
    findings_.check_keys(item, expected_alert_shape());
    if (item["rule"]) alert.rule = scalar(item["rule"]);
    alert.subject = scalar(item["subject"]);
    if (alert.subject.empty()) {
      findings_.error(item, "an expected alert needs its subject", "the entity key, such as account:123");
    }
    alert.trigger = scalar(item["trigger"]);
    alert.severity = scalar(item["severity"]);
    alert.score = scalar(item["score"]);
    alert.mode = scalar(item["mode"]);
    if (const YAML::Node at = item["at"]) {
      const auto time = parse_test_time(scalar(at), start);
      if (time) alert.at = time->instant;
      if (!time)
        findings_.error(at, fmt::format("\"{}\" is not a time", scalar(at)), "+3d 09:00, or RFC 3339");
    }
    for (const auto& value : item["values"])
      alert.values.emplace_back(scalar(value.first), scalar(value.second));
    alert.event_ids = texts(item["event_ids"]);
    alert.lists = texts(item["lists"]);
    if (const YAML::Node because = item["because"]) {
      alert.narrative_en = scalar(because["en"]);
      alert.narrative_id = scalar(because["id"]);
    }
    return alert;
  }

  static std::optional<std::vector<std::string>> texts(const YAML::Node& node) {
    if (!node || !node.IsSequence()) return std::nullopt;
    std::vector<std::string> result;
    for (const auto& item : node) result.push_back(scalar(item));
    return result;
  }

  // Assigning to a node would change every other name for the same node, so an entry is replaced whole.
  static void put_all(const YAML::Node& entries, std::map<std::string, YAML::Node>& into) {
    for (const auto& entry : entries) {
      into.erase(scalar(entry.first));
      into.emplace(scalar(entry.first), entry.second);
    }
  }

  void apply(const YAML::Node& node, Setting& setting) {
    if (const YAML::Node start = node["start"]) {
      const auto time = parse_test_time(scalar(start), setting.world.start);
      if (time) setting.world.start = time->instant;
      if (!time)
        findings_.error(start, fmt::format("\"{}\" is not a time", scalar(start)), "2025-03-01 09:00");
    }
    if (const YAML::Node order = node["order"]) {
      setting.world.arrive_as_listed = scalar(order) == "listed";
      if (!setting.world.arrive_as_listed && scalar(order) != "time") {
        findings_.error(order, fmt::format("\"{}\" is no order", scalar(order)), "time or listed");
      }
    }
    put_all(node["template"], setting.world.fields);
    put_all(node["parties"], setting.world.parties);
    if (const YAML::Node reference = node["reference"]) {
      read_test_reference(reference, setting.reference, findings_);
    }
  }

  std::string rule_;
  TestFindings& findings_;
  Setting given_;
};

}  // namespace

std::vector<TestCase> read_rule_tests(const rules::File& file, event::Currency home, Diagnostics& findings) {
  std::vector<TestCase> tests;
  TestFindings located(file.name, file.bytes, findings);
  try {
    for (const YAML::Node& document : YAML::LoadAll(file.bytes)) {
      if (!document.IsMap() || !document["rule"] || !document["tests"]) continue;
      TestReader reader(scalar(document["rule"]), home, located);
      for (const auto& item : document["tests"]) reader.read(item, tests);
    }
  } catch (const YAML::Exception& problem) {
    located.error(YAML::Node(YAML::NodeType::Undefined), problem.what());
  }
  return tests;
}

}  // namespace suar::cli
