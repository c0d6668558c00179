// The metrics in Prometheus' text form. prometheus-cpp's own counters lock; so its families are filled here,
// at each scrape, from the service's counters.
#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "service/pages.h"

namespace suar::service {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<std::pair<const char*, std::string>>;

double number(const Counter& counter) {
  return static_cast<double>(counter.value());
}

class Collector : public prometheus::Collectable {
 public:
  explicit Collector(const Shown& shown) : shown_(shown) {}
  [[nodiscard]] std::vector<MetricFamily> Collect() const override;

 private:
  // The family to which the next samples belong.
  void begin(const char* name, const char* help, MetricType type) {
    families_.push_back({name, help, type, {}});
  }
  ClientMetric& sample(Labels labels) {
    ClientMetric& metric = families_.back().metric.emplace_back();
    for (auto& [name, value] : labels) metric.label.push_back({name, std::move(value)});
    return metric;
  }
  void value(double number, Labels labels = {}) {
    if (families_.back().type == MetricType::Counter) {
      sample(std::move(labels)).counter.value = number;
    } else {
      sample(std::move(labels)).gauge.value = number;
    }
  }
  void counter(const char* name, const char* help, double number) {
    begin(name, help, MetricType::Counter);
    value(number);
  }
  void gauge(const char* name, const char* help, double number) {
    begin(name, help, MetricType::Gauge);
    value(number);
  }
  void histogram(const Histogram& histogram, Labels labels = {});
  void records();
  void rule_series();
  void alerts_of(rules::Mode mode, const char* name, const char* help);
  void times();
  void state();
  template <typename Read>
  void by_rule(const char* name, const char* help, MetricType type, Read read);

