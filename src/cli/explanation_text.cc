// An explanation as text. Numbers stand in the notation of rule files, since they are exact there; a reader
// compares them with the rule beside it.
#include <algorithm>

#include <fmt/format.h>

#include "cli/explanation_report.h"
#include "cli/rule_tests_notation.h"
#include "rules/source_text.h"

namespace suar::cli {
namespace {

using engine::Explanation;
using engine::Seen;
using engine::Verdict;

bool is_constant(const rules::Expression& e) {
  return e.op == rules::Op::kBool || e.op == rules::Op::kNumber || e.op == rules::Op::kMoney ||
         e.op == rules::Op::kText || e.op == rules::Op::kDuration || e.op == rules::Op::kTextList;
}

std::string shown(const engine::Value& value) {
  const bool text = value.type == rules::Type::kText || value.type == rules::Type::kParty;
  if (!value.present) return "absent";
  return text ? fmt::format("\"{}\"", value.text) : notation_of(value);
}

// Conditions that failed and were asked: what the verdict rests on.
void count_failed(const Seen& seen, std::size_t& failed, std::size_t& asked) {
  const bool chain = seen.expression->op == rules::Op::kAnd;
  if (!chain) {
    ++asked;
    if (!seen.value.truth) ++failed;
    return;
  }
  for (const Seen& part : seen.parts) count_failed(part, failed, asked);
}

// The condition that the verdict rests on.
const std::optional<Seen>& deciding(const Explanation& e) {
  if (e.verdict == Verdict::kNotAdmitted) return e.events;
  return e.verdict == Verdict::kNotTriggered ? e.trigger : e.when;
}

std::string_view deciding_name(const Explanation& e) {
  if (e.verdict == Verdict::kNotAdmitted) return "events";
  return e.verdict == Verdict::kNotTriggered ? "trigger" : "when";
}

class TextReport {
 public:
  TextReport(const Explanation& explanation, std::span<const rules::File> files)
      : explanation_(explanation), files_(files) {}

  std::string write() {
    const rules::Rule& rule = *explanation_.rule;
    line(0, fmt::format("{} (version {}): {}", rule.id, rule.version, rule.title.en));
    const std::string what = explanation_.signal == nullptr
                                 ? fmt::format("event {}", explanation_.trigger_event_id)
                                 : fmt::format("the signal of {} that event {} left", explanation_.signal->id,
                                               explanation_.trigger_event_id);
    line(0, fmt::format("{}, seen from {}: {} of {}", rules::name_of(rule.watch), explanation_.subject_key,
                        what, time(explanation_.event_time)));
    line(0, verdict_sentence(explanation_));
    out_ += '\n';
    condition("events", explanation_.events);
    condition("trigger", explanation_.trigger);
    condition("when", explanation_.when);
    parts("exceptions", explanation_.exceptions);
    parts("modifiers of the score", explanation_.modifiers);
    parts(kept_conditions(rule), explanation_.window_conditions);
    lets();
    windows();
    steps();
    signals();
    return std::move(out_);
  }

  std::string write_conditions() {
    line(0, verdict_sentence(explanation_));
    condition(deciding_name(explanation_), deciding(explanation_));
    return std::move(out_);
  }

 private:
  void line(int indent, std::string_view text) { out_ += fmt::format("{:{}}{}\n", "", indent, text); }

  [[nodiscard]] std::string time(event::Instant t) const {
    return event::to_rfc3339(t, explanation_.offset_minutes);
  }
  [[nodiscard]] std::string text_of(const Seen& seen) const {
    return rules::source_text(seen.expression->at, files_);
  }

  void condition(std::string_view name, const std::optional<Seen>& seen) {
    if (!seen || text_of(*seen).empty()) return;  // not written: `when` beside a sequence
    line(2, fmt::format("{}: {}", name, seen->value.truth ? "holds" : "does not hold"));
    if (seen->expression->op == rules::Op::kAnd) {
      for (const Seen& one : seen->parts) part(4, one);
    } else {
      part(4, *seen);
    }
  }

  void parts(std::string_view name, const std::vector<Seen>& all) {
    if (all.empty()) return;
    line(2, name);
    for (const Seen& seen : all) part(4, seen);
  }

  static std::string kept_conditions(const rules::Rule& rule) {
    return fmt::format("this event in the conditions of windows{}{}", rule.steps.empty() ? "" : ", steps",
                       rule.unless ? " and `unless`" : "");
  }

  void part(int indent, const Seen& seen) {
    const bool whole = seen.expression->op == rules::Op::kAnd || seen.expression->op == rules::Op::kOr ||
                       seen.expression->op == rules::Op::kNot ||
                       seen.expression->op == rules::Op::kConditional;
    const std::string_view mark = !seen.asked ? "(-)" : seen.value.truth ? "yes" : "no ";
    const std::string values = whole ? std::string() : operands(seen);
    const std::string text = text_of(seen);
    line(indent, values.empty() ? fmt::format("{} {}", mark, text)
                                : fmt::format("{} {:<44}  {}", mark, text, values));
    if (!whole) return;
    for (const Seen& one : seen.parts) {
      if (one.expression->type == rules::Type::kBool) part(indent + 4, one);
    }
  }

  // "payers = 4, payers_min = 5": what is not written in the condition itself.
  [[nodiscard]] std::string operands(const Seen& seen) const {
    std::string out;
    for (const Seen& operand : seen.parts) {
      if (is_constant(*operand.expression)) continue;
      out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", text_of(operand), shown(operand.value));
    }
    return out;
  }

