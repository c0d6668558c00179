// What the service counts. The thread of the processing loop writes; the thread that answers HTTP reads.
//
// The engine's own counters are plain numbers, so they are copied into here every so often (Pipeline does).
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "event/decoder.h"
#include "rules/rule.h"
#include "service/counter.h"
#include "service/loaded.h"

namespace suar::service {

inline constexpr std::size_t kReasons = static_cast<std::size_t>(event::Reason::kReverseCurrency) + 1;
inline constexpr std::size_t kOutcomes = static_cast<std::size_t>(engine::Outcome::kDeadLetter) + 1;
inline constexpr std::size_t kMostPartitions = 1024;  // that have a series of their own

inline constexpr std::size_t kModes = static_cast<std::size_t>(rules::Mode::kShadow) + 1;
inline constexpr std::size_t kSeverities = static_cast<std::size_t>(rules::AlertSeverity::kCritical) + 1;

struct RuleSeries {
  std::string id;
  rules::Mode mode{};
  rules::AlertSeverity severity{};  // where no value of the rule grades it
  Counter evaluations, hits, errors, suppressed, excepted, snoozed, limits_reached, sampled, sampled_nanos;
  std::array<std::array<Counter, kSeverities>, kModes> alerts;
  std::atomic<std::int64_t> last_hit_micros{0};
};

// What is in force, and what is counted of its rules: by index in the rule set, from the engine's start, the
// re-reading included, except `alerts`.
struct InForce {
  Loaded loaded;
  std::vector<std::unique_ptr<RuleSeries>> series;
};

struct Metrics {
  explicit Metrics(Loaded loaded);

  // From any thread; what it gives stays as it is when other rules come into force.
  [[nodiscard]] std::shared_ptr<const InForce> in_force() const;
  // These rules come into force. The alerts of rules that stay are counted on.
  void show(Loaded loaded);

  // Of records that were processed for their alerts.
  Counter events;
  std::array<Counter, kReasons> dead_letters;
  std::array<Counter, kOutcomes> outcomes;
  // Of those that were only repeated, or read to fill windows.
  Counter reread;

  Counter state_entities, state_events, state_bytes, remembered_ids;
  Counter late_events, unconverted_amounts, shortened_horizons;

  Histogram decode, engine, alert, produce;  // a stage's time for one record or output
  Histogram decode_to_alert;                 // from a record's bytes to its alert's, written
  Histogram end_to_end;                      // record timestamp to acknowledged output, wall clocks

  std::array<Counter, kMostPartitions> lag;
  Counter partitions;
  Counter alerts_shed, alerts_too_large, dead_letters_truncated, outputs_lost;
  Counter outputs_waiting;  // not handed over yet
  Histogram commit;         // a batch: a transaction, or a record in the journal and its outputs
  Counter active;           // 1 while this instance sends alerts
  Counter term, journal_seq;
  Counter journal_lag;  // records of the journal not repeated yet
  Counter delivery_failures;
  Counter snapshots, snapshot_failures, snapshot_uploads, snapshot_upload_failures;
  Counter snapshot_bytes, snapshot_millis, snapshot_seq;  // of the last that was written
  Counter reloads, reload_failures;  // changes of rules or reference data, and files that were refused
  Counter reload_pause_micros;       // how long the last change held the stream
  Counter reload_refused;            // 1 while the files that lie there are not those in force

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const InForce> in_force_;
};

}  // namespace suar::service
