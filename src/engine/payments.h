// Which payments the engine remembers, by which names, and for how long (semantics: what counts).
//
// A payment is an instruct that waits for its completion, or an event that counts or has counted. It is known
// by its event ids (its own, its completion's, its corrections') and by its end-to-end id. It is forgotten
// when the de-duplication horizon has passed since it arrived and no entity's log holds it any more.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/chunked_vector.h"
#include "engine/entity_log.h"
#include "engine/recognised.h"
#include "event/transaction.h"
#include "rules/expression.h"

namespace suar::engine {

// What a duplicate must repeat: the M fields and the event type.
[[nodiscard]] std::uint64_t fingerprint(const event::Transaction& transaction);

using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = UINT32_MAX;

// In which entity's log an event stands.
struct Placement {
  rules::EntityKind kind{};
  std::uint32_t entity = 0;
};

// What few payments need, kept apart so that the many stay within two cache lines.
struct PaymentExtra {
  event::Rate home_rate;                    // at which a foreign amount was converted; digits 0 = no rate
  std::string held_record;                  // of an instruct: its bytes
  std::vector<IdHash> ids, end_to_end_ids;  // beside the first of each
};

struct Payment {
  enum class State : std::uint8_t { kFree, kHeld, kCounted, kUndone };
  Position at;             // event time and place among equal times
  std::int64_t stamp = 0;  // stream time from which the horizon runs
  std::int64_t left = 0;   // minor units that stand after partial reverses
  event::Currency currency;
  State state = State::kFree;
  bool by_instruct = false;  // an instruct stands behind it: a second completion changes nothing
  bool in_alert = false;     // an alert rests on it, or may come to
  std::int16_t offset_minutes = 0;
  std::uint32_t logged = 0;          // entries in logs that refer to it
  IdHash id, end_to_end_id;          // the first names; zero = none
  std::unique_ptr<char[]> event_id;  // of the record that made it count; null where no log holds it
  std::unique_ptr<PaymentExtra> more;
  absl::InlinedVector<Placement, 2> placements;

  [[nodiscard]] PaymentExtra& extra() {
    if (!more) more = std::make_unique<PaymentExtra>();
    return *more;
  }
  void keep_event_id(std::string_view text);
};

struct RememberedId {
  std::uint64_t fingerprint = 0;
  std::int64_t stamp = 0;
  Slot payment = kNoSlot;
};

class Payments {
 public:
  Payments(event::Duration horizon, event::Duration hold, std::uint64_t max_ids)
      : horizon_(horizon.micros), hold_(hold.micros), max_ids_(max_ids) {}

  // The id as it was accepted within the horizon; null where it is new.
  [[nodiscard]] const RememberedId* seen(IdHash id, std::int64_t stream_time) const;
  // Accepts a record's id.
  void remember(IdHash id, std::uint64_t fingerprint, std::int64_t stamp, Slot payment);

  [[nodiscard]] Slot create();
  [[nodiscard]] Payment& operator[](Slot slot) { return slots_[slot]; }
  [[nodiscard]] const Payment& operator[](Slot slot) const { return slots_[slot]; }
  void name_end_to_end(Slot payment, std::string_view end_to_end_id);
  // All names of the payment, for acts that wait for one of them.
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
  // A log no longer holds an entry of the payment.
  void release(Slot payment, std::int64_t stream_time);
  void prefetch(IdHash id) const { ids_.prefetch(id); }
  // Forgets what the horizon and the hold have passed. Returns how many ids went before their time (max_ids).
  std::uint64_t expire(std::int64_t stream_time);

  [[nodiscard]] std::size_t remembered_ids() const { return ids_.size(); }
  [[nodiscard]] std::size_t bytes() const;

 private:
  [[nodiscard]] bool within_horizon(std::int64_t stamp, std::int64_t stream_time) const {
    return stream_time < stamp + horizon_;
  }
  void prefetch_expiry() const;
  void forget_if_over(Slot payment, std::int64_t stream_time, bool forced);
  void free(Slot payment, std::int64_t stream_time);
  void add_id(Slot payment, IdHash id);
  void forget_id(Slot payment, IdHash id, std::int64_t stream_time);
  void forget_end_to_end_id(Slot payment, IdHash id);

  struct Queued {
    IdHash id;
    std::int64_t stamp;
    Slot payment;
  };

  std::int64_t horizon_, hold_;
  std::uint64_t max_ids_;
  absl::flat_hash_map<IdHash, RememberedId> ids_;
  absl::flat_hash_map<IdHash, Slot> end_to_end_ids_;
  absl::flat_hash_map<IdHash, absl::InlinedVector<Slot, 1>> expected_;
  std::deque<Queued> queue_;                        // ids in order of arrival
  std::deque<std::pair<Slot, std::int64_t>> held_;  // instructs in order of arrival
  ChunkedVector<Payment> slots_;
  std::vector<Slot> free_;
};

}  // namespace suar::engine
