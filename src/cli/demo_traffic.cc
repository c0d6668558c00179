#include "cli/demo_traffic.h"

#include <utility>

namespace suar::cli {
namespace {

// Half of what the stand-in broker keeps, since what it keeps is counted in its own, larger, batches.
constexpr std::uint64_t kMostUnprocessedBytes = std::uint64_t{5} << 19;

}  // namespace

std::expected<std::unique_ptr<DemoTraffic>, std::string> DemoTraffic::open(const std::string& brokers,
                                                                           const std::string& topic,
                                                                           simulator::Simulator& simulator) {
  std::unique_ptr<DemoTraffic> traffic(new DemoTraffic(topic, simulator));
  auto producer =
      kafka::Producer::open({brokers, {}, {}}, traffic->wake_up_,
                            [raw = traffic.get()](const kafka::DeliveryReport& d) { raw->delivered(d); });
  if (!producer) return std::unexpected(producer.error().message);
  traffic->producer_ = std::move(*producer);
  traffic->advance();
  return traffic;
}

void DemoTraffic::advance() {
  ended_ = !simulator_.next(next_);
}

void DemoTraffic::send_until(event::Instant now, std::uint64_t processed,
                             std::chrono::milliseconds patience) {
  while (sent_ - unprocessed_.size() < processed && !unprocessed_.empty()) {
    unprocessed_bytes_ -= unprocessed_.front();
    unprocessed_.pop_front();
  }
  while (!ended_ && simulator_.arrived() <= now &&
         unprocessed_bytes_ + next_.size() <= kMostUnprocessedBytes) {
    if (!send_next()) break;
    advance();
  }
  producer_->poll(patience);
}

// False where the client's queue is full.
bool DemoTraffic::send_next() {
  Waiting& item = waiting_.emplace_back(next_);
  const auto sent = producer_->send({topic_, no_key_, item.bytes, {}, &item});
  if (!sent) {
    waiting_.pop_back();
    if (sent.error() == kafka::Refusal::kQueueFull) return false;
    ++failed_;
    return true;
  }
  ++sent_;
  unprocessed_.push_back(static_cast<std::uint32_t>(next_.size()));
  unprocessed_bytes_ += next_.size();
  return true;
}

void DemoTraffic::delivered(const kafka::DeliveryReport& delivery) {
  static_cast<Waiting*>(delivery.tag)->done = true;
  if (delivery.status != kafka::DeliveryStatus::kAcknowledged) ++failed_;
  while (!waiting_.empty() && waiting_.front().done) waiting_.pop_front();
}

}  // namespace suar::cli
