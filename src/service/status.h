// Where the service is in its life, for whoever asks over HTTP.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "service/call_watch.h"

namespace suar::service {

// kStarting: finding topics, reading the journal through; kRestoring: repeating what it says; kStandby: warm,
// another instance is active; kClaiming: taking over.
enum class Phase { kStarting, kRestoring, kStandby, kClaiming, kActive, kDraining, kStopped };

[[nodiscard]] constexpr std::string_view name_of(Phase phase) {
  switch (phase) {
    case Phase::kStarting:
      return "starting";
    case Phase::kRestoring:
      return "restoring";
    case Phase::kStandby:
      return "standby";
    case Phase::kClaiming:
      return "claiming";
    case Phase::kActive:
      return "active";
    case Phase::kDraining:
      return "draining";
    case Phase::kStopped:
      return "stopped";
  }
  return "";
}

// A standby is ready too: it holds the state and takes over when it must.
[[nodiscard]] constexpr bool is_ready(Phase phase) {
  return phase == Phase::kActive || phase == Phase::kStandby;
}

struct Status {
  std::atomic<Phase> phase{Phase::kStarting};
  CallWatch call;  // to the brokers
  // Records taken from the input, repeated ones included: what a producer paces itself by.
  std::atomic<std::uint64_t> processed{0};
  // The processing loop's last turn, in milliseconds of the steady clock.
  std::atomic<std::int64_t> last_turn_millis{steady_millis()};

  // How often somebody asked for the rules and reference data to be read again (SIGHUP).
  std::atomic<std::uint64_t> reloads_asked{0};
  // Why files that lie there are not in force; "" where they are. Without anything personal.
  void refuse_change(std::string why) {
    const std::lock_guard lock(mutex_);
    refused_change_ = std::move(why);
  }
  [[nodiscard]] std::string refused_change() const {
    const std::lock_guard lock(mutex_);
    return refused_change_;
  }

  void turn() { last_turn_millis.store(steady_millis(), std::memory_order_relaxed); }
  [[nodiscard]] std::chrono::milliseconds since_last_turn() const {
    return std::chrono::milliseconds(steady_millis() - last_turn_millis.load(std::memory_order_relaxed));
  }

 private:
  mutable std::mutex mutex_;
  std::string refused_change_;

  static std::int64_t steady_millis() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  }
};

}  // namespace suar::service
