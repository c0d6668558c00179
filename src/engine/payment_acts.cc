// What a record does to the payments before it (semantics: what counts): completions of instructs, rejects,
// reverses, corrections, and acts that come before their original.
#include <algorithm>
#include <deque>
#include <span>
#include <utility>
#include <vector>

#include "engine/engine_impl.h"

namespace suar::engine {
namespace {

event::Rejection wrong_currency() {
  return {event::Reason::kReverseCurrency, "the reverse is in another currency than what stands"};
}

}  // namespace

using event::EventType;
using event::Transaction;

// The payment that an act or completion names: by related_event_id first, then by end_to_end_id.
Slot Engine::Impl::known(const Transaction& t) const {
  const Slot by_id = known_by_id(t.related_event_id);
  if (by_id != kNoSlot) return by_id;
  const Slot by_reference = payments.find_end_to_end_id(t.end_to_end_id);
  return by_reference != kNoSlot && alive(by_reference) ? by_reference : kNoSlot;
}

// Whose id it is; where that has not come, the first payment that expects it.
Slot Engine::Impl::known_by_id(std::string_view event_id) const {
  if (event_id.empty()) return kNoSlot;
  const IdHash id = hash_event_id(event_id);
  const Slot has_it = payments.find_event_id(id);
  if (has_it != kNoSlot && alive(has_it)) return has_it;
  for (const Slot expects_it : payments.expecting(id)) {
    if (alive(expects_it)) return expects_it;
  }
  return kNoSlot;
}

// Within the horizon (or hold), or held by a window or a deadline.
bool Engine::Impl::alive(Slot slot) const {
  return !payments.beyond_horizon(slot, stream_time) || store.holds(slot) ||
         evaluation.deadlines().opened_by(payments[slot].at.order);
}

// An id that was accepted while it named nothing yet names this payment now.
void Engine::Impl::name_again(Slot slot, std::string_view event_id) {
  const IdHash id = hash_event_id(event_id);
  if (const auto seen = payments.seen(id, stream_time)) {
    payments.remember(id, seen->fingerprint, seen->stamp, slot);
  }
}

Outcome Engine::Impl::complete(const Transaction& t, IdHash id) {
  const Slot named = known(t);
  if (named != kNoSlot) {
    Payment& payment = payments[named];
    if (payment.state == Payment::State::kHeld) {
      const std::string held = std::exchange(payments.extra(named).held_record, {});
      Transaction content = t;
      if (!t.has_content()) {
        // It was decoded when it came to be held, so it decodes again.
        content = *held_decoder.decode(held);
        content.event_id = t.event_id;
        content.event_time = t.event_time;
      }
      remember(t, id, named);
      return arrive(named, content);
    }
    if (payment.by_instruct || !t.has_content()) {
      remember(t, id, kNoSlot);
      return Outcome::kNoEffect;
    }
  }
  const Slot related = payments.find_event_id(hash_event_id(t.related_event_id));
  const bool came = related != kNoSlot && alive(related);
  const Slot slot = payments.create();
  payments[slot].state = Payment::State::kCounted;
  payments[slot].stamp = stamp_of(t);
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);
  if (!came) payments.expect_instruct(slot, t.related_event_id);
  return arrive(slot, t);
}

