#include "service/life.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

#include "service/beginning.h"
#include "service/cluster.h"
#include "service/contents.h"
#include "service/history.h"
#include "service/log.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kBrokerPatience = 60s;
constexpr auto kPublishInterval = 250ms;
constexpr auto kAskEnd = 150ms;
// A wait for the brokers that is longer than this is told.
constexpr auto kLongWait = 1s;
constexpr auto kComplainInterval = 5s;

std::unique_ptr<BatchWriter> writer_for(Context& context) {
  const Config& config = context.config();
  WriterOptions options{config.brokers,
                        config.instance,
                        config.properties,
                        config.topics,
                        output_topics(config.topics, *context.rules),
                        client_log(),
                        context.limits};
  return config.delivery == kafka::Delivery::kExactlyOnce
             ? transaction_writer(std::move(options), context.metrics, context.status.call)
             : acknowledged_writer(std::move(options), context.metrics, context.status.call);
}

std::unexpected<Failure> failed(std::string message) {
  return std::unexpected(Failure{std::move(message)});
}

}  // namespace

std::expected<std::unique_ptr<Life>, Failure> Life::begin(Context& context, LivePredicate live) {
  const Config& config = context.config();
  context.status.turn();
  auto consumer = kafka::Consumer::open({config.brokers, config.topics.transactions, config.instance,
                                         config.properties, context.partitions, client_log()});
  if (!consumer) return failed(consumer.error().message);
  const auto ask_input = [&] {
    const WatchedCall watched(context.status.call, "offsets of the input");
    if (const auto count = (*consumer)->partition_count(kBrokerPatience)) context.partitions = *count;
    return (*consumer)->offsets(context.partitions, kBrokerPatience);
  };
  auto offsets = ask_input();
  if (!offsets) return failed(offsets.error().message);
  std::map<int, std::int64_t> low;
  for (const kafka::PartitionOffsets& partition : *offsets) low[partition.partition] = partition.low;
  auto beginning = find_beginning(context, low);
  if (!beginning) return std::unexpected(beginning.error());
  // Another may process meanwhile: the journal names nothing beyond an end that was asked for behind it.
  offsets = ask_input();
  if (!offsets) return failed(offsets.error().message);
  Restored& restored = beginning->restored;
  const JournalScan* scan = &beginning->scan;
  auto plan = plan_start({*scan, *offsets, config.start, config.delivery, beginning->deciders,
                          context.options.accepted, config.topics.transactions, config.instance});
  if (!plan) return failed(plan.error());
  for (const std::string& accepted : plan->accepted) spdlog::warn("accepted: {}", accepted);
  if (plan->first && !beginning->history.empty()) plan->accepted.push_back(beginning->history);
  if (scan->events > 0)
    spdlog::info("repeating {} records as the journal's {} say", scan->events,
                 scan->end.seq - restored.journal.seq);

  auto input = std::make_unique<kafka::MergedInput>(**consumer, context.wake_up);
  for (const kafka::PartitionState& partition : plan->begin) {
    if (auto added = input->add_partition(partition.next); !added) return failed(added.error().message);
  }
  auto journal = kafka::JournalReader::open({config.brokers, config.topics.journal, config.instance,
                                             config.properties, client_log(), restored.journal_next},
                                            context.wake_up);
  if (!journal) return failed(journal.error().message);
  std::unique_ptr<Life> life(new Life(context, std::move(restored), std::move(*plan), std::move(*consumer),
                                      std::move(input), std::move(*journal)));
  life->known_seq_ = scan->end.seq;
  life->history_ = beginning->history;
  life->follows_ = beginning->follows;
  life->sets_from_ = scan->sets_from;
  life->live_ = std::move(live);
  return life;
}

