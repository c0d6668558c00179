#include "service/batch.h"

#include <algorithm>
#include <utility>

namespace suar::service {

void BatchBuilder::begin(event::Instant created_at) {
  created_at_ = created_at;
  ranges_.clear();
  order_.clear();
  events_ = 0;
  hash_.reset();
  outputs_.clear();
  output_bytes_ = 0;
}

void BatchBuilder::processed(const kafka::Record& record) {
  const auto partition = static_cast<std::size_t>(record.partition);
  if (ranges_.size() <= partition) ranges_.resize(partition + 1);
  Range& range = ranges_[partition];
  if (!range.first) range.first = record.offset;
  range.next = record.offset + 1;
  if (order_.empty() || order_.back().partition != record.partition) order_.push_back({record.partition, 0});
  ++order_.back().count;
  ++events_;
  hash_.add(record);
}

void BatchBuilder::tick(event::Duration elapsed) {
  order_.push_back({kafka::OrderStep::kTick, elapsed.micros});
}

OutputItem& BatchBuilder::add(const SourceRecord& source) {
  OutputItem& item = outputs_.emplace_back();
  item.partition = source.partition;
  item.offset = source.offset;
  item.timestamp_millis = source.timestamp_millis;
  return item;
}

void BatchBuilder::alert(const SourceRecord& source, const engine::Hit& hit, std::string json) {
  if (listener_) listener_(hit, json);
  OutputItem& item = add(source);
  item.topic = hit.mode == rules::Mode::kShadow ? topics_.shadow : topics_.alerts;
  item.key = hit.subject_key;
  item.value = std::move(json);
  item.is_alert = true;
  item.alert_id = hit.alert_id;
  output_bytes_ += item.value.size();
}

void BatchBuilder::dead_letter(const SourceRecord& source, const event::Rejection& rejection) {
  OutputItem& item = add(source);
  item.topic = topics_.dead_letter;
  item.value = source.bytes;
  item.set_position_headers(topics_, event::name_of(rejection.reason), rejection.detail);
  output_bytes_ += item.value.size();
}

void BatchBuilder::describe(kafka::JournalRecord& record,
                            std::span<const kafka::PartitionState> positions) const {
  record.created_at = created_at_;
  record.order = order_;
  record.events = events_;
  record.hash = hash_.value();
  record.ranges.clear();
  for (std::size_t p = 0; p < ranges_.size(); ++p) {
    if (!ranges_[p].first) continue;
    const auto known = std::ranges::find(positions, static_cast<int>(p), &kafka::PartitionState::partition);
    const std::int64_t first = known != positions.end() ? known->next : *ranges_[p].first;
    record.ranges.push_back({static_cast<int>(p), first, ranges_[p].next});
  }
}

std::deque<OutputItem> BatchBuilder::take_outputs() {
  output_bytes_ = 0;
  return std::exchange(outputs_, {});
}

}  // namespace suar::service
