#include "faults/run.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "built.h"
#include "faults/instances.h"
#include "faults/traffic.h"

namespace suar::faults {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using kafka::testing::BrokerClient;
using service::testing::Deployment;
using Clock = std::chrono::steady_clock;

constexpr auto kTurn = 5ms;
constexpr auto kPatience = 180s;
constexpr auto kAsk = 200ms;

std::string settings_of(const Plan& plan) {
  return fmt::format("reference: reference\ndelivery: {}\nsnapshot_interval: {}ms\n",
                     plan.exactly_once ? "exactly_once" : "at_least_once", plan.snapshot_millis);
}

// The shipped rules beside one that alerts at nearly every payment.
void write_rules_and_reference(const Deployment& deployment, const Traffic& traffic) {
  fs::copy(fs::path(suar::testing::kSourceDirectory) / "rules", deployment.rules(),
           fs::copy_options::recursive);
  for (const reference::File& file : traffic.reference) {
    const fs::path path = fs::path(deployment.file("reference")) / file.name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << file.bytes;
  }
}

void create_topics(BrokerClient& client, const Deployment& deployment, const Plan& plan) {
  client.create(deployment.input(), plan.partitions, {{"max.message.bytes", "4000000"}});
  for (const std::string& topic : {deployment.alerts(), deployment.shadow(), deployment.dead_letters()})
    client.create(topic, 1);
  client.create(deployment.journal(), 1, {{"retention.ms", "-1"}, {"retention.bytes", "-1"}});
  client.create(deployment.snapshots(), 3,
                {{"cleanup.policy", "compact,delete"}, {"retention.ms", "-1"}, {"retention.bytes", "-1"}});
}

void delete_topics(BrokerClient& client, const Deployment& deployment) {
  std::vector<rd_kafka_DeleteTopic_t*> gone;
  for (const std::string& topic : {deployment.input(), deployment.alerts(), deployment.shadow(),
                                   deployment.dead_letters(), deployment.journal(), deployment.snapshots()})
    gone.push_back(rd_kafka_DeleteTopic_new(topic.c_str()));
  const kafka::QueuePtr answers(rd_kafka_queue_new(client.handle()));
  rd_kafka_DeleteTopics(client.handle(), gone.data(), gone.size(), nullptr, answers.get());
  const kafka::EventPtr answer(rd_kafka_queue_poll(answers.get(), 60'000));
  rd_kafka_DeleteTopic_destroy_array(gone.data(), gone.size());
}

// The faults of the plan, each at its moment.
class Inflictor {
 public:
  Inflictor(Instances& instances, Broker& broker) : instances_(instances), broker_(broker) {}

  // Whether there was something to hit.
  bool inflict(const Fault& fault) {
    if (fault.kind == Kind::kBrokerRestart || fault.kind == Kind::kBrokerKill) {
      if (broker_away_) return false;
      fault.kind == Kind::kBrokerKill ? broker_.kill() : broker_.stop();
      broker_away_ = true;
      broker_back_at_ = Clock::now() + std::chrono::milliseconds(fault.millis);
      return true;
    }
    const auto number = instances_.find(fault.of_active);
    if (!number) return false;
    if (fault.kind == Kind::kKill) instances_.kill(*number, fault.millis);
    if (fault.kind == Kind::kPause) instances_.pause(*number, fault.millis);
    if (fault.kind == Kind::kStop) instances_.terminate(*number, fault.millis);
    return true;
  }
  void turn() {
    instances_.turn();
    if (broker_away_ && Clock::now() >= broker_back_at_) heal();
  }
  void heal() {
    if (broker_away_) broker_.start();
    broker_away_ = false;
  }

 private:
  Instances& instances_;
  Broker& broker_;
  bool broker_away_ = false;
  Clock::time_point broker_back_at_;
};

bool wait_until_processed(Judge& judge, Inflictor& inflictor) {
  const auto deadline = Clock::now() + kPatience;
  auto ask_at = Clock::now();
  while (Clock::now() < deadline) {
    inflictor.turn();
    if (Clock::now() >= ask_at) {
      if (judge.all_processed()) return true;
      ask_at = Clock::now() + kAsk;
    }
    std::this_thread::sleep_for(kTurn);
  }
  return false;
}

}  // namespace

RunResult run(const Plan& plan, Broker& broker, const std::string& keep) {
  const Traffic traffic = traffic_of(plan);
  const Deployment deployment(broker.address(), kafka::testing::unique_name("faults"), settings_of(plan));
  write_rules_and_reference(deployment, traffic);
  BrokerClient client(broker.address());
  create_topics(client, deployment, plan);
  Judge judge(plan, traffic, deployment, broker.address());
  RunResult result;
  {
    Instances instances(deployment, plan.instances);
    Inflictor inflictor(instances, broker);
    const Feed feed(broker.address(), deployment.input(), traffic, plan.millis);
    const auto begin = Clock::now();
    for (const Fault& fault : plan.faults) {
      while (Clock::now() < begin + std::chrono::milliseconds(fault.at_millis)) {
        inflictor.turn();
        std::this_thread::sleep_for(kTurn);
      }
      if (inflictor.inflict(fault)) ++result.inflicted;
    }
    while (!feed.done()) {
      inflictor.turn();
      std::this_thread::sleep_for(kTurn);
    }
    inflictor.heal();
    instances.heal();
    const bool processed = wait_until_processed(judge, inflictor);
    instances.stop_all();
    result.verdict = judge.judge();
    for (const std::string& surprise : instances.surprises()) result.verdict.faults.push_back(surprise);
    if (!processed) result.verdict.faults.emplace_back("not every record was processed in time");
    if (!feed.failure().empty())
      result.verdict.faults.push_back("the input could not be written: " + feed.failure());
  }
  if (result.verdict.faults.empty()) {
    delete_topics(client, deployment);
  } else {
    result.kept = fmt::format("{}/seed-{}", keep, plan.seed);
    fs::remove_all(result.kept);
    fs::create_directories(keep);
    fs::copy(deployment.file(""), result.kept, fs::copy_options::recursive);
  }
  return result;
}

}  // namespace suar::faults
