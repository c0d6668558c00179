#include "engine/deadlines.h"

#include <tuple>
#include <utility>

namespace suar::engine {

bool Deadlines::FiresFirst::before(const ArmedDeadline& a, const ArmedDeadline& b) {
  return std::tie(a.at, a.rule_id, a.subject_key, a.opener) <
         std::tie(b.at, b.rule_id, b.subject_key, b.opener);
}

void Deadlines::arm(ArmedDeadline deadline) {
  auto armed = std::make_unique<ArmedDeadline>(std::move(deadline));
  const ArmedDeadline* const kept = armed.get();
  if (armed_.insert(std::move(armed)).second && !kept->by_signal) of_payment_[kept->order].push_back(kept);
}

void Deadlines::undone(std::uint64_t order) {
  const auto found = of_payment_.find(order);
  if (found == of_payment_.end()) return;
  for (const ArmedDeadline* gone : found->second) armed_.erase(armed_.find(gone));
  of_payment_.erase(found);
}

std::unique_ptr<ArmedDeadline> Deadlines::take_due(std::int64_t stream_time) {
  if (armed_.empty() || (*armed_.begin())->at.micros > stream_time) return nullptr;
  auto due = std::move(armed_.extract(armed_.begin()).value());
  if (const auto others = of_payment_.find(due->order); !due->by_signal && others != of_payment_.end()) {
    std::erase(others->second, static_cast<const ArmedDeadline*>(due.get()));
    if (others->second.empty()) of_payment_.erase(others);
  }
  return due;
}

}  // namespace suar::engine
