#include "service/active.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "service/contents.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

// A broker writes the markers of a transaction after it has answered; the next one had better not come
// before.
constexpr auto kBetweenCommits = 5ms;
constexpr auto kLongestBatch = 100ms;
constexpr auto kLongestSilence = 250ms;
constexpr std::uint64_t kFullEvents = 20'000;
constexpr std::size_t kFullSteps = 10'000;
// So much may be ahead of what is being committed.
constexpr std::uint64_t kMostEvents = 200'000;
constexpr std::size_t kMostSteps = 40'000;
constexpr std::size_t kMostOutputs = 1'000;
constexpr std::size_t kMostOutputBytes = 8 << 20;
constexpr auto kOffsetsInterval = 250ms;
// Brokers forget offsets that nobody has committed for a week.
constexpr auto kRefreshInterval = 1h;
// A state of a gigabyte is hashed in pieces of a millisecond or so.
constexpr std::uint64_t kDigestParts = 1024;
constexpr auto kLongestWait = 50ms;
// An input that has been at its end for so long lets stream time go on (semantics: ticks).
constexpr auto kTickInterval = 1s;
constexpr int kRecordsPerTurn = 512;

event::Instant wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

}  // namespace

Active::Active(Life& life)
    : life_(life),
      context_(life.context),
      seq_(life.state().seq),
      positions_(life.positions()),
      safe_(positions_),
      last_time_(life.state().created_at) {
  for (const kafka::PartitionState& known : positions_) {
    const auto p = static_cast<std::size_t>(known.partition);
    if (live_from_.size() <= p) live_from_.resize(p + 1);
    live_from_[p] = known.live_from;
  }
}

std::expected<Next, Failure> Active::run() {
  auto next = send_what_is_in_doubt();
  if (!next || *next != Next::kGoOn) return next;
  context_.status.phase = Phase::kActive;
  context_.metrics.active.set(1);
  begin_batch();
  if (context_.contents->stored() && !context_.config().rules.empty()) reload_.emplace(context_);
  while (!context_.stopping()) {
    next = turn();
    if (!next || *next != Next::kGoOn) break;
    const bool holding = (!carried_.valid() && hold_for_snapshot()) || hold_for_change();
    const bool took = !holding && has_room() && take_records();
    if (!took && !holding) tick();
    // While a state is carried over, the journal goes on, so that no standby takes this instance for dead.
    const bool may_wait = holding && !carried_.valid();
    if (!life_.sender().busy() && (may_wait ? !life_.batch().empty() : due()))
      hand_over(kafka::RecordKind::kBatch);
    if (!took) context_.wake_up.wait(kLongestWait);
  }
  if (next && *next == Next::kGoOn) next = stop();
  context_.metrics.active.set(0);
  return next;
}

// at_least_once: the predecessor may have gone before its last outputs were safe.
std::expected<Next, Failure> Active::send_what_is_in_doubt() {
  auto doubt = life_.take_in_doubt();
  if (!doubt) return Next::kGoOn;
  life_.batch().begin(doubt->record.created_at);
  life_.replica().begin(std::move(doubt->record), doubt->before, true);
  while (!life_.replica().idle()) {
    if (context_.stopping()) return Next::kStop;
    if (const auto turned = life_.turn(); !turned) return std::unexpected(turned.error());
    const auto moved = life_.replica().step();
    if (!moved) return std::unexpected(Failure{moved.error()});
    if (!*moved) context_.wake_up.wait(kLongestWait);
  }
  if (life_.batch().outputs() == 0) return Next::kGoOn;
  spdlog::info("sending {} outputs again that may be missing", life_.batch().outputs());
  kafka::JournalRecord done = life_.next_record(kafka::RecordKind::kDone);
  done.created_at = last_time_;
  seq_ = done.seq;
  life_.sender().write({std::nullopt, life_.batch().take_outputs(), std::move(done)});
  while (life_.sender().busy()) {
    if (context_.stopping()) return Next::kStop;
    if (const auto next = turn(); !next || *next != Next::kGoOn) return next;
    context_.wake_up.wait(kLongestWait);
  }
  return Next::kGoOn;
}

std::expected<Next, Failure> Active::turn() {
  if (const auto turned = life_.turn(); !turned) return std::unexpected(turned.error());
  if (auto next = take_report(); !next || *next != Next::kGoOn) return next;
  if (auto next = watch_journal(); !next || *next != Next::kGoOn) return next;
  life_.note_new_partitions();
  commit_offsets(false);
  context_.metrics.outputs_waiting.set(life_.batch().outputs());
  return Next::kGoOn;
}

