#include "cli/explain.h"

#include <cstdio>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/engine_inputs.h"
#include "cli/event_file.h"
#include "cli/explanation_report.h"

namespace suar::cli {
namespace {

using engine::Detail;
using engine::Explanation;
using engine::Outcome;

int refuse(std::string_view why) {
  fmt::print(stderr, "suar explain: {}\n", why);
  return 2;
}

// What became of the record itself.
std::string sentence_of(const engine::Result& result, std::uint64_t line) {
  const auto at = [line](std::string_view what) { return fmt::format("Line {}: the record {}", line, what); };
  switch (result.outcome) {
    case Outcome::kCounted:
      return at("counts.");
    case Outcome::kHeld:
      return at("is an instruction. It counts from the record that completes it, under that record's id.");
    case Outcome::kWaiting:
      return at("acts on a payment that had not arrived yet, and waits for it.");
    case Outcome::kUndone:
      return at("took back another payment, or a part of it. Rules are not asked about such a record.");
    case Outcome::kDuplicate:
      return at("repeats an event_id that was seen before, and changes nothing.");
    case Outcome::kNoEffect:
      return at("acts on a payment that is undone already or no longer known, and changes nothing.");
    case Outcome::kDeadLetter:
      return at(fmt::format("is a dead letter ({}: {}).", event::name_of(result.rejection->reason),
                            result.rejection->detail));
  }
  return "";
}

// Replays the stream until the event has been explained.
class Search {
 public:
  Search(const ExplainOptions& options, const EngineInputs& inputs)
      : options_(options), engine_(engine_options(), inputs.rules, inputs.reference) {}

  std::expected<void, std::string> run() {
    return read_events(
        options_.events, engine_,
        [this](const Line& line, const engine::Decoded& transaction) { return take(line, transaction); });
  }

  [[nodiscard]] const std::vector<std::string>& records() const { return records_; }
  [[nodiscard]] const std::vector<Explanation>& found() const { return found_; }

 private:
  // An act that waits is explained when its original comes, so everything is asked about while one does.
  engine::Options engine_options() {
    engine::Options made;
    made.explain = [this](const rules::Rule& rule) {
      const bool wanted = asking_ && (options_.rule.empty() || rule.id == options_.rule);
      return wanted ? Detail::kAll : Detail::kNone;
    };
    return made;
  }

  bool take(const Line& line, const engine::Decoded& transaction) {
    if (!transaction) return true;
    const bool named = transaction->event_id == options_.event;
    asking_ = named || waiting_;
    const engine::Result result =
        engine_.process(*transaction, line.bytes, std::nullopt, line.number, transaction.recognised);
    if (named) {
      records_.push_back(sentence_of(result, line.number));
      waiting_ = result.outcome == Outcome::kWaiting;
    }
    if (!asking_) return true;
    for (const Explanation& explanation : engine_.explanations()) {
      if (explanation.trigger_event_id != options_.event) continue;
      waiting_ = false;
      if (options_.subject.empty() || explanation.subject_key == options_.subject)
        found_.push_back(explanation);
    }
    return waiting_ || !named;
  }

  const ExplainOptions& options_;
  bool asking_ = false, waiting_ = false;
  engine::Engine engine_;
  std::vector<std::string> records_;
  std::vector<Explanation> found_;
};

void print_json(const ExplainOptions& options, const Search& search, const EngineInputs& inputs) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("event_id", options.event);
  json.key("records");
  json.begin_array();
  for (const std::string& record : search.records()) json.string(record);
  json.end_array();
  json.key("explanations");
  json.begin_array();
  for (const Explanation& explanation : search.found()) write_explanation(json, explanation, inputs.files);
  json.end_array();
  json.end_object();
  fmt::print("{}\n", out);
}

void print_text(const ExplainOptions& options, const Search& search, const EngineInputs& inputs) {
  for (const std::string& record : search.records()) fmt::print("{}\n", record);
  for (const Explanation& explanation : search.found()) {
    // Without a rule to ask about, those that did not look at the event are told in a line.
    if (options.rule.empty() && explanation.verdict == engine::Verdict::kNotAdmitted) {
      fmt::print("\n{} on {}: {}\n", explanation.rule->id, explanation.subject_key,
                 verdict_sentence(explanation));
    } else {
      fmt::print("\n{}", explanation_text(explanation, inputs.files));
    }
  }
}

std::string nothing_found(const ExplainOptions& options, const Search& search) {
  if (search.records().empty())
    return fmt::format("no record of {} has the event_id {}", options.events, options.event);
  const std::string who = options.rule.empty() ? "no rule" : fmt::format("rule {} does not", options.rule);
  return fmt::format("{} watch{} {}", who, options.rule.empty() ? "es" : "",
                     options.subject.empty() ? "any entity that this event touches"
                                             : fmt::format("{} on this event", options.subject));
}

}  // namespace

int explain(const ExplainOptions& options) {
  const auto home = event::parse_currency(options.home_currency);
  if (!home)
    return refuse(fmt::format("--home-currency {} is not three capital letters", options.home_currency));
  const auto inputs = load_engine_inputs(options.rules, options.reference, *home);
  if (!inputs) return 2;
  if (!options.rule.empty() && inputs->rules->find(options.rule) == nullptr) {
    std::vector<std::string> ids;
    for (const rules::Rule& rule : inputs->rules->rules) ids.push_back(rule.id);
    const std::string near = nearest_name(options.rule, ids);
    return refuse(fmt::format("there is no rule {}{}", options.rule,
                              near.empty() ? "" : "; did you mean " + near + "?"));
  }

  Search search(options, *inputs);
  if (auto done = search.run(); !done) return refuse(done.error());
  options.format == "json" ? print_json(options, search, *inputs) : print_text(options, search, *inputs);
  if (!search.found().empty()) return 0;
  fmt::print(stderr, "suar explain: {}\n", nothing_found(options, search));
  return 1;
}

void add_explain(CLI::App& app, int& exit_status) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "Tell why an event did or did not raise a rule");
  command->add_option("--rules", options->rules, "Rule files or directories of them")->required();
  command->add_option("--reference", options->reference, "Directory of reference data");
  command->add_option("--events", options->events, "NDJSON events; - is standard input")
      ->capture_default_str();
  command->add_option("--event", options->event, "The event_id of the event")->required();
  command->add_option("--rule", options->rule,
                      "The rule; without it, every rule that watches an entity of the event");
  command->add_option("--subject", options->subject, "Seen from this entity alone, such as account:123");
  command->add_option("--home-currency", options->home_currency, "Currency of amounts and thresholds")
      ->capture_default_str();
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->footer(
      "Replays the events up to this one. Of a window, the newest 50 events are listed. (-) marks a "
      "condition\n"
      "that was not asked, since those before it had decided. The text holds what the events hold: treat it "
      "as\n"
      "an alert is treated.");
  command->callback([options, &exit_status] { exit_status = explain(*options); });
}

}  // namespace suar::cli
