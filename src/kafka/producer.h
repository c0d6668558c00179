// A producer set for latency, idempotent, that waits for its broker as long as it takes.
//
// Used by one thread. Delivery reports come from poll(), in the order of acknowledgement.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/error.h"
#include "kafka/handles.h"
#include "kafka/log_source.h"
#include "kafka/properties.h"
#include "kafka/wake_up.h"

namespace suar::kafka {

struct Header {
  std::string name, value;
};

// The value is not copied: its bytes must stay as they are until the delivery report. Nothing writes to key
// and value; librdkafka's interface only knows no const.
struct Outgoing {
  const std::string& topic;
  std::string& key;  // empty = none
  std::string& value;
  std::span<const Header> headers;
  void* tag = nullptr;  // comes back in the delivery report
};

enum class DeliveryStatus {
  kAcknowledged,
  kTooLarge,  // the broker or the client refuses the size
  kFailed,    // anything else; `reason` says what
};

struct DeliveryReport {
  void* tag;
  DeliveryStatus status;
  std::string_view reason;
};
using DeliveryListener = std::function<void(const DeliveryReport&)>;

enum class Refusal {
  kQueueFull,  // poll() and try again
  kTooLarge,
  kFailed,
};

struct ProducerOptions {
  std::string brokers;
  std::vector<Property> properties;
  LogSink log;
  std::string transactional_id = {};  // "" = no transactions; see TransactionalProducer
};

class Producer : private LogSource {
 public:
  // `wake_up` rings when delivery reports wait for poll().
  [[nodiscard]] static std::expected<std::unique_ptr<Producer>, Error> open(ProducerOptions options,
                                                                            const WakeUp& wake_up,
                                                                            DeliveryListener listener);
  // What is not acknowledged by then is given up without a report.
  ~Producer();
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;

  [[nodiscard]] std::expected<void, Refusal> send(const Outgoing& outgoing);
  void poll(std::chrono::milliseconds limit);

  [[nodiscard]] rd_kafka_t* handle() const { return client_.get(); }
  // Set once the client can send nothing any more and has to be replaced.
  [[nodiscard]] std::optional<Error> fatal() const;

 private:
  explicit Producer(LogSink log, DeliveryListener listener)
      : LogSource(std::move(log)), listener_(std::move(listener)) {}
  static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque);

  DeliveryListener listener_;
  QueuePtr reports_;
  ClientPtr client_;
};

}  // namespace suar::kafka
