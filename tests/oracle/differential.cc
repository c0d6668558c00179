#include "oracle/differential.h"

#include <fmt/format.h>

#include <algorithm>

#include "oracle/oracle.h"
#include "rules/rule.h"

namespace suar::oracle {
namespace {

using event::parse_currency;

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCounted:
      return "counted";
    case Outcome::kHeld:
      return "held";
    case Outcome::kWaiting:
      return "waiting";
    case Outcome::kUndone:
      return "undone";
    case Outcome::kDuplicate:
      return "duplicate";
    case Outcome::kNoEffect:
      return "no effect";
    case Outcome::kDeadLetter:
      return "dead letter";
  }
  return "";
}

// --- results as text, so that a difference reads as one

Value as_oracle(const engine::Value& value) {
  Value result = Value::absent(value.type);
  result.present = value.present;
  result.truth = value.truth;
  result.number = number_of(value.number);
  result.currency = value.currency;
  result.text = value.text;
  result.time = value.time;
  result.duration = value.duration;
  return result;
}

std::string text_of(const std::vector<Value>& values) {
  std::string text;
  for (const Value& value : values) text += (text.empty() ? "" : " | ") + to_string(value);
  return text;
}

bool has_members(const Value& value) {
  return value.type == rules::Type::kUnitPrice || value.type == rules::Type::kRhythm;
}

struct AlertText {
  std::string head;
  std::map<std::string, std::string> values;
  std::string sentence;
};

std::string head_of(const std::string& rule, const std::string& alert_id, const std::string& subject,
                    const std::string& trigger, event::Instant time, event::Instant as_of,
                    const std::optional<event::Instant>& deadline, const std::vector<std::string>& ids,
                    std::size_t count, const std::string& predecessor) {
  std::string text = fmt::format("{} on {} by {} at {} as of {}, {} events:", rule, subject, trigger,
                                 event::to_rfc3339(time), event::to_rfc3339(as_of), count);
  for (const std::string& id : ids) text += " " + id;
  if (deadline) text += ", deadline " + event::to_rfc3339(*deadline);
  if (!predecessor.empty()) text += ", predecessor undone: " + predecessor;
  return text + ", id " + alert_id;
}

std::string grade_text(rules::Mode mode, rules::AlertSeverity severity, int score,
                       const std::string& escalates) {
  return fmt::format(", {}, {}, score {}{}", rules::name_of(mode), rules::name_of(severity), score,
                     escalates.empty() ? "" : ", escalates " + escalates);
}

// Of several constants that a value is compared with, no sentence says which is its threshold.
std::string threshold_of(const std::vector<Value>& constants, const std::string& otherwise) {
  if (constants.empty()) return "";
  const bool one = std::ranges::all_of(
      constants, [&](const Value& value) { return to_string(value) == to_string(constants[0]); });
  return " against " + (one ? to_string(constants[0]) : otherwise);
}

AlertText text_of(const Alert& alert) {
  AlertText text;
  text.head =
      head_of(alert.rule->id, alert.alert_id, alert.subject, alert.trigger_event_id, alert.event_time,
              alert.as_of, alert.deadline, alert.event_ids, alert.event_count, alert.predecessor_undone);
  text.head += grade_text(alert.rule->mode, alert.severity, alert.score, alert.escalates);
  for (const auto& [name, value] : alert.values) {
    if (has_members(value)) continue;  // the sentence shows the members
    text.values[name] = to_string(value);
    if (const auto span = alert.spans.find(name); span != alert.spans.end()) {
      text.values[name] += fmt::format(" over ({}, {}]", event::to_rfc3339(span->second.start),
                                       event::to_rfc3339(span->second.end));
    }
    if (const auto found = alert.thresholds.find(name); found != alert.thresholds.end())
      text.values[name] += threshold_of(found->second, "one of several");
  }
  text.sentence = text_of(alert.because_en) + " / " + text_of(alert.because_id);
  return text;
}

// `meant` chooses the values: those with members are shown by the engine in a way of its own.
AlertText text_of(const engine::Hit& hit, const Alert* meant) {
  AlertText text;
  text.head = head_of(hit.rule->id, hit.alert_id, hit.subject_key, hit.trigger_event_id, hit.event_time,
                      hit.as_of, hit.deadline, hit.event_ids, hit.event_count, hit.predecessor_undone);
  text.head += grade_text(hit.mode, hit.severity, hit.score, hit.escalates);
  for (const engine::EvidenceValue& value : hit.values) {
    if (meant != nullptr) {
      const auto same = meant->values.find(value.name.substr(0, value.name.find('.')));
      if (same != meant->values.end() && has_members(same->second)) continue;
    }
    std::string& shown = text.values[value.name];
    shown = to_string(as_oracle(value.value));
    const bool is_window = meant != nullptr && meant->spans.contains(value.name);
    if (is_window && value.window_start && value.window_end) {
      shown += fmt::format(" over ({}, {}]", event::to_rfc3339(*value.window_start),
                           event::to_rfc3339(*value.window_end));
    }
    const auto constants = meant == nullptr ? std::vector<Value>() : meant->thresholds_of(value.name);
    if (value.threshold || !constants.empty()) {
      const std::string own = value.threshold ? to_string(as_oracle(*value.threshold)) : "nothing";
      const bool one_of_several =
          threshold_of(constants, "") == " against " &&
          std::ranges::any_of(constants, [&](const Value& constant) { return to_string(constant) == own; });
      shown += " against " + (one_of_several ? "one of several" : own);
    }
  }
  const auto values = [](const std::vector<engine::Value>& from) {
    std::vector<Value> result;
    std::ranges::transform(from, std::back_inserter(result), as_oracle);
    return result;
  };
  text.sentence = text_of(values(hit.because_en)) + " / " + text_of(values(hit.because_id));
  return text;
}

