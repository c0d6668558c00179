#include "engine/payments.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
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

const RememberedId* Payments::seen(IdHash id, std::int64_t stream_time) const {
  const auto found = ids_.find(id);
  return found != ids_.end() && within_horizon(found->second.stamp, stream_time) ? &found->second : nullptr;
}

void Payments::remember(IdHash id, std::uint64_t print, std::int64_t stamp, Slot payment) {
  RememberedId& remembered = ids_[id];
  // A repeat after the horizon that changes nothing leaves the name with the payment that has it.
  if (payment == kNoSlot) payment = remembered.payment;
  remembered = {print, stamp, payment};
  if (payment != kNoSlot) add_id(payment, id);
  queue_.push_back({id, stamp, payment});
}

void Payments::add_id(Slot slot, IdHash id) {
  Payment& payment = slots_[slot];
  if (payment.id == IdHash{}) {
    payment.id = id;
  } else if (payment.id != id) {
    payment.extra().ids.push_back(id);
  }
}

Slot Payments::create() {
  if (free_.empty()) return slots_.add();
  const Slot slot = free_.back();
  free_.pop_back();
  return slot;
}

void Payments::name_end_to_end(Slot slot, std::string_view end_to_end_id) {
  if (end_to_end_id.empty()) return;
  const IdHash id = hash_end_to_end_id(end_to_end_id);
  Payment& payment = slots_[slot];
  if (payment.end_to_end_id == IdHash{}) {
    payment.end_to_end_id = id;
  } else if (payment.end_to_end_id != id) {
    payment.extra().end_to_end_ids.push_back(id);
  }
  end_to_end_ids_.insert_or_assign(id, slot);
}

std::vector<IdHash> Payments::names(Slot slot) const {
  const Payment& payment = slots_[slot];
  std::vector<IdHash> all = {payment.id, payment.end_to_end_id};
  if (payment.more) {
    all.insert(all.end(), payment.more->ids.begin(), payment.more->ids.end());
    all.insert(all.end(), payment.more->end_to_end_ids.begin(), payment.more->end_to_end_ids.end());
  }
  return all;
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
  const auto found = ids_.find(id);
  return found == ids_.end() ? kNoSlot : found->second.payment;
}

Slot Payments::find_end_to_end_id(std::string_view end_to_end_id) const {
  if (end_to_end_id.empty()) return kNoSlot;
  const auto found = end_to_end_ids_.find(hash_end_to_end_id(end_to_end_id));
  return found == end_to_end_ids_.end() ? kNoSlot : found->second;
}

bool Payments::beyond_horizon(Slot slot, std::int64_t stream_time) const {
  const Payment& payment = slots_[slot];
  return payment.state == Payment::State::kHeld ? stream_time >= payment.stamp + hold_
                                                : !within_horizon(payment.stamp, stream_time);
}

void Payments::hold(Slot payment) {
  held_.emplace_back(payment, slots_[payment].stamp);
}

void Payments::release(Slot payment, std::int64_t stream_time) {
  --slots_[payment].logged;
  forget_if_over(payment, stream_time, false);
}

std::uint64_t Payments::expire(std::int64_t stream_time) {
  while (!held_.empty() && stream_time >= held_.front().second + hold_) {
    const auto [slot, stamp] = held_.front();
    held_.pop_front();
    Payment& payment = slots_[slot];
    if (payment.state != Payment::State::kHeld || payment.stamp != stamp) continue;
    payment.state = Payment::State::kUndone;
    payment.extra().held_record = {};
    forget_if_over(slot, stream_time, false);
  }
  std::uint64_t shortened = 0;
  while (!queue_.empty()) {
    const Queued oldest = queue_.front();
    const bool over = !within_horizon(oldest.stamp, stream_time);
    if (!over && ids_.size() <= max_ids_) break;
    queue_.pop_front();
    prefetch_expiry();
    const auto found = ids_.find(oldest.id);
    if (found == ids_.end() || found->second.stamp != oldest.stamp) continue;
    if (!over) ++shortened;
    const Slot payment = found->second.payment;
    if (payment == kNoSlot) {
      ids_.erase(found);
    } else {
      if (!over) found->second.stamp = INT64_MIN / 2;
      forget_if_over(payment, stream_time, !over);
    }
  }
  return shortened;
}

// What expires was last touched a horizon ago: it is fetched some expiries ahead.
void Payments::prefetch_expiry() const {
  constexpr std::size_t kAhead = 8;
  if (queue_.size() <= kAhead) return;
  const Queued& soon = queue_[kAhead];
  ids_.prefetch(soon.id);
  if (soon.payment == kNoSlot) return;
  const auto* payment = reinterpret_cast<const char*>(&slots_[soon.payment]);
  for (std::size_t line = 0; line < sizeof(Payment); line += 64) __builtin_prefetch(payment + line, 1);
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
  forget_end_to_end_id(slot, payment.end_to_end_id);
  if (payment.more) {
    for (const IdHash& id : payment.more->ids) forget_id(slot, id, stream_time);
    for (const IdHash& id : payment.more->end_to_end_ids) forget_end_to_end_id(slot, id);
  }
  std::destroy_at(&payment);
  std::construct_at(&payment);
  free_.push_back(slot);
}

// An id whose own horizon still runs (of an act that came after its original) stays known as one that was
// seen.
void Payments::forget_id(Slot slot, IdHash id, std::int64_t stream_time) {
  const auto found = ids_.find(id);
  if (found != ids_.end() && found->second.payment == slot) {
    if (within_horizon(found->second.stamp, stream_time)) {
      found->second.payment = kNoSlot;
    } else {
      ids_.erase(found);
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

void Payment::keep_event_id(std::string_view text) {
  event_id = std::make_unique_for_overwrite<char[]>(text.size() + 1);
  *std::ranges::copy(text, event_id.get()).out = 0;
}

std::size_t Payments::bytes() const {
  return ids_.capacity() * (sizeof(std::pair<IdHash, RememberedId>) + 1) + queue_.size() * sizeof(Queued) +
         slots_.size() * sizeof(Payment) +
         end_to_end_ids_.capacity() * (sizeof(decltype(end_to_end_ids_)::value_type) + 1) +
         expected_.capacity() * (sizeof(decltype(expected_)::value_type) + 1);
}

}  // namespace suar::engine
