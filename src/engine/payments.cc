#include "engine/payments.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <memory>

namespace suar::engine {
namespace {

IdHash hash_with(std::string_view text, std::uint64_t seed) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), text.size(), seed);
  return {hash.low64, hash.high64};
}

}  // namespace

IdHash hash_event_id(std::string_view id) {
  return hash_with(id, 1);
}
IdHash hash_end_to_end_id(std::string_view id) {
  return hash_with(id, 2);
}

std::uint64_t fingerprint(const event::Transaction& t) {
  const std::array<std::int64_t, 5> numbers = {
      t.event_time.instant.micros, t.has_amount ? t.amount.minor : -1, std::int64_t{t.amount.currency.code},
      (static_cast<std::int64_t>(t.event_type) << 16) | (static_cast<std::int64_t>(t.tx_type) << 8) |
          static_cast<std::int64_t>(t.channel),
      (t.debtor.present ? 1 : 0) | (t.creditor.present ? 2 : 0)};
  std::uint64_t hash = XXH3_64bits(numbers.data(), sizeof(numbers));
  for (const event::Party* party : {&t.debtor, &t.creditor}) {
    for (const std::string_view text : {party->party_id, party->account}) {
      hash = XXH3_64bits_withSeed(text.data(), text.size(), hash);
    }
  }
  return hash;
}

// --- payments and what belongs to them

Slot Payments::create() {
  constexpr std::size_t kAhead = 4;
  if (free_.size() > kAhead) prefetch_payment(free_[free_.size() - 1 - kAhead]);
  if (free_.empty()) return slots_.add();
  const Slot slot = free_.back();
  free_.pop_back();
  return slot;
}

PaymentExtra& Payments::extra(Slot slot) {
  Payment& payment = slots_[slot];
  if (payment.more == kNoSlot) {
    if (free_extras_.empty()) {
      payment.more = extras_.add();
    } else {
      payment.more = free_extras_.back();
      free_extras_.pop_back();
    }
  }
  return extras_[payment.more];
}

const PaymentExtra* Payments::find_extra(Slot slot) const {
  const std::uint32_t more = slots_[slot].more;
  return more == kNoSlot ? nullptr : &extras_[more];
}

void Payments::keep_event_id(Slot slot, std::string_view text) {
  Payment& payment = slots_[slot];
  if (text.size() <= Payment::kInPlace) {
    std::ranges::copy(text, payment.event_id.begin());
    payment.event_id_size = static_cast<std::uint8_t>(text.size());
  } else {
    payment.event_id_size = UINT8_MAX;
    extra(slot).event_id = text;
  }
}

std::string_view Payments::event_id(Slot slot) const {
  const Payment& payment = slots_[slot];
  if (payment.event_id_size == UINT8_MAX) return extras_[payment.more].event_id;
  return {payment.event_id.data(), payment.event_id_size};
}

void Payments::place(Slot slot, Placement placement) {
  Payment& payment = slots_[slot];
  ++payment.logged;
  const std::size_t i = payment.placements;
  if (i == payment.placed.size()) return extra(slot).placements.push_back(placement);
  payment.placed[i] = placement.entity;
  payment.placed_kinds[i] = placement.kind;
  ++payment.placements;
}

void Payments::unplace(Slot slot) {
  Payment& payment = slots_[slot];
  if (payment.logged != 0) released_.push_back(slot);
  payment.logged = 0;
  payment.placements = 0;
  if (payment.more != kNoSlot) extras_[payment.more].placements.clear();
}

// --- names

Payments::IdRef Payments::find(IdHash id) const {
  return ids_.find(tag_of(id), [&](IdRef ref) {
    return ((ref & kOther) != 0 ? other_ids_[ref & ~kOther].id : slots_[ref].id) == id;
  });
}

