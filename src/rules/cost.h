// What a rule costs, estimated from its expressions before any event is seen: for comparing rules with one
// another and for sizing a machine. The nanoseconds are typical of one core of a server, good to a factor of
// two or three; what a window holds depends on the traffic.
#pragma once

#include "rules/rule.h"

namespace suar::rules {

struct Traffic {
  double entities = 1'000'000;         // of the kind that the rule watches
  double events_per_day = 10'000'000;  // that the rule admits, over all entities
};

struct RuleCost {
  double event_nanos = 0;       // `events` and the windows' conditions, for each event of its kind
  double trigger_nanos = 0;     // trigger, lets and when, for each event that `events` admits; no windows
  std::size_t windows = 0;      // each of which looks at what it holds, for each event admitted
  std::size_t entry_bytes = 0;  // of an event that is kept, were the rule alone
  event::Duration longest;      // how long it is kept

  // With this traffic: events kept of an entity, bytes for them, for all entities, and nanoseconds for an
  // event admitted, its windows included.
  [[nodiscard]] double entries(const Traffic& traffic) const;
  [[nodiscard]] double bytes_per_entity(const Traffic& traffic) const;
  [[nodiscard]] double bytes(const Traffic& traffic) const;
  [[nodiscard]] double nanos(const Traffic& traffic) const;
};

[[nodiscard]] RuleCost cost_of(const Rule& rule);

// How many of an event's sides the rule may admit, at most: 2 where nothing in `events` says which.
[[nodiscard]] int sides_admitted(const Rule& rule);

}  // namespace suar::rules
