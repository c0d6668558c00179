#include "kafka/producer.h"

#include <fmt/format.h>

#include <array>

namespace suar::kafka {
namespace {

HeadersPtr headers_of(std::span<const Header> headers) {
  HeadersPtr made(rd_kafka_headers_new(headers.size()));
  for (const auto& [name, value] : headers) {
    rd_kafka_header_add(made.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return made;
}

}  // namespace

std::expected<std::unique_ptr<Producer>, Error> Producer::open(ProducerOptions options, const WakeUp& wake_up,
                                                               DeliveryListener listener) {
  std::unique_ptr<Producer> producer(new Producer(std::move(options.log), std::move(listener)));
  const bool transactional = !options.transactional_id.empty();
  ConfPtr conf = make_conf(transactional ? Role::kTransactionalProducer : Role::kProducer, options.brokers,
                           options.properties);
  if (transactional) set_property(conf.get(), "transactional.id", options.transactional_id);
  producer->attach(conf.get());
  rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
  std::array<char, 512> text{};
  producer->client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), text.data(), text.size()));
  if (!producer->client_) return std::unexpected(Error{fmt::format("Kafka producer: {}", text.data())});
  [[maybe_unused]] const auto* taken = conf.release();  // by rd_kafka_new()
  producer->reports_.reset(rd_kafka_queue_get_main(producer->client_.get()));
  const std::uint64_t ring = 1;
  rd_kafka_queue_io_event_enable(producer->reports_.get(), wake_up.fd(), &ring, sizeof ring);
  return producer;
}

Producer::~Producer() {
  if (!client_) return;
  listener_ = nullptr;
  rd_kafka_queue_io_event_enable(reports_.get(), -1, nullptr, 0);
  reports_.reset();
  rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

std::expected<void, Refusal> Producer::send(const Outgoing& outgoing) {
  HeadersPtr headers = outgoing.headers.empty() ? nullptr : headers_of(outgoing.headers);
  std::array<rd_kafka_vu_t, 6> fields{};
  std::size_t count = 0;
  const auto add = [&](rd_kafka_vtype_t type) -> rd_kafka_vu_t& {
    fields[count].vtype = type;
    return fields[count++];
  };
  add(RD_KAFKA_VTYPE_TOPIC).u.cstr = outgoing.topic.c_str();
  auto& body = add(RD_KAFKA_VTYPE_VALUE).u.mem;
  body.ptr = outgoing.value.data();
  body.size = outgoing.value.size();
  if (!outgoing.key.empty()) {
    auto& key = add(RD_KAFKA_VTYPE_KEY).u.mem;
    key.ptr = outgoing.key.data();
    key.size = outgoing.key.size();
  }
  if (headers) add(RD_KAFKA_VTYPE_HEADERS).u.headers = headers.get();
  add(RD_KAFKA_VTYPE_OPAQUE).u.ptr = outgoing.tag;

  const ErrorPtr error{rd_kafka_produceva(client_.get(), fields.data(), count)};
  if (!error) {
    [[maybe_unused]] const auto* taken = headers.release();  // by the message
    return {};
  }
  switch (rd_kafka_error_code(error.get())) {
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
      return std::unexpected(Refusal::kQueueFull);
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
      return std::unexpected(Refusal::kTooLarge);
    default:
      log(LogLevel::kError, rd_kafka_error_string(error.get()));
      return std::unexpected(Refusal::kFailed);
  }
}

void Producer::poll(std::chrono::milliseconds limit) {
  rd_kafka_poll(client_.get(), static_cast<int>(limit.count()));
}

std::optional<Error> Producer::fatal() const {
  std::array<char, 512> text{};
  if (rd_kafka_fatal_error(client_.get(), text.data(), text.size()) == 0) return std::nullopt;
  return Error{fmt::format("Kafka producer: {}", text.data())};
}

void Producer::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  const auto* producer = static_cast<const Producer*>(static_cast<const LogSource*>(opaque));
  if (!producer->listener_) return;
  DeliveryReport delivery{message->_private, DeliveryStatus::kAcknowledged, {}};
  if (message->err != 0) {
    delivery.status = message->err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE ? DeliveryStatus::kTooLarge
                                                                           : DeliveryStatus::kFailed;
    delivery.reason = rd_kafka_err2str(message->err);
  }
  producer->listener_(delivery);
}

}  // namespace suar::kafka
