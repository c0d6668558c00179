// `suar replay`: the engine over NDJSON events from a file or pipe, alerts to a file or standard output.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace CLI {
class App;
}

namespace suar::cli {

struct ReplayOptions {
  std::vector<std::string> rules;
  std::string reference;  // a directory; "" = none
  std::string events = "-";
  std::string alerts = "-";
  std::string dead_letter;  // "" = counted only
  std::string home_currency = "IDR";
  std::string lateness = "60s";
  std::string end_time;  // RFC 3339; "" = the end of the events is not the end of time
  std::string dedup_horizon = "24h";
  std::size_t max_record_bytes = 1 << 20;
  std::string state;  // the service's state directory, where a warm start is left; "" = none is
  bool stats = false;  // a summary on standard error
};

// Returns the exit status.
[[nodiscard]] int replay(const ReplayOptions& options);

void add_replay(CLI::App& app, int& exit_status);

}  // namespace suar::cli
