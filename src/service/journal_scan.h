// Reads the journal once, from its beginning or from a snapshot to its end, before anything is processed:
// whether it is one story, and where it has come to.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <vector>

#include "kafka/journal_chain.h"
#include "kafka/journal_reader.h"
#include "service/context.h"
#include "service/snapshots.h"

namespace suar::service {

struct JournalScan {
  kafka::JournalState end;
  std::vector<kafka::PartitionState>
      begin;  // of the snapshot, the first claim, or a partition's first records
  // The offsets at which batches of a partition begin, thinned out: those of the first record of the journal
  // at or behind each low watermark, by partition.
  std::map<int, std::int64_t> first_whole_batch;
  std::uint64_t events = 0;
};

// `low` are the input's oldest retained offsets, by partition. The error is a sentence for the operator.
// Where a state was restored, only what follows it is read.
[[nodiscard]] std::expected<JournalScan, std::string> scan_journal(const Context& context,
                                                                   const std::map<int, std::int64_t>& low,
                                                                   const Restored& restored);

}  // namespace suar::service
