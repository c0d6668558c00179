// Asks the brokers from time to time how many partitions the input has, on a thread of its own, because the
// answer may take its time.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "kafka/consumer.h"

namespace suar::service {

class PartitionWatch {
 public:
  // `consumer` must outlive the watch.
  PartitionWatch(const kafka::Consumer& consumer, int partitions, std::chrono::milliseconds interval)
      : partitions_(partitions), thread_([this, &consumer, interval](const std::stop_token& stop) {
          watch(stop, consumer, interval);
        }) {}

  [[nodiscard]] int partitions() const { return partitions_.load(std::memory_order_relaxed); }

 private:
  void watch(const std::stop_token& stop, const kafka::Consumer& consumer,
             std::chrono::milliseconds interval) {
    constexpr std::chrono::milliseconds kPatience{2000};
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!never.wait_for(lock, stop, interval, [&stop] { return stop.stop_requested(); })) {
      if (const auto count = consumer.partition_count(kPatience))
        partitions_.store(*count, std::memory_order_relaxed);
    }
  }

  std::atomic<int> partitions_;
  std::jthread thread_;
};

}  // namespace suar::service
