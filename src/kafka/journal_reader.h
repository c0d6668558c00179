// The journal's records, one after the other, as committed.
//
// Used by one thread, except LogEnd, which asks on a thread of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "kafka/consumer.h"
#include "kafka/journal_record.h"
#include "kafka/merged_input.h"

namespace suar::kafka {

struct JournalReaderOptions {
  std::string brokers, topic, group;
  std::vector<Property> properties;
  LogSink log;
  std::optional<std::int64_t> from =
      std::nullopt;  // an offset; from the oldest record on where there is none
};

class JournalReader {
 public:
  // `wake_up` rings when records arrive.
  [[nodiscard]] static std::expected<std::unique_ptr<JournalReader>, Error> open(
      const JournalReaderOptions& options, const WakeUp& wake_up);

  // Nothing where none is there now. An error says that the journal cannot be read on, and why.
  [[nodiscard]] std::expected<std::optional<JournalRecord>, Error> next();

  // Up to which offset it was read, when its end was last reached; -1 before.
  [[nodiscard]] std::int64_t end_reached() const { return input_.end_reached(0).value_or(-1); }
  // Whether nothing has come since the end was last reached.
  [[nodiscard]] bool at_end() const { return input_.ended(0); }
  // Records that the broker is known to hold beyond what was read.
  [[nodiscard]] std::int64_t lag() const { return input_.lag(0); }
  // Of the record that next() returned last.
  [[nodiscard]] std::int64_t offset() const { return input_.position(0).value_or(0) - 1; }

  // Where the journal ends for readers of committed records, asked of the broker now.
  [[nodiscard]] std::expected<std::int64_t, Error> ask_end(std::chrono::milliseconds timeout) const;
  [[nodiscard]] const Consumer& consumer() const { return *consumer_; }

 private:
  JournalReader(std::unique_ptr<Consumer> consumer, const WakeUp& wake_up)
      : consumer_(std::move(consumer)), input_(*consumer_, wake_up) {}

  std::unique_ptr<Consumer> consumer_;
  MergedInput input_;
};

// Tells a journal that is silent from one that cannot be heard: asks its broker again and again where it
// ends, and since when every answer has come.
class LogEnd {
 public:
  using Clock = std::chrono::steady_clock;

  // `reader` must outlive this.
  LogEnd(const JournalReader& reader, std::chrono::milliseconds interval)
      : thread_([this, &reader, interval](const std::stop_token& stop) { watch(stop, reader, interval); }) {}

  // Since when the broker has answered without fail, and that the journal ends where `end` says; nothing
  // while it does not answer.
  [[nodiscard]] std::optional<Clock::time_point> answered_since(std::int64_t end) const;

 private:
  void watch(const std::stop_token& stop, const JournalReader& reader, std::chrono::milliseconds interval);

  std::atomic<std::int64_t> end_{-1};
  std::atomic<Clock::rep> since_{0}, last_{0};  // 0 = never
  std::jthread thread_;
};

}  // namespace suar::kafka
