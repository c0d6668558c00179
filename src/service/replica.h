// Repeats what the journal says: takes the records of the input in the recorded order through the pipeline,
// and checks that they are the ones that were recorded.
//
// So a start, a standby and `suar replay --config` come to the state that the active engine had, batch by
// batch. The engine may begin as it stands after any record of the journal: empty, or from a snapshot.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kafka/batch_hash.h"
#include "kafka/journal_chain.h"
#include "kafka/merged_input.h"
#include "service/pipeline.h"

namespace suar::service {

class Replica {
 public:
  // `origin`: batches of a partition that begin before it are passed over, because their records are gone.
  // `deciders`: what decides here; only a record that was written under the same says what the state must be.
  Replica(kafka::MergedInput& input, Pipeline& pipeline, std::vector<kafka::Origin> origin,
          kafka::Deciders deciders)
      : input_(input), pipeline_(pipeline), origin_(std::move(origin)), deciders_(std::move(deciders)) {}

  // A record that has a batch; only when idle(). `positions` are those before it. With `live` what it raises
  // goes to the pipeline's output, records of the history excepted.
  void begin(kafka::JournalRecord record, const kafka::JournalState& before, bool live = false);
  // Other ones are in force. Only when idle().
  void set_deciders(kafka::Deciders deciders) { deciders_ = std::move(deciders); }
  [[nodiscard]] bool idle() const { return !record_.has_value(); }

  // Repeats a piece. False where nothing could be done now, for want of input. The error says what of the
  // input, or of the state that came of it, is not what the journal recorded.
  [[nodiscard]] std::expected<bool, std::string> step();

  // Of what was repeated.
  [[nodiscard]] std::uint64_t records() const { return records_; }
  // How long it has been waiting for a record that the journal says exists.
  [[nodiscard]] std::chrono::milliseconds waiting() const;

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] std::expected<void, std::string> take(const kafka::Record& record);
  [[nodiscard]] std::expected<void, std::string> finish();
  [[nodiscard]] const kafka::OffsetRange& range_of(int partition) const;
  [[nodiscard]] bool passed_over(int partition) const;
  [[nodiscard]] std::int64_t live_from(int partition) const;

  kafka::MergedInput& input_;
  Pipeline& pipeline_;
  std::vector<kafka::Origin> origin_;
  kafka::Deciders deciders_;

  std::optional<kafka::JournalRecord> record_;
  std::vector<kafka::PartitionState> before_;
  bool live_ = false;
  bool partial_ = false;  // some of its records were passed over, so its hash cannot be compared
  std::size_t step_ = 0;
  std::int64_t taken_ = 0;  // of the step
  kafka::BatchHash hash_;
  std::uint64_t records_ = 0;
  std::optional<Clock::time_point> waiting_since_;
};

}  // namespace suar::service