std::expected<Next, Failure> Active::take_report() {
  const auto report = life_.sender().take_report();
  if (!report) return Next::kGoOn;
  done_at_ = Clock::now();
  switch (report->outcome) {
    case Outcome::kDone:
      safe_ = positions_;
      return Next::kGoOn;
    case Outcome::kFenced:
      spdlog::warn("another instance has taken over: {}", report->why);
      return Next::kRestart;
    case Outcome::kUnknown:
      spdlog::warn("it is not known whether the last batch stands; the journal will tell: {}", report->why);
      return Next::kRestart;
    case Outcome::kRefused:
      return std::unexpected(Failure{report->why});
  }
  return Next::kRestart;
}

// What comes back must be what this instance wrote.
std::expected<Next, Failure> Active::watch_journal() {
  for (;;) {
    const auto record = life_.journal().next();
    if (!record) return std::unexpected(Failure{record.error().message});
    if (!*record) return Next::kGoOn;
    const auto verdict = life_.accept(**record);
    if (!verdict) {
      spdlog::error("{}: {}", context_.config().topics.journal, verdict.error());
      return Next::kRestart;
    }
    if (*verdict == kafka::JournalChain::Verdict::kVoid) continue;
    if ((*record)->writer == context_.writer) continue;
    spdlog::warn("{} has taken over with term {}", (*record)->writer, (*record)->term);
    return Next::kRestart;
  }
}

bool Active::has_room() const {
  const BatchBuilder& batch = life_.batch();
  return batch.events() < kMostEvents && batch.steps() < kMostSteps && batch.outputs() < kMostOutputs &&
         batch.output_bytes() < kMostOutputBytes;
}

// A snapshot stands behind a record of the journal: so while one is due nothing is read, until everything
// that was is safe.
bool Active::hold_for_snapshot() {
  if (!life_.snapshots().due()) return false;
  if (life_.sender().busy() || !life_.batch().empty() || life_.state().seq != seq_) return true;
  life_.begin_snapshot();
  return false;
}

// The switch falls between two batches: nothing is read until those before it are safe, and its record stands
// in the journal before that of the first batch under what it names.
bool Active::hold_for_change() {
  if (!change_ && reload_) change_ = reload_->take();
  if (!change_) return false;
  if (!carried_.valid()) {
    if (life_.sender().busy() || !life_.batch().empty()) return true;
    change_begun_ = Clock::now();
    carried_ = std::async(std::launch::async, [&engine = life_.pipeline().engine(), change = *change_] {
      return std::make_unique<Carried>(engine::Engine::carry_over(engine, change.rules, change.reference));
    });
  }
  if (life_.sender().busy() || carried_.wait_for(0s) != std::future_status::ready) return true;
  const Loaded change = *std::exchange(change_, std::nullopt);
  const std::unique_ptr<Carried> carried = carried_.get();
  Carried& changed = *carried;
  if (!changed) {
    spdlog::error("the changed rules and reference data are refused, and those in force stay: {}",
                  changed.error());
    context_.metrics.reload_failures.add();
    context_.metrics.reload_refused.set(1);
    context_.status.refuse_change(changed.error());
    return false;
  }
  life_.change_to(change, std::move(*changed), change_begun_);
  begin_batch();
  Batch batch;
  batch.record = life_.next_record(kafka::RecordKind::kSwitch);
  batch.record->seq = ++seq_;
  batch.record->created_at = last_time_;
  life_.sender().write(std::move(batch));
  return false;
}

bool Active::take_records() {
  int taken = 0;
  while (taken < kRecordsPerTurn && has_room()) {
    const auto record = life_.input().next();
    if (!record) break;
    take(*record);
    ++taken;
  }
  return taken > 0;
}

void Active::take(const kafka::Record& record) {
  ended_at_.reset();
  if (life_.batch().empty()) begin_batch();
  const SourceRecord source{record.value, record.partition, record.offset, record.timestamp_millis};
  const auto partition = static_cast<std::size_t>(record.partition);
  const bool history = partition < live_from_.size() && record.offset < live_from_[partition];
  history ? life_.pipeline().process_silently(source) : life_.pipeline().process(source);
  life_.batch().processed(record);
  context_.status.processed.fetch_add(1, std::memory_order_relaxed);
}

void Active::tick() {
  kafka::MergedInput& input = life_.input();
  bool ended = input.partitions() > 0;
  for (int p = 0; p < input.partitions() && ended; ++p) ended = input.ended(p);
  const auto now = Clock::now();
  if (!ended) {
    ended_at_.reset();
  } else if (!ended_at_) {
    ended_at_ = now;
  } else if (now - *ended_at_ >= kTickInterval && has_room()) {
    const event::Duration elapsed{
        std::chrono::duration_cast<std::chrono::microseconds>(now - *ended_at_).count()};
    ended_at_ = now;
    if (life_.batch().empty()) begin_batch();
    life_.pipeline().advance(elapsed, true);
    life_.batch().tick(elapsed);
  }
}

