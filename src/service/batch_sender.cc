#include "service/batch_sender.h"

#include <utility>

namespace suar::service {

BatchSender::BatchSender(std::unique_ptr<BatchWriter> writer, const kafka::WakeUp& wake_up)
    : writer_(std::move(writer)),
      wake_up_(wake_up),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void BatchSender::prepare() {
  start([this](const std::stop_token& stop) { return writer_->prepare(stop); });
}

void BatchSender::claim() {
  start([this](const std::stop_token& stop) { return writer_->claim(stop); });
}

void BatchSender::write(Batch batch) {
  // A job must be copyable, and a batch is large.
  auto kept = std::make_shared<Batch>(std::move(batch));
  start([this, kept](const std::stop_token& stop) { return writer_->write(*kept, stop); });
}

std::optional<Result> BatchSender::take_report() {
  const std::scoped_lock lock(mutex_);
  auto report = std::exchange(report_, std::nullopt);
  if (report) busy_ = false;
  return report;
}

void BatchSender::start(Job job) {
  busy_ = true;
  {
    const std::scoped_lock lock(mutex_);
    job_ = std::move(job);
  }
  changed_.notify_one();
}

void BatchSender::work(const std::stop_token& stop) {
  for (;;) {
    std::optional<Job> job;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return job_.has_value(); })) return;
      job = std::exchange(job_, std::nullopt);
    }
    Result result = (*job)(stop);
    {
      const std::scoped_lock lock(mutex_);
      report_ = std::move(result);
    }
    wake_up_.ring();
  }
}

}  // namespace suar::service
