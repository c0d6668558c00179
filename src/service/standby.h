// Follows the journal, warm, until it falls to this instance to go on; then claims it.
//
// It falls to this instance when the journal is empty, when its last record is a clean stop, or when it has
// been silent for a second and a random part of 300 ms: silent, not unheard, which is why the time counts
// only while its broker answers that nothing more is there. A claim takes the lock (exactly_once), reads what
// the predecessor may have committed last, commits a record of the next term, and holds once that record was
// read back: then nobody can have come between.
#pragma once

#include <expected>
#include <random>

#include "service/life.h"

namespace suar::service {

// What outlives a life: when the next claim may be made.
struct ClaimTurn {
  Life::Clock::time_point not_before;
  std::minstd_rand random{std::random_device{}()};
};

class Standby {
 public:
  Standby(Life& life, ClaimTurn& turn);

  // kGoOn: the claim holds. kRestart: the life is spent.
  [[nodiscard]] std::expected<Next, Failure> run();

 private:
  [[nodiscard]] std::expected<Next, Failure> follow();
  [[nodiscard]] std::expected<Next, Failure> claim();
  [[nodiscard]] bool may_claim() const;
  // Repeats and turns until `done` says so or a stop is asked for.
  template <typename Done>
  [[nodiscard]] std::expected<Next, Failure> advance_until(Done done);
  // Of the sender's job.
  [[nodiscard]] std::expected<Next, Failure> wait_for_sender(Result& result);
  [[nodiscard]] std::expected<Next, Failure> read_to_end();
  [[nodiscard]] std::expected<Next, Failure> lost(const Result& result);

  Life& life_;
  Context& context_;
  ClaimTurn& turn_;
  std::chrono::milliseconds patience_;
};

}  // namespace suar::service
