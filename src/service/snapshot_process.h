// Writes a snapshot in a process of its own, so that the stream goes on meanwhile: a fork has the state as it
// is at that moment, for the price of copying the page tables.
//
// The child only reads the state and writes files: of a program with threads it has one, and whatever lock
// another one held stays locked. So it neither logs nor touches the client library, and dies with its parent.
// Should it hang all the same, on a lock or on a disk, it is ended: it shows that it goes on every second or
// so. Pages that the parent changes before the child is done exist twice; the child's share ends with it.
// Under AddressSanitizer, whose allocator is such a lock, there is no child: start() writes the snapshot.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "kafka/snapshot_place.h"

namespace suar::service {

class SnapshotProcess {
 public:
  using Clock = std::chrono::steady_clock;
  // Gives the whole state to the sink.
  using Produce = std::function<void(const kafka::ByteSink&)>;

  struct Outcome {
    std::expected<kafka::SnapshotManifest, std::string> manifest;
    std::chrono::milliseconds took{0};
    std::chrono::microseconds stalled{0};  // how long the fork held the caller up
  };

  explicit SnapshotProcess(std::chrono::milliseconds patience = std::chrono::seconds(60))
      : patience_(patience) {}
  // Ends a child that is still at work; its snapshot is then none.
  ~SnapshotProcess();
  SnapshotProcess(const SnapshotProcess&) = delete;
  SnapshotProcess& operator=(const SnapshotProcess&) = delete;

  // Only when not busy(). `place` and what `produce` refers to are copied as they are now.
  void start(kafka::SnapshotPlace& place, const kafka::SnapshotManifest& manifest, const Produce& produce);
  [[nodiscard]] bool busy() const { return outcome_.has_value() || child_ > 0; }
  // Once, when it is done.
  [[nodiscard]] std::optional<Outcome> poll();

 private:
  void listen();
  void finish(int status);

  const std::chrono::milliseconds patience_;  // with a child that does not go on
  pid_t child_ = 0;
  int report_ = -1;    // the reading end of a pipe: signs of life, then the manifest or an error
  std::string heard_;  // of that, without the signs of life
  Clock::time_point begun_, heard_at_;
  std::chrono::microseconds stalled_{0};
  std::optional<Outcome> outcome_;
};

}  // namespace suar::service
