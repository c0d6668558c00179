// The deadlines that are armed: hits that come true when stream time reaches them, unless something happens
// to the entity until then.
//
// All of this is state (saved: state_deadlines.cc). An armed deadline is a plain value; it refers to the
// entity and the opener by their numbers, which live as long as the opener's entry stands in the entity's
// log, and to its rule by the pointer in `hit` and the index in `rule`. They are kept in the order in which
// they fire. `of_payment_` only finds them by the opener's order and follows from the rest.
#pragma once

#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/entities.h"
#include "engine/hit.h"
#include "engine/occurrence.h"

namespace suar::engine {

class Program;
class StateReader;
class StateWriter;
struct Translation;

// A signal on its way to another entity.
struct Mark {
  Signal signal;
  rules::EntityKind kind{};
  std::string name;
  std::string key;
};

struct ArmedDeadline {
  event::Instant at;
  std::string rule_id, subject_key;
  Position opener;  // its place in the entity's log

  int rule = 0;            // index in the rule set
  std::uint32_t plan = 0;  // and in its kind's layout
  rules::EntityKind kind{};
  EntityId entity = 0;
  std::uint64_t order = 0;  // of the payment that opened it, or of the one that raised the signal that did
  bool by_signal = false;   // the opener is a signal, which nothing undoes
  std::string tenant;
  std::int64_t amount = 0;  // of the opener in the home currency; 0 = none

  // What comes of it. The alert as the opener's evaluation saw it; of a silent rule empty.
  Hit hit;
  std::vector<std::uint64_t> orders;  // of the events that the alert rests on
  Signal signal;
  std::vector<Mark> marks;
};

class Deadlines {
 public:
  void arm(ArmedDeadline deadline);
  // The payment of this order is undone or corrected: its deadlines go with it.
  void undone(std::uint64_t order);
  // Is a deadline armed that the payment of this order opened?
  [[nodiscard]] bool opened_by(std::uint64_t order) const { return of_payment_.contains(order); }
  // Takes out the first deadline that stream time has reached.
  [[nodiscard]] std::unique_ptr<ArmedDeadline> take_due(std::int64_t stream_time);

  void save(StateWriter& out) const;
  // Into an empty one.
  void restore(StateReader& in, const Translation& translation, const Program& program);

  [[nodiscard]] std::size_t size() const { return armed_.size(); }
  // In the order in which they fire.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const auto& armed : armed_) visit(*armed);
  }

 private:
  struct FiresFirst {
    using is_transparent = void;
    static bool before(const ArmedDeadline& a, const ArmedDeadline& b);
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return before(*a, *b);
    }
  };
  absl::btree_set<std::unique_ptr<ArmedDeadline>, FiresFirst> armed_;
  absl::flat_hash_map<std::uint64_t, std::vector<const ArmedDeadline*>> of_payment_;
};

}  // namespace suar::engine
