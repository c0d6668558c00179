// The thread on which batches are made safe, so that the engine never waits for a broker.
//
// One job at a time: hand one over when !busy(), and take its report when the wake-up has rung.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "kafka/wake_up.h"
#include "service/batch_writer.h"

namespace suar::service {

class BatchSender {
 public:
  // `wake_up` must outlive the sender.
  BatchSender(std::unique_ptr<BatchWriter> writer, const kafka::WakeUp& wake_up);

  void prepare();
  void claim();
  void write(Batch batch);

  [[nodiscard]] bool busy() const { return busy_; }
  // Of the job handed over last, once; then the sender is free again.
  [[nodiscard]] std::optional<Result> take_report();

 private:
  using Job = std::function<Result(const std::stop_token&)>;
  void start(Job job);
  void work(const std::stop_token& stop);

  std::unique_ptr<BatchWriter> writer_;
  const kafka::WakeUp& wake_up_;
  bool busy_ = false;  // the owner's
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Job> job_;
  std::optional<Result> report_;
  std::jthread thread_;
};

}  // namespace suar::service
