#include "faults/traffic.h"

#include <chrono>
#include <exception>

#include "faults/random.h"
#include "kafka/broker_client.h"
#include "simulator/simulator.h"

namespace suar::faults {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPoisonOneIn = 150;
constexpr std::size_t kOversized = 1'500'000;  // more than a dead-letter topic takes by default
constexpr int kPause = 10;                     // ms between two writes

// No line feed and never blank, so that a file can hold it as a line.
std::string poison(Random& random, const std::string& record) {
  switch (random.between(0, 4)) {
    case 0:
      return record.substr(0, record.size() / 2);
    case 1:
      return "\xff\xfe\x80 no text";
    case 2:
      return "[]";
    case 3:
      return std::string(200, '[');
    default: {
      std::string noise(static_cast<std::size_t>(random.between(1, 400)), ' ');
      for (char& byte : noise) byte = static_cast<char>(random.between(0x21, 0xff));
      return noise;
    }
  }
}

std::string oversized(const std::string& record) {
  return R"({"remittance_info":")" + std::string(kOversized, 'x') + "\"," + record.substr(1);
}

}  // namespace

Traffic traffic_of(const Plan& plan) {
  Random random(plan.seed + 1);
  simulator::Options options;
  options.seed = plan.seed;
  options.days = 90;
  options.accounts = simulator::kFewestAccounts;
  options.daily_events_per_mille = 30;
  options.plants_per_mille = 3'000;
  simulator::Simulator simulator(options);
  Traffic traffic;
  traffic.reference = simulator.reference_files();
  const auto wanted = static_cast<std::size_t>(plan.records);
  const std::size_t large = static_cast<std::size_t>(random.between(0, plan.records - 1));
  std::string line;
  for (int skipped = 0; skipped < plan.first_record && simulator.next(line); ++skipped) {
  }
  while (traffic.records.size() < wanted && simulator.next(line)) {
    if (traffic.records.size() == large) {
      traffic.records.push_back(oversized(line));
    } else if (random.one_in(kPoisonOneIn)) {
      traffic.records.push_back(poison(random, line));
    } else {
      traffic.records.push_back(line);
    }
    traffic.partitions.push_back(random.between(0, plan.partitions - 1));
  }
  return traffic;
}

Feed::Feed(std::string broker, std::string topic, const Traffic& traffic, int millis)
    : thread_([this, broker = std::move(broker), topic = std::move(topic), &traffic,
               millis](const std::stop_token& stop) { write(stop, broker, topic, traffic, millis); }) {}

void Feed::write(const std::stop_token& stop, const std::string& broker, const std::string& topic,
                 const Traffic& traffic, int millis) {
  try {
    kafka::testing::BrokerClient client(broker);
    const auto begin = Clock::now();
    const std::size_t all = traffic.records.size();
    for (std::size_t written = 0; written < all && !stop.stop_requested();) {
      const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
      const std::size_t due =
          std::min(all, static_cast<std::size_t>(passed) * all / static_cast<std::size_t>(millis) + 1);
      for (; written < due; ++written) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        client.write(topic, traffic.partitions[written], traffic.records[written],
                     std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
      }
      rd_kafka_poll(client.handle(), 0);
      std::this_thread::sleep_for(std::chrono::milliseconds(kPause));
    }
    client.flush();
  } catch (const std::exception& error) {
    failure_ = error.what();
  }
  done_ = true;
}

}  // namespace suar::faults
