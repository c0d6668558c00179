// What a hit becomes: an alert with its grade, evidence and group, or a quiet hit (semantics 8).
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>

#include "oracle/oracle.h"
#include "oracle/window.h"

namespace suar::oracle {

using rules::EntityKind;
using rules::Rule;

namespace {

std::string alert_id_of(const Rule& rule, const Alert& alert) {
  std::string text = rule.id;
  std::vector<std::string> parts = {std::to_string(rule.version), alert.subject, alert.trigger_event_id};
  if (alert.deadline) parts.push_back(event::to_rfc3339(*alert.deadline));
  for (const std::string& part : parts) {
    text.push_back('\0');
    text += part;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string hex;
  for (std::size_t i = 0; i < 16; ++i) {
    hex.push_back("0123456789abcdef"[digest[i] / 16]);
    hex.push_back("0123456789abcdef"[digest[i] % 16]);
  }
  return hex;
}

bool contains_window(const Rule& rule, const rules::Expression& e) {
  if (e.op == rules::Op::kWindow) return true;
  if (e.op == rules::Op::kLet && contains_window(rule, *rule.lets[static_cast<std::size_t>(e.index)].value))
    return true;
  return std::ranges::any_of(e.args, [&](const auto& argument) { return contains_window(rule, *argument); });
}

std::vector<Value> values_in(const Scope& scope, const rules::Template& pieces) {
  std::vector<Value> values;
  for (const rules::TemplatePiece& piece : pieces) {
    if (piece.value != nullptr) values.push_back(evaluate(scope, *piece.value));
  }
  return values;
}

struct Grade {
  rules::AlertSeverity severity{};
  int score = 0;
};

// The nearest whole number, of two the even one.
Number rounded(const Number& number) {
  const Number doubled = 2 * number + 1;
  boost::multiprecision::cpp_int whole = numerator(doubled) / (2 * denominator(doubled));
  if (Number(2 * whole) > doubled) --whole;  // division cuts towards 0
  const bool between = Number(2 * whole) == doubled;
  if (between && whole % 2 != 0) --whole;
  return Number(whole);
}

Grade grade_of(const Scope& scope) {
  const rules::Raise& raise = scope.rule.raise;
  Grade grade{raise.severity, raise.score};
  if (raise.severity_by != nullptr) {
    const Value severity = evaluate(scope, *raise.severity_by);
    grade.severity = static_cast<rules::AlertSeverity>(static_cast<int>(numerator(severity.number)));
  }
  if (raise.score_by != nullptr) {
    const Value score = evaluate(scope, *raise.score_by);
    const Number within =
        std::clamp(score.present ? rounded(score.number) : Number(0), Number(0), Number(100));
    grade.score = static_cast<int>(numerator(within));
  }
  return grade;
}

}  // namespace

Oracle::Hit Oracle::hit_of(const Scope& scope) const {
  Hit hit;
  hit.trigger = scope.sighting;
  Alert& alert = hit.sent.alert;
  const Grade grade = grade_of(scope);
  alert.rule = &scope.rule;
  alert.subject = scope.entity->key;
  alert.trigger_event_id = scope.sighting.event->id;
  alert.event_time = scope.sighting.event->time.instant;
  alert.severity = grade.severity;
  alert.score = grade.score;
  add_evidence(hit.sent, scope);
  alert.because_en = values_in(scope, scope.rule.raise.because_en);
  alert.because_id = values_in(scope, scope.rule.raise.because_id);
  hit.signal = signal_of(scope);
  hit.marks = marks_of(scope, hit.signal);
  return hit;
}

void Oracle::alert(const Hit& hit, const Entity& entity) {
  const Rule& rule = hit.rule();
  RuleTally& tally = rule_tallies_[static_cast<std::size_t>(&rule - rules_->rules.data())];
  Sent sent = hit.sent;
  Alert& alert = sent.alert;
  sent.arrival = arrivals_;
  alert.alert_id = alert_id_of(rule, alert);
  alert.as_of = entity.newest;
  const Sent* last = last_sent(rule, entity.key);
  if (last != nullptr && entity.newest - last->alert.as_of < rule.raise.quiet) {
    const bool graver = alert.severity > last->alert.severity ||
                        (rule.raise.step > 0 && alert.score >= last->alert.score + rule.raise.step);
    if (!graver) {
      ++tally.suppressed;
      return;
    }
    alert.escalates = last->alert.alert_id;
  }
  const auto sent_before =
      std::ranges::find(sent_, alert.alert_id, [](const Sent& other) { return other.alert.alert_id; });
  if (sent_before != sent_.end()) {
    ++tally_["second hits by one event"];
    alert_id_came_again_ |= sent_before->arrival != arrivals_;
    return;
  }

  if (!alert.escalates.empty()) ++tally_["alerts that escalate"];
  if (rule.mode == rules::Mode::kShadow) ++tally_["alerts in shadow mode"];
  if (last != nullptr &&
      std::ranges::any_of(last->rests_on, [](const auto& event) { return event->undone; })) {
    alert.predecessor_undone = last->alert.alert_id;
  }
  alert.group = group_of(hit, entity);
  ++tally.alerts;
  alerts_.push_back(alert);
  sent_.push_back(std::move(sent));
}

// The alerts of one party make a group until 30 days pass without one: of the party on the watched side where
// it is known, else of the subject.
int Oracle::group_of(const Hit& hit, const Entity& entity) {
  const Sighting& trigger = hit.trigger;
  std::string owner = entity.key;
  if (const event::Party* self = trigger.party(rules::Side::kSelf); self != nullptr) {
    const std::string party = identify(world_, *self, trigger.event->time.instant).party_id;
    if (!party.empty()) owner = entity_key((*trigger.event->content)->tenant, EntityKind::kParty, party);
  }
  owner += hit.rule().mode == rules::Mode::kShadow ? " in shadow mode" : "";
  const auto [group, is_new] = groups_.try_emplace(owner, Group{0, entity.newest});
  if (is_new || entity.newest - group->second.newest >= event::Duration::days(30))
    group->second.number = ++last_group_;
  group->second.newest = std::max(group->second.newest, entity.newest);
  return group->second.number;
}

// Every window that `when` reaches: its value, and the events in it; the trigger and the other steps; and
// what signals among them carry.
void Oracle::add_evidence(Sent& sent, const Scope& scope) const {
  const Rule& rule = scope.rule;
  const Reached reached = reached_from_when(rule);
  for (const int index : reached.lets) {
    const rules::Let& let = rule.lets[static_cast<std::size_t>(index)];
    if (!contains_window(rule, *let.value)) continue;
    sent.alert.values[let.name] = evaluate(scope, *let.value);
    if (let.value->op == rules::Op::kWindow) {
      sent.alert.spans[let.name] =
          span_of(rule.windows[static_cast<std::size_t>(let.value->index)], scope.entity->newest);
    }
  }
  for (const auto& [name, constants] : thresholds_in_when(rule)) {
    for (const rules::Expression* constant : constants)
      sent.alert.thresholds[name].push_back(evaluate(scope, *constant));
  }
  std::vector<std::shared_ptr<const Event>> events = {scope.sighting.event};
  for (const int index : reached.windows) {
    const rules::Window& window = rule.windows[static_cast<std::size_t>(index)];
    if (reached.unnamed_windows.contains(index)) {
      sent.alert.values[window.source] = window_value(scope, window);
      sent.alert.spans[window.source] = span_of(window, scope.entity->newest);
    }
    for (const Sighting* sighting : contents(scope, window)) events.push_back(sighting->event);
  }
  for (const int index : reached.bound) {
    const rules::Bound& bound = rule.bound[static_cast<std::size_t>(index)];
    const Sighting& step = (*scope.steps)[static_cast<std::size_t>(bound.step)];
    const Value value = evaluate({scope.world, rule, step, Moment::kNow}, *bound.value);
    if (value.type != rules::Type::kText && value.type != rules::Type::kParty)
      sent.alert.values[bound.source] = value;
  }
  for (const Sighting& step : *scope.steps) events.push_back(step.event);
  const auto uncarried = events;
  for (const auto& event : uncarried) std::ranges::copy(event->carried, std::back_inserter(events));
  std::ranges::sort(events, [](const auto& a, const auto& b) { return before(*b, *a); });

  std::vector<std::string>& ids = sent.alert.event_ids;
  for (const auto& event : events) {
    if (std::ranges::find(ids, event->id) == ids.end()) ids.push_back(event->id);
    sent.rests_on.push_back(event->origin == nullptr ? event : event->origin);
  }
  sent.alert.event_count = ids.size();
  if (ids.size() > options_.max_event_ids) ids.resize(options_.max_event_ids);
}

const Oracle::Sent* Oracle::last_sent(const Rule& rule, const std::string& subject) const {
  for (const Sent& sent : std::views::reverse(sent_)) {
    if (sent.alert.rule == &rule && sent.alert.subject == subject) return &sent;
  }
  return nullptr;
}

}  // namespace suar::oracle
