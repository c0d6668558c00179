#include "kafka/record_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

namespace suar::kafka {
namespace {

// What a reader holds that was not asked for yet.
constexpr std::string_view kQueuedKilobytes = "65536";
// And a writer, before it waits.
constexpr std::string_view kUnsentKilobytes = "16384";
constexpr int kPollMillis = 100;
constexpr std::chrono::milliseconds kBetweenTries{50};

std::expected<ClientPtr, Error> make_client(rd_kafka_type_t type, ConfPtr conf) {
  std::array<char, 512> text{};
  ClientPtr client(rd_kafka_new(type, conf.get(), text.data(), text.size()));
  if (!client) return std::unexpected(Error{fmt::format("Kafka client: {}", text.data())});
  [[maybe_unused]] const auto* taken = conf.release();  // by rd_kafka_new()
  return client;
}

}  // namespace

std::expected<std::unique_ptr<RecordStore>, Error> RecordStore::open(RecordStoreOptions options) {
  std::unique_ptr<RecordStore> store(new RecordStore(std::move(options)));
  const RecordStoreOptions& o = store->options_;

  ConfPtr writing = make_conf(Role::kProducer, o.brokers, o.properties);
  set_property(writing.get(), "message.timeout.ms", std::to_string(store->patience()));
  set_property(writing.get(), "queue.buffering.max.kbytes", kUnsentKilobytes);
  store->attach(writing.get());
  rd_kafka_conf_set_dr_msg_cb(writing.get(), on_delivery);
  auto producer = make_client(RD_KAFKA_PRODUCER, std::move(writing));
  if (!producer) return std::unexpected(producer.error());
  store->producer_ = std::move(*producer);

  ConfPtr reading = make_conf(Role::kConsumer, o.brokers, o.properties);
  set_property(reading.get(), "queued.max.messages.kbytes", kQueuedKilobytes);
  store->attach(reading.get());
  auto consumer = make_client(RD_KAFKA_CONSUMER, std::move(reading));
  if (!consumer) return std::unexpected(consumer.error());
  store->consumer_ = std::move(*consumer);
  store->source_.reset(rd_kafka_topic_new(store->consumer_.get(), o.topic.c_str(), nullptr));
  if (!store->source_) return std::unexpected(error_from("topic " + o.topic, rd_kafka_last_error()));
  return store;
}

RecordStore::~RecordStore() {
  if (producer_) rd_kafka_purge(producer_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

Error RecordStore::error(std::string_view doing, int partition, rd_kafka_resp_err_t code) const {
  return error_from(fmt::format("{} {} [{}]", doing, options_.topic, partition), code);
}

std::expected<void, Error> RecordStore::write(int partition, std::string_view key,
                                              std::optional<std::string_view> value) {
  std::string own_key(key);
  std::string own_value(value.value_or(std::string_view()));
  std::array<rd_kafka_vu_t, 5> fields{};
  fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  fields[0].u.cstr = options_.topic.c_str();
  fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  fields[1].u.i32 = partition;
  fields[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  fields[2].u.i = RD_KAFKA_MSG_F_COPY;
  fields[3].vtype = RD_KAFKA_VTYPE_KEY;
  fields[3].u.mem = {own_key.data(), own_key.size()};
  fields[4].vtype = RD_KAFKA_VTYPE_VALUE;
  fields[4].u.mem = {value ? own_value.data() : nullptr, own_value.size()};
  for (;;) {
    const ErrorPtr refused{rd_kafka_produceva(producer_.get(), fields.data(), fields.size())};
    const bool full = refused && rd_kafka_error_code(refused.get()) == RD_KAFKA_RESP_ERR__QUEUE_FULL;
    rd_kafka_poll(producer_.get(), full ? kPollMillis : 0);
    if (undelivered_ != 0) return std::unexpected(error("writing to", partition, undelivered_));
    if (!refused) return {};
    if (!full) return std::unexpected(error("writing to", partition, rd_kafka_error_code(refused.get())));
  }
}

std::expected<void, Error> RecordStore::flush() {
  const auto code = rd_kafka_flush(producer_.get(), 2 * patience());
  const auto undelivered = std::exchange(undelivered_, RD_KAFKA_RESP_ERR_NO_ERROR);
  if (undelivered != 0) return std::unexpected(error_from("writing to " + options_.topic, undelivered));
  if (code != 0) return std::unexpected(error_from("writing to " + options_.topic, code));
  return {};
}

void RecordStore::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  auto* store = static_cast<RecordStore*>(static_cast<LogSource*>(opaque));
  if (message->err != 0 && store->undelivered_ == 0) store->undelivered_ = message->err;
}

std::expected<RecordStore::Range, Error> RecordStore::range(int partition) const {
  Range range;
  // A new topic's partitions, and those of a broker that restarts, are without a leader for a moment.
  const auto deadline = std::chrono::steady_clock::now() + options_.patience;
  for (;;) {
    const auto code = rd_kafka_query_watermark_offsets(consumer_.get(), options_.topic.c_str(), partition,
                                                       &range.low, &range.high, patience());
    if (code == 0) return range;
    if (std::chrono::steady_clock::now() >= deadline)
      return std::unexpected(error("asking for the ends of", partition, code));
    std::this_thread::sleep_for(kBetweenTries);
  }
}

std::expected<std::unique_ptr<RecordStore::Cursor>, Error> RecordStore::read(int partition,
                                                                             std::int64_t from) const {
  const auto there = range(partition);
  if (!there) return std::unexpected(there.error());
  std::unique_ptr<Cursor> cursor(new Cursor(*this, partition, std::max(from, there->low), there->high));
  if (cursor->next_ >= cursor->end_) return cursor;
  if (rd_kafka_consume_start(source_.get(), partition, cursor->next_) != 0)
    return std::unexpected(error("reading", partition, rd_kafka_last_error()));
  cursor->reading_ = true;
  return cursor;
}

std::expected<void, Error> RecordStore::forget(int partition, std::int64_t offset) {
  const OffsetListPtr wanted(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(wanted.get(), options_.topic.c_str(), partition)->offset = offset;
  rd_kafka_DeleteRecords_t* asked = rd_kafka_DeleteRecords_new(wanted.get());
  const QueuePtr answers(rd_kafka_queue_new(producer_.get()));
  rd_kafka_DeleteRecords(producer_.get(), &asked, 1, nullptr, answers.get());
  rd_kafka_DeleteRecords_destroy(asked);
  const EventPtr event(rd_kafka_queue_poll(answers.get(), patience()));
  if (!event) return std::unexpected(error("deleting from", partition, RD_KAFKA_RESP_ERR__TIMED_OUT));
  if (const auto code = rd_kafka_event_error(event.get()); code != 0)
    return std::unexpected(error("deleting from", partition, code));
  const rd_kafka_topic_partition_list_t* done =
      rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event.get()));
  if (done->cnt == 1 && done->elems[0].err != 0)
    return std::unexpected(error("deleting from", partition, done->elems[0].err));
  return {};
}

RecordStore::Cursor::Cursor(const RecordStore& store, int partition, std::int64_t from, std::int64_t end)
    : store_(store), partition_(partition), next_(from), end_(end) {}

RecordStore::Cursor::~Cursor() {
  message_.reset();
  if (reading_) rd_kafka_consume_stop(store_.source_.get(), partition_);
}

std::expected<std::optional<RecordStore::Record>, Error> RecordStore::Cursor::next() {
  while (next_ < end_) {
    message_.reset(rd_kafka_consume(store_.source_.get(), partition_, store_.patience()));
    if (!message_) return std::unexpected(store_.error("reading", partition_, RD_KAFKA_RESP_ERR__TIMED_OUT));
    if (message_->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      next_ = std::max(next_, message_->offset);
      continue;
    }
    if (message_->err != 0) return std::unexpected(store_.error("reading", partition_, message_->err));
    next_ = message_->offset + 1;
    if (message_->offset >= end_) break;
    Record record{message_->offset, {static_cast<const char*>(message_->key), message_->key_len}, {}};
    if (message_->payload != nullptr)
      record.value = {static_cast<const char*>(message_->payload), message_->len};
    return record;
  }
  return std::nullopt;
}

}  // namespace suar::kafka
