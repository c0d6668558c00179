// Absence: hits that wait for a deadline, and stream time, which reaches it.
#include <algorithm>
#include <tuple>
#include <utility>

#include "oracle/oracle.h"

namespace suar::oracle {

void Oracle::advance(event::Instant stream_time) {
  alerts_.clear();
  ticked_ = std::max(ticked_.value_or(stream_time), stream_time);
  fire_deadlines();
}

void Oracle::arm(const Scope& scope) {
  const event::Instant at = scope.sighting.event->time.instant + scope.rule.unless->within;
  armed_.push_back({at, {scope.entity->kind, scope.entity->key}, hit_of(scope)});
  ++tally_["deadlines armed"];
}

void Oracle::fire_deadlines() {
  const auto place = [](const Armed& armed) {
    const Event& trigger = *armed.hit.trigger.event;
    return std::tuple(armed.at, armed.hit.rule().id, armed.subject.key, trigger.time.instant, trigger.order);
  };
  while (!armed_.empty()) {
    const auto first = std::ranges::min_element(armed_, {}, place);
    if (!stream_time() || first->at > *stream_time()) return;
    Armed armed = std::move(*first);
    armed_.erase(first);
    if (disarmed(armed)) {
      ++tally_["deadlines disarmed"];
      continue;
    }

    ++tally_["deadlines fired"];
    armed.hit.sent.alert.deadline = armed.at;
    armed.hit.signal.time.instant = armed.at;
    for (Mark& mark : armed.hit.marks) mark.signal.time.instant = armed.at;
    Entity& subject = entity(armed.subject.kind, armed.subject.key);
    evaluate_on(subject, bring(std::move(armed.hit), subject));
    deliver_marks();
  }
}

bool Oracle::disarmed(const Armed& armed) {
  const rules::Rule& rule = armed.hit.rule();
  const rules::Expression* condition = rule.unless->condition.get();
  const Scope trigger{world_, rule, armed.hit.trigger};
  return std::ranges::any_of(entity(armed.subject.kind, armed.subject.key).sightings, [&](const Sighting& s) {
    return admitted(world_, rule, s) && before(*armed.hit.trigger.event, *s.event) &&
           s.event->time.instant <= armed.at && admitted_by_itself({world_, rule, s}, condition) &&
           fits(trigger, s, condition);
  });
}

}  // namespace suar::oracle
