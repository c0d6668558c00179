// Simulated traffic with records among it that are no events, or larger than the broker of the dead letters
// takes; written at an even pace by a thread of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "faults/plan.h"
#include "reference/reference.h"

namespace suar::faults {

struct Traffic {
  std::vector<std::string> records;
  std::vector<int> partitions;  // of each record
  std::vector<reference::File> reference;
};

[[nodiscard]] Traffic traffic_of(const Plan& plan);

class Feed {
 public:
  // The traffic must outlive it.
  Feed(std::string broker, std::string topic, const Traffic& traffic, int millis);

  [[nodiscard]] bool done() const { return done_; }
  // Why it ended before everything was written; "" where it did not.
  [[nodiscard]] std::string failure() const { return done_ ? failure_ : ""; }

 private:
  void write(const std::stop_token& stop, const std::string& broker, const std::string& topic,
             const Traffic& traffic, int millis);

  std::string failure_;
  std::atomic<bool> done_ = false;
  std::jthread thread_;
};

}  // namespace suar::faults
