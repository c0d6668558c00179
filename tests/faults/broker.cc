#include "faults/broker.h"

#include <fmt/format.h>
#include <signal.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "built.h"

namespace suar::faults {

Broker::Broker(std::string directory) : directory_(std::move(directory)) {
  start();
}

Broker::~Broker() {
  stop();
}

std::string Broker::script(const std::string& command) const {
  return fmt::format("{}/tests/broker/broker.sh {} {}", suar::testing::kSourceDirectory, command, directory_);
}

void Broker::start() {
  std::FILE* out = ::popen(script("up").c_str(), "r");
  if (out == nullptr) throw std::runtime_error("tests/broker/broker.sh cannot be run");
  std::array<char, 256> line{};
  std::string printed;
  while (std::fgets(line.data(), line.size(), out) != nullptr) printed += line.data();
  if (::pclose(out) != 0)
    throw std::runtime_error(fmt::format("the broker does not start; see {}/broker.log", directory_));
  while (!printed.empty() && printed.back() == '\n') printed.pop_back();
  address_ = printed;
}

void Broker::stop() {
  if (std::system(script("down").c_str()) != 0) fmt::print(stderr, "the broker did not stop\n");
}

void Broker::kill() {
  pid_t pid = 0;
  std::ifstream(directory_ + "/pid") >> pid;
  if (pid <= 0) return;
  ::kill(pid, SIGKILL);
  while (std::filesystem::exists(fmt::format("/proc/{}/cmdline", pid)) && ::kill(pid, 0) == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::filesystem::remove(directory_ + "/pid");
}

}  // namespace suar::faults
