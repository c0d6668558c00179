#include "kafka/transactional_producer.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace suar::kafka {
namespace {

int millis(std::chrono::milliseconds limit) {
  return static_cast<int>(limit.count());
}

bool means_fenced(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
         code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;
}

bool means_refused(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string_view name_of(TransactionFault fault) {
  switch (fault) {
    case TransactionFault::kRetriable:
      return "retriable";
    case TransactionFault::kAbortable:
      return "abortable";
    case TransactionFault::kFenced:
      return "fenced";
    case TransactionFault::kUnknown:
      return "unknown";
    case TransactionFault::kFatal:
      return "fatal";
  }
  return "";
}

std::expected<std::unique_ptr<TransactionalProducer>, Error> TransactionalProducer::open(
    ProducerOptions options, const std::string& transactional_id, const WakeUp& wake_up,
    DeliveryListener listener) {
  options.transactional_id = transactional_id;
  auto producer = Producer::open(std::move(options), wake_up, std::move(listener));
  if (!producer) return std::unexpected(producer.error());
  return std::unique_ptr<TransactionalProducer>(new TransactionalProducer(std::move(*producer)));
}

std::expected<void, Error> TransactionalProducer::warm_up(std::span<const std::string> topics,
                                                          std::chrono::milliseconds limit) {
  for (const std::string& name : topics) {
    const TopicPtr topic(rd_kafka_topic_new(producer_->handle(), name.c_str(), nullptr));
    const rd_kafka_metadata_t* found = nullptr;
    const auto code = rd_kafka_metadata(producer_->handle(), 0, topic.get(), &found, millis(limit));
    if (code != 0) return std::unexpected(error_from("asking for the partitions of " + name, code));
    const MetadataPtr metadata(found);
  }
  return {};
}

TransactionStep TransactionalProducer::step(rd_kafka_error_t* error) const {
  if (error == nullptr) return {};
  const ErrorPtr owned(error);
  rd_kafka_resp_err_t code = rd_kafka_error_code(error);
  TransactionError found{TransactionFault::kFatal, rd_kafka_error_string(error)};
  if (rd_kafka_error_is_fatal(error) != 0) {
    std::array<char, 512> text{};
    if (const auto cause = rd_kafka_fatal_error(producer_->handle(), text.data(), text.size()); cause != 0) {
      code = cause;
      found.message = text.data();
    }
    if (means_fenced(code)) found.fault = TransactionFault::kFenced;
  } else if (rd_kafka_error_is_retriable(error) != 0) {
    found.fault = TransactionFault::kRetriable;
  } else if (rd_kafka_error_txn_requires_abort(error) != 0) {
    found.fault = TransactionFault::kAbortable;
  } else if (means_fenced(code)) {
    found.fault = TransactionFault::kFenced;
  }
  found.refused = means_refused(code);
  return std::unexpected(std::move(found));
}

TransactionStep TransactionalProducer::init(std::chrono::milliseconds limit) {
  return step(rd_kafka_init_transactions(producer_->handle(), millis(limit)));
}

TransactionStep TransactionalProducer::begin() {
  return step(rd_kafka_begin_transaction(producer_->handle()));
}

TransactionStep TransactionalProducer::flush(std::chrono::milliseconds limit) {
  const auto code = rd_kafka_flush(producer_->handle(), millis(limit));
  if (code == 0) return {};
  return std::unexpected(TransactionError{TransactionFault::kRetriable, rd_kafka_err2str(code)});
}

TransactionStep TransactionalProducer::commit(std::chrono::milliseconds limit) {
  auto done = step(rd_kafka_commit_transaction(producer_->handle(), millis(limit)));
  // The request may have reached the coordinator before things went wrong.
  if (!done && done.error().fault == TransactionFault::kFatal)
    done.error().fault = TransactionFault::kUnknown;
  return done;
}

TransactionStep TransactionalProducer::abort(std::chrono::milliseconds limit) {
  return step(rd_kafka_abort_transaction(producer_->handle(), millis(limit)));
}

}  // namespace suar::kafka
