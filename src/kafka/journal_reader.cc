#include "kafka/journal_reader.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

namespace suar::kafka {
namespace {

// An answer that took longer says nothing about now.
constexpr std::chrono::milliseconds kPatience{500};

}  // namespace

std::expected<std::unique_ptr<JournalReader>, Error> JournalReader::open(const JournalReaderOptions& options,
                                                                         const WakeUp& wake_up) {
  auto consumer =
      Consumer::open({options.brokers, options.topic, options.group, options.properties, 1, options.log});
  if (!consumer) return std::unexpected(consumer.error());
  std::unique_ptr<JournalReader> reader(new JournalReader(std::move(*consumer), wake_up));
  if (auto added = reader->input_.add_partition(options.from); !added) return std::unexpected(added.error());
  return reader;
}

std::expected<std::optional<JournalRecord>, Error> JournalReader::next() {
  if (auto served = consumer_->serve(); !served) return std::unexpected(served.error());
  const auto record = input_.next();
  if (input_.failure()) return std::unexpected(*input_.failure());
  if (!record) return std::nullopt;
  auto decoded = decode_journal_record(record->value);
  if (!decoded) {
    return std::unexpected(
        Error{fmt::format("{} at offset {} {}", consumer_->topic(), record->offset, decoded.error().detail)});
  }
  return std::move(*decoded);
}

std::expected<std::int64_t, Error> JournalReader::ask_end(std::chrono::milliseconds timeout) const {
  const auto ends = consumer_->ends(0, timeout);
  if (!ends) return std::unexpected(ends.error());
  return ends->high;
}

std::optional<LogEnd::Clock::time_point> LogEnd::answered_since(std::int64_t end) const {
  const Clock::time_point last{Clock::duration(last_.load())};
  if (last_.load() == 0 || Clock::now() - last > kPatience || end_.load() > end) return std::nullopt;
  return Clock::time_point{Clock::duration(since_.load())};
}

void LogEnd::watch(const std::stop_token& stop, const JournalReader& reader,
                   std::chrono::milliseconds interval) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  do {
    const auto asked = Clock::now();
    const auto end = reader.ask_end(kPatience);
    const auto now = Clock::now().time_since_epoch().count();
    if (!end) {
      last_ = 0;
    } else {
      const bool broken = last_.load() == 0;
      end_ = *end;
      if (broken) since_ = asked.time_since_epoch().count();
      last_ = now;
    }
  } while (!never.wait_for(lock, stop, interval, [&stop] { return stop.stop_requested(); }));
}

}  // namespace suar::kafka
