// One life of the service: from an empty or restored engine to a stop, or to the loss of what it stood on.
// Whoever is fenced, or does not know whether its last transaction stands, ends its life and begins another.
//
//   begin()  restores a snapshot (snapshots.h), reads the journal through from there, decides where to start
//            (start_plan.h), connects
//   advance()  repeats what the journal says, a piece at a time (Follower, Claim)
//   ...      from then on Active drives the pipeline itself
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kafka/consumer.h"
#include "kafka/journal_chain.h"
#include "kafka/journal_reader.h"
#include "kafka/merged_input.h"
#include "service/batch_sender.h"
#include "service/context.h"
#include "service/partition_watch.h"
#include "service/pipeline.h"
#include "service/replica.h"
#include "service/snapshots.h"
#include "service/start_plan.h"

namespace suar::service {

// How a state of the life ends, where it does not fail.
enum class Next : std::uint8_t { kGoOn, kStop, kRestart };

class Life {
 public:
  using Clock = std::chrono::steady_clock;

  // Which batches are repeated with their outputs; none where it is empty.
  using LivePredicate = std::function<bool(const kafka::JournalRecord&)>;

  [[nodiscard]] static std::expected<std::unique_ptr<Life>, Failure> begin(Context& context,
                                                                           LivePredicate live = {});

  // What is due between pieces of work.
  [[nodiscard]] std::expected<void, Failure> turn();

  // Repeats what the journal says, a piece. kStop never; kRestart where the state must be computed anew.
  struct Advance {
    bool moved = false;
    Next next = Next::kGoOn;
  };
  [[nodiscard]] std::expected<Advance, Failure> advance();
  // Nothing of the journal is left to repeat, as far as it was read.
  [[nodiscard]] bool caught_up() const { return journal_->at_end() && repeated(); }
  // Everything of the journal that was read.
  [[nodiscard]] bool repeated() const { return replica_.idle() && to_repeat_.empty(); }
  // A batch waits for whether its outputs are safe; the state is not yet that behind the journal's last
  // record.
  [[nodiscard]] bool in_doubt() const { return in_doubt_.has_value(); }
  // When a record came last; the life's begin where none has.
  [[nodiscard]] Clock::time_point heard_at() const { return heard_at_; }
  // at_least_once: a batch whose outputs may be missing; whoever claims sends them.
  struct Recorded {
    kafka::JournalRecord record;
    kafka::JournalState before;
  };
  [[nodiscard]] std::optional<Recorded> take_in_doubt() { return std::exchange(in_doubt_, std::nullopt); }

  // Other rules or reference data, from the next record on. The error is a sentence; then nothing has
  // changed.
  [[nodiscard]] std::expected<void, std::string> change_to(const Loaded& loaded);
  // The same with an engine that was carried over already; the stream has been held since `begun`.
  void change_to(const Loaded& loaded, std::unique_ptr<engine::Engine> engine, Clock::time_point begun);

  // Repeats it as any other batch. False where there is none.
  bool settle_doubt();

  [[nodiscard]] const kafka::JournalState& state() const { return chain_.state(); }
  // Takes a record of the journal into its story.
  [[nodiscard]] std::expected<kafka::JournalChain::Verdict, std::string> accept(
      const kafka::JournalRecord& record);
  // Where the state is that behind the journal's last record, which the caller knows.
  [[nodiscard]] Snapshots& snapshots() { return snapshots_; }
  void begin_snapshot() { snapshots_.begin(pipeline_->engine(), state(), journal_offset_); }
  void write_snapshot() { snapshots_.write(pipeline_->engine(), state(), journal_offset_); }
  // A record that follows the journal's last: of this writer, in its term.
  [[nodiscard]] kafka::JournalRecord next_record(kafka::RecordKind kind) const;
  // Positions of all partitions of the input.
  [[nodiscard]] std::vector<kafka::PartitionState> positions() const;

  Context& context;
  kafka::Consumer& consumer() { return *consumer_; }
  kafka::MergedInput& input() { return *input_; }
  kafka::JournalReader& journal() { return *journal_; }
  Pipeline& pipeline() { return *pipeline_; }
  Replica& replica() { return replica_; }
  BatchBuilder& batch() { return *batch_; }
  BatchSender& sender() { return *sender_; }
  const kafka::LogEnd& journal_end() const { return *journal_end_; }
  const StartPlan& plan() const { return plan_; }
  // A partition that the topic has and that is not read yet is read from its beginning.
  void note_new_partitions();

 private:
  void in_force(const Loaded& loaded, Clock::time_point begun);
  Life(Context& given, Restored restored, StartPlan plan, std::unique_ptr<kafka::Consumer> consumer,
       std::unique_ptr<kafka::MergedInput> input, std::unique_ptr<kafka::JournalReader> journal);
  [[nodiscard]] std::expected<Next, Failure> follow(kafka::JournalRecord record, kafka::JournalState before);
  void complain();
  void publish();

  StartPlan plan_;
  std::unique_ptr<kafka::Consumer> consumer_;
  std::unique_ptr<kafka::MergedInput> input_;
  std::unique_ptr<kafka::JournalReader> journal_;
  kafka::JournalChain chain_;
  std::int64_t journal_offset_;  // of the record that the chain has come to
  std::unique_ptr<BatchBuilder> batch_;
  std::unique_ptr<Pipeline> pipeline_;
  Snapshots snapshots_;
  Replica replica_;
  LivePredicate live_;
  std::deque<Recorded> to_repeat_;
  std::optional<Recorded> in_doubt_;
  std::uint64_t known_seq_ = 0;  // of the journal when it was scanned
  bool follows_ = true;          // changes of rules, from this seq on
  std::uint64_t sets_from_ = 0;
  std::string history_;  // that it began with
  std::unique_ptr<BatchSender> sender_;
  std::optional<kafka::LogEnd> journal_end_;
  std::optional<PartitionWatch> watch_;
  Clock::time_point heard_at_ = Clock::now();
  Clock::time_point publish_at_, complain_at_;
};

}  // namespace suar::service
