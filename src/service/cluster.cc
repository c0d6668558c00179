#include "service/cluster.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "kafka/mock_broker.h"
#include "kafka/producer.h"
#include "kafka/snapshot_topic.h"
#include "kafka/topics.h"
#include "service/log.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kBrokerPatience = 60s;
constexpr auto kBrokerTry = 2s;
constexpr int kBrokerTries = 30;
constexpr auto kBetweenTries = 100ms;
constexpr int kAppearanceTries = 600;

class Examination {
 public:
  Examination(const Config& config, const rules::RuleSet& rules, const kafka::WakeUp& wake_up,
              const std::stop_token& stop)
      : config_(config), rules_(rules), wake_up_(wake_up), stop_(stop) {}

  std::expected<Cluster, Failure> run() {
    auto client = kafka::Producer::open({config_.brokers, config_.properties, client_log(), {}}, wake_up_,
                                        [](const kafka::DeliveryReport&) {});
    if (!client) return failed(client.error().message);
    client_ = std::move(*client);
    if (auto done = find_topics(); !done) return std::unexpected(done.error());
    auto id = kafka::cluster_id(client_->handle(), kBrokerPatience);
    if (!id) return failed(id.error().message);
    Cluster cluster{std::move(*id), topics_.at(config_.topics.transactions), {}};
    cluster.has_shadow = topics_.contains(config_.topics.shadow);
    // The stand-in broker answers no question about settings.
    if (kafka::is_stand_in(cluster.id)) return cluster;
    if (auto done = check_journal(); !done) return std::unexpected(done.error());
    cluster.stores_contents = has_place_for_contents();
    for (const std::string& topic : output_topics(config_.topics, rules_)) {
      const auto settings = kafka::topic_settings(client_->handle(), topic, kBrokerPatience);
      const auto limit = settings ? settings->find("max.message.bytes") : decltype(settings->end()){};
      if (settings && limit != settings->end())
        cluster.limits[topic] = std::strtoul(limit->second.c_str(), nullptr, 10);
    }
    return cluster;
  }

 private:
  using Step = std::expected<void, Failure>;

  static std::unexpected<Failure> failed(std::string message) {
    return std::unexpected(Failure{std::move(message)});
  }

  // A dead letter carries its record and the headers, so its topic takes twice what a broker takes by
  // default.
  [[nodiscard]] std::vector<kafka::NewTopic> used_topics() const {
    const Topics& topics = config_.topics;
    std::vector<kafka::NewTopic> used = {
        {topics.transactions, 1, {}},
        {topics.alerts, 1, {}},
        {topics.dead_letter, 1, {{"max.message.bytes", "2097152"}}},
        {topics.journal,
         1,
         {{"cleanup.policy", "delete"}, {"retention.ms", "-1"}, {"retention.bytes", "-1"}}}};
    if (rules_.uses_shadow()) used.push_back({topics.shadow, 1, {}});
    if (topics.create) used.push_back(kafka::SnapshotTopic::definition(topics.snapshots));
    return used;
  }

  // Leaves in `missing` what the brokers do not have.
  Step ask_for_topics(std::vector<kafka::NewTopic>& missing) {
    auto found = kafka::topics_of(client_->handle(), kBrokerTry);
    for (int tries = 1; !found && tries < kBrokerTries && !stop_.stop_requested(); ++tries) {
      found = kafka::topics_of(client_->handle(), kBrokerTry);
    }
    if (!found)
      return failed(
          fmt::format("no answer from kafka.brokers {}: {}", config_.brokers, found.error().message));
    topics_ = std::move(*found);
    std::erase_if(missing, [this](const kafka::NewTopic& topic) { return topics_.contains(topic.name); });
    return {};
  }

