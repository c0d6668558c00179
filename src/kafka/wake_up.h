// The one thing that the thread of the processing loop sleeps on: new input, an acknowledgement, a stop.
//
// ring() may be called from any thread; librdkafka writes to fd() itself.
#pragma once

#include <chrono>

namespace suar::kafka {

class WakeUp {
 public:
  WakeUp();
  ~WakeUp();
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  void ring() const;
  // Returns after a ring that was not yet seen, or after `limit`.
  void wait(std::chrono::milliseconds limit) const;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

}  // namespace suar::kafka
