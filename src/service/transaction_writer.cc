// One batch = one transaction: its alerts, its dead letters and, last, its record in the journal.
//
// A refused record costs its transaction and, in librdkafka, a second one; so what is known to be too large
// is made smaller before it is sent.
//
// A transaction that has to be aborted is sent again as it was, after the abort is confirmed: the batch does
// not change, so neither does what the engine stands for. Only what the broker refused for its size changes.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "kafka/transactional_producer.h"
#include "service/batch_writer.h"

namespace suar::service {
namespace {

using kafka::TransactionFault;
using kafka::TransactionStep;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kSlice = 200ms;
constexpr auto kInitSlice = 900ms;
constexpr auto kMetadataLimit = 900ms;
// A coordinator that has not ended a transaction by then has given it up, and a new producer asks it anew.
constexpr auto kPatience = 90s;
constexpr auto kBackoff = 100ms;
constexpr auto kLongestBackoff = 2s;
// Outputs that go in one request (properties.cc).
constexpr std::size_t kRequestBytes = 65'536;

class TransactionWriter : public BatchWriter {
 public:
  TransactionWriter(WriterOptions options, Metrics& metrics, CallWatch& watch)
      : options_(std::move(options)), metrics_(metrics), watch_(watch) {
    std::size_t smallest = kRequestBytes;
    for (const auto& [topic, limit] : options_.limits) smallest = std::min(smallest, limit);
    if (smallest < kRequestBytes) options_.properties.push_back({"batch.size", std::to_string(smallest)});
  }

  Result prepare(const std::stop_token& stop) override;
  Result claim(const std::stop_token& stop) override;
  Result write(Batch& batch, const std::stop_token& stop) override;

 private:
  // Makes a call again and again while it is retriable.
  template <typename Call>
  TransactionStep resumed(const char* name, const std::stop_token& stop, Call call);
  static Result result_of(const kafka::TransactionError& error);
  Result try_write(Batch& batch, const std::stop_token& stop);
  // Sends everything and commits.
  TransactionStep attempt(Batch& batch, const std::stop_token& stop);
  TransactionStep send(const std::string& topic, OutputItem& item, const std::stop_token& stop);
  void make_room(Batch& batch);
  void fit(std::deque<OutputItem>& items);

