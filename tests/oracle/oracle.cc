#include "oracle/oracle.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>

#include "oracle/sequence.h"

namespace suar::oracle {

using rules::EntityKind;
using rules::Rule;

namespace {

// A rule that hits for each sequence does so for so many.
constexpr std::size_t kMostOfEach = 10;

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

std::optional<event::Instant> Oracle::stream_time() const {
  if (!newest_) return ticked_;
  const event::Instant by_events = *newest_ - options_.lateness;
  return ticked_ ? std::max(by_events, *ticked_) : by_events;
}

// The newest record of that id, where it is still remembered.
const Oracle::Accepted* Oracle::accepted_before(std::string_view event_id) const {
  for (const Accepted& accepted : std::views::reverse(accepted_)) {
    if ((*accepted.record)->event_id != event_id) continue;
    const auto now = stream_time();
    const bool forgotten = now && *now >= accepted.known_from + options_.dedup_horizon;
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
  std::erase_if(armed_, [&](const Armed& armed) { return armed.hit.trigger.event.get() == &event; });
  for (auto& [key, entity] : entities_) {
    std::erase_if(entity.sightings, [&](const Sighting& sighting) { return sighting.event.get() == &event; });
  }
}

void Oracle::count(const std::shared_ptr<Event>& event) {
  newest_ = std::max(newest_.value_or(event->time.instant), event->time.instant);
  fire_deadlines();
  for (const Touch& touch : entities_touched(world_, *event)) {
    Entity& touched = entity(touch.kind, touch.key);
    evaluate_on(touched, see(touched, event, touch.direction));
  }
  deliver_marks();
  fire_deadlines();  // those of a late trigger
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
  const auto is_trigger = [&](const Armed& armed) { return armed.hit.trigger.event == payment.event; };
  if (std::ranges::any_of(armed_, is_trigger)) return true;
  for (const auto& [key, entity] : entities_) {
    for (const Sighting& sighting : entity.sightings) {
      if (sighting.event != payment.event) continue;
      for (const Rule& rule : rules_->rules) {
        if (rule.watch != entity.kind || !admitted(world_, rule, sighting)) continue;
        const event::Instant time = sighting.event->time.instant;
        const bool in_window = std::ranges::any_of(rule.windows, [&](const rules::Window& window) {
          return time > entity.newest - window.before - window.length &&
                 admitted_by_itself({world_, rule, sighting}, window.where.get());
        });
        // No search looks back at the last step.
        const bool in_sequence =
            time >= entity.newest - rule.sequence_reach &&
            std::any_of(rule.steps.begin(), rule.steps.end() - (rule.steps.empty() ? 0 : 1),
                        [&](const rules::Step& step) { return may_be_step({world_, rule, sighting}, step); });
        const bool may_disarm = rule.unless && time > entity.newest - rule.unless->within &&
                                admitted_by_itself({world_, rule, sighting}, rule.unless->condition.get());
        if (in_window || in_sequence || may_disarm) return true;
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
      for (const Steps& steps : hits({world_, rule, trigger, Moment::kOnArrival, &entity})) {
        const Scope scope{world_, rule, trigger, Moment::kOnArrival, &entity, nullptr, &steps};
        if (is_excepted(scope)) {
          ++rule_tallies_[r].excepted;
        } else if (rule.unless) {
          arm(scope);
        } else {
          seen.push_back(bring(hit_of(scope), entity));
        }
      }
    }
  }
}

std::vector<Steps> Oracle::hits(const Scope& scope) {
  const Rule& rule = scope.rule;
  const event::Instant time = scope.sighting.event->time.instant;
  const event::Instant newest = scope.entity->newest;
  const bool looks_back = !rule.windows.empty() || !rule.steps.empty() || rule.unless;
  const bool reached = (!rule.steps.empty() && time >= newest - rule.sequence_reach) ||
                       (rule.unless && time > newest - rule.unless->within) ||

                       std::ranges::any_of(rule.windows, [&](const rules::Window& window) {
                         return !is_before(time, span_of(window, newest));
                       });
  if (looks_back && !reached) return {};
  if (!admitted(scope.world, rule, scope.sighting)) return {};
  if (rule.trigger != nullptr && !is_true(evaluate(scope, *rule.trigger))) return {};

  std::vector<Steps> found = {{}};
  if (!rule.steps.empty()) found = sequences(scope, rule.raise.each ? kMostOfEach : 1);
  std::erase_if(found, [&](const Steps& steps) {
    Scope with_steps = scope;
    with_steps.steps = &steps;
    return !is_true(evaluate(with_steps, *rule.when));
  });
  return found;
}

bool Oracle::is_excepted(const Scope& scope) {
  return std::ranges::any_of(scope.rule.exceptions, [&](const rules::Exception& exception) {
    return std::ranges::find(exception.subjects, scope.entity->key) != exception.subjects.end() ||
           (exception.when != nullptr && is_true(evaluate(scope, *exception.when)));
  });
}

std::size_t Oracle::bring(Hit hit, Entity& entity) {
  RuleTally& tally = rule_tallies_[static_cast<std::size_t>(&hit.rule() - rules_->rules.data())];
  ++tally.hits;
  if (is_snoozed(hit, entity)) {
    ++tally.snoozed;
  } else if (!hit.rule().raise.silent) {
    alert(hit, entity);
  }
  ++tally_["signals"];
  std::ranges::move(hit.marks, std::back_inserter(marks_));
  hit.signal.order = ++order_;
  return see(entity, std::make_shared<const Event>(std::move(hit.signal)), Direction::kSignal);
}

// The hit that goes beyond the limit ends the suppression, and is judged as any other.
bool Oracle::is_snoozed(const Hit& hit, const Entity& entity) {
  for (std::size_t i = 0; i < snoozed_.size(); ++i) {
    const rules::Suppression& suppression = rules_->suppressions[i];
    Snoozed& snoozed = snoozed_[i];
    if (suppression.rule != hit.rule().id || suppression.subject != entity.key) continue;
    if (snoozed.over || entity.newest >= suppression.until) continue;
    ++snoozed.hits;
    const Value amount = field({world_, hit.trigger, Moment::kOnArrival}, rules::EventField::kAmount);
    if (amount.present) snoozed.amount += amount.number;
    snoozed.over = (suppression.most_hits && snoozed.hits > *suppression.most_hits) ||
                   (suppression.most_amount && snoozed.amount > Number(*suppression.most_amount));
    if (!snoozed.over) return true;
  }
  return false;
}

}  // namespace suar::oracle
