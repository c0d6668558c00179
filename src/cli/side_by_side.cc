#include "cli/side_by_side.h"

#include <algorithm>
#include <ctime>
#include <fstream>

#include <fmt/format.h>

#include "cli/event_file.h"

namespace suar::cli {
namespace {

constexpr std::uint64_t kTimedEvery = 64;

// Of this thread alone: what else the machine does must not show in a comparison.
std::uint64_t cpu_nanos() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

void SideBySide::add(std::shared_ptr<const rules::RuleSet> rules,
                     std::shared_ptr<const reference::Reference> reference) {
  engines_.push_back(
      std::make_unique<engine::Engine>(engine::Options{}, std::move(rules), std::move(reference)));
  sides_.emplace_back();
}

std::expected<void, std::string> SideBySide::read_labels(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::unexpected(fmt::format("cannot read {}", path));
  for (std::string line; std::getline(file, line);) {
    for (Side& side : sides_) side.score.add_label(line);
  }
  return {};
}

std::expected<void, std::string> SideBySide::run(const std::string& events) {
  return read_events(events, *engines_.front(), [this](const Line& line, const engine::Decoded& transaction) {
    ++events_;
    if (!transaction) {
      ++dead_letters_;
      return true;
    }
    first_ = std::min(first_, transaction->event_time.instant);
    last_ = std::max(last_, transaction->event_time.instant);
    const bool timed = events_ % kTimedEvery == 0;
    for (std::size_t i = 0; i < engines_.size(); ++i) {
      const std::uint64_t begin = timed ? cpu_nanos() : 0;
      const engine::Result result = engines_[i]->process(*transaction, line.bytes, std::nullopt, line.number);
      if (timed) sides_[i].nanos += kTimedEvery * (cpu_nanos() - begin);
      if (i == 0 && result.rejection) ++dead_letters_;
      for (const engine::Hit& hit : engines_[i]->hits()) {
        sides_[i].alerts.push_back(record_of(hit));
        sides_[i].score.add_alert(hit);
      }
    }
    return true;
  });
}

double SideBySide::days() const {
  if (last_ < first_) return 1;
  return std::max(1.0, static_cast<double>((last_ - first_).micros) /
                           static_cast<double>(event::Duration::days(1).micros));
}

}  // namespace suar::cli
