// Alerts and dead letters on their way to Kafka, each kept until its broker has acknowledged it.
//
// Nothing is dropped. When the client's queue is full, or an output fails, congested() says to take no
// further record until serve() has made room; that is the back-pressure. An output that is refused for its
// own size is made smaller, step by step, and never sent twice as it was: an alert sheds its event ids and
// then becomes a dead letter; a dead letter keeps its position and the first of its bytes.
//
// Used by the thread of the processing loop.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/producer.h"
#include "service/commit_frontier.h"
#include "service/config.h"
#include "service/metrics.h"
#include "service/output.h"

namespace suar::service {

// Told of each alert as it leaves, for a terminal.
using AlertListener = std::function<void(const engine::Hit& hit, std::string_view json)>;

class KafkaOutput : public Output {
 public:
  KafkaOutput(const Topics& topics, CommitFrontier& frontier, Metrics& metrics, AlertListener listener);
  [[nodiscard]] std::expected<void, kafka::Error> open(kafka::ProducerOptions options,
                                                       const kafka::WakeUp& wake_up);

  void alert(const SourceRecord& source, const engine::Hit& hit, std::string json) override;
  void dead_letter(const SourceRecord& source, const event::Rejection& rejection) override;

  // Takes delivery reports and sends what waits.
  void serve();
  [[nodiscard]] bool congested() const { return !unsent_.empty() || !failed_.empty() || !refused_.empty(); }
  [[nodiscard]] bool all_acknowledged() const { return items_.empty(); }
  [[nodiscard]] std::size_t waiting() const { return items_.size(); }
  [[nodiscard]] rd_kafka_t* client() const { return producer_->handle(); }
  // Set when nothing can be sent any more.
  [[nodiscard]] std::optional<kafka::Error> failure() const { return producer_->fatal(); }

 private:
  using Clock = std::chrono::steady_clock;

  struct Item {
    const std::string* topic = nullptr;
    std::string key, value;
    std::vector<kafka::Header> headers;
    bool is_alert = false;
    std::string alert_id;  // of an alert
    int partition = 0;     // of the record that it came from
    std::int64_t offset = 0;
    std::optional<std::int64_t> timestamp_millis;
    CommitFrontier::Ticket ticket = 0;
    bool alone = false;  // sent with nothing beside it
    Clock::time_point since;
    std::list<Item>::iterator self;
  };

  Item& add(const SourceRecord& source);
  void submit(Item& item);
  void send(Item& item);
  void send_refused_alone();
  void delivered(const kafka::Delivery& delivery);
  [[nodiscard]] bool shrink(Item& item);
  void turn_into_dead_letter(Item& item);
  void position_headers(Item& item, std::string_view reason, std::string_view detail);
  void acknowledged(Item& item);
  void give_up(Item& item);
  void close(Item& item);

  const Topics& topics_;
  CommitFrontier& frontier_;
  Metrics& metrics_;
  AlertListener listener_;
  std::list<Item> items_;
  std::deque<Item*> unsent_;   // found the client's queue full
  std::deque<Item*> failed_;   // to be sent again later
  std::deque<Item*> refused_;  // for their size, perhaps of their company's; to be sent alone, one by one
  std::size_t in_flight_ = 0;
  bool warned_of_shedding_ = false;
  Clock::time_point retry_at_;
  std::unique_ptr<kafka::Producer> producer_;  // refers to the bytes of items_
};

}  // namespace suar::service
