// A producer whose records become visible together or not at all. Its id is a lock: whoever calls init()
// last holds it, and every transaction of those before is refused or undone.
//
// Calls are bounded by `limit` (at most a second or so each; a call that is retriable is made again, which
// resumes it). Nothing is thrown away inside: what went wrong is one of five kinds, and each says what is
// left to do. Used by one thread, never the engine's.
//
//   opened -> warm_up() -> init() -> ( begin() -> send()... -> commit() | abort() )*
//
// Settings that matter are in properties.cc: retry.backoff.ms=1 because a broker refuses the next transaction
// while it still writes the markers of the last, and a delivery callback because a flush without one sleeps
// 10 ms at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "kafka/producer.h"

namespace suar::kafka {

enum class TransactionFault : std::uint8_t {
  kRetriable,  // the same call again resumes it
  kAbortable,  // nothing of the transaction will be seen: abort(), then begin anew
  kFenced,     // another has taken the id: this producer has nothing more to say
  kUnknown,    // of commit(): the transaction may stand or not. A new producer and the journal will tell
  kFatal,      // this producer can do nothing more; before a commit, nothing of the transaction will be seen
};
[[nodiscard]] std::string_view name_of(TransactionFault fault);

struct TransactionError {
  TransactionFault fault;
  std::string message;
  bool refused = false;  // by the cluster's authorisation: trying again is no use
};

using TransactionStep = std::expected<void, TransactionError>;

class TransactionalProducer {
 public:
  [[nodiscard]] static std::expected<std::unique_ptr<TransactionalProducer>, Error> open(
      ProducerOptions options, const std::string& transactional_id, const WakeUp& wake_up,
      DeliveryListener listener);

  // Fetches what is to be known of the topics, so that the first transaction does not wait half a second.
  [[nodiscard]] std::expected<void, Error> warm_up(std::span<const std::string> topics,
                                                   std::chrono::milliseconds limit);

  [[nodiscard]] TransactionStep init(std::chrono::milliseconds limit);
  [[nodiscard]] TransactionStep begin();
  [[nodiscard]] std::expected<void, Refusal> send(const Outgoing& outgoing) {
    return producer_->send(outgoing);
  }
  // Waits until everything that was sent is acknowledged or refused.
  [[nodiscard]] TransactionStep flush(std::chrono::milliseconds limit);
  [[nodiscard]] TransactionStep commit(std::chrono::milliseconds limit);
  [[nodiscard]] TransactionStep abort(std::chrono::milliseconds limit);
  void poll(std::chrono::milliseconds limit) { producer_->poll(limit); }

 private:
  explicit TransactionalProducer(std::unique_ptr<Producer> producer) : producer_(std::move(producer)) {}
  [[nodiscard]] TransactionStep step(rd_kafka_error_t* error) const;

  std::unique_ptr<Producer> producer_;
};

}  // namespace suar::kafka