  void lets() {
    if (explanation_.lets.empty()) return;
    line(2, "values");
    for (const engine::LetSeen& let : explanation_.lets) {
      for (const engine::EvidenceValue& value : let.values) {
        line(4, fmt::format("{} = {}", value.name, shown(value.value)));
      }
      line(8, one_line(let.let->source));
      for (const Seen& one : let.seen.parts) {
        if (one.expression->type == rules::Type::kBool) part(8, one);
      }
    }
  }

  void windows() {
    for (const engine::WindowSeen& window : explanation_.windows) {
      line(2, fmt::format("window {}", one_line(window.window->source)));
      line(4, fmt::format("after {} up to {}: {} event{}", time(explanation_.as_of - window.window->length),
                          time(explanation_.as_of), window.event_count, window.event_count == 1 ? "" : "s"));
      for (const engine::WindowEvent& event : window.events) line(6, kept_event(event));
      if (window.event_count > window.events.size())
        line(6, fmt::format("and {} older ones", window.event_count - window.events.size()));
    }
  }

  [[nodiscard]] std::string kept_event(const engine::WindowEvent& event) const {
    return fmt::format("{}  {}{}{}", time(event.time), event.event_id, event.signal ? "  (signal)" : "",
                       event.value ? "  " + shown(*event.value) : "");
  }

  void steps() {
    for (const engine::StepSeen& step : explanation_.steps) {
      line(2, fmt::format("step {}: {}", step.step->name,
                          one_line(rules::source_text(step.step->condition->at, files_))));
      line(4, step.found ? "is  " + kept_event(*step.found) : std::string("is not found"));
      line(4, fmt::format("{} event{} could be it by {}", step.candidate_count,
                          step.candidate_count == 1 ? "" : "s",
                          step.candidate_count == 1 ? "itself" : "themselves"));
      for (const engine::WindowEvent& event : step.candidates) line(6, kept_event(event));
      if (step.candidate_count > step.candidates.size())
        line(6, fmt::format("and {} older ones", step.candidate_count - step.candidates.size()));
    }
    if (explanation_.steps.empty()) return;
    const rules::Step& last = explanation_.rule->steps.back();
    line(2, fmt::format("step {}: {}", last.name, one_line(rules::source_text(last.condition->at, files_))));
    line(4, "the trigger");
  }

  void signals() {
    for (const engine::SignalLeft& signal : explanation_.signals) {
      std::string values;
      for (const auto& [name, value] : signal.values) values += fmt::format(", {} = {}", name, shown(value));
      line(2, fmt::format("{} {}{}", signal.mark ? "marked" : "left its signal on", signal.key, values));
    }
  }

  static std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n';
      if (!blank || (!out.empty() && out.back() != ' ')) out += blank ? ' ' : c;
    }
    return out;
  }

  const Explanation& explanation_;
  std::span<const rules::File> files_;
  std::string out_;
};

// ": 1 of its 3 conditions fails"
std::string failures(const std::optional<Seen>& seen) {
  if (!seen) return "";
  std::size_t failed = 0, conditions = 0;
  count_failed(*seen, failed, conditions);
  if (conditions < 2) return "";
  return fmt::format(": {} of its {} conditions {}", failed, conditions, failed == 1 ? "fails" : "fail");
}

}  // namespace

std::string verdict_sentence(const Explanation& e) {
  switch (e.verdict) {
    case Verdict::kNotAdmitted:
      return fmt::format("The rule did not look at it, for `events` does not hold{}.", failures(e.events));
    case Verdict::kLate:
      return fmt::format(
          "The rule was not evaluated, for the event came late: none of its windows reaches back from {} so "
          "far.",
          event::to_rfc3339(e.as_of, e.offset_minutes));
    case Verdict::kNotTriggered:
      return fmt::format(
          "The event fills the rule's windows but does not trigger it, for `trigger` does not hold{}.",
          failures(e.trigger));
    case Verdict::kNoSequence:
      return "It raised no alert, for the steps that should come before it are not found.";
    case Verdict::kNotMet:
      return fmt::format("It raised no alert, for `when` does not hold{}.", failures(e.when));
    case Verdict::kError:
      return "It could not be evaluated: a value did not fit 128 bits.";
    case Verdict::kExcepted:
      return fmt::format("All conditions hold, and so does exception {}: no hit, no signal.", e.exception);
    case Verdict::kSnoozed:
      return fmt::format("All conditions hold. A suppression that {} approved keeps it quiet until {}: {}",
                         e.suppression->approver, event::to_rfc3339(e.suppression->until, e.offset_minutes),
                         e.suppression->reason);
    case Verdict::kQuiet:
      return fmt::format(
          "All conditions hold. It raised no alert of its own, for alert {} stands and is followed by "
          "quiet until {}.",
          e.alert_id, event::to_rfc3339(*e.quiet_until, e.offset_minutes));
    case Verdict::kRepeated:
      return fmt::format("All conditions hold. Its alert {} exists already.", e.alert_id);
    case Verdict::kSilent:
      return "All conditions hold. The rule is silent: it leaves its signal and raises no alert.";
    case Verdict::kArmed:
      return fmt::format(
          "All conditions hold. It raises an alert at {}, unless `unless` comes true until then.",
          event::to_rfc3339(*e.deadline, e.offset_minutes));
    case Verdict::kAlert:
      return fmt::format("All conditions hold. It raised alert {}.", e.alert_id);
  }
  return "";
}

int failed_conditions(const Explanation& explanation) {
  std::size_t failed = 0, asked = 0;
  if (deciding(explanation)) count_failed(*deciding(explanation), failed, asked);
  return static_cast<int>(failed);
}

std::string conditions_text(const Explanation& explanation, std::span<const rules::File> files) {
  return TextReport(explanation, files).write_conditions();
}

std::string explanation_text(const Explanation& explanation, std::span<const rules::File> files) {
  return TextReport(explanation, files).write();
}

}  // namespace suar::cli
