#include "cli/replay_journal.h"

#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/engine_inputs.h"
#include "cli/output_file.h"
#include "event/dead_letter.h"
#include "event/instant.h"
#include "event/json_writer.h"
#include "service/config.h"
#include "service/files.h"
#include "service/journal_replay.h"
#include "service/log.h"

namespace suar::cli {
namespace {

int refuse(std::string_view why) {
  fmt::print(stderr, "suar replay: {}\n", why);
  return 2;
}

// As a file keeps one, with its place on the topic instead of a line.
std::string dead_letter_line(const service::OutputItem& item) {
  std::string line;
  event::JsonWriter json(line);
  json.begin_object();
  for (const auto& [name, value] : item.headers) {
    if (name == "suar-reason") json.field("reason", value);
    if (name == "suar-detail") json.field("detail", value);
  }
  json.field("partition", item.partition);
  json.field("offset", item.offset);
  json.field("bytes_base64", event::base64(item.value));
  json.end_object();
  return line;
}

std::optional<std::optional<event::Instant>> time_of(const std::string& text) {
  if (text.empty()) return std::optional<event::Instant>();
  const auto parsed = event::parse_rfc3339(text);
  if (!parsed) return std::nullopt;
  return std::optional(parsed->instant);
}

}  // namespace

int replay_journal(const ReplayJournalOptions& options) {
  const auto bytes = service::read_file(options.config);
  if (!bytes) return refuse(bytes.error());
  auto [config, findings] = service::parse_config(options.config, *bytes, service::process_environment());
  print(findings, Quote::kNothing);
  if (!config) return 2;
  service::JournalReplay replay;
  const auto from = time_of(options.from);
  const auto to = time_of(options.to);
  if (!from || !to) return refuse("--from and --to take a time such as 2025-03-01T00:00:00+07:00");
  replay.from = *from;
  replay.to = *to;
  for (const std::string& name : options.accept) {
    const auto accepted = service::parse_accept(name);
    if (!accepted) return refuse(fmt::format("--accept {}: there is nothing of that name to accept", name));
    replay.accepted.insert(*accepted);
  }
  const auto inputs =
      load_engine_inputs(config->rules, config->reference, config->home_currency, Quote::kNothing);
  if (!inputs) return 2;
  auto alerts = OutputFile::open(options.alerts);
  if (!alerts) return refuse(alerts.error());
  std::optional<OutputFile> dead_letters;
  if (!options.dead_letter.empty()) {
    auto opened = OutputFile::open(options.dead_letter);
    if (!opened) return refuse(opened.error());
    dead_letters.emplace(std::move(*opened));
  }
  service::open_log(service::LogThreshold::kWarn);
  replay.config = std::move(*config);
  replay.output = [&](const service::OutputItem& item) {
    if (item.is_alert) {
      alerts->line(item.value);
    } else if (dead_letters) {
      dead_letters->line(dead_letter_line(item));
    }
  };
  const auto counts = service::replay_journal(replay, inputs->rules, inputs->reference);
  if (!counts) return refuse(counts.error().message);
  if (auto done = alerts->finish(); !done) return refuse(done.error());
  if (dead_letters) {
    if (auto done = dead_letters->finish(); !done) return refuse(done.error());
  }
  fmt::print(stderr, "suar replay: {} records in {} batches of the journal; {} alerts, {} dead letters\n",
             counts->records, counts->batches, counts->alerts, counts->dead_letters);
  return 0;
}

}  // namespace suar::cli
