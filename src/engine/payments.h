// The payments that acts can still name or that windows hold, and the ids that were accepted within the
// de-duplication horizon.
//
// What is state: the payments with their extras, the other ids, which slots are free, and the queues. The
// tables that find a payment by a name are derived from these.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/chunked_vector.h"
#include "engine/entity_log.h"
#include "engine/recognised.h"
#include "engine/tag_table.h"
#include "event/transaction.h"
#include "rules/expression.h"

namespace suar::engine {

// What a duplicate must repeat: the M fields and the event type.
[[nodiscard]] std::uint64_t fingerprint(const event::Transaction& transaction);

class StateReader;
class StateWriter;

using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = UINT32_MAX;

// In which entity's log an event stands.
struct Placement {
  rules::EntityKind kind{};
  EntityId entity = 0;
};

// What few payments need, kept apart so that the many stay small.
struct PaymentExtra {
  event::Rate home_rate;                    // at which a foreign amount was converted; digits 0 = no rate
  IdHash end_to_end_id;                     // the first; zero = none
  std::string held_record;                  // of an instruct: its bytes
  std::string event_id;                     // where it does not fit the payment
  std::vector<IdHash> ids, end_to_end_ids;  // beside the first of each
  std::vector<Placement> placements;        // beside those of the payment
};

// Two cache lines. Payments::... has what needs the extras besides.
struct alignas(64) Payment {
  enum class State : std::uint8_t { kFree, kHeld, kCounted, kUndone };
  static constexpr std::size_t kInPlace = 36;  // as long as a UUID

  IdHash id;                      // the first name; zero = none
  std::uint64_t fingerprint = 0;  // of the record that brought that name ...
  std::int64_t id_stamp = 0;      // ... and stream time from which its horizon runs, where has_id
  Position at;                    // event time and place among equal times
  std::int64_t stamp = 0;         // stream time from which the payment's horizon runs
  std::int64_t left = 0;          // minor units that stand after partial reverses

  event::Currency currency;
  std::uint32_t more = kNoSlot;  // its extra
  std::array<EntityId, 2> placed{};
  std::array<rules::EntityKind, 2> placed_kinds{};
  std::uint8_t placements = 0;
  State state = State::kFree;
  std::int16_t offset_minutes = 0;
  std::uint16_t logged = 0;      // entries in logs that refer to it
  bool has_id : 1 = false;       // the name `id` is its alone
  bool by_instruct : 1 = false;  // an instruct stands behind it: a second completion changes nothing
  bool in_alert : 1 = false;     // an alert rests on it, or may come to
  std::uint8_t event_id_size = 0;
  std::array<char, kInPlace> event_id{};  // of the record that made it count, where a log holds it
};
static_assert(sizeof(Payment) == 128);

struct RememberedId {
  std::uint64_t fingerprint = 0;
  std::int64_t stamp = 0;
  Slot payment = kNoSlot;
};

class Payments {
 public:
  Payments(event::Duration horizon, event::Duration hold, std::uint64_t max_ids)
      : horizon_(horizon.micros), hold_(hold.micros), max_ids_(max_ids) {}

  // The id as it was accepted within the horizon; empty where it is new.
  [[nodiscard]] std::optional<RememberedId> seen(IdHash id, std::int64_t stream_time) const;
  // Accepts a record's id.
  void remember(IdHash id, std::uint64_t fingerprint, std::int64_t stamp, Slot payment);

  [[nodiscard]] Slot create();
  [[nodiscard]] Payment& operator[](Slot slot) { return slots_[slot]; }
  [[nodiscard]] const Payment& operator[](Slot slot) const { return slots_[slot]; }
  [[nodiscard]] PaymentExtra& extra(Slot payment);  // made where there was none
  [[nodiscard]] const PaymentExtra* find_extra(Slot payment) const;

  // The id of the record that made it count: kept only where a log holds it.
  void keep_event_id(Slot payment, std::string_view event_id);
  [[nodiscard]] std::string_view event_id(Slot payment) const;

  void place(Slot payment, Placement placement);
  void unplace(Slot payment);  // from everywhere
  template <typename Visit>
  void for_each_placement(Slot payment, Visit visit) const;

  void name_end_to_end(Slot payment, std::string_view end_to_end_id);
  // The names that the payment has and no later one has taken, for acts that wait for one of them.
  [[nodiscard]] std::vector<IdHash> names(Slot payment) const;
  // A content-complete that names an instruct not yet seen: the instruct will only be another name of it.
  void expect_instruct(Slot payment, std::string_view event_id);
  // The payments that expect it, in order of arrival, until `came`: the first that is known has the name.
  [[nodiscard]] std::span<const Slot> expecting(IdHash instruct) const;
  void came(IdHash instruct) { expected_.erase(instruct); }

