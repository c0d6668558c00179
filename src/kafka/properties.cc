#include "kafka/properties.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "reference/diagnostic.h"

namespace suar::kafka {
namespace {

struct Setting {
  std::string_view name, value;
};

// For both roles. Nagle's algorithm would hold small requests back by up to 40 ms; the CRC tells a record
// that was damaged on its way from one that was written wrong.
constexpr std::array kCommonDefaults = {
    Setting{"client.id", "suar"},
    Setting{"socket.nagle.disable", "true"},
    Setting{"socket.keepalive.enable", "true"},
    Setting{"reconnect.backoff.ms", "50"},
    Setting{"reconnect.backoff.max.ms", "2000"},
    Setting{"log.connection.close", "false"},
};

// The fetcher leaves a full queue alone for up to a second, so the queue has to hold more than a second of
// input; MergedInput gives each partition one of its own.
constexpr std::array kConsumerDefaults = {
    Setting{"fetch.wait.max.ms", "50"},           Setting{"fetch.error.backoff.ms", "20"},
    Setting{"queued.min.messages", "1000000"},    Setting{"check.crcs", "true"},
    Setting{"isolation.level", "read_committed"}, Setting{"topic.metadata.refresh.interval.ms", "30000"},
};

// A batch is refused whole where the broker finds it too large; small ones keep an innocent output from being
// refused together with a large one. How large one output may be is for the broker to say.
constexpr std::array kProducerDefaults = {
    Setting{"linger.ms", "0"},
    Setting{"batch.size", "65536"},
    Setting{"message.max.bytes", "67108864"},
    Setting{"retry.backoff.ms", "50"},
    Setting{"queue.buffering.max.messages", "100000"},
    Setting{"queue.buffering.max.kbytes", "262144"},
};

// The next transaction waits until the markers of the last are written; while it waits, the broker refuses it
// and the client sleeps this long. A commit flushes, which lets nothing linger; until then lingering makes
// few requests of many outputs.
constexpr std::array kTransactionalDefaults = {
    Setting{"retry.backoff.ms", "1"},
    Setting{"linger.ms", "5"},
};

constexpr std::array kConsumerFixed = {
    Setting{"enable.auto.commit", "false"},
    Setting{"enable.auto.offset.store", "false"},
    Setting{"auto.offset.reset", "error"},
    Setting{"enable.partition.eof", "true"},
};

// message.timeout.ms 0: an output waits for its broker as long as it takes; nothing is dropped.
constexpr std::array kProducerFixed = {
    Setting{"enable.idempotence", "true"},
    Setting{"acks", "all"},
    Setting{"message.timeout.ms", "0"},
};

// A record that is given up undoes its transaction, which is then sent again; so nothing is lost by giving up
// before the coordinator does.
constexpr std::array kTransactionalFixed = {
    Setting{"enable.idempotence", "true"},
    Setting{"acks", "all"},
    Setting{"message.timeout.ms", "45000"},
    Setting{"transaction.timeout.ms", "60000"},
};

struct Reserved {
  std::string_view name, reason;
};

constexpr std::array kReserved = {
    Reserved{"bootstrap.servers", "is given by kafka.brokers"},
    Reserved{"metadata.broker.list", "is given by kafka.brokers"},
    Reserved{"group.id", "is given by instance"},
    Reserved{"transactional.id", "is given by instance"},
    Reserved{"enable.auto.commit", "must stay false: an offset is committed only after its alerts are safe"},
    Reserved{"enable.auto.offset.store",
             "must stay false: an offset is committed only after its alerts are safe"},
    Reserved{"auto.offset.reset", "must stay \"error\": the start is never guessed; see start"},
    Reserved{"enable.partition.eof", "must stay true: the merge of partitions asks for it"},
    Reserved{"allow.auto.create.topics", "must stay false; see topics.create"},
    Reserved{"enable.idempotence", "must stay true: a retry must not double or reorder alerts"},
    Reserved{"acks", "must stay \"all\": an alert that one broker holds is not safe"},
    Reserved{"request.required.acks", "must stay \"all\": an alert that one broker holds is not safe"},
    Reserved{"message.timeout.ms", "must stay 0: no alert is given up"},
    Reserved{"delivery.timeout.ms", "must stay 0: no alert is given up"},
    Reserved{"transaction.timeout.ms", "must stay 60000: longer than a record may wait for its broker"},
};

bool may_be_secret(std::string_view name) {
  constexpr std::array kWords = {"password", "secret",   "key",         "token",
                                 "pem",      "username", "oauthbearer", "jaas"};
  return std::ranges::any_of(kWords, [name](std::string_view word) { return name.contains(word); });
}

// From the library's own manual, the only place that lists the aliases too: "name | C/P | range | ...".
std::vector<std::string> known_names() {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* out = ::open_memstream(&text, &size);
  if (out == nullptr) return {};
  rd_kafka_conf_properties_show(out);
  std::fclose(out);
  std::istringstream manual(std::string(text, size));
  std::free(text);
  std::vector<std::string> names;
  for (std::string line; std::getline(manual, line);) {
    const std::string name = line.substr(0, line.find(' '));
    if (line.contains('|') && name.contains('.')) names.push_back(name);
  }
  return names;
}

}  // namespace

void set_property(rd_kafka_conf_t* conf, std::string_view name, std::string_view value) {
  rd_kafka_conf_set(conf, std::string(name).c_str(), std::string(value).c_str(), nullptr, 0);
}

std::optional<PropertyError> check_property(std::span<const Property> properties, std::size_t index) {
  const auto& [name, value] = properties[index];
  for (const auto& reserved : kReserved) {
    if (name != reserved.name) continue;
    return PropertyError{index, fmt::format("{} {}", name, reserved.reason), "remove it"};
  }
  const ConfPtr scratch(rd_kafka_conf_new());
  std::array<char, 512> text{};
  switch (rd_kafka_conf_set(scratch.get(), name.c_str(), value.c_str(), text.data(), text.size())) {
    case RD_KAFKA_CONF_OK:
      return std::nullopt;
    case RD_KAFKA_CONF_UNKNOWN: {
      const std::string near = nearest_name(name, known_names());
      return PropertyError{index, fmt::format("librdkafka has no property \"{}\"", name),
                           near.empty() ? "" : fmt::format("did you mean \"{}\"?", near)};
    }
    default:
      if (may_be_secret(name))
        return PropertyError{index, fmt::format("{} has a value that librdkafka refuses", name), ""};
      return PropertyError{index,
                           fmt::format("{} has a value that librdkafka refuses: {}", name, text.data()), ""};
  }
}

ConfPtr make_conf(Role role, std::string_view brokers, std::span<const Property> properties) {
  ConfPtr conf(rd_kafka_conf_new());
  const auto apply = [&conf](const auto& settings) {
    for (const auto& setting : settings) set_property(conf.get(), setting.name, setting.value);
  };
  apply(kCommonDefaults);
  role == Role::kConsumer ? apply(kConsumerDefaults) : apply(kProducerDefaults);
  if (role == Role::kTransactionalProducer) apply(kTransactionalDefaults);
  apply(properties);
  switch (role) {
    case Role::kConsumer:
      apply(kConsumerFixed);
      break;
    case Role::kProducer:
      apply(kProducerFixed);
      break;
    case Role::kTransactionalProducer:
      apply(kTransactionalFixed);
      break;
  }
  set_property(conf.get(), "bootstrap.servers", brokers);
  return conf;
}

}  // namespace suar::kafka
