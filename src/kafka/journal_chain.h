// Reads the journal as one story: every record follows from the one before it, or is refused.
//
// With transactions the journal holds nothing but the story: a gap in `seq`, a repeat or another topic means
// that records are lost or foreign. Without transactions (at_least_once) a writer that does not know yet that
// it was succeeded can still append; what it appends, and the claim of whoever comes second, is void: every
// reader passes over it, in the same way.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "kafka/journal_record.h"

namespace suar::kafka {

// What a journal belongs to.
struct JournalIdentity {
  std::string instance, topic, cluster;

  bool operator==(const JournalIdentity&) const = default;
};

// What the journal has come to. A snapshot carries it.
struct JournalState {
  std::uint64_t term = 0, seq = 0;
  RecordKind last = RecordKind::kClaim;
  std::string writer;
  Delivery delivery = Delivery::kExactlyOnce;
  Deciders deciders;
  event::Instant created_at;
  std::vector<PartitionState> positions;  // by partition; those that are not known yet are absent
  std::vector<Origin> origin;             // by partition; absent = the state holds all that was recorded

  [[nodiscard]] bool empty() const { return seq == 0; }
  [[nodiscard]] const PartitionState* find(int partition) const;
  bool operator==(const JournalState&) const = default;
};

class JournalChain {
 public:
  enum class Verdict : std::uint8_t { kNext, kVoid };

  // Begins behind `state`: that of a snapshot, or nothing.
  explicit JournalChain(JournalIdentity identity, JournalState state = {})
      : identity_(std::move(identity)), state_(std::move(state)) {}

  // The error is a sentence that says what does not fit and what the choices are.
  [[nodiscard]] std::expected<Verdict, std::string> accept(const JournalRecord& record);

  [[nodiscard]] const JournalState& state() const { return state_; }

 private:
  [[nodiscard]] std::optional<std::string> foreign(const JournalRecord& record) const;
  [[nodiscard]] bool is_void(const JournalRecord& record) const;
  [[nodiscard]] std::optional<std::string> contradiction(const JournalRecord& record) const;
  void apply(const JournalRecord& record);

  JournalIdentity identity_;
  JournalState state_;
};

}  // namespace suar::kafka
