#include "service/pipeline.h"

#include <chrono>

#include <spdlog/spdlog.h>

#include "alert/alert.h"

namespace suar::service {
namespace {

std::optional<event::Instant> record_time(const SourceRecord& record) {
  if (!record.timestamp_millis) return std::nullopt;
  return event::Instant{*record.timestamp_millis * 1000};
}

// A record's place in the input as one number, by which the engine gives an act back that had to wait.
constexpr unsigned kOffsetBits = 48;

std::uint64_t name_of_position(const SourceRecord& record) {
  return static_cast<std::uint64_t>(record.partition) << kOffsetBits |
         static_cast<std::uint64_t>(record.offset);
}

SourceRecord source_of(const engine::LateRejection& late) {
  const auto offset = static_cast<std::int64_t>(late.position & ((std::uint64_t{1} << kOffsetBits) - 1));
  return {late.record, static_cast<int>(late.position >> kOffsetBits), offset, std::nullopt};
}

// The engine knows no clock of its own; what its rules cost is timed with this one.
engine::Options timed(engine::Options options) {
  options.clock = [] {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                          std::chrono::steady_clock::now().time_since_epoch())
                                          .count());
  };
  return options;
}

}  // namespace

Pipeline::Pipeline(const PipelineOptions& options, const Loaded& loaded, Output& output, Metrics& metrics)
    : decoder_(options.limits),
      engine_(std::make_unique<engine::Engine>(timed(options.engine), loaded.rules, loaded.reference)),
      output_(output),
      metrics_(metrics) {
  if (metrics_.in_force()->loaded != loaded) metrics_.show(loaded);
  shown_ = metrics_.in_force();
}

std::expected<void, std::string> Pipeline::change_to(const Loaded& loaded) {
  auto changed = engine::Engine::carry_over(*engine_, loaded.rules, loaded.reference);
  if (!changed) return std::unexpected(std::move(changed.error()));
  change_to(loaded, std::move(*changed));
  return {};
}

void Pipeline::change_to(const Loaded& loaded, std::unique_ptr<engine::Engine> engine) {
  engine_ = std::move(engine);
  metrics_.show(loaded);
  shown_ = metrics_.in_force();
}

void Pipeline::process(const SourceRecord& record) {
  metrics_.events.add();
  const auto start = Clock::now();
  const auto transaction = decoder_.decode(record.bytes);
  const auto decoded = Clock::now();
  metrics_.decode.observe(decoded - start);
  if (!transaction) {
    metrics_.outcomes[static_cast<std::size_t>(engine::Outcome::kDeadLetter)].add();
    return reject(record, transaction.error());
  }

  const engine::Result result =
      engine_->process(*transaction, record.bytes, record_time(record), name_of_position(record));
  metrics_.engine.observe(Clock::now() - decoded);
  metrics_.outcomes[static_cast<std::size_t>(result.outcome)].add();
  if (result.rejection) reject(record, *result.rejection);
  for (const engine::LateRejection& late : engine_->late_rejections()) {
    reject(source_of(late), late.rejection);
  }
  send_alerts(record, start);
}

void Pipeline::send_alerts(const SourceRecord& source, Clock::time_point start) {
  auto before = Clock::now();
  for (const engine::Hit& hit : engine_->hits()) {
    std::string json =
        alert::to_json(hit, engine_->rules(), engine_->reference(), batch_time_.value_or(hit.event_time));
    const auto written = Clock::now();
    metrics_.alert.observe(written - before);
    metrics_.decode_to_alert.observe(written - start);
    RuleSeries& series = *shown_->series[static_cast<std::size_t>(hit.rule - engine_->rules().rules.data())];
    series.alerts[static_cast<std::size_t>(hit.mode)][static_cast<std::size_t>(hit.severity)].add();
    if (hit.limited_until && hit.mode == rules::Mode::kLive)
      spdlog::warn("rule {} has raised {} alerts today; its further ones go to the shadow topic until {}",
                   hit.rule->id, hit.rule->raise.max_alerts_per_day,
                   event::to_rfc3339(*hit.limited_until, hit.rule->raise.day_offset_minutes));
    output_.alert(source, hit, std::move(json));
    before = Clock::now();
  }
}

void Pipeline::process_silently(const SourceRecord& record) {
  metrics_.reread.add();
  if (const auto transaction = decoder_.decode(record.bytes)) {
    static_cast<void>(
        engine_->process(*transaction, record.bytes, record_time(record), name_of_position(record)));
  }
}

void Pipeline::advance(event::Duration elapsed, bool live) {
  if (engine_->stream_time() == event::Instant::min()) return;
  const auto start = Clock::now();
  engine_->advance(engine_->stream_time() + elapsed);
  if (live)
    send_alerts({.bytes = {}, .partition = SourceRecord::kTick, .offset = 0, .timestamp_millis = {}}, start);
}

void Pipeline::reject(const SourceRecord& record, const event::Rejection& rejection) {
  metrics_.dead_letters[static_cast<std::size_t>(rejection.reason)].add();
  output_.dead_letter(record, rejection);
}

void Pipeline::publish_counters() {
  const auto& counters = engine_->rule_counters();
  for (std::size_t i = 0; i < counters.size(); ++i) {
    RuleSeries& series = *shown_->series[i];
    const engine::RuleCounters& rule = counters[i];
    series.evaluations.set(rule.evaluations);
    series.hits.set(rule.hits);
    series.errors.set(rule.errors);
    series.suppressed.set(rule.suppressed);
    series.excepted.set(rule.excepted);
    series.snoozed.set(rule.snoozed);
    series.limits_reached.set(rule.limits_reached);
    series.sampled.set(rule.sampled);
    series.sampled_nanos.set(rule.sampled_nanos);
    if (rule.hits > 0) series.last_hit_micros.store(rule.last_hit.micros, std::memory_order_relaxed);
  }
  const engine::StateSize size = engine_->state_size();
  metrics_.state_entities.set(size.entities);
  metrics_.state_events.set(size.kept_events);
  metrics_.state_bytes.set(size.bytes);
  metrics_.remembered_ids.set(size.remembered_ids);
  const engine::Counters& all = engine_->counters();
  metrics_.late_events.set(all.late);
  metrics_.unconverted_amounts.set(all.unconverted);
  metrics_.shortened_horizons.set(all.shortened_horizon);
}

}  // namespace suar::service
