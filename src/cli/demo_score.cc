#include "cli/demo_score.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <simdjson.h>

namespace suar::cli {

void DemoScore::add_label(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element label;
  std::string_view scenario, rule, subject;
  bool crime = false;
  if (parser.parse(json.data(), json.size()).get(label) != simdjson::SUCCESS ||
      label["scenario"].get(scenario) != simdjson::SUCCESS || label["rule"].get(rule) != simdjson::SUCCESS ||
      label["subject"].get(subject) != simdjson::SUCCESS || label["plant"].get(crime) != simdjson::SUCCESS) {
    return;
  }
  labels_.push_back({std::string(scenario), std::string(rule), std::string(subject), crime});
}

void DemoScore::add_alert(const engine::Hit& hit) {
  alerts_.push_back({hit.rule->id, subject_of(hit)});
}

std::string DemoScore::subject_of(const engine::Hit& hit) {
  const bool holder = hit.subject_key.contains("account:") || hit.subject_key.contains("party:");
  return holder && !hit.subject_account.empty() ? "account:" + hit.subject_account : hit.subject_key;
}

std::map<std::string, DemoScore::RuleScore> DemoScore::by_rule() const {
  std::map<std::string, RuleScore> scores;
  std::set<std::pair<std::string, std::string>> hits;
  std::map<std::string, std::set<std::string>> alerted_by;  // rules by subject
  std::set<std::string> planted_on, criminal;
  for (const Alert& alert : alerts_) {
    hits.emplace(alert.rule, alert.subject);
    alerted_by[alert.subject].insert(alert.rule);
  }
  for (const Label& label : labels_) {
    planted_on.insert(label.subject);
    RuleScore& score = scores[label.rule];
    const std::string story = label.scenario + " on " + label.subject;
    if (label.crime) {
      criminal.insert(label.subject);
      const bool caught = hits.contains({label.rule, label.subject});
      ++score.planted;
      score.caught += caught ? 1 : 0;
      if (!caught) score.missed.push_back(story);
    } else {
      ++score.look_alikes;
      if (const auto found = alerted_by.find(label.subject); found != alerted_by.end()) {
        score.wrongly_flagged.push_back(fmt::format("{} by {}", story, fmt::join(found->second, " and ")));
      }
    }
  }
  for (const Alert& alert : alerts_) {
    RuleScore& score = scores[alert.rule];
    ++score.alerts;
    if (!planted_on.contains(alert.subject)) ++score.on_others;
  }
  for (const auto& [rule, subject] : hits) {
    ++scores[rule].subjects;
    if (criminal.contains(subject)) ++scores[rule].criminal_subjects;
  }
  return scores;
}

}  // namespace suar::cli