std::string to_string(const AlertText& alert) {
  std::string text = "  alert " + alert.head + "\n";
  for (const auto& [name, value] : alert.values) text += fmt::format("    {} = {}\n", name, value);
  return text + "    says " + alert.sentence + "\n";
}

std::string to_string(const engine::Result& result) {
  std::string text = fmt::format("  {}", name_of(result.outcome));
  if (result.rejection) text += fmt::format(" ({})", event::name_of(result.rejection->reason));
  return text + "\n";
}

std::string tallies_of(const rules::RuleSet& rules, const std::vector<RuleTally>& tallies) {
  std::string text;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    text += fmt::format("  {}: {} hits, {} alerts, {} suppressed, {} snoozed, {} excepted\n",
                        rules.rules[i].id, tallies[i].hits, tallies[i].alerts, tallies[i].suppressed,
                        tallies[i].snoozed, tallies[i].excepted);
  }
  return text;
}

std::vector<RuleTally> tallies_of(const engine::Engine& engine) {
  std::vector<RuleTally> tallies;
  for (const engine::RuleCounters& counters : engine.rule_counters()) {
    tallies.push_back({static_cast<long>(counters.hits), static_cast<long>(counters.alerts),
                       static_cast<long>(counters.suppressed), static_cast<long>(counters.snoozed),
                       static_cast<long>(counters.excepted)});
  }
  return tallies;
}

// --- running both

std::shared_ptr<const reference::Reference> reference_of(const Case& c, std::string& refusal) {
  static const event::Currency home = parse_currency("IDR").value();
  if (!c.with_reference) return reference::Reference::empty(home);
  static const auto loaded = reference::Reference::load(reference_files(), home);
  for (const Diagnostic& finding : loaded.findings) {
    if (finding.severity == Severity::kError) refusal += headline(finding) + "\n";
  }
  return loaded.reference;
}

// Which aggregates decided: rules that hit at least once and were missed at least once.
void tally_rules(const rules::RuleSet& rules, const Oracle& oracle, Tally& tally) {
  static constexpr const char* kAggregates[] = {
      "count",      "sum",        "min",    "max",    "avg",        "distinct", "share", "first_seen",
      "days_since", "unit_price", "rhythm", "median", "percentile", "stddev",   "ewma",  "zscore"};
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    if (oracle.rule_tallies()[i].excepted > 0) ++tally["rule with excepted hits"];
    if (oracle.rule_tallies()[i].hits == 0) continue;
    const rules::Rule& rule = rules.rules[i];
    ++tally["rule that hit, watching " + std::string(rules::name_of(rule.watch))];
    for (const int w : reached_from_when(rule).windows) {
      const rules::Window& window = rule.windows[static_cast<std::size_t>(w)];
      ++tally[fmt::format("rule that hit, with {}", kAggregates[static_cast<std::size_t>(window.aggregate)])];
      if (window.before.micros != 0) ++tally["rule that hit, with before"];
      if (window.calendar != rules::CalendarUnit::kNone) ++tally["rule that hit, over a calendar window"];
      if (window.same != nullptr) ++tally["rule that hit, with same"];
      if (window.where != nullptr) ++tally["rule that hit, with where"];
      if (window.source.contains("trigger.")) ++tally["rule that hit, comparing with the trigger"];
    }
    if (!rule.asks.empty()) ++tally["rule that hit, asking for a signal"];
    if (!rule.steps.empty()) ++tally["rule that hit, with a sequence"];
    if (rule.unless) ++tally["rule that hit, with an absence"];
    if (rule.raise.each) ++tally["rule that hit, for each sequence"];
    if (rule.trigger != nullptr) ++tally["rule that hit, with a trigger"];
    if (oracle.rule_tallies()[i].suppressed > 0) ++tally["rule with quiet hits"];
    if (oracle.rule_tallies()[i].snoozed > 0) ++tally["rule with snoozed hits"];
  }
}

}  // namespace

