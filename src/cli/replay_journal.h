// `suar replay --config FILE`: the broker's retained input again, in the journal's order.
#pragma once

#include <string>
#include <vector>

namespace suar::cli {

struct ReplayJournalOptions {
  std::string config;
  std::string from, to;  // RFC 3339; "" = open
  std::vector<std::string> accept;
  std::string alerts = "-";
  std::string dead_letter;  // "" = counted only
};

// Returns the exit status.
[[nodiscard]] int replay_journal(const ReplayJournalOptions& options);

}  // namespace suar::cli