RememberedId Payments::at(IdRef ref) const {
  if ((ref & kOther) != 0) return other_ids_[ref & ~kOther].remembered;
  return {slots_[ref].fingerprint, slots_[ref].id_stamp, ref};
}

Payments::IdRef Payments::add_other(IdHash id, const RememberedId& remembered) {
  std::uint32_t place = 0;
  if (free_other_ids_.empty()) {
    place = other_ids_.add();
  } else {
    place = free_other_ids_.back();
    free_other_ids_.pop_back();
  }
  other_ids_[place] = {id, remembered};
  return kOther | place;
}

void Payments::erase(IdHash id, IdRef ref) {
  ids_.erase(tag_of(id), ref);
  if ((ref & kOther) != 0) free_other_ids_.push_back(ref & ~kOther);
}

std::optional<RememberedId> Payments::seen(IdHash id, std::int64_t stream_time) const {
  const IdRef ref = find(id);
  if (ref == kUnknown) return std::nullopt;
  const RememberedId remembered = at(ref);
  return within_horizon(remembered.stamp, stream_time) ? std::optional(remembered) : std::nullopt;
}

void Payments::remember(IdHash id, std::uint64_t print, std::int64_t stamp, Slot slot) {
  const IdRef ref = find(id);
  // A repeat after the horizon that changes nothing leaves the name with the payment that has it.
  if (ref != kUnknown && slot == kNoSlot) slot = at(ref).payment;
  if (slot != kNoSlot) add_id(slot, id);
  const bool first_name = slot != kNoSlot && slots_[slot].id == id;
  if (first_name && (ref == kUnknown || ref == slot)) {
    Payment& payment = slots_[slot];
    payment.fingerprint = print;
    payment.id_stamp = stamp;
    payment.has_id = true;
    if (ref == kUnknown) ids_.insert(tag_of(id), slot);
  } else if (ref == kUnknown) {
    ids_.insert(tag_of(id), add_other(id, {print, stamp, slot}));
  } else if ((ref & kOther) != 0) {
    other_ids_[ref & ~kOther].remembered = {print, stamp, slot};
  } else {
    slots_[ref].has_id = false;  // the name goes to another payment
    ids_.replace(tag_of(id), ref, add_other(id, {print, stamp, slot}));
  }
  queue_.push_back({id, stamp, slot});
}

void Payments::add_id(Slot slot, IdHash id) {
  Payment& payment = slots_[slot];
  if (payment.id == IdHash{}) {
    payment.id = id;
  } else if (payment.id != id) {
    extra(slot).ids.push_back(id);
  }
}

void Payments::name_end_to_end(Slot slot, std::string_view end_to_end_id) {
  if (end_to_end_id.empty()) return;
  const IdHash id = hash_end_to_end_id(end_to_end_id);
  PaymentExtra& more = extra(slot);
  if (more.end_to_end_id == IdHash{}) {
    more.end_to_end_id = id;
  } else if (more.end_to_end_id != id) {
    more.end_to_end_ids.push_back(id);
  }
  end_to_end_ids_.insert_or_assign(id, slot);
}

std::vector<IdHash> Payments::names(Slot slot) const {
  std::vector<IdHash> names;
  const auto add_id = [&](const IdHash& id) {
    const Slot has_it = find_event_id(id);
    if (has_it == slot || (has_it == kNoSlot && std::ranges::count(expecting(id), slot) > 0))
      names.push_back(id);
  };
  const auto add_end_to_end_id = [&](const IdHash& id) {
    const auto found = end_to_end_ids_.find(id);
    if (found != end_to_end_ids_.end() && found->second == slot) names.push_back(id);
  };
  add_id(slots_[slot].id);
  if (const PaymentExtra* more = find_extra(slot)) {
    std::ranges::for_each(more->ids, add_id);
    add_end_to_end_id(more->end_to_end_id);
    std::ranges::for_each(more->end_to_end_ids, add_end_to_end_id);
  }
  return names;
}

