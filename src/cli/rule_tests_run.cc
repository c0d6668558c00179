#include "cli/rule_tests_run.h"

#include <algorithm>
#include <chrono>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alert/alert.h"
#include "cli/rule_tests_notation.h"
#include "engine/engine.h"
#include "event/decoder.h"

namespace suar::cli {
namespace {

// A hit with its narratives, kept beyond the engine's next event.
struct RaisedAlert {
  engine::Hit hit;
  std::string narrative_en, narrative_id;
  bool expected = false;
};

std::string describe(const engine::Hit& hit) {
  std::string text = fmt::format("{} of {} at {}, {}", hit.rule->id, hit.subject_key, hit.trigger_event_id,
                                 event::to_rfc3339(hit.event_time, hit.offset_minutes));
  for (const engine::EvidenceValue& item : hit.values) {
    text += fmt::format("\n                {} = {}", item.name, notation_of(item.value));
    if (item.threshold) text += fmt::format("   (threshold {})", notation_of(*item.threshold));
  }
  return text;
}

std::string describe(const ExpectedAlert& alert) {
  std::string text = fmt::format("{} of {}", alert.rule, alert.subject);
  if (!alert.trigger.empty()) text += " at " + alert.trigger;
  if (alert.at) text += ", " + event::to_rfc3339(*alert.at, kTestOffsetMinutes);
  return text;
}

class TestRun {
 public:
  TestRun(const TestCase& test, std::shared_ptr<const rules::RuleSet> rules)
      : test_(test), rules_(std::move(rules)) {
    watched_.insert(test.rule);
    for (const ExpectedAlert& alert : test.expect) watched_.insert(alert.rule);
  }

  std::vector<std::string> run() {
    const auto loaded = reference::Reference::load(test_.reference, rules_->home);
    if (!loaded.reference) {
      for (const Diagnostic& finding : loaded.findings) {
        if (finding.severity == Severity::kError) problems_.push_back("reference data: " + headline(finding));
      }
      return std::move(problems_);
    }
    engine::Engine engine({}, rules_, loaded.reference);
    for (std::size_t i = 0; i < test_.records.size(); ++i) process(i, engine);
    compare();
    check_hits(engine);
    return std::move(problems_);
  }

 private:
  void process(std::size_t number, engine::Engine& engine) {
    const TestRecord& record = test_.records[number];
    const auto transaction = decoder_.decode(record.json);
    if (!transaction) return reject(record, transaction.error());
    const engine::Result result = engine.process(*transaction, record.json, std::nullopt, number);
    if (result.rejection) reject(record, *result.rejection);
    for (const engine::LateRejection& late : engine.late_rejections()) {
      reject(test_.records[late.position], late.rejection);
    }
    for (const engine::Hit& hit : engine.hits()) {
      if (watched_.contains(hit.rule->id)) {
        raised_.push_back({hit, alert::narrative(hit, "en"), alert::narrative(hit, "id"), false});
      }
    }
  }

  void reject(const TestRecord& record, const event::Rejection& rejection) {
    problems_.push_back(fmt::format("the event of line {} is a dead letter, {}: {}", record.line,
                                    event::name_of(rejection.reason), rejection.detail));
  }

  void compare() {
    for (const ExpectedAlert& expected : test_.expect) {
      const auto found = std::ranges::find_if(raised_, [&](const RaisedAlert& raised) {
        return !raised.expected && raised.hit.rule->id == expected.rule &&
               raised.hit.subject_key == expected.subject &&
               (expected.trigger.empty() || raised.hit.trigger_event_id == expected.trigger) &&
               (!expected.at || raised.hit.event_time == *expected.at);
      });
      if (found == raised_.end()) {
        problems_.push_back(fmt::format("missing     {}", describe(expected)));
        continue;
      }
      found->expected = true;
      compare(expected, *found);
    }
    for (const RaisedAlert& raised : raised_) {
      if (!raised.expected) problems_.push_back(fmt::format("unexpected  {}", describe(raised.hit)));
    }
  }

  void compare(const ExpectedAlert& expected, const RaisedAlert& raised) {
    const auto differs = [&](std::string_view what, const std::string& got, const std::string& wanted) {
      problems_.push_back(
          fmt::format("differs     {}: {} is {}, expected {}", describe(expected), what, got, wanted));
    };
    for (const auto& [name, value] : expected.values) {
      const auto item = std::ranges::find(raised.hit.values, name, &engine::EvidenceValue::name);
      if (item == raised.hit.values.end()) {
        differs(name, "not in the evidence", value);
      } else if (!agrees(item->value, value, rules_->home)) {
        differs(name, notation_of(item->value), value);
      }
    }
    const auto same_texts = [&](std::string_view what, const std::vector<std::string>& got,
                                const std::optional<std::vector<std::string>>& wanted) {
      if (wanted && got != *wanted) differs(what, fmt::format("{}", got), fmt::format("{}", *wanted));
    };
    same_texts("event_ids", raised.hit.event_ids, expected.event_ids);
    same_texts("lists", raised.hit.lists, expected.lists);
    const auto same_text = [&](std::string_view what, const std::string& got, const std::string& wanted) {
      if (!wanted.empty() && got != wanted)
        differs(what, fmt::format("\"{}\"", got), fmt::format("\"{}\"", wanted));
    };
    same_text("because.en", raised.narrative_en, expected.narrative_en);
    same_text("because.id", raised.narrative_id, expected.narrative_id);
  }

  void check_hits(const engine::Engine& engine) {
    if (!test_.hits) return;
    for (std::size_t i = 0; i < rules_->rules.size(); ++i) {
      const std::uint64_t hits = engine.rule_counters()[i].hits;
      if (rules_->rules[i].id == test_.rule && hits != *test_.hits) {
        problems_.push_back(fmt::format("differs     hits is {}, expected {}", hits, *test_.hits));
      }
    }
  }

  const TestCase& test_;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::set<std::string> watched_;
  event::Decoder decoder_;
  std::vector<RaisedAlert> raised_;
  std::vector<std::string> problems_;
};

}  // namespace

TestResult run_rule_test(const TestCase& test, const std::shared_ptr<const rules::RuleSet>& rules) {
  const auto start = std::chrono::steady_clock::now();
  TestResult result{&test, TestRun(test, rules).run(), 0};
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace suar::cli
