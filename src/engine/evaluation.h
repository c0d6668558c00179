// Asks the rules about one event on every entity that admitted it, and follows the signals that come of it: a
// self-signal at once, in the order of the rules; marks on other entities afterwards, in the order of rule id
// and target key, wave by wave, to at most six hops.
//
// A hit of a rule with `unless` is armed instead, and happens when stream time reaches its deadline.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/alert_state.h"
#include "engine/deadlines.h"
#include "engine/engine.h"
#include "engine/entity_store.h"
#include "engine/hit.h"
#include "engine/program.h"
#include "engine/trigger_values.h"

namespace suar::engine {

class Evaluation {
 public:
  Evaluation(const Program& program, EntityStore& store, Payments& payments, const Options& options,
             std::vector<RuleCounters>& rule_counters, Counters& counters,
             std::vector<Explanation>& explanations)
      : program_(program),
        store_(store),
        payments_(payments),
        options_(options),
        rule_counters_(rule_counters),
        counters_(counters),
        explanations_(explanations) {}

  // Evaluates every admission of the store's present round. `next_order` numbers the signals; days are those
  // of `stream_time`.
  void run(const Occurrence& occurrence, Slot payment, std::uint64_t& next_order, event::Instant stream_time,
           std::vector<Hit>& hits);

  // Explains the rules that are asked about and whose `events` did not admit the event; after run().
  void explain_unadmitted(const Occurrence& occurrence);

  // Stream time has reached `stream_time`: what was armed until then happens, in order. It begins rounds of
  // the store.
  void fire_deadlines(std::uint64_t& next_order, std::int64_t stream_time, std::vector<Hit>& hits);
  // The payment of this order is undone, or another content stands in its place.
  void taken_out(std::uint64_t order) { deadlines_.undone(order); }

  [[nodiscard]] AlertState& alerts() { return alerts_; }
  [[nodiscard]] const AlertState& alerts() const { return alerts_; }
  [[nodiscard]] Deadlines& deadlines() { return deadlines_; }
  [[nodiscard]] const Deadlines& deadlines() const { return deadlines_; }

 private:
  struct Pending {  // a signal that stands on the present entity and that later rules may ask for
    Signal signal;
    Admission admission;
  };
  struct Trigger {
    const Occurrence& occurrence;
    const Admission& admission;
    int hop = 0;
  };

  // Delivers the marks, and those that follow from them.
  void deliver_marks();
  void run_entity(const Occurrence* occurrence, const Admission& admission, std::vector<Pending> pending);
  void run_rule(std::uint32_t plan, const Trigger& trigger, std::vector<Pending>& pending);
  // Evaluates `when`, and what comes of it.
  void judge(std::uint32_t index, const Trigger& trigger, Evaluator& evaluator, TriggerValues& values,
             std::vector<Pending>& pending);
  // Begins the explanation of a rule on a trigger in `explained_`, where one is wanted.
  void explain(const RulePlan& plan, const Trigger& trigger, bool late);
  void explain_signals(const Trigger& trigger, const Signal& signal, std::size_t first_mark);
  // The first exception that holds; null = none.
  [[nodiscard]] const rules::Exception* exception(const RulePlan& plan, const Trigger& trigger,
                                                  Evaluator& evaluator) const;
  void hit(const RulePlan& plan, const Trigger& trigger, Evaluator& evaluator, TriggerValues& values,
           std::vector<Pending>& pending);
  void arm(std::uint32_t index, const Trigger& trigger, Evaluator& evaluator, TriggerValues& values);
  // Does the opener stand, and nothing that disarms it?
  [[nodiscard]] bool comes_true(const ArmedDeadline& deadline) const;
  void fire(ArmedDeadline& deadline);
  void raise(const RulePlan& plan, const Trigger& trigger, Evaluator& evaluator, TriggerValues& values);
  // The suppression that keeps the hit from raising an alert; null = none. `amount`: of the trigger.
  [[nodiscard]] const rules::Suppression* snoozed(const RulePlan& plan, const std::string& subject,
                                                  std::int64_t amount, event::Instant now);
  // Sends the hit to the shadows where its rule has raised enough today.
  void limit_to_day(Hit& hit);
  // How grave the hit is: its severity and score.
  void grade(const RulePlan& plan, Evaluator& evaluator, Hit& hit);
  // The rule and the trigger of an alert and how grave it is, without its evidence.
  [[nodiscard]] Hit head_of(const RulePlan& plan, const Trigger& trigger, Evaluator& evaluator);
  // Neither snoozed nor quiet, and the first of its id; `hit` has its head, its id and as_of.
  [[nodiscard]] bool may_send(const RulePlan& plan, std::int64_t amount, Hit& hit);
  // Puts the alert into its group and sends it. `orders`: of the events that it rests on.
  void send(Hit hit, std::vector<std::uint64_t> orders);
  [[nodiscard]] Signal signal_of(const RulePlan& plan, const Trigger& trigger, TriggerValues& values) const;
  [[nodiscard]] static std::int64_t amount_of(const Trigger& trigger);
  [[nodiscard]] std::size_t index_of(const rules::Rule& rule) const;
  [[nodiscard]] static std::string party_of(const Trigger& trigger);
  void mark_sides(const rules::Rule& rule, const Trigger& trigger, const Signal& signal);
  void describe_parties(const Trigger& trigger, Hit& hit) const;

  const Program& program_;
  EntityStore& store_;
  Payments& payments_;
  const Options& options_;
  std::vector<RuleCounters>& rule_counters_;
  Counters& counters_;
  std::vector<Explanation>& explanations_;
  AlertState alerts_;
  Deadlines deadlines_;

  // Of the present event.
  Slot payment_ = kNoSlot;
  std::uint64_t* next_order_ = nullptr;
  event::Instant stream_time_;
  std::vector<Hit>* hits_ = nullptr;
  std::vector<Mark> marks_;
  Explanation* explained_ = nullptr;  // of the present rule; null = not asked for
  std::string tenant_;
};

}  // namespace suar::engine
