#include "service/snapshot_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <utility>

namespace suar::service {
namespace {

// What the child writes: signs of life, then its report, whose first byte says how it went.
constexpr char kAlive = '.';
constexpr char kDone = '+';
constexpr char kFailed = '-';
constexpr auto kBetweenSigns = std::chrono::seconds(1);

constexpr int kLowPriority = 10;

void write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// What is there.
std::string read_some(int file) {
  std::string all;
  std::array<char, 4096> bytes{};
  for (ssize_t read = 0; (read = ::read(file, bytes.data(), bytes.size())) > 0;)
    all.append(bytes.data(), static_cast<std::size_t>(read));
  return all;
}

SnapshotProcess::Produce with_signs_of_life(const SnapshotProcess::Produce& produce, int report) {
  return [&produce, report](const kafka::ByteSink& sink) {
    auto next = SnapshotProcess::Clock::now();
    produce([&](std::string_view bytes) {
      if (SnapshotProcess::Clock::now() >= next) {
        write_all(report, {&kAlive, 1});
        next = SnapshotProcess::Clock::now() + kBetweenSigns;
      }
      return sink(bytes);
    });
  };
}

[[noreturn]] void be_the_child(pid_t parent, int report, kafka::SnapshotPlace& place,
                               const kafka::SnapshotManifest& manifest,
                               const SnapshotProcess::Produce& produce) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  // A connection of the parent's is to end when the parent ends it.
  constexpr unsigned kFirst = STDERR_FILENO + 1;
  const auto own = static_cast<unsigned>(report);
  if (own > kFirst) ::close_range(kFirst, own - 1, 0);
  ::close_range(own + 1, ~0U, 0);
  ::setpriority(PRIO_PROCESS, 0, kLowPriority);
  const auto saved = kafka::save_snapshot(place, manifest, with_signs_of_life(produce, report));
  write_all(report, saved ? kDone + kafka::encode_manifest(*saved) : kFailed + saved.error());
  ::_exit(0);
}

}  // namespace

SnapshotProcess::~SnapshotProcess() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  if (report_ >= 0) ::close(report_);
}

void SnapshotProcess::start(kafka::SnapshotPlace& place, const kafka::SnapshotManifest& manifest,
                            const Produce& produce) {
  begun_ = Clock::now();
  std::array<int, 2> ends{};
#ifdef __SANITIZE_ADDRESS__
  // Its allocator may be locked by another thread, and would stay so in the child.
  const auto saved = kafka::save_snapshot(place, manifest, produce);
  outcome_ = Outcome{saved, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_), {}};
  return;
#endif
  heard_at_ = begun_;
  heard_.clear();
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    outcome_ = Outcome{std::unexpected(fmt::format("pipe: {}", std::strerror(errno)))};
    return;
  }
  // The child must not answer to what its parent is told.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &before);
  const pid_t self = ::getpid();
  child_ = ::fork();
  const int why = errno;
  if (child_ == 0) be_the_child(self, ends[1], place, manifest, produce);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::close(ends[1]);
  stalled_ = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun_);
  if (child_ > 0) {
    report_ = ends[0];
    ::fcntl(report_, F_SETFL, O_NONBLOCK);
    return;
  }
  child_ = 0;
  ::close(ends[0]);
  outcome_ = Outcome{std::unexpected(fmt::format("fork: {}", std::strerror(why)))};
}

std::optional<SnapshotProcess::Outcome> SnapshotProcess::poll() {
  if (child_ > 0) {
    int status = 0;
    const bool ended = ::waitpid(child_, &status, WNOHANG) != 0;
    listen();
    if (!ended && Clock::now() - heard_at_ < patience_) return std::nullopt;
    if (!ended) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, &status, 0);
    }
    child_ = 0;
    finish(status);
    if (!ended)
      outcome_->manifest = std::unexpected(
          fmt::format("its process had stood still for {} ms and was ended", patience_.count()));
  }
  return std::exchange(outcome_, std::nullopt);
}

void SnapshotProcess::listen() {
  const std::string news = read_some(report_);
  if (news.empty()) return;
  heard_at_ = Clock::now();
  heard_ += heard_.empty() ? news.substr(std::min(news.find_first_not_of(kAlive), news.size())) : news;
}

void SnapshotProcess::finish(int status) {
  ::close(std::exchange(report_, -1));
  const std::string report = std::move(heard_);
  Outcome outcome{std::unexpected(std::string()),
                  std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_), stalled_};
  if (report.starts_with(kFailed)) {
    outcome.manifest = std::unexpected(report.substr(1));
  } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !report.starts_with(kDone)) {
    outcome.manifest = std::unexpected(
        WIFSIGNALED(status) ? fmt::format("its process was ended by signal {}", WTERMSIG(status))
                            : std::string("its process ended without a report"));
  } else if (auto manifest = kafka::decode_manifest(std::string_view(report).substr(1))) {
    outcome.manifest = std::move(*manifest);
  } else {
    outcome.manifest = std::unexpected("its process reported nonsense: " + manifest.error().detail);
  }
  outcome_ = std::move(outcome);
}

}  // namespace suar::service
