// Records that are processed together: what came out of them, and what the journal says of them.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "event/instant.h"
#include "kafka/batch_hash.h"
#include "kafka/journal_record.h"
#include "kafka/merged_input.h"
#include "service/output.h"
#include "service/output_item.h"

namespace suar::service {

// What a writer makes safe: all of it, or nothing.
struct Batch {
  std::optional<kafka::JournalRecord> record;
  std::deque<OutputItem> outputs;
  // at_least_once: follows when the outputs are acknowledged.
  std::optional<kafka::JournalRecord> done;
};

// Told of each alert as it leaves the engine, for a terminal.
using AlertListener = std::function<void(const engine::Hit& hit, std::string_view json)>;

// Collects a batch while its records are processed.
class BatchBuilder : public Output {
 public:
  BatchBuilder(const Topics& topics, AlertListener listener)
      : topics_(topics), listener_(std::move(listener)) {}

  // Begins an empty batch of this time.
  void begin(event::Instant created_at);
  [[nodiscard]] event::Instant created_at() const { return created_at_; }

  void processed(const kafka::Record& record);
  void tick(event::Duration elapsed);
  void alert(const SourceRecord& source, const engine::Hit& hit, std::string json) override;
  void dead_letter(const SourceRecord& source, const event::Rejection& rejection) override;

  [[nodiscard]] bool empty() const { return order_.empty() && outputs_.empty(); }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::size_t steps() const { return order_.size(); }
  [[nodiscard]] std::size_t outputs() const { return outputs_.size(); }
  [[nodiscard]] std::size_t output_bytes() const { return output_bytes_; }

  // Writes ranges, order, events, hash and time into `record`; `positions` are those before the batch.
  void describe(kafka::JournalRecord& record, std::span<const kafka::PartitionState> positions) const;
  // The outputs, which the batch then no longer has.
  [[nodiscard]] std::deque<OutputItem> take_outputs();

 private:
  struct Range {
    std::optional<std::int64_t> first;  // of the first record
    std::int64_t next = 0;
  };
  OutputItem& add(const SourceRecord& source);

  const Topics& topics_;
  AlertListener listener_;
  event::Instant created_at_;
  std::vector<Range> ranges_;  // by partition
  std::vector<kafka::OrderStep> order_;
  std::uint64_t events_ = 0;
  kafka::BatchHash hash_;
  std::deque<OutputItem> outputs_;
  std::size_t output_bytes_ = 0;
};

}  // namespace suar::service
