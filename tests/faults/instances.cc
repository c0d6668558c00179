#include "faults/instances.h"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace suar::faults {
namespace {

using namespace std::chrono_literals;
using service::testing::Deployment;
using service::testing::Program;

constexpr auto kStopPatience = 90s;
constexpr int kBackAfterSurprise = 500;
constexpr std::size_t kLinesOfLog = 12;

std::string read(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string last_lines(const std::string& text) {
  std::size_t at = text.size();
  for (std::size_t lines = 0; at > 0 && lines <= kLinesOfLog; --at) {
    if (text[at - 1] == '\n') ++lines;
  }
  return text.substr(at);
}

}  // namespace

Instances::Instances(const Deployment& deployment, int count) : deployment_(deployment) {
  for (int i = 0; i < count; ++i) {
    Slot& slot = slots_.emplace_back();
    slot.config = deployment.file(fmt::format("suar-{}.yaml", i));
    std::ofstream(slot.config) << read(deployment.config()) << "state: state-" << i << "\n";
    start(slot);
  }
}

Instances::~Instances() {
  // A program that is paused is killed all the same.
  for (Slot& slot : slots_) slot.program.reset();
}

void Instances::start(Slot& slot) {
  const auto number = &slot - slots_.data();
  slot.logs.push_back(deployment_.file(fmt::format("log-{}-{}", number, slot.logs.size())));
  slot.program = std::make_unique<Program>(slot.config, slot.logs.back(), "");
  slot.stopping = false;
  slot.starts_at.reset();
  slot.wakes_at.reset();
}

bool Instances::runs(const Slot& slot) {
  return slot.program != nullptr && !slot.wakes_at && !slot.stopping;
}

// By its log, for a program that is paused answers nobody.
bool Instances::is_active(const Slot& slot) const {
  const std::string log = slot.program->log();
  const std::size_t active = log.rfind("active in term ");
  return active != std::string::npos && log.find("taken over", active) == std::string::npos;
}

std::optional<int> Instances::find(bool active) const {
  std::optional<int> any;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (!runs(slots_[i])) continue;
    any = static_cast<int>(i);
    if (is_active(slots_[i]) == active) return any;
  }
  return any;
}

void Instances::kill(int number, int back_after_millis) {
  Slot& slot = slots_[static_cast<std::size_t>(number)];
  slot.program->end(SIGKILL);
  slot.program.reset();
  slot.starts_at = Clock::now() + std::chrono::milliseconds(back_after_millis);
}

void Instances::terminate(int number, int back_after_millis) {
  Slot& slot = slots_[static_cast<std::size_t>(number)];
  slot.stopping = true;
  slot.pause_after_stop = back_after_millis;
  ::kill(slot.program->pid(), SIGTERM);
}

void Instances::pause(int number, int millis) {
  Slot& slot = slots_[static_cast<std::size_t>(number)];
  ::kill(slot.program->pid(), SIGSTOP);
  slot.wakes_at = Clock::now() + std::chrono::milliseconds(millis);
}

void Instances::surprise(const Slot& slot, const std::string& what) {
  surprises_.push_back(
      fmt::format("{} {}; its log ends:\n{}", slot.logs.back(), what, last_lines(read(slot.logs.back()))));
}

void Instances::notice_end(Slot& slot) {
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(slot.program->pid()), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      info.si_pid == 0)
    return;
  const int status = slot.program->wait();
  // One that was told to stop before it could listen dies of the signal.
  const bool stopped = slot.stopping && (status == 0 || status == 128 + SIGTERM);
  if (!stopped) surprise(slot, fmt::format("ended by itself with status {}", status));
  slot.program.reset();
  slot.starts_at =
      Clock::now() + std::chrono::milliseconds(slot.stopping ? slot.pause_after_stop : kBackAfterSurprise);
}

void Instances::turn() {
  const auto now = Clock::now();
  for (Slot& slot : slots_) {
    if (slot.wakes_at && now >= *slot.wakes_at) {
      ::kill(slot.program->pid(), SIGCONT);
      slot.wakes_at.reset();
    }
    if (slot.program) notice_end(slot);
    if (slot.starts_at && now >= *slot.starts_at) start(slot);
  }
}

void Instances::heal() {
  for (Slot& slot : slots_) {
    if (slot.wakes_at) slot.wakes_at = Clock::now();
    if (slot.starts_at) slot.starts_at = Clock::now();
  }
  turn();
}

void Instances::stop_all() {
  heal();
  std::vector<Slot*> order;
  for (Slot& slot : slots_) order.push_back(&slot);
  std::ranges::stable_partition(order,
                                [this](const Slot* slot) { return slot->program && !is_active(*slot); });
  for (Slot* slot : order) {
    if (!slot->program) continue;
    const pid_t pid = slot->program->pid();
    slot->stopping = true;
    slot->pause_after_stop = 1'000'000;
    ::kill(pid, SIGTERM);
    const auto deadline = Clock::now() + kStopPatience;
    while (slot->program && Clock::now() < deadline) {
      notice_end(*slot);
      std::this_thread::sleep_for(5ms);
    }
    if (!slot->program) continue;
    surprise(*slot, "does not stop");
    slot->program.reset();
  }
}

}  // namespace suar::faults
