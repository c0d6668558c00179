// What counts (semantics 4): payments, their names, the acts on them, and the acts that came first and wait.
//
// Nothing here evaluates a rule. A record changes payments; the oracle then brings the entities' lists into
// line with what `standing` says of them.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "oracle/event.h"

namespace suar::oracle {

using engine::Outcome;

// One payment, from its first record on.
struct Payment {
  enum class State { kHeld, kStands, kUndone };

  State state = State::kStands;
  bool has_instruct = false;
  int arrival = 0;                      // of its first record
  event::Instant known_from;            // the horizon runs from here
  std::vector<std::string> ids;         // event ids that name it
  std::vector<std::string> references;  // end-to-end ids that name it
  std::string expected_instruct;        // what its completion referred to, while nothing of that id has come

  // What stands in it now.
  std::shared_ptr<const Record> content;
  std::string id;  // of the record that made it count
  event::ZonedInstant time;
  Standing standing;

  // As the entities hold it; null while they do not. And all that they ever held of it.
  std::shared_ptr<Event> event;
  std::vector<std::shared_ptr<Event>> events;

  [[nodiscard]] bool undone() const { return state == State::kUndone; }
  void stand_as(const std::shared_ptr<const Record>& record);  // its content, in full
  void add_names_of(const event::Transaction& original);
};

// How the generator's coverage is counted.
using Tally = std::map<std::string, long>;

// A record named a payment that was forgotten since. Whether its name then is free, or the older payment's
// that also had it, no sentence says.
inline constexpr const char* kForgottenName = "records that name what was forgotten";

class Payments {
 public:
  // `in_a_window(payment)`: some rule's window still holds it.
  Payments(const engine::Options& options, std::function<bool(const Payment&)> in_a_window, Tally& tally)
      : options_(options), in_a_window_(std::move(in_a_window)), tally_(tally) {}

  struct Effect {
    Outcome outcome{};
    std::optional<event::Rejection> rejection;
    Payment* changed = nullptr;  // the one payment that may stand differently now
  };
  // One record that is not a repetition, at stream time `now` (empty before any event).
  [[nodiscard]] Effect apply(const std::shared_ptr<const Record>& record, std::optional<event::Instant> now);

  // The horizon of what this record left runs from `stamp`.
  void stamp(event::Instant stamp);

 private:
  struct Waiting {
    std::shared_ptr<const Record> act;
    event::Instant known_from;
    // By which of its references: both, or the one by which it named an instruct that does not count yet.
    bool by_id = true, by_reference = true;
  };

  Effect complete(const std::shared_ptr<const Record>& record);
  Effect instruct(const std::shared_ptr<const Record>& record);
  Effect act(const std::shared_ptr<const Record>& record);
  Waiting& wait(const std::shared_ptr<const Record>& record);

  enum class Change { kNone, kChanged, kWrongCurrency };
  Change change(Payment& payment, const std::shared_ptr<const Record>& act);

  [[nodiscard]] static bool must_wait(const Payment& payment, const event::Transaction& act);
  // Applies the waiting acts that name the payment, in the order of their arrival, until none is left that
  // does.
  void apply_waiting(Payment& payment);

  // Its horizon runs from the present record.
  void arrives_anew(Payment& payment);
  Payment& open(const std::shared_ptr<const Record>& record);
  [[nodiscard]] bool known(const Payment& payment) const;
  [[nodiscard]] Payment* if_known(Payment& payment);
  [[nodiscard]] bool within(event::Instant from, event::Duration span) const;
  [[nodiscard]] Payment* with_id(std::string_view id);
  [[nodiscard]] Payment* expecting(std::string_view instruct);
  [[nodiscard]] Payment* named_by_id(std::string_view id);
  [[nodiscard]] Payment* named_by_reference(std::string_view end_to_end_id);
  [[nodiscard]] Payment* named_by(const event::Transaction& act);
  [[nodiscard]] Payment* named_by(const Waiting& waiting);
  [[nodiscard]] Payment* completed_without(const event::Transaction& instruct);

  engine::Options options_;
  std::function<bool(const Payment&)> in_a_window_;
  Tally& tally_;
  std::optional<event::Instant> now_;
  std::list<Payment> payments_;  // in the order of arrival
  std::list<Waiting> waiting_;   // likewise
  std::vector<event::Instant*> unstamped_;
};

}  // namespace suar::oracle
