// Records of a journal as its writer makes them, for the tests of what reads them.
#pragma once

#include <utility>
#include <vector>

#include "kafka/journal_chain.h"

namespace suar::kafka::testing {

inline JournalRecord journal_record(RecordKind kind, std::uint64_t term, std::uint64_t seq) {
  JournalRecord record;
  record.kind = kind;
  record.instance = "suar";
  record.cluster = "c1";
  record.topic = "transactions";
  record.writer = "host:1:" + std::to_string(term);
  record.term = term;
  record.seq = seq;
  record.created_at = {1'740'800'000'123'000};
  record.deciders = {1, "aaaa", "bbbb", "cccc"};
  return record;
}

inline JournalRecord claim(std::uint64_t term, std::uint64_t seq, std::vector<PartitionState> positions) {
  JournalRecord record = journal_record(RecordKind::kClaim, term, seq);
  record.positions = std::move(positions);
  return record;
}

// `count` records of one partition.
inline JournalRecord batch(std::uint64_t term, std::uint64_t seq, int partition = 0, std::int64_t first = 0,
                           std::int64_t count = 0) {
  JournalRecord record = journal_record(RecordKind::kBatch, term, seq);
  if (count == 0) return record;
  record.ranges = {{partition, first, first + count}};
  record.order = {{partition, count}};
  record.events = static_cast<std::uint64_t>(count);
  record.hash = 0x0123456789abcdef;
  return record;
}

inline JournalIdentity identity() {
  return {"suar", "transactions", "c1"};
}

}  // namespace suar::kafka::testing
