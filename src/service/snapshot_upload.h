// Copies snapshots from the disk to the topic suar.snapshots, on a thread of its own, so that a machine with
// an empty disk can start from them.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "service/config.h"
#include "service/metrics.h"

namespace suar::service {

class SnapshotUpload {
 public:
  // `directory` is where they lie; `metrics` must outlive it.
  SnapshotUpload(const Config& config, std::string directory, Metrics& metrics);

  // Copies the newest that is there when the thread comes to it. Returns at once.
  void begin();

 private:
  void work(const std::stop_token& stop);
  // The error is a sentence.
  [[nodiscard]] std::expected<void, std::string> copy_newest(const std::stop_token& stop) const;

  Config config_;
  std::string directory_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool wanted_ = false;
  std::jthread thread_;
};

}  // namespace suar::service
