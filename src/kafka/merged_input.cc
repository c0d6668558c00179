#include "kafka/merged_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace suar::kafka {
namespace {

constexpr std::size_t kBatch = 1'000;
// After so many records the partitions that were at their end are looked at again.
constexpr int kLookAgain = 256;

std::optional<std::int64_t> timestamp_of(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type{};
  const std::int64_t millis = rd_kafka_message_timestamp(&message, &type);
  if (type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE || millis < 0) return std::nullopt;
  return millis;
}

}  // namespace

std::expected<void, Error> MergedInput::add_partition(std::optional<std::int64_t> from) {
  const int number = partitions();
  const char* topic = consumer_.topic().c_str();
  Partition partition;
  partition.queue.reset(rd_kafka_queue_get_partition(consumer_.handle(), topic, number));
  if (!partition.queue) return std::unexpected(Error{fmt::format("{} has no partition {}", topic, number)});
  // Before the assignment, or its first records would go to the queue that all partitions share.
  rd_kafka_queue_forward(partition.queue.get(), nullptr);
  const std::uint64_t ring = 1;
  rd_kafka_queue_io_event_enable(partition.queue.get(), wake_up_.fd(), &ring, sizeof ring);

  const OffsetListPtr added(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(added.get(), topic, number)->offset =
      from.value_or(RD_KAFKA_OFFSET_BEGINNING);
  if (const ErrorPtr error{rd_kafka_incremental_assign(consumer_.handle(), added.get())}) {
    return std::unexpected(
        Error{fmt::format("reading {} [{}]: {}", topic, number, rd_kafka_error_string(error.get()))});
  }
  partitions_.push_back(std::move(partition));
  merge_.add_partition();
  return {};
}

std::optional<Record> MergedInput::next() {
  if (taken_since_look_ >= kLookAgain) refill_ended();
  while (!failure_) {
    const auto [step, number] = merge_.choose();
    switch (step) {
      case PartitionMerge::Step::kTake:
        return take(number);
      case PartitionMerge::Step::kWait:
        if (!refill(number)) return std::nullopt;
        break;
      case PartitionMerge::Step::kIdle:
        if (!refill_ended()) return std::nullopt;
        break;
    }
  }
  return std::nullopt;
}

std::optional<Record> MergedInput::next_of(int number) {
  const Partition& partition = at(number);
  if (partition.cursor >= partition.batch.size()) refill(number);
  if (failure_ || partition.cursor >= partition.batch.size()) return std::nullopt;
  return take(number);
}

// True where something changed: records came, or the partition turned out to be at its end.
bool MergedInput::refill(int number) {
  Partition& partition = at(number);
  partition.batch.clear();
  partition.cursor = 0;
  std::array<rd_kafka_message_t*, kBatch> messages;
  const ssize_t count =
      rd_kafka_consume_batch_queue(partition.queue.get(), 0, messages.data(), messages.size());
  for (ssize_t i = 0; i < count; ++i) keep(partition, MessagePtr(messages[static_cast<std::size_t>(i)]));
  if (!partition.batch.empty()) {
    offer_head(number);
    return true;
  }
  const bool at_end = ended(number);
  merge_.set_empty(number, at_end);
  return at_end;
}

// True where any of the partitions that were at their end has records again.
bool MergedInput::refill_ended() {
  taken_since_look_ = 0;
  bool any = false;
  for (int number = 0; number < partitions(); ++number) {
    if (!at(number).batch.empty()) continue;
    refill(number);
    any = any || !at(number).batch.empty();
  }
  return any;
}

void MergedInput::keep(Partition& partition, MessagePtr message) {
  switch (message->err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      partition.end_seen = false;
      partition.batch.push_back(std::move(message));
      return;
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      partition.end_seen = true;
      partition.end = message->offset;
      return;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      failure_ = Error{
          fmt::format("{} [{}]: the records to read next are gone, by retention or because the topic was "
                      "made again",
                      consumer_.topic(), message->partition)};
      return;
    default:
      consumer_.log(LogLevel::kWarning, fmt::format("{} [{}]: {}", consumer_.topic(), message->partition,
                                                    rd_kafka_err2str(message->err)));
  }
}

void MergedInput::offer_head(int number) {
  const Partition& partition = at(number);
  merge_.set_head(number, timestamp_of(*partition.batch[partition.cursor]).value_or(-1));
}

Record MergedInput::take(int number) {
  Partition& partition = at(number);
  const rd_kafka_message_t& message = *partition.batch[partition.cursor];
  // The record handed out before is let go only now: its bytes were promised until this call.
  ++partition.cursor;
  ++taken_since_look_;
  partition.position = message.offset + 1;
  if (partition.cursor < partition.batch.size()) {
    offer_head(number);
  } else {
    merge_.set_empty(number, false);
  }
  return {number,
          message.offset,
          timestamp_of(message),
          {static_cast<const char*>(message.payload), message.payload != nullptr ? message.len : 0}};
}

std::optional<std::int64_t> MergedInput::position(int partition) const {
  return at(partition).position;
}

bool MergedInput::ended(int partition) const {
  const Partition& one = at(partition);
  if (one.cursor < one.batch.size()) return false;
  const auto range = known_range(partition);
  return one.end_seen || (range && one.position && *one.position >= range->high);
}

std::optional<MergedInput::Range> MergedInput::known_range(int partition) const {
  Range range{RD_KAFKA_OFFSET_INVALID, RD_KAFKA_OFFSET_INVALID};
  const auto code = rd_kafka_get_watermark_offsets(consumer_.handle(), consumer_.topic().c_str(), partition,
                                                   &range.low, &range.high);
  if (code != 0 || range.high < 0) return std::nullopt;
  return range;
}

std::int64_t MergedInput::lag(int partition) const {
  const auto range = known_range(partition);
  if (!range) return 0;
  return std::max<std::int64_t>(
      0, range->high - at(partition).position.value_or(std::max<std::int64_t>(range->low, 0)));
}

}  // namespace suar::kafka
