// Rules by plain recursion: an expression's value for one event, and windows as scans over an entity's whole
// list.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "oracle/fields.h"

namespace suar::oracle {

// An account, a party, a device ...: all that it has ever seen and that still stands, in the order of
// arrival.
struct Entity {
  std::string key;
  rules::EntityKind kind{};
  event::Instant newest = event::Instant::min();  // T
  std::vector<Sighting> sightings;
};

// The events that a sequence is made of, by step; without an event where a step is not bound.
using Steps = std::vector<Sighting>;

// What an expression may look at. Inside a window there is one event and nothing else: no lets, no windows.
struct Scope {
  const World& world;
  const rules::Rule& rule;
  const Sighting& sighting;
  Moment moment = Moment::kOnArrival;
  const Entity* entity = nullptr;     // whose windows are meant; null inside a window
  const Sighting* trigger = nullptr;  // what `trigger.` names; null where nothing does
  const Steps* steps = nullptr;       // what the steps' names name; null where nothing does

  [[nodiscard]] Reading reading() const { return {world, sighting, moment}; }
};

[[nodiscard]] Value evaluate(const Scope& scope, const rules::Expression& expression);

// The rule looks at this event: its `events` admits it, and if it is a signal, it asks for it.
[[nodiscard]] bool admitted(const World& world, const rules::Rule& rule, const Sighting& sighting);

// A window's own condition, without what compares the event with a trigger; null = true.
[[nodiscard]] bool admitted_by_itself(const Scope& scope, const rules::Expression* where);

// The event that a kBound names; null where none is bound.
[[nodiscard]] const Sighting* named_event(const Scope& scope, const rules::Expression& e);

// The steps that an expression names, by index; kTrigger for the trigger.
[[nodiscard]] std::set<int> named_in(const rules::Rule& rule, const rules::Expression& e);

// What `&&` joins at the top; none for null.
[[nodiscard]] std::vector<const rules::Expression*> conjuncts(const rules::Expression* e);

// What of a condition compares the event with the trigger holds for what stands now; null = true.
[[nodiscard]] bool fits(const Scope& trigger, const Sighting& sighting, const rules::Expression* where);

// What a window holds for the trigger in `scope`, in (time, order). It is a view of the entity's list.
[[nodiscard]] std::vector<const Sighting*> contents(const Scope& scope, const rules::Window& window);

// The times that a window holds while the entity's newest event has the time `newest`.
struct Span {
  event::Instant start, end;
  bool with_start = false;  // else its times come after the start
};
[[nodiscard]] Span span_of(const rules::Window& window, event::Instant newest);
[[nodiscard]] bool is_before(event::Instant time, const Span& span);

// The windows that `when` reaches, by index, and the lets that `when` or the sentences reach.
struct Reached {
  std::set<int> windows, lets;
  std::set<int> bound;            // values of steps
  std::set<int> unnamed_windows;  // those that are no reached let's value
};
[[nodiscard]] Reached reached_from_when(const rules::Rule& rule);

// The constants and parameters that `when` compares a let or a window with, by its name or text.
[[nodiscard]] std::map<std::string, std::vector<const rules::Expression*>> thresholds_in_when(
    const rules::Rule& rule);

}  // namespace suar::oracle
