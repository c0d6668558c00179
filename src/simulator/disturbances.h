// What goes wrong on the way from the bank: records that come twice or late, payments that are reversed or
// corrected, payments in two steps. Drafts go in in the order of event time and come out in the order of
// arrival.
//
// A planted payment may come twice or late, which changes nothing of its meaning; it is never undone.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "simulator/draft.h"
#include "simulator/random.h"
#include "simulator/world.h"

namespace suar::simulator {

struct Arrival {
  event::Instant time;
  Draft draft;
};

class Disturbances {
 public:
  explicit Disturbances(const World& world);

  // A fresh draft, numbered; returns what of it arrives at once, if anything does.
  [[nodiscard]] std::optional<Arrival> pass(const Draft& draft);
  // What arrives at `time` or before, the earliest first; nothing when there is no more.
  [[nodiscard]] std::optional<Arrival> due(event::Instant time);

  [[nodiscard]] std::uint64_t new_id();

 private:
  struct Waiting {
    event::Instant arrives;
    std::uint64_t order;
    Draft draft;
  };
  [[nodiscard]] static bool later(const Waiting& a, const Waiting& b);
  void hold(event::Instant arrives, const Draft& draft);
  void reverse(const Draft& draft);
  void correct(const Draft& draft);
  void conclude(const Draft& instruct);

  const World& world_;
  Random random_;
  std::uint64_t numbered_ = 0, held_ = 0;
  std::vector<Waiting> waiting_;  // a heap
};

}  // namespace suar::simulator
