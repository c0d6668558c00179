// All planted stories of a stream: chosen when it begins, each acted out when its time comes, and described
// in a label when its last payment has gone out.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "simulator/draft.h"
#include "simulator/options.h"
#include "simulator/scenario.h"
#include "simulator/world.h"

namespace suar::simulator {

// Which scenarios are planted, in order, one entry for each time; `left_out` names those that the stream is
// too short for.
struct Programme {
  std::vector<const Scenario*> scenarios;
  std::vector<std::string_view> left_out;
};
[[nodiscard]] Programme programme_for(const Options& options);
[[nodiscard]] std::vector<Casting> castings_of(const Programme& programme);

class Plot {
 public:
  // `world` was made with castings_of(programme).
  Plot(const World& world, Programme programme);

  // The earliest planted payment that is not after `time`, left in place until drop(); null where there is
  // none.
  [[nodiscard]] const Draft* peek(event::Instant time);
  // It has gone out under this id.
  void drop(std::uint64_t id);
  // Labels finished since the last call, one JSON object each.
  [[nodiscard]] std::vector<std::string> take_labels() { return std::exchange(labels_, {}); }

 private:
  struct Story {
    const Scenario* scenario = nullptr;
    StageTime time;
    std::uint64_t seed = 0;
    std::size_t to_come = 0;
    std::string subject;
    std::vector<std::pair<event::Instant, std::uint64_t>> payments;
  };
  struct Pending {
    Draft draft;
    std::uint64_t order;
  };
  [[nodiscard]] static bool later(const Pending& a, const Pending& b);
  void act_out(std::int32_t story);
  void describe(std::int32_t story);

  const World& world_;
  std::vector<Story> stories_;
  std::vector<std::int32_t> by_start_;
  std::size_t begun_ = 0;
  std::uint64_t ordered_ = 0;
  std::vector<Pending> pending_;  // a heap
  std::vector<std::string> labels_;
};

}  // namespace suar::simulator