void Active::begin_batch() {
  // A clock that was set back does not set the journal back.
  last_time_ = std::max(wall_clock(), last_time_);
  life_.batch().begin(last_time_);
  life_.pipeline().set_batch_time(last_time_);
  batch_since_ = Clock::now();
}

bool Active::due() const {
  const auto now = Clock::now();
  const BatchBuilder& batch = life_.batch();
  if (now - done_at_ < kBetweenCommits) return false;
  if (batch.outputs() > 0 || batch.events() >= kFullEvents || batch.steps() >= kFullSteps) return true;
  if (!batch.empty() && now - batch_since_ >= kLongestBatch) return true;
  return now - done_at_ >= kLongestSilence;
}

// Called where the state is the one behind the batch.
void Active::add_digest(kafka::JournalRecord& record) {
  const auto now = Clock::now();
  if (now < digest_at_) return;
  digest_at_ = now + context_.options.digest_interval;
  const std::uint64_t part = digests_++ % kDigestParts;
  record.digest = {part, kDigestParts, life_.pipeline().engine().digest(part, kDigestParts)};
}

void Active::hand_over(kafka::RecordKind kind) {
  if (life_.batch().empty()) begin_batch();
  Batch batch;
  batch.record = life_.next_record(kind);
  batch.record->seq = ++seq_;
  life_.batch().describe(*batch.record, positions_);
  add_digest(*batch.record);
  batch.outputs = life_.batch().take_outputs();
  for (const kafka::OffsetRange& range : batch.record->ranges) {
    const auto at =
        std::ranges::lower_bound(positions_, range.partition, {}, &kafka::PartitionState::partition);
    if (at != positions_.end() && at->partition == range.partition) {
      at->next = range.next;
    } else {
      positions_.insert(at, {range.partition, range.next, range.first});
    }
  }
  if (context_.delivery() == kafka::Delivery::kAtLeastOnce && !batch.outputs.empty()) {
    batch.done = life_.next_record(kafka::RecordKind::kDone);
    batch.done->seq = ++seq_;
    batch.done->created_at = batch.record->created_at;
  }
  life_.sender().write(std::move(batch));
  life_.batch().begin(last_time_);
}

// For the tools that show lag; nothing depends on them.
void Active::commit_offsets(bool now) {
  const auto at = Clock::now();
  if (!now && at < offsets_at_) return;
  offsets_at_ = at + kOffsetsInterval;
  const bool refresh = at >= refresh_at_;
  if (safe_ == committed_ && !refresh && !life_.consumer().take_commit_failure()) return;
  std::vector<kafka::Position> positions;
  for (const kafka::PartitionState& safe : safe_) {
    positions.push_back({safe.partition, std::max(safe.next, safe.live_from)});
  }
  life_.consumer().commit_soon(positions);
  committed_ = safe_;
  refresh_at_ = at + kRefreshInterval;
}

// Nothing new is read; what was read is made safe, and the journal says that this instance goes.
std::expected<Next, Failure> Active::stop() {
  context_.status.phase = Phase::kDraining;
  const auto deadline = Clock::now() + context_.options.drain_limit;
  const auto wait_until = [&](const auto& done) -> std::expected<bool, Failure> {
    while (!done()) {
      if (Clock::now() > deadline) return false;
      const auto next = turn();
      if (!next) return std::unexpected(next.error());
      if (*next != Next::kGoOn) return false;
      if (!done()) context_.wake_up.wait(5ms);
    }
    return true;
  };
  const auto free = [this] { return !life_.sender().busy(); };
  auto safe = wait_until(free);
  if (safe && *safe && !life_.batch().empty()) {
    hand_over(kafka::RecordKind::kBatch);
    safe = wait_until(free);
  }
  if (safe && *safe) {
    hand_over(kafka::RecordKind::kStop);
    safe = wait_until(free);
  }
  if (!safe) return std::unexpected(safe.error());
  if (!*safe) {
    spdlog::warn("stopped before the last batch was safe; its records will be processed again");
    return Next::kStop;
  }
  // The state behind the stop, so that the next start goes on from there.
  const auto known = wait_until([this] { return life_.state().seq == seq_; });
  if (known && *known) life_.write_snapshot();
  commit_offsets(true);
  const auto committed = wait_until([this] { return life_.consumer().commits_on_their_way() == 0; });
  if (!committed || !*committed)
    spdlog::warn("the group's last offsets are not committed; the journal has them");
  return Next::kStop;
}

}  // namespace suar::service
