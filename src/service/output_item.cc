#include "service/output_item.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <utility>

#include "service/output.h"
#include "service/shed.h"

namespace suar::service {
namespace {

// What is kept of a dead letter that is refused for its size, one after the other.
constexpr std::array<std::size_t, 3> kKeptBytes = {64 << 10, 1 << 10, 0};
constexpr std::string_view kTruncated = "suar-truncated";

}  // namespace

void OutputItem::set_position_headers(const Topics& topics, std::string_view reason,
                                      std::string_view detail) {
  headers = {{"suar-reason", std::string(reason)}, {"suar-detail", std::string(detail)}};
  if (partition == SourceRecord::kTick) return;
  headers.insert(headers.end(), {{"suar-topic", topics.transactions},
                                 {"suar-partition", std::to_string(partition)},
                                 {"suar-offset", std::to_string(offset)}});
}

std::size_t OutputItem::bytes_on_the_wire() const {
  constexpr std::size_t kBatch = 61;
  constexpr std::size_t kRecord = 21;
  constexpr std::size_t kHeader = 10;
  std::size_t bytes = kBatch + kRecord + key.size() + value.size();
  for (const kafka::Header& header : headers) bytes += kHeader + header.name.size() + header.value.size();
  return bytes;
}

bool OutputItem::shrink(const Topics& topics, Metrics& metrics) {
  if (is_alert) {
    if (metrics.alerts_shed.value() + metrics.alerts_too_large.value() == 0) {
      spdlog::warn("{} refuses alert {} for its size; it is made smaller, and further ones are only counted",
                   topic, alert_id);
    }
    if (auto smaller = shed_event_ids(value)) {
      metrics.alerts_shed.add();
      value = std::move(*smaller);
    } else {
      metrics.alerts_too_large.add();
      is_alert = false;
      topic = topics.dead_letter;
      set_position_headers(topics, "alert_too_large", fmt::format("alert_id {}", alert_id));
    }
    return true;
  }
  const auto* keep =
      std::ranges::find_if(kKeptBytes, [&](std::size_t bytes) { return bytes < value.size(); });
  if (keep == kKeptBytes.end()) return false;
  if (std::ranges::none_of(headers, [](const auto& header) { return header.name == kTruncated; })) {
    metrics.dead_letters_truncated.add();
    headers.push_back({std::string(kTruncated), std::to_string(value.size())});
  }
  value.resize(*keep);
  return true;
}

void OutputItem::lost(Metrics& metrics) const {
  spdlog::error("{} refuses even the position alone of partition {}, offset {}: that output is lost", topic,
                partition, offset);
  metrics.outputs_lost.add();
}

void OutputItem::sent(Metrics& metrics) const {
  metrics.produce.observe(Clock::now() - since);
  if (!timestamp_millis) return;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  metrics.end_to_end.observe(now - std::chrono::milliseconds(*timestamp_millis));
}

}  // namespace suar::service