  WriterOptions options_;
  Metrics& metrics_;
  CallWatch& watch_;
  kafka::WakeUp wake_up_;
  OutputItem record_;
  // Refers to the bytes of the batch and of record_ until they are acknowledged or it is gone.
  std::unique_ptr<kafka::TransactionalProducer> producer_;
};

template <typename Call>
TransactionStep TransactionWriter::resumed(const char* name, const std::stop_token& stop, Call call) {
  const WatchedCall watched(watch_, name);
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    const auto began = Clock::now();
    TransactionStep done = call();
    if (done || done.error().fault != TransactionFault::kRetriable) return done;
    if (stop.stop_requested() || Clock::now() > deadline) return done;
    if (Clock::now() - began < 10ms) std::this_thread::sleep_for(10ms);
  }
}

Result TransactionWriter::result_of(const kafka::TransactionError& error) {
  if (error.refused) return {Outcome::kRefused, error.message};
  if (error.fault == TransactionFault::kFenced) return {Outcome::kFenced, error.message};
  return {Outcome::kUnknown, fmt::format("{} ({})", error.message, kafka::name_of(error.fault))};
}

Result TransactionWriter::prepare(const std::stop_token& stop) {
  if (!producer_) {
    auto opened = kafka::TransactionalProducer::open(
        {options_.brokers, options_.properties, options_.log, {}}, options_.instance, wake_up_,
        [](const kafka::DeliveryReport& delivery) {
          auto* item = static_cast<OutputItem*>(delivery.tag);
          item->refused = delivery.status == kafka::DeliveryStatus::kTooLarge;
        });
    if (!opened) return {Outcome::kRefused, opened.error().message};
    producer_ = std::move(*opened);
  }
  std::vector<std::string> topics = options_.outputs;
  topics.push_back(options_.topics.journal);
  const WatchedCall watched(watch_, "metadata");
  while (!stop.stop_requested()) {
    const auto known = producer_->warm_up(topics, kMetadataLimit);
    if (known) return {};
    spdlog::warn("{}", known.error().message);
    std::this_thread::sleep_for(kBackoff);
  }
  return {Outcome::kUnknown, "stopped"};
}

Result TransactionWriter::claim(const std::stop_token& stop) {
  const auto done = resumed("init_transactions", stop, [this] { return producer_->init(kInitSlice); });
  return done ? Result{} : result_of(done.error());
}

Result TransactionWriter::write(Batch& batch, const std::stop_token& stop) {
  Result result = try_write(batch, stop);
  if (result.outcome != Outcome::kDone) producer_.reset();
  return result;
}

Result TransactionWriter::try_write(Batch& batch, const std::stop_token& stop) {
  fit(batch.outputs);
  record_.value = batch.record ? encode(*batch.record) : "";
  auto backoff = std::chrono::milliseconds(kBackoff);
  for (;;) {
    const auto began = Clock::now();
    auto done = attempt(batch, stop);
    if (done) {
      metrics_.commit.observe(Clock::now() - began);
      for (const OutputItem& item : batch.outputs) item.sent(metrics_);
      return {};
    }
    if (done.error().fault != TransactionFault::kAbortable || done.error().refused)
      return result_of(done.error());
    const bool too_large = std::ranges::any_of(batch.outputs, &OutputItem::refused);
    if (!too_large) {
      metrics_.delivery_failures.add();
      spdlog::warn("a transaction is aborted and sent again: {}", done.error().message);
    }
    const auto aborted = resumed("abort_transaction", stop, [this] { return producer_->abort(kSlice); });
    if (!aborted) return result_of(aborted.error());
    if (stop.stop_requested()) return {Outcome::kUnknown, "stopped"};
    make_room(batch);
    if (too_large) continue;
    std::this_thread::sleep_for(backoff);
    backoff = std::min<std::chrono::milliseconds>(backoff * 2, kLongestBackoff);
  }
}

TransactionStep TransactionWriter::attempt(Batch& batch, const std::stop_token& stop) {
  for (OutputItem& item : batch.outputs) item.refused = false;
  if (auto begun = producer_->begin(); !begun) return begun;
  for (OutputItem& item : batch.outputs) {
    const auto flush = [this] { return producer_->flush(kSlice); };
    if (item.alone) {
      if (auto empty = resumed("flush", stop, flush); !empty) return empty;
    }
    if (auto sent = send(item.topic, item, stop); !sent) return sent;
    if (item.alone) {
      if (auto gone = resumed("flush", stop, flush); !gone) return gone;
      if (item.refused) break;
    }
  }
  if (batch.record) {
    if (auto sent = send(options_.topics.journal, record_, stop); !sent) return sent;
  }
  return resumed("commit_transaction", stop, [this] { return producer_->commit(kSlice); });
}

TransactionStep TransactionWriter::send(const std::string& topic, OutputItem& item,
                                        const std::stop_token& stop) {
  for (;;) {
    const auto sent = producer_->send({topic, item.key, item.value, item.headers, &item});
    if (sent) return {};
    switch (sent.error()) {
      case kafka::Refusal::kQueueFull: {
        const WatchedCall watched(watch_, "produce");
        producer_->poll(kSlice);
        if (stop.stop_requested())
          return std::unexpected(kafka::TransactionError{TransactionFault::kUnknown, "stopped"});
        break;
      }
      case kafka::Refusal::kTooLarge:
        if (item.shrink(options_.topics, metrics_)) break;
        item.lost(metrics_);
        return {};
      case kafka::Refusal::kFailed:
        return std::unexpected(kafka::TransactionError{TransactionFault::kAbortable, "produce failed"});
    }
  }
}

void TransactionWriter::fit(std::deque<OutputItem>& items) {
  for (OutputItem& item : items) {
    for (auto limit = options_.limits.find(item.topic);
         limit != options_.limits.end() && item.bytes_on_the_wire() > limit->second;
         limit = options_.limits.find(item.topic)) {
      if (!item.shrink(options_.topics, metrics_)) break;
    }
  }
}

// What was refused alone is made smaller; what was refused with others is sent alone first.
void TransactionWriter::make_room(Batch& batch) {
  for (auto item = batch.outputs.begin(); item != batch.outputs.end();) {
    if (!std::exchange(item->refused, false) || !std::exchange(item->alone, true) ||
        item->shrink(options_.topics, metrics_)) {
      ++item;
    } else {
      item->lost(metrics_);
      item = batch.outputs.erase(item);
    }
  }
}

}  // namespace

std::unique_ptr<BatchWriter> transaction_writer(WriterOptions options, Metrics& metrics, CallWatch& watch) {
  return std::make_unique<TransactionWriter>(std::move(options), metrics, watch);
}

}  // namespace suar::service