void Payments::expect_instruct(Slot payment, std::string_view event_id) {
  if (event_id.empty()) return;
  const IdHash id = hash_event_id(event_id);
  expected_[id].push_back(payment);
  add_id(payment, id);
}

std::span<const Slot> Payments::expecting(IdHash instruct) const {
  const auto found = expected_.find(instruct);
  return found == expected_.end() ? std::span<const Slot>() : std::span<const Slot>(found->second);
}

Slot Payments::find_event_id(IdHash id) const {
  const IdRef ref = find(id);
  return ref == kUnknown ? kNoSlot : at(ref).payment;
}

Slot Payments::find_end_to_end_id(std::string_view end_to_end_id) const {
  if (end_to_end_id.empty()) return kNoSlot;
  const auto found = end_to_end_ids_.find(hash_end_to_end_id(end_to_end_id));
  return found == end_to_end_ids_.end() ? kNoSlot : found->second;
}

// --- how long they are known

bool Payments::beyond_horizon(Slot slot, std::int64_t stream_time) const {
  const Payment& payment = slots_[slot];
  return payment.state == Payment::State::kHeld ? stream_time >= payment.stamp + hold_
                                                : !within_horizon(payment.stamp, stream_time);
}

void Payments::hold(Slot payment) {
  held_.emplace_back(payment, slots_[payment].stamp);
}

void Payments::release(Slot payment) {
  --slots_[payment].logged;
  released_.push_back(payment);
}

std::uint64_t Payments::expire(std::int64_t stream_time) {
  expire_held(stream_time);
  forget_released(stream_time);
  std::uint64_t shortened = 0;
  while (!queue_.empty()) {
    const Queued oldest = queue_.front();
    const bool over = !within_horizon(oldest.stamp, stream_time);
    if (!over && ids_.size() <= max_ids_) break;
    queue_.pop_front();
    prefetch_expiry();
    const std::optional<RememberedId> now = as_queued(oldest);
    if (!now || now->stamp != oldest.stamp) continue;
    if (!over) ++shortened;
    if (now->payment == kNoSlot) {
      erase(oldest.id, find(oldest.id));
      continue;
    }
    if (!over) {
      const IdRef ref = find(oldest.id);
      std::int64_t& stamp =
          (ref & kOther) != 0 ? other_ids_[ref & ~kOther].remembered.stamp : slots_[ref].id_stamp;
      stamp = INT64_MIN / 2;
    }
    forget_if_over(now->payment, stream_time, !over);
  }
  return shortened;
}

std::optional<RememberedId> Payments::as_queued(const Queued& queued) const {
  // Mostly it is still the first name of the payment that it came with; then the table need not be asked.
  if (queued.payment != kNoSlot) {
    const Payment& payment = slots_[queued.payment];
    if (payment.has_id && payment.id == queued.id)
      return RememberedId{payment.fingerprint, payment.id_stamp, queued.payment};
  }
  const IdRef ref = find(queued.id);
  return ref == kUnknown ? std::nullopt : std::optional(at(ref));
}

void Payments::expire_held(std::int64_t stream_time) {
  while (!held_.empty() && stream_time >= held_.front().second + hold_) {
    const auto [slot, stamp] = held_.front();
    held_.pop_front();
    Payment& payment = slots_[slot];
    if (payment.state != Payment::State::kHeld || payment.stamp != stamp) continue;
    payment.state = Payment::State::kUndone;
    extra(slot).held_record = {};
    forget_if_over(slot, stream_time, false);
  }
}

