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
  // Which rules and reference data the records name, the first first. A claim that accepted others computed
  // everything anew under them, so only those from the last such claim on count.
  std::vector<kafka::Deciders> sets;
  std::uint64_t sets_from = 0;  // the seq of that claim; 0 = there is none
  std::string history;          // that the journal's first claim names; see history.h
};

// A claim under other rules or reference data than the records before it: its writer computed the state anew.
[[nodiscard]] bool computed_anew(const kafka::JournalRecord& record);

// `low` are the input's oldest retained offsets, by partition. The error is a sentence for the operator.
// Where a state was restored, only what follows it is read.
[[nodiscard]] std::expected<JournalScan, std::string> scan_journal(const Context& context,
                                                                   const std::map<int, std::int64_t>& low,
                                                                   const Restored& restored);

}  // namespace suar::service
