#include "oracle/oracle.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <ranges>
#include "oracle/window.h"

namespace suar::oracle {

using rules::EntityKind;
using rules::Rule;

namespace {

// Marks end when a chain of them has become this long.
constexpr int kMaxHops = 6;

std::string alert_id_of(const Rule& rule, const std::string& subject, const std::string& trigger_event_id) {
  std::string text = rule.id;
  for (const std::string& part : {std::to_string(rule.version), subject, trigger_event_id}) {
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

Oracle::Oracle(const engine::Options& options, std::shared_ptr<const rules::RuleSet> rules,
               std::shared_ptr<const reference::Reference> reference)
    : options_(options),
      rules_(std::move(rules)),
      reference_(std::move(reference)),
      world_{*reference_, rules_->home},
      payments_(
          options, [this](const Payment& payment) { return in_a_window(payment); }, tally_),
      snoozed_(rules_->suppressions.size()),
      rule_tallies_(rules_->rules.size()) {}

// --- one record

engine::Result Oracle::process(const event::Transaction& transaction,
                               std::optional<event::Instant> record_time) {
  alerts_.clear();
  const event::Instant time = transaction.event_time.instant;
  if (record_time && options_.max_ahead.micros > 0 && time > *record_time + options_.max_ahead) {
    return {Outcome::kDeadLetter, event::Rejection{event::Reason::kTimeAhead, ""}};
  }
  if (const Accepted* first = accepted_before(transaction.event_id); first != nullptr) {
    if (same_required_fields(**first->record, transaction)) return {Outcome::kDuplicate, {}};
    return {Outcome::kDeadLetter, event::Rejection{event::Reason::kConflictingDuplicate, ""}};
  }

  const auto record = std::make_shared<const Record>(transaction, arrivals_++);
  const auto stream_time = [&] {
    return newest_ ? std::optional(*newest_ - options_.lateness) : std::nullopt;
  };
  Payments::Effect effect = payments_.apply(record, stream_time());
  if (effect.outcome == Outcome::kDeadLetter) return {effect.outcome, effect.rejection};
  if (effect.changed != nullptr) bring_into_line(*effect.changed);

  // A payment's horizon runs from the time at which it counts, a record's own from the record's time.
  const bool counts = effect.outcome == Outcome::kCounted && effect.changed != nullptr;
  const auto stamp_at = [&](event::Instant at) {
    const event::Instant own = at - options_.lateness;
    return std::max(stream_time().value_or(own), own);
  };
  payments_.stamp(stamp_at(counts ? effect.changed->time.instant : time));
  accepted_.push_back({record, stamp_at(time)});
  return {effect.outcome, {}};
}

// The newest record of that id, where it is still remembered.
const Oracle::Accepted* Oracle::accepted_before(std::string_view event_id) const {
  for (const Accepted& accepted : std::views::reverse(accepted_)) {
    if ((*accepted.record)->event_id != event_id) continue;
    const bool forgotten =
        newest_ && *newest_ - options_.lateness >= accepted.known_from + options_.dedup_horizon;
    return forgotten ? nullptr : &accepted;
  }
  return nullptr;
}

// --- what stands, as the entities see it

void Oracle::bring_into_line(Payment& payment) {
  if (payment.undone()) {
    if (payment.event != nullptr) take_out(*payment.event);
    payment.event = nullptr;
    for (const auto& event : payment.events) event->undone = true;
    return;
  }
  if (payment.state == Payment::State::kHeld) return;
  if (payment.event != nullptr && payment.event->content == payment.content) {
    payment.event->now = payment.standing;
    return;
  }

  const auto event = std::make_shared<Event>();
  event->id = payment.id;
  event->time = payment.time;
  event->content = payment.content;
  event->on_arrival = event->now = payment.standing;
  if (payment.event == nullptr) {
    event->order = ++order_;
  } else {
    event->order = payment.event->order;
    take_out(*payment.event);
  }
  payment.event = event;
  payment.events.push_back(event);
  count(event);
}

void Oracle::take_out(const Event& event) {
  for (auto& [key, entity] : entities_) {
    std::erase_if(entity.sightings, [&](const Sighting& sighting) { return sighting.event.get() == &event; });
  }
}

void Oracle::count(const std::shared_ptr<Event>& event) {
  newest_ = std::max(newest_.value_or(event->time.instant), event->time.instant);
  for (const Touch& touch : entities_touched(world_, *event)) {
    Entity& touched = entity(touch.kind, touch.key);
    evaluate_on(touched, see(touched, event, touch.direction));
  }
  deliver_marks();
}

Entity& Oracle::entity(EntityKind kind, const std::string& key) {
  Entity& entity = entities_[key];
  entity.key = key;
  entity.kind = kind;
  return entity;
}

std::size_t Oracle::see(Entity& entity, std::shared_ptr<const Event> event, Direction direction) {
  if (event->time.instant < entity.newest) ++tally_["late events"];
  entity.newest = std::max(entity.newest, event->time.instant);
  entity.sightings.push_back({std::move(event), entity.kind, direction});
  return entity.sightings.size() - 1;
}

bool Oracle::in_a_window(const Payment& payment) const {
  for (const auto& [key, entity] : entities_) {
    for (const Sighting& sighting : entity.sightings) {
      if (sighting.event != payment.event) continue;
      for (const Rule& rule : rules_->rules) {
        if (rule.watch != entity.kind || !admitted(world_, rule, sighting)) continue;
        const bool held = std::ranges::any_of(rule.windows, [&](const rules::Window& window) {
          return sighting.event->time.instant > entity.newest - window.before - window.length &&
                 admitted_by_itself({world_, rule, sighting}, window.where.get());
        });
        if (held) return true;
      }
    }
  }
  return false;
}

// --- rules

// Each rule first sees the cause, then the signals that earlier rules left on this entity meanwhile.
void Oracle::evaluate_on(Entity& entity, std::size_t cause) {
  std::vector<std::size_t> seen = {cause};
  for (std::size_t r = 0; r < rules_->rules.size(); ++r) {
    const Rule& rule = rules_->rules[r];
    if (rule.watch != entity.kind) continue;
    const std::vector<std::size_t> triggers = seen;
    for (const std::size_t place : triggers) {
      const Sighting trigger = entity.sightings[place];
      if (!hits(rule, entity, trigger)) continue;
      if (is_excepted(rule, entity, trigger)) {
        ++rule_tallies_[r].excepted;
        continue;
      }
      ++rule_tallies_[r].hits;
      if (is_snoozed(rule, entity, trigger)) {
        ++rule_tallies_[r].snoozed;
      } else if (!rule.raise.silent) {
        alert(rule, entity, trigger);
      }

      Event signal = signal_of(rule, entity, trigger);
      mark(rule, entity, trigger, signal);
      signal.order = ++order_;
      seen.push_back(see(entity, std::make_shared<const Event>(std::move(signal)), Direction::kSignal));
    }
  }
}

bool Oracle::hits(const Rule& rule, const Entity& entity, const Sighting& trigger) const {
  const bool reached = std::ranges::any_of(rule.windows, [&](const rules::Window& window) {
    return !is_before(trigger.event->time.instant, span_of(window, entity.newest));
  });
  if (!rule.windows.empty() && !reached) return false;
  if (!admitted(world_, rule, trigger)) return false;
  const Scope scope{world_, rule, trigger, Moment::kOnArrival, &entity};
  if (rule.trigger != nullptr && !is_true(evaluate(scope, *rule.trigger))) return false;
  return is_true(evaluate(scope, *rule.when));
}

bool Oracle::is_excepted(const Rule& rule, const Entity& entity, const Sighting& trigger) const {
  const Scope scope{world_, rule, trigger, Moment::kOnArrival, &entity};
  return std::ranges::any_of(rule.exceptions, [&](const rules::Exception& exception) {
    return std::ranges::find(exception.subjects, entity.key) != exception.subjects.end() ||
           (exception.when != nullptr && is_true(evaluate(scope, *exception.when)));
  });
}

// The hit that goes beyond the limit ends the suppression, and is judged as any other.
bool Oracle::is_snoozed(const Rule& rule, const Entity& entity, const Sighting& trigger) {
  for (std::size_t i = 0; i < snoozed_.size(); ++i) {
    const rules::Suppression& suppression = rules_->suppressions[i];
    Snoozed& snoozed = snoozed_[i];
    if (suppression.rule != rule.id || suppression.subject != entity.key) continue;
    if (snoozed.over || entity.newest >= suppression.until) continue;
    ++snoozed.hits;
    const Value amount = field({world_, trigger, Moment::kOnArrival}, rules::EventField::kAmount);
    if (amount.present) snoozed.amount += amount.number;
    snoozed.over = (suppression.most_hits && snoozed.hits > *suppression.most_hits) ||
                   (suppression.most_amount && snoozed.amount > Number(*suppression.most_amount));
    if (!snoozed.over) return true;
  }
  return false;
}

// --- signals

Event Oracle::signal_of(const Rule& rule, const Entity& entity, const Sighting& trigger) {
  Event signal;
  signal.id = trigger.event->id;
  signal.time = trigger.event->time;
  signal.signal_of = &rule;
  signal.hops = trigger.event->hops;
  signal.origin = trigger.event->signal_of == nullptr ? trigger.event : trigger.event->origin;
  const Scope scope{world_, rule, trigger, Moment::kOnArrival, &entity};
  for (const int let : rule.raise.signal_values) {
    signal.signal_values.push_back(evaluate(scope, *rule.lets[static_cast<std::size_t>(let)].value));
  }
  ++tally_["signals"];
  return signal;
}

void Oracle::mark(const Rule& rule, const Entity& entity, const Sighting& trigger, const Event& signal) {
  std::set<std::string> targets;
  for (const rules::Side side : rule.raise.marks) {
    const event::Party* party = trigger.party(side);
    if (party == nullptr) continue;
    const std::string target = account_or_party_key(world_, *trigger.event, *party);
    if (target.empty() || target == entity.key || !targets.insert(target).second) continue;
    if (signal.hops + 1 > kMaxHops) continue;

    Event copy = signal;
    ++copy.hops;
    marks_.push_back(
        {&rule, party->account.empty() ? EntityKind::kParty : EntityKind::kAccount, target, copy});
  }
}

void Oracle::deliver_marks() {
  while (!marks_.empty()) {
    std::vector<Mark> wave = std::exchange(marks_, {});
    std::ranges::stable_sort(wave, [](const Mark& a, const Mark& b) {
      return std::tie(a.rule->id, a.target) < std::tie(b.rule->id, b.target);
    });
    for (Mark& mark : wave) {
      ++tally_["marks"];
      mark.signal.order = ++order_;
      Entity& target = entity(mark.kind, mark.target);
      evaluate_on(target, see(target, std::make_shared<const Event>(mark.signal), Direction::kSignal));
    }
  }
}

// --- alerts

void Oracle::alert(const Rule& rule, const Entity& entity, const Sighting& trigger) {
  const auto rule_index = static_cast<std::size_t>(&rule - rules_->rules.data());
  const std::string alert_id = alert_id_of(rule, entity.key, trigger.event->id);
  const Sent* last = last_sent(rule, entity.key);
  const Scope scope{world_, rule, trigger, Moment::kOnArrival, &entity};
  const Grade grade = grade_of(scope);
  std::string escalates;
  if (last != nullptr && entity.newest - last->alert.as_of < rule.raise.quiet) {
    const bool graver = grade.severity > last->alert.severity ||
                        (rule.raise.step > 0 && grade.score >= last->alert.score + rule.raise.step);
    if (!graver) {
      ++rule_tallies_[rule_index].suppressed;
      return;
    }
    escalates = last->alert.alert_id;
  }
  const auto sent_before =
      std::ranges::find(sent_, alert_id, [](const Sent& sent) { return sent.alert.alert_id; });
  if (sent_before != sent_.end()) {
    ++tally_["second hits by one event"];
    alert_id_came_again_ |= sent_before->arrival != arrivals_;
    return;
  }

  Sent sent;
  sent.arrival = arrivals_;
  Alert& alert = sent.alert;
  alert.rule = &rule;
  alert.alert_id = alert_id;
  alert.subject = entity.key;
  alert.trigger_event_id = trigger.event->id;
  alert.event_time = trigger.event->time.instant;
  alert.as_of = entity.newest;
  alert.severity = grade.severity;
  alert.score = grade.score;
  alert.escalates = escalates;
  if (!escalates.empty()) ++tally_["alerts that escalate"];
  if (rule.mode == rules::Mode::kShadow) ++tally_["alerts in shadow mode"];
  add_evidence(sent, scope);
  alert.because_en = values_in(scope, rule.raise.because_en);
  alert.because_id = values_in(scope, rule.raise.because_id);
  if (last != nullptr &&
      std::ranges::any_of(last->rests_on, [](const auto& event) { return event->undone; })) {
    alert.predecessor_undone = last->alert.alert_id;
  }
  alert.group = group_of(rule, entity, trigger);
  ++rule_tallies_[rule_index].alerts;
  alerts_.push_back(alert);
  sent_.push_back(std::move(sent));
}

// The alerts of one party make a group until 30 days pass without one: of the party on the watched side where
// it is known, else of the subject.
int Oracle::group_of(const Rule& rule, const Entity& entity, const Sighting& trigger) {
  std::string owner = entity.key;
  if (const event::Party* self = trigger.party(rules::Side::kSelf); self != nullptr) {
    const std::string party = identify(world_, *self, trigger.event->time.instant).party_id;
    if (!party.empty()) owner = entity_key((*trigger.event->content)->tenant, EntityKind::kParty, party);
  }
  owner += rule.mode == rules::Mode::kShadow ? " in shadow mode" : "";
  const auto [group, is_new] = groups_.try_emplace(owner, Group{0, entity.newest});
  if (is_new || entity.newest - group->second.newest >= event::Duration::days(30))
    group->second.number = ++last_group_;
  group->second.newest = std::max(group->second.newest, entity.newest);
  return group->second.number;
}

// Every window that `when` reaches: its value, and the events in it; and the trigger.
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
