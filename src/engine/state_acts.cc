// The small parts of the state: acts that wait for their originals, and what is remembered of alerts.
#include "engine/state_fields.h"

namespace suar::engine {

// early := next acts queue
void EarlyActs::save(StateWriter& out) const {
  out(next_);
  out.number(acts_.size());
  for (const auto& [arrival, act] : acts_) out(act);
  out.number(queue_.size());
  for (const Queued& queued : queue_) out(queued.act, queued.stamp);
}

void EarlyActs::restore(StateReader& in) {
  in(next_);
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    EarlyAct act;
    in(act);
    // It was decoded when it came to wait.
    event::Decoder decoder;
    in.check(act.arrival != 0 && act.arrival <= next_ && decoder.decode(act.record).has_value(),
             "an act that waits is none");
    for (const IdHash& name : act.names) by_name_[name].push_back(act.arrival);
    in.check(acts_.emplace(act.arrival, std::move(act)).second, "an act waits twice");
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    Queued& queued = queue_.emplace_back();
    in(queued.act, queued.stamp);
  }
}

// alerts := last groups days snoozed ids undone
void AlertState::save(StateWriter& out) const {
  out.table(last_);
  out.table(groups_);
  out.table(days_);
  out.table(snoozed_);
  out.table(ids_);
  out.table(undone_);
}

void AlertState::restore(StateReader& in) {
  in.table(last_);
  in.table(groups_);
  in.table(days_);
  in.table(snoozed_);
  in.table(ids_);
  in.table(undone_);
}

}  // namespace suar::engine
