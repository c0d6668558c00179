#include "cli/replay.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/engine_inputs.h"
#include "cli/event_file.h"
#include "cli/line_reader.h"
#include "cli/output_file.h"
#include "cli/replay_journal.h"
#include "cli/replay_loop.h"
#include "cli/rule_tests_notation.h"
#include "service/history.h"

namespace suar::cli {
namespace {

int refuse(std::string_view why) {
  fmt::print(stderr, "suar replay: {}\n", why);
  return 2;
}

void print_dead_letters(const ReplayCounts& counts, bool kept) {
  if (counts.dead() == 0) return;
  std::string reasons;
  for (const auto& [reason, count] : counts.dead_letters) {
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, event::name_of(reason));
  }
  fmt::print(stderr, "suar replay: {} of {} records are dead letters ({}){}\n", counts.dead(), counts.records,
             reasons, kept ? "" : "; --dead-letter FILE keeps them");
}

void print_stats(const ReplayCounts& counts, const engine::Engine& engine, double seconds) {
  const engine::Counters& c = engine.counters();
  const engine::StateSize size = engine.state_size();
  fmt::print(stderr, "records        {:>12}   {:.2f} s, {:.0f} a second\n", counts.records, seconds,
             static_cast<double>(counts.records) / std::max(seconds, 1e-9));
  fmt::print(stderr,
             "  counted      {:>12}\n  held         {:>12}\n  waiting      {:>12}\n  undone       {:>12}\n",
             c.counted, c.held, c.waiting, c.undone);
  fmt::print(stderr, "  duplicates   {:>12}\n  no effect    {:>12}\n  dead letters {:>12}\n", c.duplicates,
             c.no_effect, counts.dead());
  fmt::print(stderr, "late           {:>12}\nunconverted    {:>12}\n", c.late, c.unconverted);
  fmt::print(stderr, "alerts         {:>12}\n", counts.alerts);
  for (std::size_t i = 0; i < engine.rules().rules.size(); ++i) {
    const engine::RuleCounters& rule = engine.rule_counters()[i];
    fmt::print(stderr, "  {:<32} {} alerts, {} quiet, {} hits of {} evaluations\n",
               engine.rules().rules[i].id, rule.alerts, rule.suppressed, rule.hits, rule.evaluations);
  }
  fmt::print(stderr, "state          {:>12} entities, {} events, {} MiB\n", size.entities, size.kept_events,
             size.bytes >> 20);
}

// Two names for one file would overwrite each other.
bool same_file(const std::string& a, const std::string& b) {
  std::error_code unknown;
  return a == b ||
         std::filesystem::weakly_canonical(a, unknown) == std::filesystem::weakly_canonical(b, unknown);
}

}  // namespace

