// Where the service is in its life, for whoever asks over HTTP.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace suar::service {

enum class Phase { kStarting, kRereading, kRunning, kDraining, kStopped };

[[nodiscard]] constexpr std::string_view name_of(Phase phase) {
  switch (phase) {
    case Phase::kStarting:
      return "starting";
    case Phase::kRereading:
      return "rereading";
    case Phase::kRunning:
      return "running";
    case Phase::kDraining:
      return "draining";
    case Phase::kStopped:
      return "stopped";
  }
  return "";
}

struct Status {
  std::atomic<Phase> phase{Phase::kStarting};
  // Records taken from the input, re-read ones included: what a producer paces itself by.
  std::atomic<std::uint64_t> processed{0};
  // The processing loop's last turn, in milliseconds of the steady clock.
  std::atomic<std::int64_t> last_turn_millis{steady_millis()};

  void turn() { last_turn_millis.store(steady_millis(), std::memory_order_relaxed); }
  [[nodiscard]] std::chrono::milliseconds since_last_turn() const {
    return std::chrono::milliseconds(steady_millis() - last_turn_millis.load(std::memory_order_relaxed));
  }

 private:
  static std::int64_t steady_millis() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  }
};

}  // namespace suar::service
