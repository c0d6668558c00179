#include <optional>

#include "alert/value_json.h"
#include "cli/explanation_report.h"
#include "rules/source_text.h"

namespace suar::cli {
namespace {

using engine::Explanation;
using engine::Seen;

class JsonReport {
 public:
  JsonReport(event::JsonWriter& json, const Explanation& explanation, std::span<const rules::File> files)
      : json_(json), explanation_(explanation), files_(files) {}

  void write() {
    const rules::Rule& rule = *explanation_.rule;
    json_.begin_object();
    json_.key("rule");
    json_.begin_object();
    json_.field("id", rule.id);
    json_.field("version", rule.version);
    json_.end_object();
    json_.field("subject", explanation_.subject_key);
    json_.field("verdict", name_of(explanation_.verdict));
    json_.field("sentence", verdict_sentence(explanation_));
    json_.field("trigger_event_id", explanation_.trigger_event_id);
    json_.key("signal");
    explanation_.signal == nullptr ? json_.null() : json_.string(explanation_.signal->id);
    time("event_time", explanation_.event_time);
    time("as_of", explanation_.as_of);
    condition("events", explanation_.events);
    condition("trigger", explanation_.trigger);
    condition("when", explanation_.when);
    conditions("window_conditions", explanation_.window_conditions);
    conditions("modifiers", explanation_.modifiers);
    conditions("exceptions", explanation_.exceptions);
    lets();
    windows();
    steps();
    json_.key("exception");
    explanation_.exception.empty() ? json_.null() : json_.string(explanation_.exception);
    json_.key("suppressed_until");
    explanation_.suppression != nullptr ? time_value(explanation_.suppression->until) : json_.null();
    json_.key("alert_id");
    explanation_.alert_id.empty() ? json_.null() : json_.string(explanation_.alert_id);
    json_.key("quiet_until");
    explanation_.quiet_until ? time_value(*explanation_.quiet_until) : json_.null();
    signals();
    json_.end_object();
  }

 private:
  void time_value(event::Instant t) { json_.string(event::to_rfc3339(t, explanation_.offset_minutes)); }
  void time(std::string_view name, event::Instant t) {
    json_.key(name);
    time_value(t);
  }
  void value(const engine::Value& value) { alert::write_value(json_, value, explanation_.offset_minutes); }

  void seen(const Seen& seen) {
    json_.begin_object();
    json_.field("text", rules::source_text(seen.expression->at, files_));
    json_.field("line", seen.expression->at.line);
    json_.key("value");
    value(seen.value);
    json_.field("asked", seen.asked);
    json_.key("parts");
    json_.begin_array();
    for (const Seen& part : seen.parts) this->seen(part);
    json_.end_array();
    json_.end_object();
  }

  void condition(std::string_view name, const std::optional<Seen>& one) {
    json_.key(name);
    one ? seen(*one) : json_.null();
  }

  void conditions(std::string_view name, const std::vector<Seen>& all) {
    json_.key(name);
    json_.begin_array();
    for (const Seen& one : all) seen(one);
    json_.end_array();
  }

  void named_values(const std::vector<engine::EvidenceValue>& values) {
    json_.key("values");
    json_.begin_array();
    for (const engine::EvidenceValue& item : values) {
      json_.begin_object();
      json_.field("name", item.name);
      json_.key("value");
      value(item.value);
      json_.end_object();
    }
    json_.end_array();
  }

  void lets() {
    json_.key("lets");
    json_.begin_array();
    for (const engine::LetSeen& let : explanation_.lets) {
      json_.begin_object();
      json_.field("name", let.let->name);
      json_.field("source", let.let->source);
      named_values(let.values);
      json_.end_object();
    }
    json_.end_array();
  }

  void kept_event(const engine::WindowEvent& event) {
    json_.begin_object();
    json_.field("event_id", event.event_id);
    time("event_time", event.time);
    json_.field("signal", event.signal);
    json_.key("value");
    event.value ? value(*event.value) : json_.null();
    json_.end_object();
  }

  void steps() {
    json_.key("steps");
    json_.begin_array();
    for (const engine::StepSeen& step : explanation_.steps) {
      json_.begin_object();
      json_.field("name", step.step->name);
      json_.field("source", rules::source_text(step.step->condition->at, files_));
      json_.key("found");
      step.found ? kept_event(*step.found) : json_.null();
      json_.field("candidate_count", step.candidate_count);
      json_.key("candidates");
      json_.begin_array();
      for (const engine::WindowEvent& event : step.candidates) kept_event(event);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void windows() {
    json_.key("windows");
    json_.begin_array();
    for (const engine::WindowSeen& window : explanation_.windows) {
      json_.begin_object();
      json_.field("source", window.window->source);
      time("start", explanation_.as_of - window.window->length);
      time("end", explanation_.as_of);
      named_values(window.values);
      json_.field("event_count", window.event_count);
      json_.key("events");
      json_.begin_array();
      for (const engine::WindowEvent& event : window.events) kept_event(event);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void signals() {
    json_.key("signals");
    json_.begin_array();
    for (const engine::SignalLeft& signal : explanation_.signals) {
      json_.begin_object();
      json_.field("key", signal.key);
      json_.field("mark", signal.mark);
      json_.key("values");
      json_.begin_object();
      for (const auto& [name, item] : signal.values) {
        json_.key(name);
        value(item);
      }
      json_.end_object();
      json_.end_object();
    }
    json_.end_array();
  }

  event::JsonWriter& json_;
  const Explanation& explanation_;
  std::span<const rules::File> files_;
};

}  // namespace

void write_explanation(event::JsonWriter& json, const Explanation& explanation,
                       std::span<const rules::File> files) {
  JsonReport(json, explanation, files).write();
}

}  // namespace suar::cli
