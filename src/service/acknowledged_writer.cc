// One batch = its record in the journal, acknowledged; then its outputs, acknowledged; then a record that
// says so. After a crash between the first and the last the outputs are sent again, under the same ids.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "service/batch_writer.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kSlice = 100ms;
constexpr auto kRetryAfter = 1s;

class AcknowledgedWriter : public BatchWriter {
 public:
  AcknowledgedWriter(WriterOptions options, Metrics& metrics, CallWatch& watch)
      : options_(std::move(options)), metrics_(metrics), watch_(watch) {}

  Result prepare(const std::stop_token& stop) override;
  Result claim(const std::stop_token&) override { return {}; }
  Result write(Batch& batch, const std::stop_token& stop) override;

 private:
  // Sends these until each is acknowledged.
  Result deliver(std::deque<OutputItem>& items, const char* what, const std::stop_token& stop);
  Result deliver_record(const kafka::JournalRecord& record, const std::stop_token& stop);
  bool hand_over(OutputItem& item);
  void delivered(OutputItem& item, const kafka::DeliveryReport& delivery);

  WriterOptions options_;
  Metrics& metrics_;
  CallWatch& watch_;
  kafka::WakeUp wake_up_;
  std::size_t in_flight_ = 0;
  std::deque<OutputItem*> waiting_;  // to be sent
  std::deque<OutputItem*>
      refused_;  // for their size, perhaps of their company's; to be sent alone, one by one
  bool failed_ = false;
  // Refers to the bytes of the items until they are acknowledged or it is gone.
  std::unique_ptr<kafka::Producer> producer_;
};

Result AcknowledgedWriter::prepare(const std::stop_token&) {
  if (producer_) return {};
  auto opened = kafka::Producer::open({options_.brokers, options_.properties, options_.log, {}}, wake_up_,
                                      [this](const kafka::DeliveryReport& d) {
                                        --in_flight_;
                                        delivered(*static_cast<OutputItem*>(d.tag), d);
                                      });
  if (!opened) return {Outcome::kRefused, opened.error().message};
  producer_ = std::move(*opened);
  return {};
}

Result AcknowledgedWriter::write(Batch& batch, const std::stop_token& stop) {
  const auto began = Clock::now();
  Result result;
  if (batch.record) result = deliver_record(*batch.record, stop);
  if (result.outcome == Outcome::kDone && !batch.outputs.empty()) {
    result = deliver(batch.outputs, "produce", stop);
  }
  if (result.outcome == Outcome::kDone && batch.done) result = deliver_record(*batch.done, stop);
  if (result.outcome == Outcome::kDone) {
    metrics_.commit.observe(Clock::now() - began);
  } else {
    producer_.reset();
    waiting_.clear();
    refused_.clear();
    in_flight_ = 0;
  }
  return result;
}

Result AcknowledgedWriter::deliver_record(const kafka::JournalRecord& record, const std::stop_token& stop) {
  std::deque<OutputItem> one(1);
  one.front().topic = options_.topics.journal;
  one.front().value = encode(record);
  Result result = deliver(one, "journal", stop);
  // Its bytes go with this call.
  if (result.outcome != Outcome::kDone) producer_.reset();
  return result;
}

Result AcknowledgedWriter::deliver(std::deque<OutputItem>& items, const char* what,
                                   const std::stop_token& stop) {
  const WatchedCall watched(watch_, what);
  for (OutputItem& item : items) waiting_.push_back(&item);
  auto retry_at = Clock::time_point{};
  while (!waiting_.empty() || !refused_.empty() || in_flight_ > 0) {
    if (stop.stop_requested()) return {Outcome::kUnknown, "stopped"};
    if (const auto fatal = producer_->fatal()) return {Outcome::kUnknown, fatal->message};
    if (std::exchange(failed_, false)) retry_at = Clock::now() + kRetryAfter;
    if (Clock::now() >= retry_at) {
      if (!refused_.empty() && in_flight_ == 0) {
        OutputItem* item = std::exchange(refused_.front(), nullptr);
        refused_.pop_front();
        item->alone = true;
        if (!hand_over(*item)) refused_.push_front(item);
      } else if (refused_.empty()) {
        while (!waiting_.empty() && hand_over(*waiting_.front())) waiting_.pop_front();
      }
    }
    producer_->poll(in_flight_ > 0 ? kSlice : 10ms);
  }
  return {};
}

// False where it has to wait.
bool AcknowledgedWriter::hand_over(OutputItem& item) {
  for (;;) {
    const auto sent = producer_->send({item.topic, item.key, item.value, item.headers, &item});
    if (sent) {
      ++in_flight_;
      return true;
    }
    if (sent.error() == kafka::Refusal::kQueueFull) return false;
    if (sent.error() == kafka::Refusal::kFailed) {
      failed_ = true;
      return false;
    }
    if (item.shrink(options_.topics, metrics_)) continue;
    item.lost(metrics_);
    return true;
  }
}

void AcknowledgedWriter::delivered(OutputItem& item, const kafka::DeliveryReport& delivery) {
  switch (delivery.status) {
    case kafka::DeliveryStatus::kAcknowledged:
      if (item.topic != options_.topics.journal) item.sent(metrics_);
      return;
    case kafka::DeliveryStatus::kTooLarge:
      if (item.alone && !item.shrink(options_.topics, metrics_)) return item.lost(metrics_);
      item.alone ? refused_.push_front(&item) : refused_.push_back(&item);
      return;
    case kafka::DeliveryStatus::kFailed:
      metrics_.delivery_failures.add();
      if (!failed_) spdlog::error("{} refuses an output, trying again: {}", item.topic, delivery.reason);
      failed_ = true;
      waiting_.push_back(&item);
  }
}

}  // namespace

std::unique_ptr<BatchWriter> acknowledged_writer(WriterOptions options, Metrics& metrics, CallWatch& watch) {
  return std::make_unique<AcknowledgedWriter>(std::move(options), metrics, watch);
}

}  // namespace suar::service
