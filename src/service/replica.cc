#include "service/replica.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace suar::service {
namespace {

constexpr int kRecordsPerStep = 512;
constexpr const char* kNotThatInput =
    "the topic was deleted and made again, or records of it are lost. What was sent before cannot be "
    "continued: start a new deployment, with another `instance` and topics.journal of its own";

constexpr const char* kOtherState =
    "the state here, behind the journal's seq {}, is not the one that was recorded there (part {} of {}, by "
    "{}): "
    "one of the two computes wrongly, by damaged memory, a damaged snapshot or a defect. This instance stops "
    "before "
    "it sends anything. Compare what both send with `suar replay --config`; if that agrees with the other, "
    "remove "
    "this one's `state` directory and start it again, on another machine if it happens again";

}  // namespace

void Replica::begin(kafka::JournalRecord record, const kafka::JournalState& before, bool live) {
  record_ = std::move(record);
  before_ = before.positions;
  live_ = live;
  partial_ = false;
  step_ = 0;
  taken_ = 0;
  hash_.reset();
  pipeline_.set_batch_time(record_->created_at);
}

const kafka::OffsetRange& Replica::range_of(int partition) const {
  return *std::ranges::find(record_->ranges, partition, &kafka::OffsetRange::partition);
}

bool Replica::passed_over(int partition) const {
  const auto begins = std::ranges::find(origin_, partition, &kafka::Origin::partition);
  return begins != origin_.end() && range_of(partition).first < begins->offset;
}

std::int64_t Replica::live_from(int partition) const {
  const auto known = std::ranges::find(before_, partition, &kafka::PartitionState::partition);
  return known != before_.end() ? known->live_from : 0;
}

std::chrono::milliseconds Replica::waiting() const {
  if (!waiting_since_) return {};
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - *waiting_since_);
}

std::expected<bool, std::string> Replica::step() {
  bool any = false;
  for (int piece = 0; piece < kRecordsPerStep && record_; ++piece) {
    if (step_ == record_->order.size()) {
      if (auto done = finish(); !done) return std::unexpected(done.error());
      return true;
    }
    const auto [partition, count] = record_->order[step_];
    if (partition == kafka::OrderStep::kTick) {
      pipeline_.advance({count}, live_);
      ++step_;
    } else if (passed_over(partition)) {
      partial_ = true;
      ++step_;
    } else {
      while (input_.partitions() <= partition) {
        if (auto added = input_.add_partition(); !added) return std::unexpected(added.error().message);
      }
      const auto record = input_.next_of(partition);
      if (input_.failure()) return std::unexpected(input_.failure()->message);
      if (!record) {
        if (!waiting_since_) waiting_since_ = Clock::now();
        return any;
      }
      waiting_since_.reset();
      if (auto taken = take(*record); !taken) return std::unexpected(taken.error());
      if (++taken_ == count) {
        taken_ = 0;
        ++step_;
      }
    }
    any = true;
  }
  return any;
}

std::expected<void, std::string> Replica::take(const kafka::Record& record) {
  const kafka::OffsetRange& range = range_of(record.partition);
  if (record.offset < range.first || record.offset >= range.next) {
    return std::unexpected(fmt::format(
        "partition {} has a record at offset {} where the journal's seq {} recorded offsets {} to {}: {}",
        record.partition, record.offset, record_->seq, range.first, range.next, kNotThatInput));
  }
  hash_.add(record);
  const SourceRecord source{record.value, record.partition, record.offset, record.timestamp_millis};
  live_&& record.offset >= live_from(record.partition) ? pipeline_.process(source)
                                                       : pipeline_.process_silently(source);
  ++records_;
  return {};
}

std::expected<void, std::string> Replica::finish() {
  if (!partial_ && hash_.value() != record_->hash) {
    return std::unexpected(
        fmt::format("the records of the journal's seq {} are not those that it recorded: {}", record_->seq,
                    kNotThatInput));
  }
  // Where an operator accepted a shorter input, the digests before may be those of the whole state.
  if (record_->digest && origin_.empty() && record_->deciders == deciders_) {
    const auto& [part, parts, hash] = *record_->digest;
    if (pipeline_.engine().digest(part, parts) != hash)
      return std::unexpected(fmt::format(kOtherState, record_->seq, part, parts, record_->writer));
  }
  record_.reset();
  return {};
}

}  // namespace suar::service