Outcome Engine::Impl::instruct(const Transaction& t, std::string_view record, IdHash id) {
  // Its completion may have come before it, with content of its own.
  const auto lacks_instruct = [&](Slot slot) { return !payments[slot].by_instruct && alive(slot); };
  const std::span<const Slot> expecting = payments.expecting(id);
  const auto first = std::ranges::find_if(expecting, lacks_instruct);
  const Slot completed = first != expecting.end() ? *first : payments.find_end_to_end_id(t.end_to_end_id);
  payments.came(id);
  if (completed != kNoSlot && lacks_instruct(completed)) return meet_completion(completed, t, id);

  const Slot slot = payments.create();
  Payment& payment = payments[slot];
  payment.state = Payment::State::kHeld;
  payment.by_instruct = true;
  payment.stamp = stamp_of(t);
  remember(t, id, slot);
  payments.name_end_to_end(slot, t.end_to_end_id);

  // A completion without content, or a reject, may be waiting for it: the first of them decides, the rest
  // goes on waiting.
  Outcome outcome = Outcome::kHeld;
  Transaction content = t;
  std::vector<EarlyAct> acts = early.take(payments.names(slot), stream_time);
  std::deque<event::Decoder> decoders;
  for (EarlyAct& waiting : acts) {
    const Transaction act = *decoders.emplace_back().decode(waiting.record);
    if (outcome == Outcome::kHeld && act.event_type == EventType::kReject) {
      outcome = Outcome::kUndone;
    } else if (outcome == Outcome::kHeld && act.event_type == EventType::kComplete) {
      outcome = Outcome::kCounted;
      content.event_id = act.event_id;
      content.event_time = act.event_time;
      name_again(slot, act.event_id);
    } else {
      early.add(waiting);
    }
  }
  if (outcome == Outcome::kCounted) return arrive(slot, content);
  if (outcome == Outcome::kUndone) {
    payments[slot].state = Payment::State::kUndone;
  } else {
    payments.extra(slot).held_record = std::string(record);
    payments.hold(slot);
  }
  return outcome;
}

// The instruct of a payment that counts already becomes another name of it; what waited for that name acts
// now.
Outcome Engine::Impl::meet_completion(Slot completed, const Transaction& instruct, IdHash id) {
  payments[completed].by_instruct = true;
  remember(instruct, id, completed);
  payments.name_end_to_end(completed, instruct.end_to_end_id);
  for (const EarlyAct& waiting : early.take(payments.names(completed), stream_time)) {
    event::Decoder decoder;
    const Transaction act = *decoder.decode(waiting.record);
    if (act.event_type == EventType::kComplete) continue;
    const Result result = act_on(completed, act, hash_event_id(act.event_id));
    if (result.rejection) late_rejections.push_back({waiting.position, waiting.record, *result.rejection});
  }
  return Outcome::kNoEffect;
}

Result Engine::Impl::act(const Transaction& t, std::string_view record, std::uint64_t position, IdHash id) {
  const Slot slot = known(t);
  const bool held = slot != kNoSlot && payments[slot].state == Payment::State::kHeld;
  if (slot != kNoSlot && (!held || t.event_type == EventType::kReject)) return act_on(slot, t, id);

  EarlyAct waiting{std::string(record), position, stamp_of(t), {}};
  const bool by_id = held && known_by_id(t.related_event_id) == slot;
  if (!t.related_event_id.empty() && (!held || by_id))
    waiting.names.push_back(hash_event_id(t.related_event_id));
  if (!t.end_to_end_id.empty() && !by_id) waiting.names.push_back(hash_end_to_end_id(t.end_to_end_id));
  early.add(std::move(waiting));
  remember(t, id, t.event_type == EventType::kCorrect ? slot : kNoSlot);
  return {Outcome::kWaiting, {}};
}

Result Engine::Impl::act_on(Slot slot, const Transaction& t, IdHash id) {
  if (payments[slot].state == Payment::State::kUndone) {
    remember(t, id, kNoSlot);
    return {Outcome::kNoEffect, {}};
  }
  if (t.event_type == EventType::kCorrect) return correct(slot, t, id);
  if (t.event_type == EventType::kReverse) {
    const Result result = reverse(slot, t);
    if (!result.rejection) remember(t, id, kNoSlot);
    return result;
  }
  remember(t, id, kNoSlot);
  undo(slot);
  return {Outcome::kUndone, {}};
}

