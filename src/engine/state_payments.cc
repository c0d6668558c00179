// What is saved of the payments.
//
//   payments   := slots payment{those not free} free_list extras other_ids queue held released references
//                 expected
//   extras     := count free_list extra{those not free}
//   other_ids  := count free_list (id remembered){those not free}
//   free_list  := the free places, the next to be used last
//   references := table: id -> slot
//   expected   := table: id -> sequence of slots
//
// Places keep their numbers: logs and payments refer to them.
#include "engine/state_fields.h"

namespace suar::engine {
namespace {

// Which of `count` places are free. Fails where the list names one twice, or none.
std::vector<bool> read_free(StateReader& in, std::uint64_t count, std::vector<std::uint32_t>& free) {
  in(free);
  std::vector<bool> is_free;
  for (const std::uint32_t place : free) {
    in.check(place < count, "a free place is none");
    if (!in.ok() || (is_free.size() <= place && !in.allow(place / 8))) return {};
    if (is_free.size() <= place) is_free.resize(std::size_t{place} + 1);
    in.check(!is_free[place], "a place is free twice");
    is_free[place] = true;
  }
  return is_free;
}

bool has(const std::vector<bool>& bits, std::uint64_t i) {
  return i < bits.size() && bits[i];
}

}  // namespace

void Payments::save(StateWriter& out) const {
  out.number(slots_.size());
  out(free_);
  for (Slot slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].state != Payment::State::kFree) out(slots_[slot]);
  }
  const auto save_places = [&out](const auto& places, const std::vector<std::uint32_t>& free, auto save_one) {
    out.number(places.size());
    out(free);
    std::vector<bool> is_free(places.size());
    for (const std::uint32_t place : free) is_free[place] = true;
    for (std::uint32_t i = 0; i < places.size(); ++i) {
      if (!is_free[i]) save_one(places[i]);
    }
  };
  save_places(extras_, free_extras_, [&out](const PaymentExtra& extra) { out(extra); });
  save_places(other_ids_, free_other_ids_, [&out](const OtherId& other) { out(other.id, other.remembered); });
  out.number(queue_.size());
  for (const Queued& queued : queue_) out(queued.id, queued.stamp, queued.payment);
  out(held_, released_);
  out.number(released_before_);
  out.table(end_to_end_ids_);
  out.table(expected_);
}

void Payments::save_part(StateWriter& out, std::uint64_t part, std::uint64_t parts) const {
  for (std::uint64_t slot = part; slot < slots_.size(); slot += parts) {
    const Payment& payment = slots_[static_cast<Slot>(slot)];
    if (payment.state == Payment::State::kFree) continue;
    out(payment);
    if (payment.more != kNoSlot) out(extras_[payment.more]);
  }
}

void Payments::restore_payment(StateReader& in, Slot slot) {
  Payment& payment = slots_[slot];
  in(payment);
  in.check(payment.state != Payment::State::kFree && payment.state <= Payment::State::kUndone,
           "a payment is in a state that there is not");
  in.check(payment.placements <= payment.placed.size() &&
               (payment.event_id_size != UINT8_MAX || payment.more != kNoSlot),
           "a payment is larger than it is");
  for (const rules::EntityKind kind : payment.placed_kinds)
    in.check(static_cast<std::size_t>(kind) < rules::kEntityKinds, "a payment stands nowhere");
  if (!in.ok() || !payment.has_id) return;
  in.check(find(payment.id) == kUnknown, "an id is there twice");
  ids_.insert(tag_of(payment.id), slot);
}

void Payments::restore_extras(StateReader& in) {
  const std::uint64_t count = in.number();
  const std::vector<bool> is_free = read_free(in, count, free_extras_);
  std::vector<bool> owned;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    PaymentExtra& extra = extras_[extras_.add()];
    owned.push_back(has(is_free, i));
    if (owned.back()) continue;
    in(extra);
    for (const Placement& placement : extra.placements)
      in.check(static_cast<std::size_t>(placement.kind) < rules::kEntityKinds, "a payment stands nowhere");
  }
  for (Slot slot = 0; slot < slots_.size() && in.ok(); ++slot) {
    const std::uint32_t more = slots_[slot].more;
    if (more != kNoSlot) {
      const bool right = more < owned.size() && !owned[more];
      in.check(right, "a payment's extra is none, or another's");
      if (!right) return;
      owned[more] = true;
    }
    if (slots_[slot].state != Payment::State::kHeld) continue;
    // It was decoded when it came to be held.
    event::Decoder decoder;
    in.check(more != kNoSlot && decoder.decode(extras_[more].held_record).has_value(),
             "an instruct that is held is none");
  }
}

void Payments::restore_other_ids(StateReader& in) {
  const std::uint64_t count = in.number();
  const std::vector<bool> is_free = read_free(in, count, free_other_ids_);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const std::uint32_t place = other_ids_.add();
    OtherId& other = other_ids_[place];
    if (has(is_free, i)) continue;
    in(other.id, other.remembered);
    const Slot payment = other.remembered.payment;
    in.check(payment == kNoSlot || knows(payment), "a name is of no payment");
    in.check(place < kOther && find(other.id) == kUnknown, "an id is there twice");
    if (in.ok()) ids_.insert(tag_of(other.id), kOther | place);
  }
}

void Payments::restore(StateReader& in) {
  const std::uint64_t count = in.number();
  const std::vector<bool> is_free = read_free(in, count, free_);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const Slot slot = slots_.add();
    in.check(slot < kOther, "there are too many payments");
    if (!has(is_free, i)) restore_payment(in, slot);
  }
  restore_extras(in);
  restore_other_ids(in);
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    Queued& queued = queue_.emplace_back();
    in(queued.id, queued.stamp, queued.payment);
    in.check(queued.payment == kNoSlot || queued.payment < slots_.size(), "a name is of no payment");
  }
  in(held_, released_);
  released_before_ = in.number_below(released_.size() + 1, "how many payments were let go of");
  for (const auto& [slot, stamp] : held_) in.check(slot < slots_.size(), "what is held is no payment");
  for (const Slot slot : released_) in.check(slot < slots_.size(), "what was let go of is no payment");
  in.table(end_to_end_ids_);
  in.table(expected_);
  const auto check = [&](Slot slot) { in.check(knows(slot), "a name is of no payment"); };
  for (const auto& [id, slot] : end_to_end_ids_) check(slot);
  for (const auto& [id, slots] : expected_) std::ranges::for_each(slots, check);
}

}  // namespace suar::engine