  // The payment of this name. It may be beyond its horizon: then it is known only while a window holds it,
  // which the caller knows.
  [[nodiscard]] Slot find_event_id(IdHash id) const;
  [[nodiscard]] Slot find_end_to_end_id(std::string_view end_to_end_id) const;
  [[nodiscard]] bool beyond_horizon(Slot payment, std::int64_t stream_time) const;

  void hold(Slot payment);  // an instruct, from its stamp
  // A log no longer holds an entry of the payment. Where nothing does, it is forgotten a little later.
  void release(Slot payment);
  void prefetch(IdHash id) const { ids_.prefetch(tag_of(id)); }
  // Forgets what the horizon and the hold have passed. Returns how many ids went before their time (max_ids).
  std::uint64_t expire(std::int64_t stream_time);

  [[nodiscard]] std::size_t remembered_ids() const { return ids_.size(); }
  [[nodiscard]] std::size_t bytes() const;

  void save(StateWriter& out) const;
  // Into an empty one.
  void restore(StateReader& in);
  // Of the payments that are remembered, one in `parts`.
  void save_part(StateWriter& out, std::uint64_t part, std::uint64_t parts) const;
  [[nodiscard]] bool knows(std::uint64_t slot) const {
    return slot < slots_.size() && slots_[static_cast<Slot>(slot)].state != Payment::State::kFree;
  }
  [[nodiscard]] Slot slots() const { return slots_.size(); }

 private:
  // Where an accepted id stands: the payment whose first name it is, or kOther | a place among other_ids_.
  using IdRef = std::uint32_t;
  static constexpr IdRef kOther = IdRef{1} << 31;

  struct Queued {
    IdHash id;
    std::int64_t stamp;
    Slot payment;
  };
  template <typename Key, typename Value>
  using Table = absl::flat_hash_map<Key, Value, absl::Hash<Key>, std::equal_to<Key>,
                                    reference::LargePages<std::pair<const Key, Value>>>;

  [[nodiscard]] bool within_horizon(std::int64_t stamp, std::int64_t stream_time) const {
    return stream_time < stamp + horizon_;
  }
  static constexpr IdRef kUnknown = TagTable::kNothing;
  struct OtherId {
    IdHash id;
    RememberedId remembered;
  };

  static std::uint32_t tag_of(IdHash id) { return static_cast<std::uint32_t>(id.low >> 32U); }
  [[nodiscard]] IdRef find(IdHash id) const;
  [[nodiscard]] RememberedId at(IdRef ref) const;
  [[nodiscard]] IdRef add_other(IdHash id, const RememberedId& remembered);
  void erase(IdHash id, IdRef ref);
  void prefetch_expiry() const;
  void prefetch_payment(Slot payment) const;
  // The stamp of the queued id, and the payment it names, as they are now; empty where it is not known.
  [[nodiscard]] std::optional<RememberedId> as_queued(const Queued& queued) const;
  void expire_held(std::int64_t stream_time);
  void forget_released(std::int64_t stream_time);
  void forget_if_over(Slot payment, std::int64_t stream_time, bool forced);
  void free(Slot payment, std::int64_t stream_time);
  void add_id(Slot payment, IdHash id);
  void forget_id(Slot payment, IdHash id, std::int64_t stream_time);
  void forget_end_to_end_id(Slot payment, IdHash id);
  void restore_extras(StateReader& in);
  void restore_other_ids(StateReader& in);
  void restore_payment(StateReader& in, Slot slot);

  std::int64_t horizon_, hold_;
  std::uint64_t max_ids_;
  ChunkedVector<Payment> slots_;
  std::vector<Slot> free_;
  ChunkedVector<PaymentExtra> extras_;
  std::vector<std::uint32_t> free_extras_;
  ChunkedVector<OtherId> other_ids_;  // accepted ids that are no payment's first name
  std::vector<std::uint32_t> free_other_ids_;
  std::deque<Queued> queue_;                        // ids in order of arrival
  std::deque<std::pair<Slot, std::int64_t>> held_;  // instructs in order of arrival
  std::deque<Slot> released_;                       // payments that logs let go of, in that order
  std::size_t released_before_ = 0;                 // of these, before the present record

  TagTable ids_;
  Table<IdHash, Slot> end_to_end_ids_;
  absl::flat_hash_map<IdHash, absl::InlinedVector<Slot, 1>> expected_;
};

// --- implementation

template <typename Visit>
void Payments::for_each_placement(Slot slot, Visit visit) const {
  const Payment& payment = slots_[slot];
  for (std::size_t i = 0; i < payment.placements; ++i)
    visit(Placement{payment.placed_kinds[i], payment.placed[i]});
  if (const PaymentExtra* more = find_extra(slot)) {
    for (const Placement& placement : more->placements) visit(placement);
  }
}

}  // namespace suar::engine
