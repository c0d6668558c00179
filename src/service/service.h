// The running service: transactions of a Kafka topic in, alerts out, at least once.
//
//   Service service(options, rules, reference);
//   auto done = service.run(stop);        // returns after a stop, drained and committed, or with what went
//   wrong
//
// One thread polls, decodes, evaluates and sends; HTTP has another. An offset is committed only after the
// broker has acknowledged every output that came from it or from what was processed before it, so a crash
// repeats at most the outputs since the last commit, under the same ids. See start_plan.h for what a start
// does.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kafka/consumer.h"
#include "kafka/merged_input.h"
#include "kafka/topics.h"
#include "kafka/wake_up.h"
#include "reference/reference.h"
#include "rules/rule.h"
#include "service/commit_frontier.h"
#include "service/config.h"
#include "service/http_server.h"
#include "service/kafka_output.h"
#include "service/metrics.h"
#include "service/partition_watch.h"
#include "service/pipeline.h"
#include "service/start_plan.h"
#include "service/status.h"

namespace suar::service {

struct ServiceOptions {
  Config config;
  std::string version;
  AlertListener on_alert;  // called from the processing thread; may be empty
  std::chrono::milliseconds partition_check{10'000};
  std::chrono::milliseconds drain_limit{20'000};
};

struct Failure {
  std::string message;
};

class Service {
 public:
  Service(ServiceOptions options, std::shared_ptr<const rules::RuleSet> rules,
          std::shared_ptr<const reference::Reference> reference);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // The whole life of the service, on the calling thread. Once.
  [[nodiscard]] std::expected<void, Failure> run(std::stop_token stop);

  // From any thread.
  [[nodiscard]] std::uint64_t processed() const { return status_.processed.load(std::memory_order_relaxed); }
  [[nodiscard]] Phase phase() const { return status_.phase.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint16_t http_port() const { return http_port_.load(std::memory_order_relaxed); }
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }

 private:
  using Step = std::expected<void, Failure>;
  using Clock = std::chrono::steady_clock;

  // The steps of a life, in their order.
  Step serve_http();
  Step connect();
  Step find_topics();
  Step open_input();
  Step process();
  Step drain();

  Step ask_for_topics(std::vector<kafka::NewTopic>& missing);
  Step turn();
  bool take_records();
  void take(const kafka::Record& record);
  void note_new_partitions();
  void finish_rereading();
  void commit_if_due();
  void publish();

  ServiceOptions options_;
  std::stop_token stop_;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const reference::Reference> reference_;
  Metrics metrics_;
  Status status_;
  std::atomic<std::uint16_t> http_port_{0};

  kafka::WakeUp wake_up_;
  CommitFrontier frontier_;
  KafkaOutput output_;
  Pipeline pipeline_;
  std::unique_ptr<kafka::Consumer> consumer_;
  std::unique_ptr<kafka::MergedInput> input_;
  std::optional<PartitionWatch> watch_;
  std::unique_ptr<HttpServer> http_;

  int partitions_ = 0;
  StartPlan plan_;
  std::vector<kafka::Position> committed_;
  Clock::time_point commit_at_, refresh_at_, publish_at_;
};

}  // namespace suar::service