// What a log let go of was last touched long ago: it is fetched first, and forgotten records later. Nobody
// can tell: no window reaches it, and what is beyond its horizon counts as unknown whether it is there or
// not.
void Payments::forget_released(std::int64_t stream_time) {
  constexpr std::size_t kAtOnce = 16;
  const std::size_t due = std::min(released_before_, kAtOnce);
  for (std::size_t i = 0; i < due; ++i) {
    const Slot slot = released_.front();
    released_.pop_front();
    if (slots_[slot].state != Payment::State::kFree) forget_if_over(slot, stream_time, false);
  }
  released_before_ = released_.size();
  for (std::size_t i = 0; i < std::min(released_before_, kAtOnce); ++i) {
    prefetch_payment(released_[i]);
    prefetch(slots_[released_[i]].id);
  }
}

// What expires was last touched a horizon ago: it is fetched some expiries ahead.
void Payments::prefetch_expiry() const {
  constexpr std::size_t kPayment = 12, kTable = 6;
  if (queue_.size() <= kPayment) return;
  if (const Slot later = queue_[kPayment].payment; later != kNoSlot) prefetch_payment(later);
  const Queued& sooner = queue_[kTable];
  if (sooner.payment == kNoSlot || slots_[sooner.payment].logged == 0) prefetch(sooner.id);
}

void Payments::prefetch_payment(Slot slot) const {
  const auto* payment = reinterpret_cast<const char*>(&slots_[slot]);
  for (std::size_t line = 0; line < sizeof(Payment); line += 64) reference::prefetch_line(payment + line);
}

void Payments::forget_if_over(Slot slot, std::int64_t stream_time, bool forced) {
  const Payment& payment = slots_[slot];
  if (payment.state == Payment::State::kHeld || payment.logged != 0) return;
  if (!forced && within_horizon(payment.stamp, stream_time)) return;
  free(slot, stream_time);
}

void Payments::free(Slot slot, std::int64_t stream_time) {
  Payment& payment = slots_[slot];
  forget_id(slot, payment.id, stream_time);
  if (payment.more != kNoSlot) {
    PaymentExtra& more = extras_[payment.more];
    forget_end_to_end_id(slot, more.end_to_end_id);
    for (const IdHash& id : more.ids) forget_id(slot, id, stream_time);
    for (const IdHash& id : more.end_to_end_ids) forget_end_to_end_id(slot, id);
    more = PaymentExtra{};
    free_extras_.push_back(payment.more);
  }
  payment = Payment{};
  free_.push_back(slot);
}

// An id whose own horizon still runs (of an act that came after its original) stays known as one that was
// seen.
void Payments::forget_id(Slot slot, IdHash id, std::int64_t stream_time) {
  if (const IdRef ref = find(id); ref != kUnknown && at(ref).payment == slot) {
    const RememberedId now = at(ref);
    if (!within_horizon(now.stamp, stream_time)) {
      erase(id, ref);
    } else if ((ref & kOther) != 0) {
      other_ids_[ref & ~kOther].remembered.payment = kNoSlot;
    } else {
      ids_.replace(tag_of(id), ref, add_other(id, {now.fingerprint, now.stamp, kNoSlot}));
    }
  }
  if (expected_.empty()) return;
  const auto expected = expected_.find(id);
  if (expected == expected_.end()) return;
  auto& slots = expected->second;
  slots.erase(std::ranges::remove(slots, slot).begin(), slots.end());
  if (slots.empty()) expected_.erase(expected);
}

void Payments::forget_end_to_end_id(Slot slot, IdHash id) {
  if (id == IdHash{}) return;
  const auto found = end_to_end_ids_.find(id);
  if (found != end_to_end_ids_.end() && found->second == slot) end_to_end_ids_.erase(found);
}

std::size_t Payments::bytes() const {
  return ids_.bytes() + queue_.size() * sizeof(Queued) + slots_.size() * sizeof(Payment) +
         extras_.size() * sizeof(PaymentExtra) + other_ids_.size() * sizeof(OtherId) +
         end_to_end_ids_.capacity() * (sizeof(decltype(end_to_end_ids_)::value_type) + 1) +
         expected_.capacity() * (sizeof(decltype(expected_)::value_type) + 1);
}

}  // namespace suar::engine
