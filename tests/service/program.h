// The program itself, as an operator starts and stops it.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "built.h"
#include "kafka/broker_client.h"
#include "service/http_get.h"
#include "service/samples.h"

namespace suar::service::testing {

inline bool eventually(const std::function<bool()>& condition,
                       std::chrono::milliseconds patience = std::chrono::seconds(180)) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

// A directory with a configuration and a rule, gone with the test.
class Deployment {
 public:
  Deployment(const std::string& broker, const std::string& name, const std::string& more = "")
      : directory_(std::filesystem::temp_directory_path() / name), name_(name) {
    std::filesystem::create_directories(directory_ / "rules");
    std::ofstream(directory_ / "rules" / "sample.yaml") << kRuleFile;
    std::ofstream(config()) << "kafka: {brokers: \"" << broker << "\"}\n"
                            << "instance: " << name
                            << "\nrules: rules\nmax_ahead: 0\nhttp: {listen: 127.0.0.1:0}\n"
                            << "topics: {transactions: " << input() << ", alerts: " << alerts()
                            << ", shadow: " << shadow() << ", dead_letter: " << dead_letters()
                            << ", journal: " << journal() << ", snapshots: " << snapshots() << "}\n"
                            << more;
  }
  ~Deployment() { std::filesystem::remove_all(directory_); }
  Deployment(const Deployment&) = delete;
  Deployment& operator=(const Deployment&) = delete;

  void create_topics(kafka::testing::BrokerClient& client, int partitions = 1) const {
    client.create(input(), partitions);
    for (const std::string& topic : {alerts(), shadow(), dead_letters()}) client.create(topic, 1);
    client.create(journal(), 1, {{"retention.ms", "-1"}, {"retention.bytes", "-1"}});
  }
  [[nodiscard]] std::string config() const { return directory_ / "suar.yaml"; }
  [[nodiscard]] std::string log() const { return directory_ / "log"; }
  [[nodiscard]] std::string input() const { return name_ + ".in"; }
  [[nodiscard]] std::string alerts() const { return name_ + ".alerts"; }
  [[nodiscard]] std::string shadow() const { return name_ + ".shadow"; }
  [[nodiscard]] std::string dead_letters() const { return name_ + ".dead"; }
  [[nodiscard]] std::string journal() const { return name_ + ".journal"; }
  [[nodiscard]] std::string snapshots() const { return name_ + ".snapshots"; }
  [[nodiscard]] std::string rules() const { return directory_ / "rules"; }
  [[nodiscard]] std::string file(const std::string& name) const { return directory_ / name; }
  [[nodiscard]] const std::string& instance() const { return name_; }

 private:
  std::filesystem::path directory_;
  std::string name_;
};

// One run of `suar run`.
class Program {
 public:
  explicit Program(const Deployment& deployment, const std::string& name = "log",
                   const std::string& accept = "")
      : Program(deployment.config(), deployment.file(name), accept) {}
  Program(const std::string& config, std::string log_file, const std::string& accept)
      : log_(std::move(log_file)) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(log, STDERR_FILENO);
    ::dup2(log, STDOUT_FILENO);
    if (accept.empty()) {
      ::execl(suar::testing::kProgram, "suar", "run", "--config", config.c_str(), nullptr);
    } else {
      ::execl(suar::testing::kProgram, "suar", "run", "--config", config.c_str(), "--accept", accept.c_str(),
              nullptr);
    }
    ::_exit(127);
  }
  ~Program() {
    if (pid_ > 0) end(SIGKILL);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The exit status, or 128 + the signal that ended it.
  int end(int signal) {
    ::kill(pid_, signal);
    return wait();
  }
  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  [[nodiscard]] std::string log() const {
    std::ifstream in(log_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // Its HTTP port, once its log has named it; 0 before.
  [[nodiscard]] std::uint16_t port() const {
    constexpr std::string_view kBefore = "metrics at http://127.0.0.1:";
    const std::string text = log();
    const std::size_t at = text.find(kBefore);
    if (at == std::string::npos || text.find('/', at + kBefore.size()) == std::string::npos) return 0;
    return static_cast<std::uint16_t>(std::stoi(text.substr(at + kBefore.size())));
  }
  [[nodiscard]] bool ready() const {
    return eventually([this] {
      const std::uint16_t at = port();
      return at != 0 && http_get(at, "/readyz").starts_with("HTTP/1.1 200");
    });
  }
  // Whether /readyz comes to name this phase.
  [[nodiscard]] bool reaches(const std::string& phase) const {
    return eventually([&] {
      const std::uint16_t at = port();
      return at != 0 && http_get(at, "/readyz").contains("\"phase\":\"" + phase + "\"");
    });
  }
  [[nodiscard]] pid_t pid() const { return pid_; }
  // A number of /metrics; -1 where it is not there.
  [[nodiscard]] double metric(const std::string& name) const {
    const std::string text = http_get(port(), "/metrics");
    const std::size_t at = text.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
  }

 private:
  std::string log_;
  pid_t pid_ = 0;
};

inline std::vector<std::string> sample_records(int count, int accounts) {
  std::vector<std::string> records;
  records.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) records.push_back(sample_event(i, accounts));
  return records;
}

inline void write(kafka::testing::BrokerClient& client, const std::string& topic,
                  std::span<const std::string> records) {
  for (const std::string& record : records) client.write(topic, 0, record);
  client.flush();
}

inline std::string alert_id(const std::string& alert) {
  constexpr std::string_view kKey = "\"alert_id\":\"";
  return alert.substr(alert.find(kKey) + kKey.size(), 32);
}

// How often each alert was sent; the same id never with other content.
inline std::map<std::string, int> sent_alerts(kafka::testing::BrokerClient& client,
                                              const std::string& topic) {
  std::map<std::string, int> count;
  std::map<std::string, std::string> content;
  for (const auto& alert : client.read_all(topic)) {
    const std::string id = alert_id(alert.value);
    ++count[id];
    EXPECT_EQ(content.try_emplace(id, alert.value).first->second, alert.value);
  }
  return count;
}

inline std::map<std::string, int> expected_alerts(std::span<const std::string> records) {
  std::map<std::string, int> count;
  for (const std::string& alert : expected_of(records).alerts) ++count[alert_id(alert)];
  return count;
}

}  // namespace suar::service::testing
