#include "service/kafka_output.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <utility>

#include "service/shed.h"

namespace suar::service {
namespace {

constexpr std::chrono::seconds kRetryAfter{1};
// What is kept of a dead letter that is refused for its size, one after the other.
constexpr std::array<std::size_t, 3> kKeptBytes = {64 << 10, 1 << 10, 0};
constexpr std::string_view kTruncated = "suar-truncated";

}  // namespace

KafkaOutput::KafkaOutput(const Topics& topics, CommitFrontier& frontier, Metrics& metrics,
                         AlertListener listener)
    : topics_(topics), frontier_(frontier), metrics_(metrics), listener_(std::move(listener)) {}

std::expected<void, kafka::Error> KafkaOutput::open(kafka::ProducerOptions options,
                                                    const kafka::WakeUp& wake_up) {
  auto producer = kafka::Producer::open(std::move(options), wake_up,
                                        [this](const kafka::Delivery& delivery) { delivered(delivery); });
  if (!producer) return std::unexpected(producer.error());
  producer_ = std::move(*producer);
  return {};
}

KafkaOutput::Item& KafkaOutput::add(const SourceRecord& source) {
  Item& item = items_.emplace_back();
  item.self = std::prev(items_.end());
  item.partition = source.partition;
  item.offset = source.offset;
  item.timestamp_millis = source.timestamp_millis;
  item.ticket = frontier_.open_output();
  item.since = Clock::now();
  return item;
}

void KafkaOutput::alert(const SourceRecord& source, const engine::Hit& hit, std::string json) {
  if (listener_) listener_(hit, json);
  Item& item = add(source);
  item.topic = hit.mode == rules::Mode::kShadow ? &topics_.shadow : &topics_.alerts;
  item.key = hit.subject_key;
  item.value = std::move(json);
  item.is_alert = true;
  item.alert_id = hit.alert_id;
  submit(item);
}

void KafkaOutput::dead_letter(const SourceRecord& source, const event::Rejection& rejection) {
  Item& item = add(source);
  item.topic = &topics_.dead_letter;
  item.value = source.bytes;
  position_headers(item, event::name_of(rejection.reason), rejection.detail);
  submit(item);
}

void KafkaOutput::position_headers(Item& item, std::string_view reason, std::string_view detail) {
  item.headers = {{"suar-reason", std::string(reason)},
                  {"suar-detail", std::string(detail)},
                  {"suar-topic", topics_.transactions},
                  {"suar-partition", std::to_string(item.partition)},
                  {"suar-offset", std::to_string(item.offset)}};
}

void KafkaOutput::submit(Item& item) {
  if (unsent_.empty() && refused_.empty()) {
    send(item);
  } else {
    unsent_.push_back(&item);  // in the order in which they came
  }
}

void KafkaOutput::send(Item& item) {
  for (;;) {
    const auto sent = producer_->send({*item.topic, item.key, item.value, item.headers, &item});
    if (sent) {
      ++in_flight_;
      return;
    }
    switch (sent.error()) {
      case kafka::Refusal::kQueueFull:
        unsent_.push_back(&item);
        return;
      case kafka::Refusal::kTooLarge:
        if (shrink(item)) break;
        return give_up(item);
      case kafka::Refusal::kFailed:
        if (failed_.empty()) retry_at_ = Clock::now() + kRetryAfter;
        failed_.push_back(&item);
        return;
    }
  }
}

void KafkaOutput::serve() {
  producer_->poll(std::chrono::milliseconds(0));
  if (!refused_.empty()) {
    send_refused_alone();
  } else {
    if (!failed_.empty() && Clock::now() >= retry_at_) {
      for (Item* item : std::exchange(failed_, {})) submit(*item);
    }
    for (Item* item : std::exchange(unsent_, {})) submit(*item);
  }
  metrics_.outputs_waiting.set(items_.size());
}

void KafkaOutput::send_refused_alone() {
  if (in_flight_ > 0) return;
  Item& item = *refused_.front();
  refused_.pop_front();
  item.alone = true;
  send(item);
}

void KafkaOutput::delivered(const kafka::Delivery& delivery) {
  Item& item = *static_cast<Item*>(delivery.tag);
  --in_flight_;
  switch (delivery.status) {
    case kafka::DeliveryStatus::kAcknowledged:
      return acknowledged(item);
    case kafka::DeliveryStatus::kTooLarge:
      if (item.alone && !shrink(item)) return give_up(item);
      item.alone ? refused_.push_front(&item) : refused_.push_back(&item);
      return;
    case kafka::DeliveryStatus::kFailed:
      metrics_.delivery_failures.add();
      if (failed_.empty()) {
        spdlog::error("{} refuses an output, trying again: {}", *item.topic, delivery.reason);
        retry_at_ = Clock::now() + kRetryAfter;
      }
      failed_.push_back(&item);
  }
}

// False where nothing is left to take away.
bool KafkaOutput::shrink(Item& item) {
  if (item.is_alert) {
    if (auto smaller = shed_event_ids(item.value)) {
      metrics_.alerts_shed.add();
      item.value = std::move(*smaller);
    } else {
      turn_into_dead_letter(item);
    }
    if (!std::exchange(warned_of_shedding_, true)) {
      spdlog::warn("{} refuses alert {} for its size; it is made smaller, and further ones are only counted",
                   *item.topic, item.alert_id);
    }
    return true;
  }
  const auto* keep =
      std::ranges::find_if(kKeptBytes, [&](std::size_t bytes) { return bytes < item.value.size(); });
  if (keep == kKeptBytes.end()) return false;
  const bool first_cut =
      std::ranges::none_of(item.headers, [](const auto& h) { return h.name == kTruncated; });
  if (first_cut) {
    metrics_.dead_letters_truncated.add();
    item.headers.push_back({std::string(kTruncated), std::to_string(item.value.size())});
  }
  item.value.resize(*keep);
  return true;
}

void KafkaOutput::turn_into_dead_letter(Item& item) {
  metrics_.alerts_too_large.add();
  item.is_alert = false;
  item.topic = &topics_.dead_letter;
  position_headers(item, "alert_too_large", fmt::format("alert_id {}", item.alert_id));
}

void KafkaOutput::acknowledged(Item& item) {
  metrics_.produce.observe(Clock::now() - item.since);
  if (item.timestamp_millis) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    metrics_.end_to_end.observe(now - std::chrono::milliseconds(*item.timestamp_millis));
  }
  close(item);
}

void KafkaOutput::give_up(Item& item) {
  spdlog::error("{} refuses even the position alone of partition {}, offset {}: that output is lost",
                *item.topic, item.partition, item.offset);
  metrics_.outputs_lost.add();
  close(item);
}

void KafkaOutput::close(Item& item) {
  frontier_.acknowledge(item.ticket);
  items_.erase(item.self);
}

}  // namespace suar::service
