// The instances of a deployment, each with its own disk: started, and started again after whatever ended
// them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/program.h"

namespace suar::faults {

class Instances {
 public:
  using Clock = std::chrono::steady_clock;

  Instances(const service::testing::Deployment& deployment, int count);
  ~Instances();
  Instances(const Instances&) = delete;
  Instances& operator=(const Instances&) = delete;

  // Which to hit: one that runs and is not paused; the active one, or another where there is one.
  [[nodiscard]] std::optional<int> find(bool active) const;

  void kill(int number, int back_after_millis);
  void terminate(int number, int back_after_millis);
  void pause(int number, int millis);
  // Starts and wakes up what is due, and notices what ended by itself.
  void turn();
  // Wakes up and starts all of them.
  void heal();
  // Ends all of them as an operator would, the standbys first.
  void stop_all();

  // What an operator would not have expected, each with the end of its log.
  [[nodiscard]] const std::vector<std::string>& surprises() const { return surprises_; }

 private:
  struct Slot {
    std::string config;
    std::vector<std::string> logs;
    std::unique_ptr<service::testing::Program> program;
    bool stopping = false;  // was told to
    std::optional<Clock::time_point> wakes_at, starts_at;
    int pause_after_stop = 0;
  };

  void start(Slot& slot);
  void notice_end(Slot& slot);
  void surprise(const Slot& slot, const std::string& what);
  [[nodiscard]] bool is_active(const Slot& slot) const;
  [[nodiscard]] static bool runs(const Slot& slot);

  const service::testing::Deployment& deployment_;
  std::vector<Slot> slots_;
  std::vector<std::string> surprises_;
};

}  // namespace suar::faults
