// `suar demo`: everything at once, with no broker installed. Simulated traffic with planted crimes goes
// through the stand-in broker (or a real one) and the running service; alerts appear on the terminal as they
// are raised, and a summary says what was caught, missed and wrongly flagged.
#pragma once

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace suar::cli {

struct DemoOptions {
  std::string brokers;  // "" = the stand-in broker inside the program
  std::string rules;    // "" = the pack that comes with the program
  int seconds = 50;     // that the traffic lasts, the start and the summary apart
  int days = 60;        // that it simulates
  std::uint32_t accounts = 1000;
  std::uint64_t seed = 1;
  std::uint16_t http_port = 0;  // of the metrics; 0 = any free one
};

// Returns the exit status: 1 where an event was lost.
[[nodiscard]] int run_demo(const DemoOptions& options);

void add_demo(CLI::App& app, int& exit_status);

}  // namespace suar::cli
