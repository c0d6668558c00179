// Why a rule did or did not fire on one event, as one entity saw it: every condition with the value it had,
// every let and window with what was in it, and what came of it.
//
// The engine makes explanations only where Options::explain asks for them; then Engine::explanations() holds
// those of the present record. They are computed beside the evaluation, from the state that it saw, and
// change no result.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/hit.h"
#include "rules/rule.h"

namespace suar::engine {

class Evaluator;
class Payments;
class EntityStore;
class TriggerValues;
struct Node;
struct RulePlan;

enum class Verdict : std::uint8_t {
  kNotAdmitted,   // `events` does not hold
  kLate,          // the event is older than the rule's longest window reaches
  kNotTriggered,  // `trigger` does not hold, or the last step's own condition
  kNoSequence,    // the steps before the trigger are not found
  kNotMet,        // `when` does not hold
  kError,         // a value did not fit 128 bits
  kExcepted,      // an exception holds
  kSnoozed,       // a hit that a suppression keeps quiet
  kQuiet,         // a hit within the quiet period of an earlier alert
  kRepeated,      // a hit whose alert exists already
  kSilent,        // a hit of a rule that raises no alerts
  kAlert,
  kArmed,  // a hit, unless something happens until the deadline
};
[[nodiscard]] std::string_view name_of(Verdict verdict);  // "not_met"

// An expression and the value it had. The parts of `&&`, `||`, `!` and of a bool `?:` are conditions; those
// of any other condition are its operands, constants included.
struct Seen {
  const rules::Expression* expression = nullptr;
  Value value;
  bool asked = true;  // false: the parts before it had decided already
  std::vector<Seen> parts;
};

struct LetSeen {
  const rules::Let* let = nullptr;
  Seen seen;
  std::vector<EvidenceValue> values;  // one; of a unit price or a rhythm, one for each member
};

struct WindowEvent {
  std::string event_id;
  event::Instant time;
  bool signal = false;         // a signal that this event left
  std::optional<Value> value;  // what the window aggregates of it, where that is a number or money
};

struct WindowSeen {
  const rules::Window* window = nullptr;
  std::vector<EvidenceValue> values;  // with the window's bounds
  std::uint64_t event_count = 0;
  std::vector<WindowEvent> events;  // newest first, at most Options::max_event_ids
};

// A step before the trigger: the event that it is, and what of the kept events could be it by itself.
struct StepSeen {
  const rules::Step* step = nullptr;
  std::optional<WindowEvent> found;
  std::uint64_t candidate_count = 0;
  std::vector<WindowEvent> candidates;  // newest first, at most Options::max_event_ids
};

// A signal that the hit left: on its subject, or as a mark on another entity.
struct SignalLeft {
  std::string key;
  bool mark = false;
  std::vector<std::pair<std::string, Value>> values;
};

struct Explanation {
  const rules::Rule* rule = nullptr;
  Verdict verdict = Verdict::kNotAdmitted;
  std::string subject_key;
  std::string trigger_event_id;
  const rules::Rule* signal = nullptr;  // the trigger is a signal of this rule
  event::Instant event_time, as_of;     // as_of: T of the subject
  std::int16_t offset_minutes = 0;

  std::optional<Seen> events, trigger, when;
  // What windows, the steps before the last and `unless` ask of each event, on the present one.
  std::vector<Seen> window_conditions;
  std::vector<Seen> modifiers;   // of a weighing
  std::vector<Seen> exceptions;  // those with a condition, where `when` holds
  std::vector<LetSeen> lets;
  std::vector<WindowSeen> windows;
  std::vector<StepSeen> steps;  // those before the last

  std::string exception;                            // its name, where excepted
  const rules::Suppression* suppression = nullptr;  // where snoozed
  std::string alert_id;                             // the alert; where quiet, the earlier one
  std::optional<event::Instant> quiet_until;        // where quiet
  std::optional<event::Instant> deadline;           // where armed
  std::vector<SignalLeft> signals;
};

// How much of an explanation is wanted.
enum class Detail : std::uint8_t {
  kNone,
  kConditions,  // no windows, and of the lets only those that are conditions
  kAll,
};

// --- for the evaluation

// The condition (or any other expression) and its parts, evaluated once more.
[[nodiscard]] Seen see(const Node& node, Evaluator& evaluator);
// `trigger` and all that follows it; the caller has filled in what comes before.
void explain_conditions(const RulePlan& plan, Evaluator& evaluator, Explanation& explanation);
void explain_condition_lets(const RulePlan& plan, Evaluator& evaluator, Explanation& explanation);
void explain_values(const RulePlan& plan, Evaluator& evaluator, TriggerValues& values,
                    const EntityStore& store, const Payments& payments, std::string_view trigger_id,
                    std::size_t max_event_ids, Explanation& explanation);

}  // namespace suar::engine