int replay(const ReplayOptions& options) {
  const auto home = event::parse_currency(options.home_currency);
  if (!home)
    return refuse(fmt::format("--home-currency {} is not three capital letters", options.home_currency));
  engine::Options engine_options;
  for (const auto& [name, text, into] :
       {std::tuple{"lateness", &options.lateness, &engine_options.lateness},
        {"dedup-horizon", &options.dedup_horizon, &engine_options.dedup_horizon}}) {
    const auto length = parse_duration(*text);
    if (!length || length->micros < 0)
      return refuse(fmt::format("--{} {} is not a duration such as 90s, 24h or 7d", name, *text));
    *into = *length;
  }
  std::optional<event::ZonedInstant> end_time;
  if (!options.end_time.empty()) {
    end_time = event::parse_rfc3339(options.end_time);
    if (!end_time)
      return refuse(
          fmt::format("--end-time {} is not a time such as 2025-03-31T23:59:59+07:00", options.end_time));
  }
  if (!options.dead_letter.empty() && same_file(options.alerts, options.dead_letter)) {
    return refuse("--alerts and --dead-letter name the same file");
  }

  const auto inputs = load_engine_inputs(options.rules, options.reference, *home);
  if (!inputs) return 2;
  const InputDescriptor events(options.events);
  if (!events.open()) return refuse(fmt::format("cannot read {}: {}", options.events, events.error()));
  auto alerts = OutputFile::open(options.alerts);
  if (!alerts) return refuse(alerts.error());
  std::optional<OutputFile> dead_letters;
  if (!options.dead_letter.empty()) {
    auto opened = OutputFile::open(options.dead_letter);
    if (!opened) return refuse(opened.error());
    dead_letters.emplace(std::move(*opened));
  }

  const auto start = std::chrono::steady_clock::now();
  engine::Engine engine(engine_options, inputs->rules, inputs->reference);
  event::DecoderLimits limits;
  limits.max_bytes = options.max_record_bytes;
  LineReader reader(events.number(), std::max(2 * limits.max_bytes, LineReader::kDefaultLongest));
  ReplayLoop loop(engine, limits, *alerts, dead_letters ? &*dead_letters : nullptr);
  if (auto done = loop.run(reader); !done) return refuse(done.error());
  if (end_time) loop.end_at(end_time->instant);
  if (auto done = alerts->finish(); !done) return refuse(done.error());
  if (dead_letters) {
    if (auto done = dead_letters->finish(); !done) return refuse(done.error());
  }
  if (!options.state.empty()) {
    if (auto saved = service::save_history(service::history_directory(options.state), engine); !saved)
      return refuse(fmt::format("{}: {}", options.state, saved.error()));
  }
  print_dead_letters(loop.counts(), dead_letters.has_value());
  if (options.stats) {
    print_stats(loop.counts(), engine,
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return 0;
}

void add_replay(CLI::App& app, int& exit_status) {
  auto options = std::make_shared<ReplayOptions>();
  CLI::App* command = app.add_subcommand("replay", "Run the engine over events from a file or pipe");
  auto* rules = command->add_option("--rules", options->rules, "Rule files or directories of them");
  command->add_option("--reference", options->reference, "Directory of reference data");
  command->add_option("--events", options->events, "NDJSON events; - is standard input")
      ->capture_default_str();
  command->add_option("--alerts", options->alerts, "Where alerts go; - is standard output")
      ->capture_default_str();
  command->add_option("--dead-letter", options->dead_letter, "Where records go that are no valid events");
  command->add_option("--home-currency", options->home_currency, "Currency of amounts and thresholds")
      ->capture_default_str();
  command->add_option("--lateness", options->lateness, "How far stream time stays behind the newest event")
      ->capture_default_str();
  command->add_option("--end-time", options->end_time,
                      "The time that is reached after the last event: deadlines until then fire");
  command->add_option("--dedup-horizon", options->dedup_horizon, "How long an event's id is remembered")
      ->capture_default_str();
  command->add_option("--max-record-bytes", options->max_record_bytes, "A longer record is a dead letter")
      ->capture_default_str();
  command->add_option(
      "--state", options->state,
      "Leave the state behind the last event in this directory: where it is the `state` of a "
      "new deployment, `suar run` begins with it, and its windows are full from the first day");
  command->add_flag("--stats", options->stats, "Write a summary to standard error");
  command->footer(
      "Lines that hold nothing but blanks are skipped. Output files appear whole when everything has been "
      "read,\n"
      "and not at all after an error.");
  auto again = std::make_shared<ReplayJournalOptions>();
  auto* config = command->add_option("--config", again->config,
                                     "Instead of --rules and --events: repeat what the brokers of this "
                                     "configuration hold, in the journal's order");
  command->add_option("--from", again->from, "Alerts of batches that the journal dates at or after this time")
      ->needs(config);
  command->add_option("--to", again->to, "and before this one")->needs(config);
  command->add_option("--accept", again->accept, "As of suar run")->delimiter(',')->needs(config);
  rules->excludes(config);
  command->callback([options, again, config, rules, &exit_status] {
    if (rules->count() + config->count() == 0) throw CLI::RequiredError("--rules or --config");
    if (config->count() == 0) {
      exit_status = replay(*options);
      return;
    }
    again->alerts = options->alerts;
    again->dead_letter = options->dead_letter;
    exit_status = replay_journal(*again);
  });
}

}  // namespace suar::cli