Comparison compare(const Case& c, OnDifference on_difference) {
  Comparison result;
  const auto home = parse_currency("IDR").value();
  const auto reference = reference_of(c, result.refusal);
  const std::vector<rules::File> files = {{"case.yaml", to_yaml(c)}};
  const auto loaded = rules::load_rules(files, home, c.with_reference ? reference.get() : nullptr);
  for (const Diagnostic& finding : loaded.findings) {
    if (finding.severity == Severity::kError) result.refusal += render(finding) + "\n";
  }
  if (loaded.rules == nullptr || reference == nullptr) {
    result.runs = false;
    return result;
  }

  Oracle oracle(c.options, loaded.rules, reference);
  std::map<std::string, int> groups;  // the engine's names of the oracle's groups
  // Whose alert is raised by a signal alone, which names no party, no sentence says.
  const bool groups_compare =
      std::ranges::all_of(loaded.rules->rules, [](const rules::Rule& rule) { return rule.asks.empty(); });
  engine::Options options = c.options;
  options.running_from = options.max_event_ids % 2 == 0 ? 2 : 6;  // so few that the cases reach it
  engine::Engine engine(options, loaded.rules, reference);
  event::Decoder decoder;
  for (const Line& line : c.lines) {
    const std::string record = to_json(line);
    const auto tick = event::parse_rfc3339(line.get(kTick));
    const auto transaction = decoder.decode(record);
    if (!tick && !transaction) {
      ++result.tally[fmt::format("not decoded: {}", event::name_of(transaction.error().reason))];
      continue;
    }
    const auto reached = event::parse_rfc3339(line.get(kRecordTime));
    const auto record_time = reached ? std::optional(reached->instant) : std::nullopt;

    engine::Result expected, actual;
    if (tick) {
      oracle.advance(tick->instant);
      engine.advance(tick->instant);
      ++result.tally["ticks"];
    } else {
      expected = oracle.process(*transaction, record_time);
      actual = engine.process(*transaction, record, record_time);
    }
    if (oracle.alert_id_came_again()) {
      ++result.tally["set aside: an alert id came again after the horizon"];
      break;
    }
    ++result.tally[fmt::format("record {}", name_of(expected.outcome))];
    result.tally["alerts"] += static_cast<long>(oracle.alerts().size());

    std::string expected_text = to_string(expected);
    std::string actual_text = to_string(actual);
    for (const Alert& alert : oracle.alerts()) {
      expected_text += to_string(text_of(alert));
      if (!alert.predecessor_undone.empty())
        ++result.tally["alerts whose predecessor rests on something undone"];
      if (groups_compare) expected_text += fmt::format("    group {}\n", alert.group);
    }
    for (std::size_t i = 0; i < engine.hits().size(); ++i) {
      const Alert* meant = i < oracle.alerts().size() ? &oracle.alerts()[i] : nullptr;
      actual_text += to_string(text_of(engine.hits()[i], meant));
      // A name seen before stands for the group that it stood for then; a new one, for the next new group.
      const int next = static_cast<int>(groups.size()) + 1;
      const int group = groups.try_emplace(engine.hits()[i].group_id, next).first->second;
      if (groups_compare) actual_text += fmt::format("    group {}\n", group);
    }
    expected_text += tallies_of(*loaded.rules, oracle.rule_tallies());
    actual_text += tallies_of(*loaded.rules, tallies_of(engine));
    result.trace += record + "\n" + expected_text;
    if (expected_text == actual_text) continue;
    if (oracle.tally().contains(kForgottenName)) {
      ++result.tally["set aside: differs after a record that names what was forgotten"];
      break;
    }
    result.trace += "the engine instead:\n" + actual_text;
    if (result.difference.empty()) {
      result.sort = fmt::format("{}: {} for {}", tick ? "tick" : event::name_of(transaction->event_type),
                                name_of(actual.outcome), name_of(expected.outcome));
      result.difference = fmt::format("at {}\nexpected:\n{}actual:\n{}", record, expected_text, actual_text);
    }
    if (on_difference == OnDifference::kStop) break;
  }
  for (const auto& [name, count] : oracle.tally()) result.tally[name] += count;
  tally_rules(*loaded.rules, oracle, result.tally);
  return result;
}

std::string describe(const Case& c, std::uint64_t seed) {
  std::string text = to_yaml(c) + "\n";
  for (const Line& line : c.lines) text += to_json(line) + "\n";
  text += fmt::format("\nreference data: {}; lateness {} s, horizon {} h, hold {} h, ids {}\n",
                      c.with_reference ? "tests/oracle/reference_files.cc" : "none",
                      c.options.lateness.micros / 1'000'000, c.options.dedup_horizon.micros / 3'600'000'000,
                      c.options.instruct_hold.micros / 3'600'000'000, c.options.max_event_ids);
  return text + fmt::format("again: SUAR_ORACLE_SEED={} SUAR_ORACLE_CASES=1 differential_test\n", seed);
}

}  // namespace suar::oracle
