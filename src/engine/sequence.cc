#include "engine/sequence.h"

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <array>

#include "engine/correlation.h"

namespace suar::engine {
namespace {

constexpr int kMostLookedAt = 1000;  // events that one trigger may look at

using Entries = absl::InlinedVector<LogEntry, 32>;

class Search {
 public:
  Search(const SequencePlan& plan, const WindowScope& scope, std::size_t most, bool& overflow)
      : plan_(plan), most_(most), overflow_(overflow), events_(plan.steps.size()) {
    events_.back() = scope.entered;
    collect(scope);
  }

  std::vector<StepPositions> run() {
    find(plan_.steps.size() - 1);
    return std::move(found_);
  }

 private:
  // What may be each step by itself, newest first.
  void collect(const WindowScope& scope) {
    const std::int64_t begin = scope.now.micros - plan_.reach;
    for (std::uint32_t i = scope.log.size(); i > 0; --i) {
      // Most entries are no step: of those only the head is looked at.
      const LogEntry entry = scope.log.entry(i - 1, scope.layout.shape);
      if (entry.time() < begin) break;
      if (!may_be_a_step(entry) || entry.position() >= scope.trigger) continue;
      for (std::size_t k = 0; k + 1 < plan_.steps.size(); ++k) {
        if (entry.has(plan_.steps[k].bit)) candidates_[k].push_back(entry);
      }
    }
  }

  [[nodiscard]] bool may_be_a_step(const LogEntry& entry) const {
    return std::ranges::any_of(plan_.before_trigger, [&entry](const SequencePlan::MaskWord& steps) {
      return (entry.mask(steps.word) & steps.bits) != 0;
    });
  }

  // Binds the `open` first steps; those after them are bound. True: the search is over.
  bool find(std::size_t open) {
    if (open == 0) {
      StepPositions& positions = found_.emplace_back();
      for (std::size_t k = 0; k + 1 < events_.size(); ++k) positions.push_back(events_[k].position());
      return found_.size() == most_;
    }
    const std::size_t k = open - 1;
    const Position next = events_[k + 1].position();
    for (const LogEntry& entry : candidates_[k]) {
      if (entry.position() >= next) continue;
      if (too_old(entry, k)) return false;  // and so are those that follow
      if (++looked_at_ > kMostLookedAt) return true;
      events_[k] = entry;
      if (fits(k) && find(k)) return true;
    }
    return false;
  }

  [[nodiscard]] bool too_old(const LogEntry& entry, std::size_t k) const {
    for (std::size_t m = k + 1; m < plan_.steps.size(); ++m) {
      const SequencePlan::Step& later = plan_.steps[m];
      if (later.of <= static_cast<int>(k) && events_[m].time() - entry.time() > later.within) return true;
    }
    return false;
  }

  [[nodiscard]] bool fits(std::size_t k) {
    return std::ranges::all_of(plan_.steps[k].conditions, [this](const auto& condition) {
      return condition->holds(events_, overflow_);
    });
  }

  const SequencePlan& plan_;
  std::size_t most_;
  bool& overflow_;
  absl::InlinedVector<LogEntry, SequencePlan::kMostSteps> events_;  // by step
  std::vector<StepPositions> found_;
  std::array<Entries, SequencePlan::kMostSteps> candidates_;
  int looked_at_ = 0;
};

}  // namespace

std::vector<StepPositions> find_sequences(const SequencePlan& plan, const WindowScope& scope,
                                          std::size_t most, bool& overflow) {
  return Search(plan, scope, most, overflow).run();
}

}  // namespace suar::engine
