// Which call to the brokers is being waited for, and since when; for whoever asks over HTTP.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace suar::service {

class CallWatch {
 public:
  // `name` must live for ever.
  void begin(const char* name) {
    since_ = now();
    name_ = name;
  }
  void end() { name_ = nullptr; }

  // nullptr when nothing is waited for.
  [[nodiscard]] const char* name() const { return name_.load(); }
  [[nodiscard]] std::chrono::milliseconds waited() const {
    return std::chrono::milliseconds(name() == nullptr ? 0 : now() - since_.load());
  }

 private:
  static std::int64_t now() {
    const auto at = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(at).count();
  }
  std::atomic<const char*> name_{nullptr};
  std::atomic<std::int64_t> since_{0};
};

class WatchedCall {
 public:
  WatchedCall(CallWatch& watch, const char* name) : watch_(watch) { watch_.begin(name); }
  ~WatchedCall() { watch_.end(); }
  WatchedCall(const WatchedCall&) = delete;
  WatchedCall& operator=(const WatchedCall&) = delete;

 private:
  CallWatch& watch_;
};

}  // namespace suar::service
