// One record of the journal: what the input itself does not say of how it was processed.
//
// The journal is a topic of one partition. Its records, in their order, say which records of the input were
// processed, in which order, by whom and under which rules; so that anybody who has the input can repeat it.
//
//   record    = one JSON object in one line, keys in the order given here
//   "suar_journal"  1, the version of this format
//   "kind"          "claim"   who writes from now on; `positions` says where the input stands
//                   "batch"   records of the input that were processed together, perhaps none
//                   "stop"    a batch, and its writer goes: the next may claim at once
//                   "done"    all outputs of the batch before it are acknowledged (at_least_once only)
//                   "switch"  the hashes below hold from here on; the contents are stored under them
//   "instance"      the deployment; "cluster", "topic": which input the offsets belong to
//   "writer"        the process that wrote it
//   "delivery"      "exactly_once" or "at_least_once"
//   "term"          counts the claims, from 1; "seq" counts the records, from 1, without a gap
//   "created_at"    RFC 3339, UTC: the batch's time, and that of its alerts
//   "semantics"     the engine's number (engine/semantics_number.h)
//   "ruleset", "reference", "settings"   hashes of what decided
//   "positions"     claim: [[partition, next offset, offset from which alerts are sent], …]
//   "origin"        claim: [[partition, offset], …]: batches that begin before it are passed over, because
//                   their records were gone when the state had to be computed anew
//   "accepted"      claim: what an operator accepted for it (--accept)
//   "ranges"        batch, stop: [[partition, offset before it, offset after it], …] of those read in it
//   "order"         batch, stop: [[partition, how many records], …] one after the other; [-1, µs] is a tick
//   "events"        batch, stop: how many records
//   "hash"          batch, stop: of their places, times and bytes, 16 hex digits
//   "digest"        batch, now and then: "part/parts/hash" of the state behind it, the hash in 16 hex digits
//   "check"         16 hex digits: XXH3-64 of all bytes of the record before `,"check"`
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/instant.h"

namespace suar::kafka {

inline constexpr std::uint32_t kJournalVersion = 1;

enum class RecordKind : std::uint8_t { kClaim, kBatch, kStop, kDone, kSwitch };
enum class Delivery : std::uint8_t { kExactlyOnce, kAtLeastOnce };

[[nodiscard]] std::string_view name_of(RecordKind kind);
[[nodiscard]] std::string_view name_of(Delivery delivery);

// Where a partition of the input stands. Records before `live_from` are history: they fill windows and send
// nothing.
struct PartitionState {
  int partition = 0;
  std::int64_t next = 0, live_from = 0;

  bool operator==(const PartitionState&) const = default;
};

// Batches of a partition that begin before `offset` are no part of the state.
struct Origin {
  int partition = 0;
  std::int64_t offset = 0;

  bool operator==(const Origin&) const = default;
};

// From where to where a batch has brought a partition; control records lie in between.
struct OffsetRange {
  int partition = 0;
  std::int64_t first = 0, next = 0;

  bool operator==(const OffsetRange&) const = default;
};

// So many records of a partition; or, of kTick, so many microseconds by which stream time is advanced.
struct OrderStep {
  static constexpr int kTick = -1;
  int partition = 0;
  std::int64_t count = 0;

  bool operator==(const OrderStep&) const = default;
};

// What decides, beside the input, which alerts there are.
struct Deciders {
  std::uint32_t semantics = 0;
  std::string ruleset, reference, settings;

  bool operator==(const Deciders&) const = default;
};

// A hash of one of `parts` parts of the engine's state, as it stands behind a batch.
struct StateDigest {
  std::uint64_t part = 0, parts = 1, hash = 0;

  bool operator==(const StateDigest&) const = default;
};

struct JournalRecord {
  RecordKind kind = RecordKind::kBatch;
  std::string instance, cluster, topic, writer;
  Delivery delivery = Delivery::kExactlyOnce;
  std::uint64_t term = 0, seq = 0;
  event::Instant created_at;
  Deciders deciders;

  std::vector<PartitionState> positions;
  std::vector<Origin> origin;
  std::vector<std::string> accepted;
  std::vector<OffsetRange> ranges;
  std::vector<OrderStep> order;
  std::uint64_t events = 0, hash = 0;
  std::optional<StateDigest> digest;

  [[nodiscard]] bool has_batch() const { return kind == RecordKind::kBatch || kind == RecordKind::kStop; }
  bool operator==(const JournalRecord&) const = default;
};

enum class JournalFault : std::uint8_t {
  kForeign,  // no record of a journal at all
  kDamaged,  // torn or changed: its checksum does not fit, or it contradicts itself
  kFuture,   // written by a later version of the format
};

struct JournalProblem {
  JournalFault fault;
  std::string detail;
};

[[nodiscard]] std::string encode(const JournalRecord& record);
[[nodiscard]] std::expected<JournalRecord, JournalProblem> decode_journal_record(std::string_view bytes);

}  // namespace suar::kafka