Life::Life(Context& given, Restored restored, StartPlan plan, std::unique_ptr<kafka::Consumer> consumer,
           std::unique_ptr<kafka::MergedInput> input, std::unique_ptr<kafka::JournalReader> journal)
    : context(given),
      plan_(std::move(plan)),
      consumer_(std::move(consumer)),
      input_(std::move(input)),
      journal_(std::move(journal)),
      chain_(context.identity, std::move(restored.journal)),
      journal_offset_(restored.journal_next.value_or(0) - 1),
      batch_(std::move(restored.batch)),
      pipeline_(std::move(restored.pipeline)),
      snapshots_(context),
      replica_(*input_, *pipeline_, plan_.origin, context.deciders),
      sender_(std::make_unique<BatchSender>(writer_for(context), context.wake_up)),
      journal_end_(std::in_place, *journal_, kAskEnd),
      watch_(std::in_place, *consumer_, input_->partitions(), context.options.partition_check) {}

std::expected<void, Failure> Life::turn() {
  context.status.turn();
  if (const auto served = consumer_->serve(); !served) return failed(served.error().message);
  if (input_->failure()) return failed(input_->failure()->message);
  snapshots_.turn();
  publish();
  complain();
  return {};
}

std::expected<Life::Advance, Failure> Life::advance() {
  if (replica_.idle() && !to_repeat_.empty() &&
      to_repeat_.front().record.kind == kafka::RecordKind::kSwitch) {
    const kafka::Deciders to = to_repeat_.front().record.deciders;
    const auto loaded = context.contents->load(to.ruleset, to.reference);
    if (!loaded) return failed(fmt::format("the journal changes to other rules: {}", loaded.error()));
    if (auto changed = change_to(*loaded); !changed) return failed(changed.error());
    to_repeat_.pop_front();
    return Advance{true, Next::kGoOn};
  }
  if (replica_.idle() && !to_repeat_.empty()) {
    const bool live = live_ && live_(to_repeat_.front().record);
    replica_.begin(std::move(to_repeat_.front().record), to_repeat_.front().before, live);
    to_repeat_.pop_front();
  }
  if (!replica_.idle()) {
    const std::uint64_t before = replica_.records();
    const auto moved = replica_.step();
    if (!moved) return failed(moved.error());
    context.status.processed.fetch_add(replica_.records() - before, std::memory_order_relaxed);
    return Advance{*moved, Next::kGoOn};
  }
  auto record = journal_->next();
  if (!record) return failed(record.error().message);
  if (!*record) return Advance{};
  heard_at_ = Clock::now();
  kafka::JournalState before = chain_.state();
  const auto verdict = accept(**record);
  if (!verdict) return failed(fmt::format("{}: {}", context.config().topics.journal, verdict.error()));
  if (*verdict == kafka::JournalChain::Verdict::kVoid) return Advance{true, Next::kGoOn};
  const auto next = follow(std::move(**record), std::move(before));
  if (!next) return std::unexpected(next.error());
  return Advance{true, *next};
}

std::expected<kafka::JournalChain::Verdict, std::string> Life::accept(const kafka::JournalRecord& record) {
  const auto verdict = chain_.accept(record);
  if (verdict && *verdict == kafka::JournalChain::Verdict::kNext) journal_offset_ = journal_->offset();
  return verdict;
}

std::expected<Next, Failure> Life::follow(kafka::JournalRecord record, kafka::JournalState before) {
  // What was there at the start was judged by plan_start().
  const bool news = record.seq > known_seq_;
  // Another was first, and began with what is not here.
  if (news && record.seq == 1 && history_of(record) != history_) return Next::kRestart;
  if (news && follows_ && computed_anew(record)) return Next::kRestart;
  if (follows_ && record.kind == kafka::RecordKind::kSwitch) {
    settle_doubt();
    if (record.seq > sets_from_) to_repeat_.push_back({std::move(record), std::move(before)});
    return Next::kGoOn;
  }
  const kafka::Deciders& expected = follows_ && !before.empty() ? before.deciders : context.deciders;
  if (news && record.deciders != expected) {
    return failed(fmt::format(
        "the journal goes on, from seq {}, under other rules, reference data or settings than those "
        "here; start this instance with the same ones",
        record.seq));
  }
  if (record.kind == kafka::RecordKind::kClaim) {
    const bool same_origin = record.origin == plan_.origin;
    return record.seq > known_seq_ && !same_origin ? Next::kRestart : Next::kGoOn;
  }
  settle_doubt();
  if (!record.has_batch()) return Next::kGoOn;
  if (record.delivery == kafka::Delivery::kAtLeastOnce) {
    in_doubt_ = Recorded{std::move(record), std::move(before)};
  } else {
    to_repeat_.push_back({std::move(record), std::move(before)});
  }
  return Next::kGoOn;
}

