// A topic used as a store: written and read one partition at a time, by a thread that waits for the broker.
//
// Every call returns when it is done, or with an error once the broker has been silent for `patience`. Used
// by one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/error.h"
#include "kafka/handles.h"
#include "kafka/log_source.h"
#include "kafka/properties.h"

namespace suar::kafka {

struct RecordStoreOptions {
  std::string brokers, topic;
  std::vector<Property> properties;
  LogSink log;
  std::chrono::milliseconds patience{30'000};
};

class RecordStore : private LogSource {
 public:
  // A record that was deleted has no value. Views last until the next call.
  struct Record {
    std::int64_t offset = 0;
    std::string_view key;
    std::optional<std::string_view> value;
  };
  // From `low` up to, but not including, `high`.
  struct Range {
    std::int64_t low = 0, high = 0;
  };

  // Reads a partition from an offset to the end that it had when this was made.
  class Cursor {
   public:
    ~Cursor();
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    // Nothing behind the last.
    [[nodiscard]] std::expected<std::optional<Record>, Error> next();

   private:
    friend class RecordStore;
    Cursor(const RecordStore& store, int partition, std::int64_t from, std::int64_t end);

    const RecordStore& store_;
    int partition_;
    std::int64_t next_, end_;
    bool reading_ = false;
    MessagePtr message_;
  };

  [[nodiscard]] static std::expected<std::unique_ptr<RecordStore>, Error> open(RecordStoreOptions options);
  ~RecordStore();
  RecordStore(const RecordStore&) = delete;
  RecordStore& operator=(const RecordStore&) = delete;

  // On its way when this returns; flush() says whether it arrived. No value deletes what has this key, where
  // the topic is compacted.
  [[nodiscard]] std::expected<void, Error> write(int partition, std::string_view key,
                                                 std::optional<std::string_view> value);
  // All that was written has been acknowledged.
  [[nodiscard]] std::expected<void, Error> flush();

  [[nodiscard]] std::expected<Range, Error> range(int partition) const;
  // One cursor of a partition at a time; the store must outlive it.
  [[nodiscard]] std::expected<std::unique_ptr<Cursor>, Error> read(int partition, std::int64_t from) const;
  // Deletes what lies before `offset`.
  [[nodiscard]] std::expected<void, Error> forget(int partition, std::int64_t offset);

  [[nodiscard]] const std::string& topic() const { return options_.topic; }

 private:
  explicit RecordStore(RecordStoreOptions options)
      : LogSource(std::move(options.log)), options_(std::move(options)) {}
  [[nodiscard]] int patience() const { return static_cast<int>(options_.patience.count()); }
  [[nodiscard]] Error error(std::string_view doing, int partition, rd_kafka_resp_err_t code) const;
  static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque);

  RecordStoreOptions options_;
  ClientPtr producer_, consumer_;
  TopicPtr source_;                    // of the consumer
  rd_kafka_resp_err_t undelivered_{};  // the first since the last flush()
};

}  // namespace suar::kafka
