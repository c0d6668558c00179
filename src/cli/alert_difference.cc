#include "cli/alert_difference.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "alert/alert.h"
#include "cli/rule_tests_notation.h"

namespace suar::cli {
namespace {

using Trigger = std::tuple<std::string, std::string, std::string>;  // rule, subject, trigger
using Subject = std::pair<std::string, std::string>;                // rule, subject

void compare_values(const AlertRecord& before, const AlertRecord& after, std::vector<std::string>& what) {
  for (const auto& [name, value] : after.values) {
    const auto old = std::ranges::find(before.values, name, &std::pair<std::string, std::string>::first);
    if (old == before.values.end())
      what.push_back(fmt::format("{}: {} (new)", name, value));
    else if (old->second != value)
      what.push_back(fmt::format("{}: {} -> {}", name, old->second, value));
  }
  for (const auto& [name, value] : before.values) {
    if (std::ranges::find(after.values, name, &std::pair<std::string, std::string>::first) ==
        after.values.end())
      what.push_back(fmt::format("{}: {} (gone)", name, value));
  }
}

std::vector<std::string> differences(const AlertRecord& before, const AlertRecord& after) {
  std::vector<std::string> what;
  if (before.severity != after.severity)
    what.push_back(fmt::format("severity: {} -> {}", before.severity, after.severity));
  if (before.score != after.score) what.push_back(fmt::format("score: {} -> {}", before.score, after.score));
  compare_values(before, after, what);
  if (what.empty() && before.narrative != after.narrative) what.emplace_back("narrative");
  return what;
}

event::Duration distance(const AlertRecord& a, const AlertRecord& b) {
  return a.time < b.time ? b.time - a.time : a.time - b.time;
}

}  // namespace

std::string AlertRecord::day() const {
  return event::to_rfc3339(time, offset_minutes).substr(0, 10);
}

AlertRecord record_of(const engine::Hit& hit) {
  AlertRecord record{hit.rule->id,
                     hit.subject_key,
                     hit.trigger_event_id,
                     hit.event_time,
                     hit.offset_minutes,
                     std::string(rules::name_of(hit.rule->raise.severity)),
                     hit.rule->raise.score,
                     {},
                     alert::narrative(hit, "en")};
  for (const engine::EvidenceValue& item : hit.values)
    record.values.emplace_back(item.name, notation_of(item.value));
  return record;
}

std::string_view name_of(ChangeKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"added", "gone", "moved", "changed"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<AlertChange> changes(const std::vector<AlertRecord>& before,
                                 const std::vector<AlertRecord>& after, event::Duration reach) {
  std::map<Trigger, const AlertRecord*> old;
  for (const AlertRecord& alert : before) old.try_emplace({alert.rule, alert.subject, alert.trigger}, &alert);
  std::vector<AlertChange> out;
  std::vector<const AlertRecord*> added;
  for (const AlertRecord& alert : after) {
    const auto same = old.find({alert.rule, alert.subject, alert.trigger});
    if (same == old.end()) {
      added.push_back(&alert);
      continue;
    }
    if (auto what = differences(*same->second, alert); !what.empty())
      out.push_back({ChangeKind::kChanged, same->second, &alert, std::move(what)});
    old.erase(same);
  }
  std::map<Subject, std::vector<const AlertRecord*>> gone;  // in the order of `before`
  for (const AlertRecord& alert : before) {
    const auto left = old.find({alert.rule, alert.subject, alert.trigger});
    if (left != old.end() && left->second == &alert) gone[{alert.rule, alert.subject}].push_back(&alert);
  }
  // Each alert that is new takes the nearest that is gone.
  for (const AlertRecord* alert : added) {
    std::vector<const AlertRecord*>& candidates = gone[{alert->rule, alert->subject}];
    const auto nearest = std::ranges::min_element(
        candidates, {}, [&](const AlertRecord* one) { return distance(*one, *alert).micros; });
    if (nearest == candidates.end() || distance(**nearest, *alert) > reach) {
      out.push_back({ChangeKind::kAdded, nullptr, alert, {}});
      continue;
    }
    out.push_back({ChangeKind::kMoved, *nearest, alert, {}});
    candidates.erase(nearest);
  }
  for (const auto& [subject, alerts] : gone) {
    for (const AlertRecord* alert : alerts) out.push_back({ChangeKind::kGone, alert, nullptr, {}});
  }
  std::ranges::stable_sort(out, {}, [](const AlertChange& change) {
    const AlertRecord& alert = change.alert();
    return std::tie(alert.time, alert.rule, alert.subject);
  });
  return out;
}

void ChangeCounts::add(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kAdded:
      ++added;
      return;
    case ChangeKind::kGone:
      ++gone;
      return;
    case ChangeKind::kMoved:
      ++moved;
      return;
    case ChangeKind::kChanged:
      ++changed;
      return;
  }
}

std::map<std::string, RuleChanges> by_rule(const std::vector<AlertRecord>& before,
                                           const std::vector<AlertRecord>& after,
                                           const std::vector<AlertChange>& changes) {
  std::map<std::string, RuleChanges> rules;
  for (const AlertRecord& alert : before) {
    ++rules[alert.rule].all.before;
    ++rules[alert.rule].by_day[alert.day()].before;
  }
  for (const AlertRecord& alert : after) {
    ++rules[alert.rule].all.after;
    ++rules[alert.rule].by_day[alert.day()].after;
  }
  for (const AlertChange& change : changes) {
    RuleChanges& rule = rules[change.alert().rule];
    rule.all.add(change.kind);
    rule.by_day[change.alert().day()].add(change.kind);
  }
  return rules;
}

}  // namespace suar::cli