std::expected<void, std::string> Life::change_to(const Loaded& loaded) {
  const auto begun = Clock::now();
  if (auto changed = pipeline_->change_to(loaded); !changed) return changed;
  in_force(loaded, begun);
  return {};
}

void Life::change_to(const Loaded& loaded, std::unique_ptr<engine::Engine> engine, Clock::time_point begun) {
  pipeline_->change_to(loaded, std::move(engine));
  in_force(loaded, begun);
}

void Life::in_force(const Loaded& loaded, Clock::time_point begun) {
  context.adopt(loaded);
  replica_.set_deciders(context.deciders);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun);
  context.metrics.reloads.add();
  context.metrics.reload_pause_micros.set(static_cast<std::uint64_t>(took.count()));
  spdlog::info(
      "rules {} and reference data {} are in force behind the journal's seq {}; the stream was held for {} "
      "us",
      context.deciders.ruleset, context.deciders.reference, state().seq, took.count());
}

bool Life::settle_doubt() {
  if (!in_doubt_) return false;
  to_repeat_.push_back(*std::exchange(in_doubt_, std::nullopt));
  return true;
}

kafka::JournalRecord Life::next_record(kafka::RecordKind kind) const {
  kafka::JournalRecord record;
  record.kind = kind;
  record.instance = context.identity.instance;
  record.cluster = context.identity.cluster;
  record.topic = context.identity.topic;
  record.writer = context.writer;
  record.delivery = context.delivery();
  record.term = state().term;
  record.seq = state().seq + 1;
  record.deciders = context.deciders;
  return record;
}

std::vector<kafka::PartitionState> Life::positions() const {
  std::vector<kafka::PartitionState> all = state().positions;
  for (const kafka::PartitionState& begin : plan_.begin) {
    if (state().find(begin.partition) == nullptr) all.push_back(begin);
  }
  std::ranges::sort(all, {}, &kafka::PartitionState::partition);
  return all;
}

void Life::note_new_partitions() {
  while (input_->partitions() < watch_->partitions()) {
    const int number = input_->partitions();
    if (const auto added = input_->add_partition(); !added) {
      spdlog::warn("{}", added.error().message);
      return;
    }
    context.partitions = number + 1;
    spdlog::info("{} has a new partition {}, read from its beginning", consumer_->topic(), number);
  }
}

void Life::publish() {
  const auto now = Clock::now();
  if (now < publish_at_) return;
  publish_at_ = now + kPublishInterval;
  Metrics& metrics = context.metrics;
  pipeline_->publish_counters();
  metrics.partitions.set(static_cast<std::uint64_t>(input_->partitions()));
  for (int p = 0; p < input_->partitions() && static_cast<std::size_t>(p) < kMostPartitions; ++p) {
    metrics.lag[static_cast<std::size_t>(p)].set(static_cast<std::uint64_t>(input_->lag(p)));
  }
  metrics.term.set(state().term);
  metrics.journal_seq.set(state().seq);
  metrics.journal_lag.set(static_cast<std::uint64_t>(journal_->at_end() ? 0 : journal_->lag()) +
                          to_repeat_.size() + (replica_.idle() ? 0 : 1));
}

void Life::complain() {
  const auto now = Clock::now();
  if (now < complain_at_) return;
  const char* call = context.status.call.name();
  if (const auto waited = context.status.call.waited(); call != nullptr && waited > kLongWait) {
    spdlog::warn("waiting for the brokers since {} ms: {}", waited.count(), call);
  } else if (replica_.waiting() > kLongWait) {
    spdlog::warn("waiting since {} ms for records that the journal names", replica_.waiting().count());
  } else {
    return;
  }
  complain_at_ = now + kComplainInterval;
}

}  // namespace suar::service
