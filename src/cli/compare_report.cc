#include "cli/compare_report.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "event/json_writer.h"

namespace suar::cli {
namespace {

using Score = DemoScore::RuleScore;
using Scores = std::map<std::string, Score>;

std::optional<double> precision(const Score& score) {
  if (score.subjects == 0) return std::nullopt;
  return static_cast<double>(score.criminal_subjects) / static_cast<double>(score.subjects);
}

std::optional<double> recall(const Score& score) {
  if (score.planted == 0) return std::nullopt;
  return static_cast<double>(score.caught) / static_cast<double>(score.planted);
}

std::string percent(std::optional<double> share) {
  return share ? fmt::format("{:.1f}%", 100 * *share) : "-";
}

std::string shown(std::uint64_t count) {
  return count == 0 ? "" : std::to_string(count);
}

std::string row(std::string_view name, std::size_t width, const ChangeCounts& counts) {
  std::string text =
      fmt::format("{:<{}} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}", name, width, counts.before, counts.after,
                  shown(counts.added), shown(counts.gone), shown(counts.moved), shown(counts.changed));
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

std::string time_of(const AlertRecord& alert) {
  return event::to_rfc3339(alert.time, alert.offset_minutes);
}

std::string line_of(const AlertChange& change) {
  const AlertRecord& alert = change.alert();
  std::string text = fmt::format("{:<8} {}  {} of {} at {}", name_of(change.kind), time_of(alert), alert.rule,
                                 alert.subject, alert.trigger);
  if (change.kind == ChangeKind::kMoved)
    text += fmt::format(", before at {} of {}", change.before->trigger, time_of(*change.before));
  if (change.kind == ChangeKind::kChanged)
    text += fmt::format(": {}", fmt::join(change.what, ", "));
  else
    text += ": " + alert.narrative;
  return text + "\n";
}

std::uint64_t most_in_a_day(const std::vector<AlertRecord>& alerts) {
  std::map<std::string, std::uint64_t> days;
  std::uint64_t most = 0;
  for (const AlertRecord& alert : alerts) most = std::max(most, ++days[alert.day()]);
  return most;
}

double a_day(const SideBySide& run, std::size_t side) {
  return static_cast<double>(run.sides()[side].alerts.size()) / run.days();
}

double micros_per_event(const SideBySide& run, std::size_t side) {
  return static_cast<double>(run.sides()[side].nanos) / 1000 /
         static_cast<double>(std::max<std::uint64_t>(run.events(), 1));
}

std::string label_table(const Scores& before, const Scores& after) {
  std::set<std::string> rules;
  std::size_t width = 4;
  for (const Scores* scores : {&before, &after}) {
    for (const auto& [rule, score] : *scores) {
      if (score.planted + score.subjects == 0) continue;
      rules.insert(rule);
      width = std::max(width, rule.size());
    }
  }
  std::string text =
      fmt::format("\n{:<{}} {:>19} {:>19} {:>19}\n", "", width, "precision", "recall", "planted caught");
  const auto score_of = [](const Scores& scores, const std::string& rule) {
    const auto found = scores.find(rule);
    return found == scores.end() ? Score{} : found->second;
  };
  for (const std::string& rule : rules) {
    const Score old = score_of(before, rule);
    const Score now = score_of(after, rule);
    text += fmt::format("{:<{}} {:>8} -> {:>7} {:>8} -> {:>7} {:>8}\n", rule, width, percent(precision(old)),
                        percent(precision(now)), percent(recall(old)), percent(recall(now)),
                        fmt::format("{}/{} -> {}/{}", old.caught, old.planted, now.caught, now.planted));
  }
  return text +
         "Precision: of the subjects that the rule raised alerts on, those on whom a crime was planted.\n"
         "Recall: of the crimes planted for the rule, those that it raised an alert on.\n";
}

void number(event::JsonWriter& json, std::string_view key, std::optional<double> value) {
  json.key(key);
  value ? json.raw(fmt::format("{:.4f}", *value)) : json.null();
}

void write(event::JsonWriter& json, const ChangeCounts& counts) {
  json.field("old", counts.before);
  json.field("new", counts.after);
  json.field("added", counts.added);
  json.field("gone", counts.gone);
  json.field("moved", counts.moved);
  json.field("changed", counts.changed);
}

void write(event::JsonWriter& json, std::string_view key, const AlertRecord* alert) {
  json.key(key);
  if (alert == nullptr) return json.null();
  json.begin_object();
  json.field("trigger_event_id", alert->trigger);
  json.field("event_time", time_of(*alert));
  json.field("severity", alert->severity);
  json.field("score", alert->score);
  json.key("values");
  json.begin_object();
  for (const auto& [name, value] : alert->values) json.field(name, value);
  json.end_object();
  json.field("narrative", alert->narrative);
  json.end_object();
}

void write_run(event::JsonWriter& json, const SideBySide& run) {
  json.field("events", run.events());
  json.field("dead_letters", run.dead_letters());
  number(json, "days", run.days());
}

void write_score(event::JsonWriter& json, std::string_view key, const Score& score) {
  json.key(key);
  json.begin_object();
  json.field("subjects", score.subjects);
  json.field("criminal_subjects", score.criminal_subjects);
  json.field("planted", score.planted);
  json.field("caught", score.caught);
  number(json, "precision", precision(score));
  number(json, "recall", recall(score));
  json.end_object();
}

// By subject, the alert that names it.
std::map<std::string, const AlertRecord*> subjects_of(const SideBySide::Side& side, const std::string& rule) {
  std::map<std::string, const AlertRecord*> subjects;
  for (const AlertRecord& alert : side.alerts) {
    if (alert.rule == rule) subjects.try_emplace(alert.subject, &alert);
  }
  return subjects;
}

std::uint64_t alerts_of(const SideBySide::Side& side, const std::string& rule) {
  return static_cast<std::uint64_t>(std::ranges::count(side.alerts, rule, &AlertRecord::rule));
}

// A subject without an alert at the current value that has one at another: at the nearest such.
struct NearMiss {
  std::size_t value = 0;
  const AlertRecord* alert = nullptr;
};

std::vector<NearMiss> near_misses(const SideBySide& run, const SweepLabels& names, std::size_t current) {
  std::map<std::string, NearMiss> found;
  const auto flagged = subjects_of(run.sides()[current], names.rule);
  const auto distance = [current](std::size_t value) {
    return value > current ? value - current : current - value;
  };
  for (std::size_t i = 0; i < names.values.size(); ++i) {
    for (const auto& [subject, alert] : subjects_of(run.sides()[i], names.rule)) {
      if (flagged.contains(subject)) continue;
      const auto [entry, is_new] = found.try_emplace(subject, NearMiss{i, alert});
      if (!is_new && distance(i) < distance(entry->second.value)) entry->second = {i, alert};
    }
  }
  std::vector<NearMiss> out;
  for (const auto& [subject, miss] : found) out.push_back(miss);
  std::ranges::stable_sort(out, {}, [&](const NearMiss& miss) { return distance(miss.value); });
  return out;
}

Score score_of(const SideBySide::Side& side, const std::string& rule) {
  const Scores scores = side.score.by_rule();
  const auto found = scores.find(rule);
  return found == scores.end() ? Score{} : found->second;
}

}  // namespace

std::string comparison_text(const SideBySide& run, bool labelled, std::size_t list) {
  const auto& [before, after] = std::tie(run.sides()[0], run.sides()[1]);
  const std::vector<AlertChange> found = changes(before.alerts, after.alerts);
  const auto rules = by_rule(before.alerts, after.alerts, found);
  std::size_t width = 12;
  for (const auto& [rule, counts] : rules) width = std::max(width, rule.size());
  std::string text = fmt::format("{:<{}} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "alerts", width, "old",
                                 "new", "added", "gone", "moved", "changed");
  ChangeCounts all;
  for (const auto& [rule, counts] : rules) {
    text += row(rule, width, counts.all);
    for (const auto& [day, of_day] : counts.by_day) {
      if (of_day.any()) text += row("  " + day, width, of_day);
    }
    all.before += counts.all.before;
    all.after += counts.all.after;
    all.added += counts.all.added;
    all.gone += counts.all.gone;
    all.moved += counts.all.moved;
    all.changed += counts.all.changed;
  }
  text += row("all", width, all);
  text += fmt::format(
      "\n{} events of {:.0f} days, {} dead letters. Alerts a day: {:.1f} -> {:.1f}, at most {} -> {}. An "
      "event takes "
      "{:.2f} -> {:.2f} us.\n",
      run.events(), run.days(), run.dead_letters(), a_day(run, 0), a_day(run, 1),
      most_in_a_day(before.alerts), most_in_a_day(after.alerts), micros_per_event(run, 0),
      micros_per_event(run, 1));
  if (labelled) text += label_table(before.score.by_rule(), after.score.by_rule());
  if (!found.empty()) text += '\n';
  for (std::size_t i = 0; i < std::min(list, found.size()); ++i) text += line_of(found[i]);
  if (found.size() > list)
    text += fmt::format("and {} more; --list {} or --format json names them all\n", found.size() - list,
                        found.size());
  return text;
}

std::string comparison_json(const SideBySide& run, bool labelled) {
  const auto& [before, after] = std::tie(run.sides()[0], run.sides()[1]);
  const std::vector<AlertChange> found = changes(before.alerts, after.alerts);
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  write_run(json, run);
  for (const std::size_t side : {0U, 1U}) {
    json.key(side == 0 ? "old" : "new");
    json.begin_object();
    json.field("alerts", run.sides()[side].alerts.size());
    number(json, "alerts_a_day", a_day(run, side));
    json.field("most_in_a_day", most_in_a_day(run.sides()[side].alerts));
    number(json, "micros_per_event", micros_per_event(run, side));
    json.end_object();
  }
  json.key("rules");
  json.begin_array();
  const Scores old_scores = before.score.by_rule(), new_scores = after.score.by_rule();
  for (const auto& [rule, counts] : by_rule(before.alerts, after.alerts, found)) {
    json.begin_object();
    json.field("rule", rule);
    write(json, counts.all);
    json.key("days");
    json.begin_array();
    for (const auto& [day, of_day] : counts.by_day) {
      json.begin_object();
      json.field("day", day);
      write(json, of_day);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  if (labelled) {
    json.key("labels");
    json.begin_object();
    std::set<std::string> names;
    for (const Scores* scores : {&old_scores, &new_scores}) {
      for (const auto& [rule, score] : *scores) names.insert(rule);
    }
    for (const std::string& rule : names) {
      json.key(rule);
      json.begin_object();
      write_score(json, "old", score_of(before, rule));
      write_score(json, "new", score_of(after, rule));
      json.end_object();
    }
    json.end_object();
  }
  json.key("changes");
  json.begin_array();
  for (const AlertChange& change : found) {
    json.begin_object();
    json.field("kind", name_of(change.kind));
    json.field("rule", change.alert().rule);
    json.field("subject", change.alert().subject);
    json.key("what");
    json.begin_array();
    for (const std::string& what : change.what) json.string(what);
    json.end_array();
    write(json, "old", change.before);
    write(json, "new", change.after);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

std::string sweep_text(const SideBySide& run, const SweepLabels& names, bool labelled, std::size_t list) {
  std::size_t width = names.param.size();
  for (const std::string& value : names.values) width = std::max(width, value.size());
  std::string text = fmt::format("{}\n{:>{}}   {:>8} {:>8} {:>8}", names.rule, names.param, width, "alerts",
                                 "subjects", "a day");
  if (labelled) text += fmt::format(" {:>10} {:>10}", "precision", "recall");
  text += '\n';
  std::optional<std::size_t> current;
  for (std::size_t i = 0; i < names.values.size(); ++i) {
    const SideBySide::Side& side = run.sides()[i];
    if (names.values[i] == names.current) current = i;
    const std::uint64_t alerts = alerts_of(side, names.rule);
    text +=
        fmt::format("{:>{}} {} {:>8} {:>8} {:>8.2f}", names.values[i], width, current == i ? '*' : ' ',
                    alerts, subjects_of(side, names.rule).size(), static_cast<double>(alerts) / run.days());
    if (labelled) {
      const Score score = score_of(side, names.rule);
      text += fmt::format(" {:>10} {:>10}", percent(precision(score)), percent(recall(score)));
    }
    text += '\n';
  }
  text += fmt::format("{} events of {:.0f} days; * the value that the rule has ({}).\n", run.events(),
                      run.days(), names.current);
  const std::size_t from = current.value_or(0);
  const std::vector<NearMiss> misses = near_misses(run, names, from);
  if (misses.empty()) return text;
  text += fmt::format("\nNear misses: no alert at {}, but at\n", names.values[from]);
  for (std::size_t i = 0; i < std::min(list, misses.size()); ++i) {
    const AlertRecord& alert = *misses[i].alert;
    text += fmt::format("{:>{}}   {}  {} at {}: {}\n", names.values[misses[i].value], width, time_of(alert),
                        alert.subject, alert.trigger, alert.narrative);
  }
  if (misses.size() > list)
    text += fmt::format("and {} more; --list {} or --format json names them all\n", misses.size() - list,
                        misses.size());
  return text;
}

std::string sweep_json(const SideBySide& run, const SweepLabels& names, bool labelled) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  write_run(json, run);
  json.field("rule", names.rule);
  json.field("param", names.param);
  json.field("current", names.current);
  json.key("values");
  json.begin_array();
  std::size_t from = 0;
  for (std::size_t i = 0; i < names.values.size(); ++i) {
    if (names.values[i] == names.current) from = i;
    json.begin_object();
    json.field("value", names.values[i]);
    json.field("alerts", alerts_of(run.sides()[i], names.rule));
    json.field("subjects", subjects_of(run.sides()[i], names.rule).size());
    if (labelled) write_score(json, "labels", score_of(run.sides()[i], names.rule));
    json.end_object();
  }
  json.end_array();
  json.field("near_misses_of", names.values[from]);
  json.key("near_misses");
  json.begin_array();
  for (const NearMiss& miss : near_misses(run, names, from)) {
    json.begin_object();
    json.field("subject", miss.alert->subject);
    json.field("value", names.values[miss.value]);
    write(json, "alert", miss.alert);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

}  // namespace suar::cli
