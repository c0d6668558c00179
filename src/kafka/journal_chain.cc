#include "kafka/journal_chain.h"

#include <fmt/format.h>

#include <algorithm>

namespace suar::kafka {

const PartitionState* JournalState::find(int partition) const {
  const auto found = std::ranges::lower_bound(positions, partition, {}, &PartitionState::partition);
  return found != positions.end() && found->partition == partition ? &*found : nullptr;
}

std::expected<JournalChain::Verdict, std::string> JournalChain::accept(const JournalRecord& record) {
  if (auto why = foreign(record)) return std::unexpected(std::move(*why));
  if (is_void(record)) return Verdict::kVoid;
  if (auto why = contradiction(record)) return std::unexpected(std::move(*why));
  apply(record);
  return Verdict::kNext;
}

std::optional<std::string> JournalChain::foreign(const JournalRecord& record) const {
  constexpr const char* kChoices =
      "give this one a journal of its own (topics.journal), or start it where that deployment runs";
  if (record.instance != identity_.instance) {
    return fmt::format("the journal belongs to the deployment \"{}\", and this is instance \"{}\"; {}",
                       record.instance, identity_.instance, kChoices);
  }
  if (record.topic != identity_.topic) {
    return fmt::format("the journal is that of the topic \"{}\", and topics.transactions is \"{}\"; {}",
                       record.topic, identity_.topic, kChoices);
  }
  if (record.cluster != identity_.cluster) {
    return fmt::format(
        "the journal's offsets are those of the Kafka cluster {}, and kafka.brokers is the cluster {}; {}",
        record.cluster, identity_.cluster, kChoices);
  }
  return std::nullopt;
}

bool JournalChain::is_void(const JournalRecord& record) const {
  if (state_.empty() || state_.delivery != Delivery::kAtLeastOnce) return false;
  return record.term < state_.term || record.seq <= state_.seq;
}

std::optional<std::string> JournalChain::contradiction(const JournalRecord& record) const {
  if (state_.empty() && record.seq > 1) {
    return fmt::format(
        "the journal begins with seq {}: its beginning is gone, and there is no snapshot that reaches it. "
        "Set retention.ms=-1 and retention.bytes=-1 on the journal's topic; this deployment can only start "
        "anew, under another `instance` and with another topics.journal",
        record.seq);
  }
  if (record.seq > state_.seq + 1) {
    return fmt::format("the journal goes from seq {} to seq {}: records between them are lost", state_.seq,
                       record.seq);
  }
  if (record.seq <= state_.seq) {
    return fmt::format("the journal holds seq {} twice: something else writes to it", record.seq);
  }
  if (record.kind == RecordKind::kClaim ? record.term != state_.term + 1 : record.term != state_.term) {
    return fmt::format(
        "the journal's seq {} is of term {} where term {} has come to: something else writes to it",
        record.seq, record.term, state_.term);
  }
  for (const OffsetRange& range : record.ranges) {
    const PartitionState* known = state_.find(range.partition);
    if (known != nullptr && known->next != range.first) {
      return fmt::format("the journal's seq {} goes on at offset {} of partition {}, where {} is due",
                         record.seq, range.first, range.partition, known->next);
    }
  }
  for (const PartitionState& known : state_.positions) {
    if (record.kind != RecordKind::kClaim) break;
    const auto claimed = std::ranges::find(record.positions, known.partition, &PartitionState::partition);
    if (claimed == record.positions.end() || claimed->next != known.next) {
      return fmt::format("the claim of seq {} does not stand where the journal does in partition {}",
                         record.seq, known.partition);
    }
  }
  return std::nullopt;
}

void JournalChain::apply(const JournalRecord& record) {
  state_.term = record.term;
  state_.seq = record.seq;
  state_.last = record.kind;
  state_.writer = record.writer;
  state_.delivery = record.delivery;
  state_.deciders = record.deciders;
  state_.created_at = record.created_at;
  if (record.kind == RecordKind::kClaim) {
    state_.positions = record.positions;
    state_.origin = record.origin;
  }
  for (const OffsetRange& range : record.ranges) {
    const auto at =
        std::ranges::lower_bound(state_.positions, range.partition, {}, &PartitionState::partition);
    if (at != state_.positions.end() && at->partition == range.partition) {
      at->next = range.next;
    } else {
      // A partition that came later is not history, from its first record on.
      state_.positions.insert(at, {range.partition, range.next, range.first});
    }
  }
}

}  // namespace suar::kafka
