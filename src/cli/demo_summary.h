// The last page of the demonstration.
#pragma once

#include <cstdint>
#include <string>

#include "cli/demo_score.h"
#include "service/metrics.h"

namespace suar::cli {

struct DemoCounts {
  std::uint64_t sent = 0;       // events given to the broker
  std::uint64_t refused = 0;    // that it did not take
  std::uint64_t processed = 0;  // events that came out of the engine

  [[nodiscard]] bool complete() const { return refused == 0 && sent == processed; }
};

// `end_to_end`: the broker is a real one, so the time through it means something.
[[nodiscard]] std::string demo_summary(const DemoCounts& counts, const DemoScore& score,
                                       const service::Metrics& metrics, bool end_to_end);

}  // namespace suar::cli
