#include "service/snapshots.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>
#include <vector>

#include "engine/state_bytes.h"
#include "kafka/journal_reader.h"
#include "kafka/snapshot_topic.h"
#include "service/contents.h"
#include "service/log.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kBrokerPatience = 60s;
constexpr auto kWait = 20ms;

PipelineOptions pipeline_options(const Config& config) {
  PipelineOptions options;
  options.limits.max_bytes = config.max_record_bytes;
  options.engine = config.engine;
  return options;
}

SnapshotProcess::Produce state_of(const engine::Engine& engine) {
  return [&engine](const kafka::ByteSink& sink) {
    engine::StateWriter out(sink);
    engine.save(out);
    out.finish();
  };
}

// The error is a sentence.
std::expected<void, std::string> read_state(Pipeline& pipeline, const kafka::ByteSource& bytes) {
  engine::StateReader in([&bytes]() -> std::optional<std::string_view> {
    const auto next = bytes();
    return next ? std::optional(*next) : std::nullopt;
  });
  return pipeline.restore(in);
}

}  // namespace

Snapshots::Snapshots(Context& context)
    : context_(context), next_(Clock::now() + context.config().snapshot_interval()) {
  const Config& config = context.config();
  if (config.state.empty()) return;
  const std::string directory = config.state + "/" + config.instance;
  directory_.emplace(directory, kafka::local_files());
  if (context.shares_snapshots) upload_.emplace(config, directory, context.metrics);
}

Restored Snapshots::begin_empty() {
  Restored restored;
  restored.batch = std::make_unique<BatchBuilder>(context_.config().topics, context_.options.on_alert);
  restored.pipeline = std::make_unique<Pipeline>(pipeline_options(context_.config()),
                                                 Loaded{context_.rules, context_.reference}, *restored.batch,
                                                 context_.metrics);
  return restored;
}

Restored Snapshots::restore(bool own_only) {
  context_.adopt(context_.contents->own());
  Restored restored = begin_empty();
  if (!directory_) return restored;
  const auto begun = Clock::now();
  const Config& config = context_.config();
  std::vector<kafka::SnapshotPlace*> places = {&*directory_};
  std::unique_ptr<kafka::RecordStore> store;
  std::optional<kafka::SnapshotTopic> topic;
  if (context_.shares_snapshots) {
    auto opened =
        kafka::RecordStore::open({config.brokers, config.topics.snapshots, config.properties, client_log()});
    if (opened) {
      store = std::move(*opened);
      places.push_back(&topic.emplace(*store));
    } else {
      spdlog::warn("{}", opened.error().message);
    }
  }
  const auto consume = [&](const kafka::SnapshotManifest& manifest,
                           const kafka::ByteSource& bytes) -> std::expected<void, std::string> {
    const kafka::Deciders& under = manifest.journal.deciders;
    if (under.semantics != context_.deciders.semantics || under.settings != context_.deciders.settings)
      return std::unexpected("it was written under other settings or semantics");
    const auto loaded = context_.contents->load(under.ruleset, under.reference);
    if (!loaded) return std::unexpected(loaded.error());
    if (own_only && *loaded != context_.contents->own())
      return std::unexpected("it was written under other rules or reference data");
    context_.adopt(*loaded);
    if (auto why = misplaced(manifest)) return std::unexpected(std::move(*why));
    restored = begin_empty();
    return read_state(*restored.pipeline, bytes);
  };
  const auto loaded = kafka::load_newest(places, {context_.identity}, consume);
  for (const kafka::SnapshotProblem& problem : loaded.passed_over)
    spdlog::warn("a snapshot is passed over: {}", kafka::to_string(problem));
  if (!loaded.manifest) {
    context_.adopt(context_.contents->own());
    return begin_empty();
  }
  restored.journal = loaded.manifest->journal;
  restored.journal_next = loaded.manifest->journal_offset + 1;
  spdlog::info("restored the state behind the journal's seq {} in {} ms: {} MB", restored.journal.seq,
               std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun).count(),
               loaded.manifest->raw_bytes / 1'000'000);
  return restored;
}

std::optional<std::string> Snapshots::misplaced(const kafka::SnapshotManifest& manifest) const {
  const Config& config = context_.config();
  const auto unreadable = [](const kafka::Error& error) {
    return fmt::format("the journal cannot be read where it stands: {}", error.message);
  };
  auto reader = kafka::JournalReader::open({config.brokers, config.topics.journal, config.instance,
                                            config.properties, client_log(), manifest.journal_offset},
                                           context_.wake_up);
  if (!reader) return unreadable(reader.error());
  const auto end = (*reader)->ask_end(kBrokerPatience);
  if (!end) return unreadable(end.error());
  if (manifest.journal_offset >= *end)
    return fmt::format("the journal ends at offset {}, and it stands at {}", *end, manifest.journal_offset);
  while (!context_.stopping()) {
    context_.status.turn();
    const auto record = (*reader)->next();
    if (!record) return unreadable(record.error());
    if (!*record) {
      context_.wake_up.wait(kWait);
      continue;
    }
    const kafka::JournalRecord& found = **record;
    if ((*reader)->offset() == manifest.journal_offset && found.seq == manifest.journal.seq &&
        found.term == manifest.journal.term && found.writer == manifest.journal.writer) {
      return std::nullopt;
    }
    return fmt::format("the journal has seq {} at offset {}, and not the record that it stands behind",
                       found.seq, (*reader)->offset());
  }
  return "the start was given up";
}

bool Snapshots::due() const {
  return directory_ && !process_.busy() && context_.config().snapshots.micros > 0 && Clock::now() >= next_;
}

kafka::SnapshotManifest Snapshots::manifest_of(const kafka::JournalState& state,
                                               std::int64_t journal_offset) const {
  kafka::SnapshotManifest manifest;
  manifest.identity = context_.identity;
  manifest.journal = state;
  manifest.journal_offset = journal_offset;
  return manifest;
}

void Snapshots::begin(const engine::Engine& engine, const kafka::JournalState& state,
                      std::int64_t journal_offset) {
  next_ = Clock::now() + context_.config().snapshot_interval();
  process_.start(*directory_, manifest_of(state, journal_offset), state_of(engine));
}

void Snapshots::write(const engine::Engine& engine, const kafka::JournalState& state,
                      std::int64_t journal_offset) {
  if (!directory_ || state.empty()) return;
  const auto begun = Clock::now();
  SnapshotProcess::Outcome outcome{
      kafka::save_snapshot(*directory_, manifest_of(state, journal_offset), state_of(engine))};
  outcome.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
  note(outcome);
}

void Snapshots::turn() {
  if (const auto outcome = process_.poll()) note(*outcome);
}

void Snapshots::note(const SnapshotProcess::Outcome& outcome) {
  Metrics& metrics = context_.metrics;
  if (!outcome.manifest) {
    metrics.snapshot_failures.add();
    spdlog::error("no snapshot was written, and the older ones stay: {}", outcome.manifest.error());
    return;
  }
  metrics.snapshots.add();
  metrics.snapshot_bytes.set(outcome.manifest->raw_bytes);
  metrics.snapshot_millis.set(static_cast<std::uint64_t>(outcome.took.count()));
  metrics.snapshot_seq.set(outcome.manifest->journal.seq);
  spdlog::info("a snapshot behind the journal's seq {}: {} MB in {} ms, the stream held for {} us",
               outcome.manifest->journal.seq, outcome.manifest->raw_bytes / 1'000'000, outcome.took.count(),
               outcome.stalled.count());
  if (upload_ && context_.status.phase.load() == Phase::kActive) upload_->begin();
}

}  // namespace suar::service
