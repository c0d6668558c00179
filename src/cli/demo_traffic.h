// Simulated traffic on its way into a topic, at the pace of a speeded-up clock and never far ahead of its
// reader.
//
// The stand-in broker forgets what lies more than 5 MiB back, read or not, so the bytes that are sent and not
// yet processed stay below a limit. On one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <expected>
#include <memory>
#include <string>

#include "kafka/producer.h"
#include "kafka/wake_up.h"
#include "simulator/simulator.h"

namespace suar::cli {

class DemoTraffic {
 public:
  // All references must outlive it. The error is a sentence.
  [[nodiscard]] static std::expected<std::unique_ptr<DemoTraffic>, std::string> open(
      const std::string& brokers, const std::string& topic, simulator::Simulator& simulator);

  // Sends what arrived at the bank before `now`, as far as the reader, who has processed so many, has kept
  // up. Waits for acknowledgements up to `patience`.
  void send_until(event::Instant now, std::uint64_t processed, std::chrono::milliseconds patience);

  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] bool ended() const { return ended_; }  // everything has been sent
  [[nodiscard]] bool acknowledged() const {
    return waiting_.empty();
  }  // and everything sent is with the broker
  [[nodiscard]] std::uint64_t failed() const { return failed_; }  // that the broker refused
  [[nodiscard]] event::Instant simulated_time() const { return simulator_.arrived(); }

 private:
  struct Waiting {
    std::string bytes;
    bool done = false;
  };

  DemoTraffic(std::string topic, simulator::Simulator& simulator)
      : topic_(std::move(topic)), simulator_(simulator) {}
  void advance();
  [[nodiscard]] bool send_next();
  void delivered(const kafka::DeliveryReport& delivery);

  std::string topic_, no_key_;
  simulator::Simulator& simulator_;
  std::string next_;  // the event to send next
  bool ended_ = false;
  std::uint64_t sent_ = 0, failed_ = 0;
  std::deque<std::uint32_t> unprocessed_;  // sizes of what was sent and is not yet processed
  std::uint64_t unprocessed_bytes_ = 0;
  std::deque<Waiting> waiting_;  // for acknowledgement; the producer refers to their bytes
  kafka::WakeUp wake_up_;
  std::unique_ptr<kafka::Producer> producer_;
};

}  // namespace suar::cli
