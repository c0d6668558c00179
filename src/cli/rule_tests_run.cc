#include "cli/rule_tests_run.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "alert/alert.h"
#include "cli/explanation_report.h"
#include "cli/rule_tests_difference.h"
#include "engine/engine.h"
#include "event/decoder.h"

namespace suar::cli {
namespace {

constexpr std::string_view kIndent = "            ";  // below "missing     "

using Explain = std::function<engine::Detail(const rules::Rule&)>;

// A problem whose first line has a word before it, and whose other lines stand below what follows that word.
std::string problem(std::string_view word, std::string_view headline, const std::vector<std::string>& lines) {
  std::string text = fmt::format("{:<{}}{}", word, kIndent.size(), headline);
  for (const std::string& line : lines) text += fmt::format("\n{}{}", kIndent, line);
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

class TestRun {
 public:
  TestRun(const TestCase& test, std::shared_ptr<const rules::RuleSet> rules,
          std::span<const rules::File> files, Coverage* coverage)
      : test_(test), rules_(std::move(rules)), files_(files), coverage_(coverage) {
    watched_.insert(test.rule);
    for (const ExpectedAlert& alert : test.expect) watched_.insert(alert.rule);
  }

  std::vector<std::string> run() {
    auto loaded = reference::Reference::load(test_.reference, rules_->home);
    if (!loaded.reference) {
      for (const Diagnostic& finding : loaded.findings) {
        if (finding.severity == Severity::kError) problems_.push_back("reference data: " + headline(finding));
      }
      return std::move(problems_);
    }
    reference_ = std::move(loaded.reference);
    engine::Options options;
    if (coverage_ != nullptr) options.explain = watched_only();
    engine::Engine engine(std::move(options), rules_, reference_);
    for (std::size_t i = 0; i < test_.records.size(); ++i) process(i, engine);
    if (test_.end_time) {
      engine.advance(*test_.end_time);
      keep_hits(engine);
    }
    compare_all();
    check_hits(engine);
    return std::move(problems_);
  }

 private:
  [[nodiscard]] Explain watched_only() const {
    return [this](const rules::Rule& rule) {
      return watched_.contains(rule.id) ? engine::Detail::kConditions : engine::Detail::kNone;
    };
  }

  void process(std::size_t number, engine::Engine& engine) {
    const TestRecord& record = test_.records[number];
    const auto transaction = decoder_.decode(record.json);
    if (!transaction) return reject(record, transaction.error());
    const engine::Result result = engine.process(*transaction, record.json, std::nullopt, number);
    if (result.rejection) reject(record, *result.rejection);
    for (const engine::LateRejection& late : engine.late_rejections()) {
      reject(test_.records[late.position], late.rejection);
    }
    keep_hits(engine);
    if (coverage_ != nullptr) {
      for (const engine::Explanation& explanation : engine.explanations()) coverage_->add(explanation);
    }
  }

  void keep_hits(const engine::Engine& engine) {
    for (const engine::Hit& hit : engine.hits()) {
      if (watched_.contains(hit.rule->id))
        raised_.push_back({hit, alert::narrative(hit, "en"), alert::narrative(hit, "id"), false});
    }
  }

  void reject(const TestRecord& record, const event::Rejection& rejection) {
    problems_.push_back(fmt::format("the event of line {} is a dead letter, {}: {}", record.line,
                                    event::name_of(rejection.reason), rejection.detail));
  }

  void compare_all() {
    std::vector<const ExpectedAlert*> missing;
    for (const ExpectedAlert& expected : test_.expect) {
      const auto found = std::ranges::find_if(raised_, [&](const RaisedAlert& raised) {
        return !raised.expected && raised.hit.rule->id == expected.rule &&
               raised.hit.subject_key == expected.subject &&
               (expected.trigger.empty() || raised.hit.trigger_event_id == expected.trigger) &&
               (!expected.at || raised.hit.event_time == *expected.at);
      });
      if (found == raised_.end()) {
        missing.push_back(&expected);
        continue;
      }
      found->expected = true;
      const Difference difference = compare(expected, *found, rules_->home);
      if (difference.differing > 0)
        problems_.push_back(
            problem("differs", describe(expected) + "   (- expected, + actual)", difference.lines));
    }
    for (const ExpectedAlert* expected : missing) tell_missing(*expected);
    for (const RaisedAlert& raised : raised_) {
      if (!raised.expected)
        problems_.push_back(problem("unexpected", describe(raised.hit), values_of(raised.hit)));
    }
  }

  // Beside the alert that is not there: the nearest that is and was not expected, and why at the event where
  // it should have been there was none.
  void tell_missing(const ExpectedAlert& expected) {
    std::vector<std::string> lines;
    const RaisedAlert* nearest = nullptr;
    Difference least;
    for (const RaisedAlert& raised : raised_) {
      if (raised.expected || raised.hit.rule->id != expected.rule) continue;
      Difference difference = compare(expected, raised, rules_->home);
      if (nearest != nullptr && difference.differing >= least.differing) continue;
      nearest = &raised;
      least = std::move(difference);
    }
    if (nearest != nullptr) {
      lines.push_back(fmt::format("the nearest that was raised, at {} (- expected, + actual):",
                                  nearest->hit.trigger_event_id));
      lines.insert(lines.end(), least.lines.begin(), least.lines.end());
    }
    const std::vector<std::string> reason = why_missing(expected);
    lines.insert(lines.end(), reason.begin(), reason.end());
    problems_.push_back(problem("missing", describe(expected), lines));
  }

  // Runs the events once more and keeps of what the rule saw on the subject the evaluation at the trigger or,
  // where the test names none, the one that came nearest to an alert.
  std::vector<std::string> why_missing(const ExpectedAlert& expected) {
    if (rules_->find(expected.rule) == nullptr)
      return {fmt::format("there is no rule {} in the set", expected.rule)};
    engine::Options options;
    options.explain = [&](const rules::Rule& rule) {
      return rule.id == expected.rule ? engine::Detail::kConditions : engine::Detail::kNone;
    };
    engine::Engine engine(std::move(options), rules_, reference_);
    std::optional<engine::Explanation> nearest;
    std::set<std::string> subjects;
    for (std::size_t i = 0; i < test_.records.size(); ++i) {
      const auto transaction = decoder_.decode(test_.records[i].json);
      if (!transaction) continue;
      const engine::Result ignored = engine.process(*transaction, test_.records[i].json, std::nullopt, i);
      static_cast<void>(ignored);
      for (const engine::Explanation& explanation : engine.explanations()) {
        subjects.insert(explanation.subject_key);
        const bool meant = explanation.subject_key == expected.subject &&
                           (expected.trigger.empty() || explanation.trigger_event_id == expected.trigger) &&
                           (!expected.at || explanation.event_time == *expected.at);
        if (meant && (!nearest || nearness(explanation) >= nearness(*nearest))) nearest = explanation;
      }
    }
    if (!nearest) return {not_seen(expected, subjects)};
    std::vector<std::string> lines = lines_of(conditions_text(*nearest, files_));
    lines.front() = fmt::format("At {}: {}", nearest->trigger_event_id, lines.front());
    return lines;
  }

  // The further an evaluation got and the fewer conditions failed, the more.
  static std::tuple<engine::Verdict, int> nearness(const engine::Explanation& explanation) {
    return {explanation.verdict, -failed_conditions(explanation)};
  }

  static std::string not_seen(const ExpectedAlert& expected, const std::set<std::string>& subjects) {
    if (subjects.contains(expected.subject)) {
      return fmt::format("{} sees no event {} of this test", expected.subject,
                         expected.trigger.empty() ? "at that time" : expected.trigger);
    }
    const std::vector<std::string> names(subjects.begin(), subjects.end());
    const std::string near = nearest_name(expected.subject, names);
    return fmt::format("no event of this test touches {}{}", expected.subject,
                       near.empty() ? "" : fmt::format("; did you mean {}?", near));
  }

  void check_hits(const engine::Engine& engine) {
    if (!test_.hits) return;
    for (std::size_t i = 0; i < rules_->rules.size(); ++i) {
      const std::uint64_t hits = engine.rule_counters()[i].hits;
      if (rules_->rules[i].id == test_.rule && hits != *test_.hits) {
        problems_.push_back(
            problem("differs", "the number of hits   (- expected, + actual)",
                    {fmt::format("- hits: {}", *test_.hits), fmt::format("+ hits: {}", hits)}));
      }
    }
  }

  const TestCase& test_;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::span<const rules::File> files_;
  Coverage* coverage_;
  std::shared_ptr<const reference::Reference> reference_;
  std::set<std::string> watched_;
  event::Decoder decoder_;
  std::vector<RaisedAlert> raised_;
  std::vector<std::string> problems_;
};

}  // namespace

TestResult run_rule_test(const TestCase& test, const std::shared_ptr<const rules::RuleSet>& rules,
                         std::span<const rules::File> files, Coverage* coverage) {
  const auto start = std::chrono::steady_clock::now();
  TestResult result{&test, TestRun(test, rules, files, coverage).run(), 0};
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace suar::cli
