// The oracle: semantics and rule language evaluated slowly and plainly, from the page alone, so that the
// engine can be held to it. It keeps everything for ever, in lists in the order of arrival, and scans them
// for every window.
//
// What to read in which order: payments.h (what counts), event.h (who sees it), evaluate.h and window.h (what
// a rule makes of it), and here: order, time, signals, alerts.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "oracle/evaluate.h"
#include "oracle/payments.h"

namespace suar::oracle {

struct Alert {
  const rules::Rule* rule = nullptr;
  std::string alert_id;
  std::string subject;
  std::string trigger_event_id;
  event::Instant event_time, as_of;
  std::optional<event::Instant> deadline;  // that fired
  rules::AlertSeverity severity{};
  int score = 0;
  std::string escalates;  // alert_id of the alert in whose quiet period it is sent
  std::map<std::string, Value> values;
  std::map<std::string, Span> spans;                     // of the values that are windows
  std::map<std::string, std::vector<Value>> thresholds;  // the constants that `when` compares a value with
  std::vector<std::string> event_ids;                    // newest first, capped
  std::size_t event_count = 0;
  std::vector<Value> because_en, because_id;  // one per value piece of the templates
  std::string predecessor_undone;
  int group = 0;  // alerts of one group have the same number

  [[nodiscard]] std::vector<Value> thresholds_of(const std::string& name) const {
    const auto found = thresholds.find(name);
    return found == thresholds.end() ? std::vector<Value>() : found->second;
  }
};

struct RuleTally {
  long hits = 0, alerts = 0, suppressed = 0, snoozed = 0, excepted = 0;
};

class Oracle {
 public:
  Oracle(const engine::Options& options, std::shared_ptr<const rules::RuleSet> rules,
         std::shared_ptr<const reference::Reference> reference);

  engine::Result process(const event::Transaction& transaction,
                         std::optional<event::Instant> record_time = std::nullopt);

  // A tick: stream time reaches this, unless it is later already.
  void advance(event::Instant stream_time);

  // What the last record or tick raised, in order.
  [[nodiscard]] const std::vector<Alert>& alerts() const { return alerts_; }
  [[nodiscard]] const std::vector<RuleTally>& rule_tallies() const { return rule_tallies_; }
  [[nodiscard]] const Tally& tally() const { return tally_; }
  // An event_id came again after its horizon and would have raised an alert whose id exists.
  [[nodiscard]] bool alert_id_came_again() const { return alert_id_came_again_; }

 private:
  struct Accepted {
    std::shared_ptr<const Record> record;
    event::Instant known_from;
  };
  struct Mark {
    const rules::Rule* rule;
    rules::EntityKind kind;
    std::string target;
    Event signal;
  };
  struct Group {
    int number;
    event::Instant newest;  // as_of of its newest alert
  };
  struct Sent {
    Alert alert;
    int arrival = 0;  // of the record that raised it
    std::vector<std::shared_ptr<const Event>> rests_on;
  };

  // With everything that was so when its trigger was evaluated.
  struct Hit {
    Sighting trigger;
    Sent sent;
    Event signal;
    std::vector<Mark> marks;

    [[nodiscard]] const rules::Rule& rule() const { return *sent.alert.rule; }
  };

  struct EntityName {
    rules::EntityKind kind;
    std::string key;
  };
  // A hit that comes true at its deadline, if nothing keeps it from that.
  struct Armed {
    event::Instant at;
    EntityName subject;
    Hit hit;
  };

  [[nodiscard]] std::optional<event::Instant> stream_time() const;
  [[nodiscard]] const Accepted* accepted_before(std::string_view event_id) const;

  void bring_into_line(Payment& payment);
  void take_out(const Event& event);
  void count(const std::shared_ptr<Event>& event);
  void deliver_marks();
  void arm(const Scope& scope);
  void fire_deadlines();
  [[nodiscard]] bool disarmed(const Armed& armed);
  void evaluate_on(Entity& entity, std::size_t cause);
  // An exception keeps the trigger from being a hit.
  [[nodiscard]] static bool is_excepted(const Scope& scope);
  // A suppression keeps the hit from raising an alert; it remembers what it kept quiet.
  bool is_snoozed(const Hit& hit, const Entity& entity);
  // The steps of each hit, of a rule without a sequence none; empty where there is no hit.
  [[nodiscard]] static std::vector<Steps> hits(const Scope& scope);
  [[nodiscard]] Hit hit_of(const Scope& scope) const;
  // The hit comes true; returns the place of the signal that it leaves.
  std::size_t bring(Hit hit, Entity& entity);
  void alert(const Hit& hit, const Entity& entity);
  void add_evidence(Sent& sent, const Scope& scope) const;
  int group_of(const Hit& hit, const Entity& entity);
  [[nodiscard]] const Sent* last_sent(const rules::Rule& rule, const std::string& subject) const;
  [[nodiscard]] static Event signal_of(const Scope& scope);
  [[nodiscard]] std::vector<Mark> marks_of(const Scope& scope, const Event& signal) const;

  Entity& entity(rules::EntityKind kind, const std::string& key);
  // Adds the event to the entity's list and moves its T; returns its place in the list.
  std::size_t see(Entity& entity, std::shared_ptr<const Event> event, Direction direction);
  [[nodiscard]] bool in_a_window(const Payment& payment) const;

  engine::Options options_;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const reference::Reference> reference_;
  World world_;
  Tally tally_;
  Payments payments_;

  int arrivals_ = 0;
  bool alert_id_came_again_ = false;
  long order_ = 0;
  std::optional<event::Instant> newest_;  // of all counted events
  std::optional<event::Instant> ticked_;  // stream time by the last tick
  std::vector<Accepted> accepted_;        // every record but the dead letters and repetitions
  std::map<std::string, Entity> entities_;
  struct Snoozed {
    Number amount = 0;
    long hits = 0;
    bool over = false;
  };
  std::vector<Snoozed> snoozed_;  // in step with the set's suppressions
  std::vector<Armed> armed_;
  std::vector<Mark> marks_;              // to be delivered once the event has been evaluated everywhere
  std::vector<Sent> sent_;               // every alert ever
  std::map<std::string, Group> groups_;  // by party, or else by subject
  int last_group_ = 0;
  std::vector<Alert> alerts_;
  std::vector<RuleTally> rule_tallies_;
};

}  // namespace suar::oracle
