// Processes the input and makes safe what comes out of it, batch by batch, until a stop, or until another has
// taken over.
//
// While a batch is made safe on the sender's thread, the next one is already processed; it is handed over as
// soon as it is due and the sender is free. So memory is at most one batch ahead of what is being committed,
// and a life that is not sure of a batch ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/life.h"
#include "service/reload.h"

namespace suar::service {

class Active {
 public:
  explicit Active(Life& life);

  // kStop: stopped and committed. kRestart: fenced, or not sure of the last batch.
  [[nodiscard]] std::expected<Next, Failure> run();

 private:
  using Clock = Life::Clock;

  [[nodiscard]] std::expected<Next, Failure> send_what_is_in_doubt();
  [[nodiscard]] std::expected<Next, Failure> turn();
  [[nodiscard]] std::expected<Next, Failure> take_report();
  [[nodiscard]] std::expected<Next, Failure> watch_journal();
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] bool hold_for_snapshot();
  [[nodiscard]] bool hold_for_change();
  bool take_records();
  void take(const kafka::Record& record);
  void tick();
  [[nodiscard]] bool due() const;
  void hand_over(kafka::RecordKind kind);
  void begin_batch();
  void add_digest(kafka::JournalRecord& record);
  void commit_offsets(bool now);
  [[nodiscard]] std::expected<Next, Failure> stop();

  Life& life_;
  Context& context_;
  // What the journal will have come to once everything handed over is safe.
  std::uint64_t seq_;
  std::vector<kafka::PartitionState> positions_, safe_, committed_;
  std::vector<std::int64_t> live_from_;  // by partition
  event::Instant last_time_;
  std::uint64_t digests_ = 0;
  Clock::time_point digest_at_, batch_since_, done_at_, offsets_at_, refresh_at_;
  std::optional<Reload> reload_;
  std::optional<Loaded> change_;
  Clock::time_point change_begun_;
  // The engine under the change, while it is made from the present one, which meanwhile only is read.
  using Carried = std::expected<std::unique_ptr<engine::Engine>, std::string>;
  std::future<std::unique_ptr<Carried>> carried_;
  std::optional<Clock::time_point> ended_at_;  // since when the input's end is reached, or the last tick
};

}  // namespace suar::service
