// Makes batches safe: with transactions (exactly_once), or with acknowledgements (at_least_once).
//
// Calls may take long, so they run on the thread of a BatchSender. Every wait inside is a slice of at most
// 200 ms, between which a stop is noticed; what is being waited for stands in CallWatch.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "kafka/producer.h"
#include "service/batch.h"
#include "service/call_watch.h"
#include "service/config.h"
#include "service/metrics.h"

namespace suar::service {

enum class Outcome : std::uint8_t {
  kDone,
  kFenced,   // another instance has taken over
  kUnknown,  // it may have been done or not; the journal knows
  kRefused,  // by the cluster, for good; `why` says what for
};

struct Result {
  Outcome outcome = Outcome::kDone;
  std::string why;
};

class BatchWriter {
 public:
  virtual ~BatchWriter() = default;
  // Connects and learns the topics, so that what follows is quick.
  virtual Result prepare(const std::stop_token& stop) = 0;
  // Takes the deployment's lock, where this mode has one.
  virtual Result claim(const std::stop_token& stop) = 0;
  virtual Result write(Batch& batch, const std::stop_token& stop) = 0;
};

struct WriterOptions {
  std::string brokers, instance;
  std::vector<kafka::Property> properties;
  Topics topics;
  std::vector<std::string> outputs;  // the topics that a batch's outputs may go to
  kafka::LogSink log;
  TopicLimits limits = {};
};

// The metrics and the watch must outlive the writer.
[[nodiscard]] std::unique_ptr<BatchWriter> transaction_writer(WriterOptions options, Metrics& metrics,
                                                              CallWatch& watch);
[[nodiscard]] std::unique_ptr<BatchWriter> acknowledged_writer(WriterOptions options, Metrics& metrics,
                                                               CallWatch& watch);

}  // namespace suar::service