  Step find_topics() {
    std::vector<kafka::NewTopic> missing = used_topics();
    if (Step answered = ask_for_topics(missing); !answered) return answered;
    if (missing.empty()) return {};
    if (!config_.topics.create) {
      std::string names;
      for (const kafka::NewTopic& topic : missing)
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", topic.name);
      return failed(
          fmt::format("{} has no topic {}. Create what is missing (choose the partitions of the transactions "
                      "yourself; the journal has one):\n{}or set topics.create: true",
                      config_.brokers, names, kafka::creation_commands(config_.brokers, missing)));
    }
    if (const auto created = kafka::create_topics(client_->handle(), missing, kBrokerPatience); !created)
      return failed(created.error().message);
    for (const kafka::NewTopic& topic : missing) spdlog::info("created topic {}", topic.name);
    // Every client that asks before the brokers know them all would take the absence for the answer.
    for (int tries = 0; !missing.empty() && tries < kAppearanceTries && !stop_.stop_requested(); ++tries) {
      wake_up_.wait(kBetweenTries);
      if (Step answered = ask_for_topics(missing); !answered) return answered;
    }
    if (!missing.empty()) return failed(fmt::format("{} does not appear", missing.front().name));
    return {};
  }

  // Without it snapshots stay where they are, and rules stay as they are.
  [[nodiscard]] bool has_place_for_contents() const {
    const kafka::NewTopic wanted = kafka::SnapshotTopic::definition(config_.topics.snapshots);
    const auto found = topics_.find(wanted.name);
    if (found != topics_.end() && found->second == wanted.partitions) return true;
    spdlog::warn(
        "{} {}: snapshots stay on this machine, and rules and reference data cannot change while it "
        "runs. To share the ones and change the others:\n{}",
        wanted.name,
        found == topics_.end() ? std::string("is not there")
                               : fmt::format("has {} partitions", found->second),
        kafka::creation_commands(config_.brokers, std::span(&wanted, 1)));
    return false;
  }

  Step check_journal() {
    const std::string& journal = config_.topics.journal;
    if (topics_.at(journal) != 1) {
      return failed(
          fmt::format("the journal {} has {} partitions; its order is the truth, so it must have one. Name "
                      "another topic in "
                      "topics.journal",
                      journal, topics_.at(journal)));
    }
    const auto settings = kafka::topic_settings(client_->handle(), journal, kBrokerPatience);
    if (!settings) {
      spdlog::warn("the settings of {} could not be checked: {}", journal, settings.error().message);
      return {};
    }
    const auto setting = [&settings](const char* name) {
      const auto found = settings->find(name);
      return found == settings->end() ? std::string() : found->second;
    };
    if (const std::string policy = setting("cleanup.policy"); !policy.empty() && policy != "delete") {
      return failed(
          fmt::format("the journal {} has cleanup.policy={}, which would take records out of its middle; set "
                      "it to delete:\n"
                      "  kafka-configs.sh --bootstrap-server {} --alter --entity-type topics --entity-name "
                      "{} --add-config "
                      "cleanup.policy=delete",
                      journal, policy, config_.brokers, journal));
    }
    // A start reads the journal from its beginning.
    for (const char* name : {"retention.ms", "retention.bytes"}) {
      if (const std::string value = setting(name); !value.empty() && value != "-1") {
        return failed(
            fmt::format("the journal {} has {}={}: once its beginning is deleted this deployment cannot "
                        "start any more; set it "
                        "to -1:\n"
                        "  kafka-configs.sh --bootstrap-server {} --alter --entity-type topics --entity-name "
                        "{} --add-config "
                        "retention.ms=-1,retention.bytes=-1",
                        journal, name, value, config_.brokers, journal));
      }
    }
    return {};
  }

  const Config& config_;
  const rules::RuleSet& rules_;
  const kafka::WakeUp& wake_up_;
  const std::stop_token& stop_;
  std::unique_ptr<kafka::Producer> client_;
  kafka::TopicPartitions topics_;
};

}  // namespace

std::vector<std::string> output_topics(const Topics& topics, const rules::RuleSet& rules) {
  std::vector<std::string> names = {topics.alerts, topics.dead_letter};
  if (rules.uses_shadow()) names.push_back(topics.shadow);
  return names;
}

std::expected<Cluster, Failure> examine_cluster(const Config& config, const rules::RuleSet& rules,
                                                const kafka::WakeUp& wake_up, const std::stop_token& stop) {
  return Examination(config, rules, wake_up, stop).run();
}

}  // namespace suar::service