  const Shown& shown_;
  std::shared_ptr<const InForce> in_force_ = shown_.metrics.in_force();
  std::vector<MetricFamily> families_;
};

void Collector::histogram(const Histogram& histogram, Labels labels) {
  ClientMetric::Histogram& filled = sample(std::move(labels)).histogram;
  std::uint64_t cumulative = 0;
  for (std::size_t i = 0; i < Histogram::kBounds.size(); ++i) {
    cumulative += histogram.count(i);
    filled.bucket.push_back({cumulative, static_cast<double>(Histogram::kBounds[i]) * 1e-9});
  }
  // The sum of what was read, not a count of its own: so bucket and count agree.
  cumulative += histogram.count(Histogram::kBounds.size());
  filled.sample_count = cumulative;
  filled.sample_sum = histogram.seconds();
}

void Collector::records() {
  const Metrics& m = shown_.metrics;
  counter("suar_events_total", "Records processed for their alerts.", number(m.events));
  counter("suar_reread_records_total",
          "Records processed silently: what the journal says of them was sent before.", number(m.reread));
  begin("suar_dead_letters_total", "Records that went to the dead letters, by reason.", MetricType::Counter);
  for (std::size_t i = 0; i < kReasons; ++i) {
    value(number(m.dead_letters[i]),
          {{"reason", std::string(event::name_of(static_cast<event::Reason>(i)))}});
  }
  value(number(m.alerts_too_large), {{"reason", "alert_too_large"}});
  begin("suar_outcomes_total", "What became of the records processed for their alerts.", MetricType::Counter);
  constexpr std::array kNames = {"counted",   "held",      "waiting",    "undone",
                                 "duplicate", "no_effect", "dead_letter"};
  static_assert(kNames.size() == kOutcomes);
  for (std::size_t i = 0; i < kOutcomes; ++i) value(number(m.outcomes[i]), {{"outcome", kNames[i]}});
  const auto outcome = [&m](engine::Outcome which) {
    return number(m.outcomes[static_cast<std::size_t>(which)]);
  };
  counter("suar_duplicates_total", "Events whose id was seen before within the horizon.",
          outcome(engine::Outcome::kDuplicate));
  counter("suar_undone_total", "Rejections and reversals that took an event out, or a part of it.",
          outcome(engine::Outcome::kUndone));
  counter("suar_alerts_shed_total", "Alerts that lost their event ids because a broker refused their size.",
          number(m.alerts_shed));
  counter("suar_dead_letters_truncated_total",
          "Dead letters that were cut because a broker refused their size.",
          number(m.dead_letters_truncated));
  counter("suar_outputs_lost_total", "Outputs that a broker refused even without content.",
          number(m.outputs_lost));
  counter("suar_delivery_failures_total", "Outputs that a broker refused for a time; they are sent again.",
          number(m.delivery_failures));
  gauge("suar_outputs_waiting", "Outputs of the batch that is not handed over yet.",
        number(m.outputs_waiting));
  begin("suar_lag_records", "Records of a partition that are known and not yet processed.",
        MetricType::Gauge);
  for (std::size_t p = 0; p < m.partitions.value() && p < kMostPartitions; ++p) {
    value(number(m.lag[p]), {{"partition", std::to_string(p)}});
  }
}

template <typename Read>
void Collector::by_rule(const char* name, const char* help, MetricType type, Read read) {
  begin(name, help, type);
  for (const auto& rule : in_force_->series) value(read(*rule), {{"rule", rule->id}});
}

// What a rule has not raised yet is shown as 0 for the severity it states.
void Collector::alerts_of(rules::Mode mode, const char* name, const char* help) {
  begin(name, help, MetricType::Counter);
  for (const auto& rule : in_force_->series) {
    for (std::size_t i = 0; i < kSeverities; ++i) {
      const auto severity = static_cast<rules::AlertSeverity>(i);
      const double raised = number(rule->alerts[static_cast<std::size_t>(mode)][i]);
      const bool expected = rule->mode == mode && rule->severity == severity;
      if (raised > 0 || expected)
        value(raised, {{"rule", rule->id}, {"severity", std::string(rules::name_of(severity))}});
    }
  }
}

void Collector::rule_series() {
  alerts_of(rules::Mode::kLive, "suar_alerts_total", "Alerts raised.");
  alerts_of(rules::Mode::kShadow, "suar_shadow_alerts_total", "Alerts raised in shadow mode.");
  by_rule("suar_suppressed_total", "Hits within a quiet period, since the start.", MetricType::Counter,
          [](const RuleSeries& rule) { return number(rule.suppressed); });
  by_rule("suar_excepted_total", "Hits that an exception of the rule took out, since the start.",
          MetricType::Counter, [](const RuleSeries& rule) { return number(rule.excepted); });
  by_rule("suar_snoozed_total", "Hits that a suppression kept from raising an alert, since the start.",
          MetricType::Counter, [](const RuleSeries& rule) { return number(rule.snoozed); });
  by_rule("suar_daily_limits_reached_total", "Days on which a rule raised as many alerts as it may.",
          MetricType::Counter, [](const RuleSeries& rule) { return number(rule.limits_reached); });
  by_rule("suar_rule_evaluations_total", "Evaluations, since the start, re-reading included.",
          MetricType::Counter, [](const RuleSeries& rule) { return number(rule.evaluations); });
  by_rule("suar_rule_hits_total", "Evaluations that were true.", MetricType::Counter,
          [](const RuleSeries& rule) { return number(rule.hits); });
  by_rule("suar_rule_errors_total", "Evaluations that ended in an error.", MetricType::Counter,
          [](const RuleSeries& rule) { return number(rule.errors); });
  by_rule("suar_rule_seconds_total", "Time of the evaluations, estimated from samples.", MetricType::Counter,
          [](const RuleSeries& rule) {
            const double sampled = number(rule.sampled);
            return sampled == 0 ? 0 : number(rule.sampled_nanos) * 1e-9 * number(rule.evaluations) / sampled;
          });
  by_rule("suar_rule_last_hit_timestamp_seconds", "Event time of the last hit; 0 = none yet.",
          MetricType::Gauge,
          [](const RuleSeries& rule) { return static_cast<double>(rule.last_hit_micros.load()) * 1e-6; });
}

void Collector::times() {
  begin("suar_stage_seconds", "Time of a stage: of one record, or of one output.", MetricType::Histogram);
  histogram(shown_.metrics.decode, {{"stage", "decode"}});
  histogram(shown_.metrics.engine, {{"stage", "engine"}});
  histogram(shown_.metrics.alert, {{"stage", "alert"}});
  histogram(shown_.metrics.produce, {{"stage", "produce"}});
  begin("suar_commit_seconds", "From a batch handed over to the brokers to its commit.",
        MetricType::Histogram);
  histogram(shown_.metrics.commit);
  begin("suar_decode_to_alert_seconds", "From a record's bytes to its alert's, written.",
        MetricType::Histogram);
  histogram(shown_.metrics.decode_to_alert);
  begin("suar_end_to_end_seconds", "From a record's timestamp to the acknowledgement of its output.",
        MetricType::Histogram);
  histogram(shown_.metrics.end_to_end);
}

void Collector::state() {
  const Metrics& m = shown_.metrics;
  gauge("suar_state_entities", "Entities that are kept.", number(m.state_entities));
  gauge("suar_state_events", "Events that are kept.", number(m.state_events));
  gauge("suar_state_bytes", "Memory of the engine's state.", number(m.state_bytes));
  gauge("suar_state_remembered_ids", "Event ids that are remembered against duplicates.",
        number(m.remembered_ids));
  counter("suar_late_events_total", "Events older than the newest of their entity.", number(m.late_events));
  counter("suar_unconverted_amounts_total", "Amounts for which there was no exchange rate.",
          number(m.unconverted_amounts));
  counter("suar_shortened_horizons_total", "Ids forgotten early because dedup.max_ids was reached.",
          number(m.shortened_horizons));
  begin("suar_info", "What runs.", MetricType::Gauge);
  value(1, {{"version", shown_.version},
            {"ruleset", in_force_->loaded.rules->hash},
            {"reference", in_force_->loaded.reference->hash()}});
  gauge("suar_ready", "1 when active or standing by, 0 while starting, restoring, claiming or draining.",
        is_ready(shown_.status.phase.load()) ? 1 : 0);
  gauge("suar_active", "1 when this instance is the one that sends alerts.", number(m.active));
  gauge("suar_term", "How often the deployment was claimed; the highest is the active instance's.",
        number(m.term));
  gauge("suar_journal_seq", "The journal's last record that this instance has read.", number(m.journal_seq));
  gauge("suar_journal_lag_records", "Records of the journal that this instance has not repeated yet.",
        number(m.journal_lag));
  counter("suar_snapshots_total", "Snapshots that were written.", number(m.snapshots));
  counter("suar_snapshot_failures_total", "Snapshots that could not be written.",
          number(m.snapshot_failures));
  counter("suar_snapshot_uploads_total", "Snapshots that were copied to the topic.",
          number(m.snapshot_uploads));
  counter("suar_snapshot_upload_failures_total", "Snapshots that could not be copied to the topic.",
          number(m.snapshot_upload_failures));
  gauge("suar_snapshot_bytes", "Size of the last one, before compression.", number(m.snapshot_bytes));
  gauge("suar_snapshot_seconds", "How long the last one took to write.", number(m.snapshot_millis) * 1e-3);
  gauge("suar_snapshot_seq", "The journal's record that the last one stands behind.", number(m.snapshot_seq));
  counter("suar_reloads_total", "Changes of rules or reference data.", number(m.reloads));
  counter("suar_reload_failures_total", "Changed files that were refused.", number(m.reload_failures));
  gauge("suar_reload_refused",
        "1 while the rules and reference data in force are not the files that lie there.",
        number(m.reload_refused));
  gauge("suar_reload_pause_seconds", "How long the last change held the stream.",
        number(m.reload_pause_micros) * 1e-6);
  gauge("suar_broker_wait_seconds", "How long the present call to the brokers has been waited for; 0 = none.",
        static_cast<double>(shown_.status.call.waited().count()) * 1e-3);
}

std::vector<MetricFamily> Collector::Collect() const {
  Collector filled(shown_);
  filled.records();
  filled.rule_series();
  filled.times();
  filled.state();
  return std::move(filled.families_);
}

}  // namespace

std::string metrics_text(const Shown& shown) {
  return prometheus::TextSerializer().Serialize(Collector(shown).Collect());
}

}  // namespace suar::service
