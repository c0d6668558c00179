// What the demonstration shows: alerts as they come, a progress line, the summary.
//
// Alerts are handed over by the thread that raises them; all printing is done by the one that calls show().
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/hit.h"

namespace suar::cli {

class DemoScreen {
 public:
  DemoScreen();

  // From any thread.
  void add_alert(const engine::Hit& hit);

  // The alerts handed over since the last call, and the progress line anew. Where standard output is no
  // terminal, the line comes only every ten seconds.
  void show(std::string_view progress);
  void say(std::string_view text);

 private:
  void wipe_progress();

  std::mutex mutex_;
  std::vector<std::string> alerts_;  // written and not yet shown
  bool terminal_;
  bool progress_shown_ = false;
  std::int64_t next_progress_ = 0;  // seconds of the steady clock
};

}  // namespace suar::cli
