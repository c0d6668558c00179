// The running service: transactions of a Kafka topic in, alerts out.
//
//   Service service(options, rules, reference);
//   auto done = service.run(stop);  // returns after a stop, drained and committed, or with what went wrong
//
// One thread reads, decodes and evaluates (Standby, then Active); one makes batches safe (BatchSender); HTTP
// has another. The journal is the only truth of how far the service is: see active.h and standby.h.
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <memory>
#include <stop_token>
#include <vector>

#include "kafka/producer.h"
#include "kafka/wake_up.h"
#include "reference/reference.h"
#include "rules/rule.h"
#include "service/context.h"
#include "service/http_server.h"
#include "service/metrics.h"
#include "service/status.h"

namespace suar::service {

class Service {
 public:
  Service(ServiceOptions options, std::shared_ptr<const rules::RuleSet> rules,
          std::shared_ptr<const reference::Reference> reference);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // The whole life of the service, on the calling thread. Once.
  [[nodiscard]] std::expected<void, Failure> run(std::stop_token stop);

  // From any thread: the directories are read again at once, where this instance is the active one.
  void reload() {
    status_.reloads_asked.fetch_add(1);
    wake_up_.ring();
  }

  // From any thread.
  [[nodiscard]] std::uint64_t processed() const { return status_.processed.load(std::memory_order_relaxed); }
  [[nodiscard]] Phase phase() const { return status_.phase.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint16_t http_port() const { return http_port_.load(std::memory_order_relaxed); }
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }

 private:
  using Step = std::expected<void, Failure>;

  // The steps of a life, in their order.
  Step serve_http();
  Step connect();
  Step live();

  Metrics metrics_;
  Status status_;
  std::atomic<std::uint16_t> http_port_{0};
  kafka::WakeUp wake_up_;
  Context context_;
  std::unique_ptr<HttpServer> http_;
};

}  // namespace suar::service
