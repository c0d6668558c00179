#include "service/standby.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kSilence = 1s;
constexpr int kRandomMillis = 300;
constexpr auto kAfterLostClaim = 5s;
constexpr auto kAskLimit = 900ms;
constexpr auto kLongestWait = 20ms;

event::Instant wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

}  // namespace

Standby::Standby(Life& life, ClaimTurn& turn)
    : life_(life),
      context_(life.context),
      turn_(turn),
      patience_(kSilence + std::chrono::milliseconds(
                               std::uniform_int_distribution<int>(0, kRandomMillis)(turn.random))) {}

std::expected<Next, Failure> Standby::run() {
  auto next = follow();
  if (!next || *next != Next::kGoOn) return next;
  return claim();
}

template <typename Done>
std::expected<Next, Failure> Standby::advance_until(Done done) {
  while (!context_.stopping()) {
    if (const auto turned = life_.turn(); !turned) return std::unexpected(turned.error());
    const auto advanced = life_.advance();
    if (!advanced) return std::unexpected(advanced.error());
    if (advanced->next != Next::kGoOn) return advanced->next;
    if (advanced->moved) continue;
    if (done()) return Next::kGoOn;
    context_.wake_up.wait(kLongestWait);
  }
  return Next::kStop;
}

std::expected<Next, Failure> Standby::follow() {
  context_.status.phase = Phase::kRestoring;
  life_.sender().prepare();
  bool prepared = false;
  std::optional<Failure> failure;
  auto next = advance_until([&] {
    if (const auto report = life_.sender().take_report()) {
      prepared = report->outcome == Outcome::kDone;
      if (!prepared) failure = Failure{report->why};
    }
    if (failure) return true;
    if (context_.status.phase.load() == Phase::kRestoring && life_.caught_up()) {
      context_.status.phase = Phase::kStandby;
      spdlog::info("standing by: the journal is at seq {}, term {}; {} records repeated", life_.state().seq,
                   life_.state().term, life_.replica().records());
    }
    if (life_.snapshots().due() && life_.repeated() && !life_.in_doubt() && !life_.state().empty())
      life_.begin_snapshot();
    return prepared && may_claim();
  });
  if (failure) return std::unexpected(*failure);
  return next;
}

bool Standby::may_claim() const {
  const auto now = Life::Clock::now();
  if (!life_.caught_up() || now < turn_.not_before) return false;
  const auto answered = life_.journal_end().answered_since(life_.journal().end_reached());
  if (!answered) return false;
  if (life_.state().empty() || life_.state().last == kafka::RecordKind::kStop) return true;
  return now - std::max(*answered, life_.heard_at()) >= patience_;
}

std::expected<Next, Failure> Standby::wait_for_sender(Result& result) {
  std::optional<Result> report;
  auto next = advance_until([&] {
    if (!report) report = life_.sender().take_report();
    return report.has_value();
  });
  if (report) result = *report;
  return next;
}

// Everything that was committed before this call.
std::expected<Next, Failure> Standby::read_to_end() {
  for (;;) {
    const auto end = life_.journal().ask_end(kAskLimit);
    if (!end) {
      if (context_.stopping()) return Next::kStop;
      if (const auto turned = life_.turn(); !turned) return std::unexpected(turned.error());
      continue;
    }
    return advance_until([&] { return life_.caught_up() && life_.journal().end_reached() >= *end; });
  }
}

std::expected<Next, Failure> Standby::lost(const Result& result) {
  if (result.outcome == Outcome::kRefused) return std::unexpected(Failure{result.why});
  spdlog::warn("the claim is lost: {}", result.why);
  if (result.outcome == Outcome::kFenced) turn_.not_before = Life::Clock::now() + kAfterLostClaim;
  return Next::kRestart;
}

std::expected<Next, Failure> Standby::claim() {
  context_.status.phase = Phase::kClaiming;
  spdlog::info("claiming term {}", life_.state().term + 1);
  life_.sender().claim();
  Result result;
  if (auto next = wait_for_sender(result); !next || *next != Next::kGoOn) return next;
  if (result.outcome != Outcome::kDone) return lost(result);
  if (auto next = read_to_end(); !next || *next != Next::kGoOn) return next;

  kafka::JournalRecord record = life_.next_record(kafka::RecordKind::kClaim);
  ++record.term;
  record.created_at = std::max(wall_clock(), life_.state().created_at);
  record.positions = life_.positions();
  record.origin = life_.plan().origin;
  record.accepted = life_.plan().accepted;
  const std::uint64_t term = record.term;
  life_.sender().write({record, {}, {}});
  if (auto next = wait_for_sender(result); !next || *next != Next::kGoOn) return next;
  if (result.outcome != Outcome::kDone) return lost(result);

  // Without transactions a late record of the predecessor, or another's claim, may stand before it.
  if (auto next = read_to_end(); !next || *next != Next::kGoOn) return next;
  if (life_.state().term != term || life_.state().writer != context_.writer) {
    return lost(
        {Outcome::kFenced, fmt::format("term {} is that of {}", life_.state().term, life_.state().writer)});
  }
  spdlog::info("active in term {}", term);
  return Next::kGoOn;
}

}  // namespace suar::service
