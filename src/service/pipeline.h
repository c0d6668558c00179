// The core of the service: decode -> engine -> alerts, counted and timed. It knows no broker and no thread;
// whoever has records drives it and decides where its results go.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>

#include "engine/engine.h"
#include "event/decoder.h"
#include "reference/reference.h"
#include "rules/rule.h"
#include "service/metrics.h"
#include "service/output.h"

namespace suar::service {

struct PipelineOptions {
  event::DecoderLimits limits;
  engine::Options engine;
};

class Pipeline {
 public:
  // `output` and `metrics` must outlive the pipeline.
  Pipeline(const PipelineOptions& options, const Loaded& loaded, Output& output, Metrics& metrics);

  // Processes one record completely; its results have gone to the output when this returns.
  void process(const SourceRecord& record);
  // The same without any result: what it would raise was raised before.
  void process_silently(const SourceRecord& record);

  // The time of the batch to which the next records belong; their alerts carry it. Without a call they carry
  // their trigger's event time.
  void set_batch_time(event::Instant time) { batch_time_ = time; }
  // A tick: stream time goes on by this much without a record. Without an event before it, it does nothing.
  void advance(event::Duration elapsed, bool live);

  // Copies the engine's counters and sizes into the metrics.
  void publish_counters();

  // The engine as it was saved; only before the first record. The error is a sentence; then the pipeline is
  // of no use.
  [[nodiscard]] std::expected<void, std::string> restore(engine::StateReader& in) {
    return engine_->restore(in);
  }
  // Other rules or reference data from the next record on. The error is a sentence; then nothing has changed.
  [[nodiscard]] std::expected<void, std::string> change_to(const Loaded& loaded);
  // The same with an engine that was carried over from this one already.
  void change_to(const Loaded& loaded, std::unique_ptr<engine::Engine> engine);
  [[nodiscard]] const engine::Engine& engine() const { return *engine_; }

 private:
  using Clock = std::chrono::steady_clock;

  // What the engine's last call raised; `start` is when the record came in.
  void send_alerts(const SourceRecord& source, Clock::time_point start);
  void reject(const SourceRecord& record, const event::Rejection& rejection);

  event::Decoder decoder_;
  std::unique_ptr<engine::Engine> engine_;
  Output& output_;
  Metrics& metrics_;
  std::shared_ptr<const InForce> shown_;  // with the series of the engine's rules
  std::optional<event::Instant> batch_time_;
};

}  // namespace suar::service