Result Engine::Impl::reverse(Slot slot, const Transaction& t) {
  Payment& payment = payments[slot];
  if (t.has_amount && t.amount.currency != payment.currency) return {Outcome::kDeadLetter, wrong_currency()};
  if (!t.has_amount || t.amount.minor >= payment.left) {
    undo(slot);
  } else {
    payment.left -= t.amount.minor;
    store.reduce(slot);
  }
  return {Outcome::kUndone, {}};
}

Result Engine::Impl::correct(Slot slot, const Transaction& t, IdHash id) {
  remember(t, id, slot);
  payments[slot].stamp = std::max(payments[slot].stamp, stamp_of(t));
  Standing standing(t);
  settle(slot, standing);
  if (standing.undone) {
    undo(slot);
    return {Outcome::kUndone, {}};
  }
  store.remove(slot);
  evaluation.taken_out(payments[slot].at.order);
  count(slot, standing);
  return {Outcome::kCounted, {}};
}

void Engine::Impl::undo(Slot slot) {
  Payment& payment = payments[slot];
  store.remove(slot);
  evaluation.taken_out(payment.at.order);
  payment.state = Payment::State::kUndone;
  if (payment.more != kNoSlot) payments.extra(slot).held_record = {};
  if (payment.in_alert) evaluation.alerts().undone(payment.at.order);
}

// The moment at which a payment counts: acts that waited for it are applied first, then what stands is
// evaluated.
Outcome Engine::Impl::arrive(Slot slot, const Transaction& content) {
  payments[slot].at.order = next_order++;
  payments[slot].stamp = stream_time;
  Standing standing(content);
  settle(slot, standing);
  // A correction that waited may say another time, and its is the one that counts.
  const Transaction& stands = standing.undone ? content : *standing.content;
  payments[slot].stamp = std::max(payments[slot].stamp, stamp_of(stands));
  if (standing.undone) {
    payments[slot].state = Payment::State::kUndone;
    return Outcome::kUndone;
  }
  count(slot, standing);
  return Outcome::kCounted;
}

// Applies what waited for any name of the payment. A correction brings a name of its own, for which others
// may wait.
void Engine::Impl::settle(Slot slot, Standing& standing) {
  if (early.empty()) return;
  const auto take = [&] {
    for (EarlyAct& act : early.take(payments.names(slot), stream_time)) {
      auto& waited = *standing.waited.emplace_back(std::make_unique<Standing::Waited>());
      waited.act = std::move(act);
      waited.transaction = *waited.decoder.decode(waited.act.record);
    }
  };
  take();
  for (std::size_t next = 0; next < standing.waited.size(); ++next) {
    const Standing::Waited& waited = *standing.waited[next];
    apply_early(slot, waited.act, waited.transaction, standing);
    if (waited.transaction.event_type != EventType::kCorrect) continue;
    take();
    std::sort(standing.waited.begin() + static_cast<std::ptrdiff_t>(next) + 1, standing.waited.end(),
              [](const auto& a, const auto& b) { return a->act.arrival < b->act.arrival; });
  }
}

void Engine::Impl::apply_early(Slot slot, const EarlyAct& waiting, const Transaction& act,
                               Standing& standing) {
  if (standing.undone || act.event_type == EventType::kComplete) {
    ++counters.no_effect;
    return;
  }
  if (act.event_type == EventType::kCorrect) {
    standing.content = &act;
    standing.left = act.amount;
    standing.reduced = false;
    name_again(slot, act.event_id);
    payments[slot].stamp = std::max(payments[slot].stamp, waiting.stamp);
    return;
  }
  if (act.event_type == EventType::kReverse && act.has_amount &&
      act.amount.currency != standing.left.currency) {
    late_rejections.push_back({waiting.position, waiting.record, wrong_currency()});
    return;
  }
  ++counters.undone;
  if (act.event_type == EventType::kReject || !act.has_amount || act.amount.minor >= standing.left.minor) {
    standing.undone = true;
  } else {
    standing.left.minor -= act.amount.minor;
    standing.reduced = true;
  }
}

}  // namespace suar::engine
