// The service in this process, on a thread of its own, against a broker.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <thread>

#include "kafka/broker_client.h"
#include "service/samples.h"
#include "service/service.h"

namespace suar::service::testing {

inline bool eventually(const std::function<bool()>& condition,
                       std::chrono::milliseconds patience = std::chrono::seconds(240)) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

inline Config config_for(const std::string& broker, const std::string& name) {
  Config config;
  config.brokers = broker;
  config.instance = name;
  config.topics.transactions = name + ".in";
  config.topics.alerts = name + ".alerts";
  config.topics.shadow = name + ".shadow";
  config.topics.dead_letter = name + ".dead";
  config.topics.journal = name + ".journal";
  config.http.port = 0;
  config.home_currency = home();
  config.engine.max_ahead = {};
  return config;
}

inline void create_journal(kafka::testing::BrokerClient& client, const Topics& topics) {
  client.create(topics.journal, 1, {{"retention.ms", "-1"}, {"retention.bytes", "-1"}});
}

inline void create_topics(kafka::testing::BrokerClient& client, const Topics& topics, int partitions = 1) {
  client.create(topics.transactions, partitions);
  client.create(topics.alerts, 1);
  client.create(topics.shadow, 1);
  client.create(topics.dead_letter, 1);
  create_journal(client, topics);
}

inline void write_all(kafka::testing::BrokerClient& client, const std::string& topic,
                      std::span<const std::string> records) {
  for (const std::string& record : records) client.write(topic, 0, record);
  client.flush();
}

// A service on a thread, until stop() or the end of the test.
class Running {
 public:
  explicit Running(const Config& config, AlertListener listener = {}, std::set<Accept> accepted = {},
                   std::shared_ptr<const rules::RuleSet> rules = sample_rules()) {
    ServiceOptions options;
    options.config = config;
    options.version = "test";
    options.on_alert = std::move(listener);
    options.accepted = std::move(accepted);
    options.partition_check = std::chrono::milliseconds(200);
    options.drain_limit = std::chrono::seconds(120);
    options.digest_interval = std::chrono::milliseconds(50);
    service_ = std::make_unique<Service>(std::move(options), std::move(rules), no_reference());
    thread_ = std::jthread([this](const std::stop_token& stop) { done_ = service_->run(stop); });
  }

  std::expected<void, Failure> stop() {
    thread_.request_stop();
    thread_.join();
    return done_;
  }
  std::expected<void, Failure> wait() {
    thread_.join();
    return done_;
  }
  bool processed(std::uint64_t count) {
    return eventually([&] { return service_->processed() >= count; });
  }
  Service& service() { return *service_; }

 private:
  std::unique_ptr<Service> service_;
  std::expected<void, Failure> done_;
  std::jthread thread_;
};

}  // namespace suar::service::testing
