#include "oracle/sequence.h"

#include <algorithm>
#include <ranges>

namespace suar::oracle {
namespace {

constexpr int kMostLookedAt = 1000;  // for one trigger

event::Instant time_of(const Sighting& sighting) {
  return sighting.event->time.instant;
}

// Backwards from the trigger, newest first.
class Search {
 public:
  Search(const Scope& trigger, std::size_t most) : trigger_(trigger), rule_(trigger.rule), most_(most) {
    for (const Sighting& sighting : trigger.entity->sightings) {
      const bool reached = time_of(sighting) >= trigger.entity->newest - rule_.sequence_reach;
      if (reached && admitted(trigger.world, rule_, sighting)) candidates_.push_back(&sighting);
    }
    std::ranges::sort(candidates_,
                      [](const Sighting* a, const Sighting* b) { return before(*b->event, *a->event); });
    steps_.resize(rule_.steps.size());
    steps_.back() = trigger.sighting;
    if (may_be_step(trigger, rule_.steps.back())) (void)bind(steps_.size() - 1);
  }

  [[nodiscard]] const std::vector<Steps>& found() const { return found_; }

 private:
  // The steps before step `bound`; false where the search is over.
  bool bind(std::size_t bound) {
    if (bound == 0) {
      found_.push_back(steps_);
      return found_.size() < most_;
    }
    const std::size_t step = bound - 1;
    for (const Sighting* candidate : candidates_) {
      if (!before(*candidate->event, *steps_[bound].event)) continue;
      if (too_old(step, *candidate)) break;
      if (!may_be_step({trigger_.world, rule_, *candidate}, rule_.steps[step])) continue;
      if (++looked_at_ > kMostLookedAt) return false;
      steps_[step] = *candidate;
      if (fits_what_is_bound(step) && !bind(step)) return false;
      steps_[step] = {};
    }
    return true;
  }

  [[nodiscard]] bool too_old(std::size_t step, const Sighting& candidate) const {
    for (std::size_t later = step + 1; later < steps_.size(); ++later) {
      const rules::Step& bound = rule_.steps[later];
      if (bound.of <= static_cast<int>(step) && time_of(steps_[later]) - time_of(candidate) > bound.within)
        return true;
    }
    return false;
  }

  // What can be decided now that this step is bound and none before it.
  [[nodiscard]] bool fits_what_is_bound(std::size_t step) const {
    for (std::size_t later = step + 1; later < steps_.size(); ++later) {
      const Scope scope{trigger_.world, rule_, steps_[later], Moment::kNow, nullptr, nullptr, &steps_};
      for (const rules::Expression* conjunct : conjuncts(rule_.steps[later].condition.get())) {
        const std::set<int> named = named_in(rule_, *conjunct);
        if (named.empty() || *named.begin() != static_cast<int>(step)) continue;
        if (!is_true(evaluate(scope, *conjunct))) return false;
      }
    }
    return true;
  }

  const Scope& trigger_;
  const rules::Rule& rule_;
  std::size_t most_;
  std::vector<const Sighting*> candidates_;  // newest first
  Steps steps_;
  int looked_at_ = 0;
  std::vector<Steps> found_;
};

}  // namespace

std::vector<Steps> sequences(const Scope& trigger, std::size_t most) {
  return Search(trigger, most).found();
}

bool may_be_step(const Scope& scope, const rules::Step& step) {
  return admitted_by_itself({scope.world, scope.rule, scope.sighting}, step.condition.get());
}

}  // namespace suar::oracle
