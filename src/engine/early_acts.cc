#include "engine/early_acts.h"

#include <set>
#include <utility>

namespace suar::engine {

void EarlyActs::add(EarlyAct act) {
  if (act.arrival == 0) act.arrival = ++next_;
  const std::uint64_t number = act.arrival;
  for (const IdHash& name : act.names) by_name_[name].push_back(number);
  queue_.push_back({number, act.stamp});
  acts_.emplace(number, std::move(act));
}

std::vector<EarlyAct> EarlyActs::take(const std::vector<IdHash>& names, std::int64_t stream_time) {
  std::vector<EarlyAct> taken;
  if (acts_.empty()) return taken;
  std::set<std::uint64_t> numbers;
  for (const IdHash& name : names) {
    const auto waiting = by_name_.find(name);
    if (waiting == by_name_.end()) continue;
    numbers.insert(waiting->second.begin(), waiting->second.end());
  }
  for (const std::uint64_t number : numbers) {
    EarlyAct act = remove(number);
    if (stream_time < act.stamp + horizon_) taken.push_back(std::move(act));
  }
  return taken;
}

std::uint64_t EarlyActs::expire(std::int64_t stream_time) {
  std::uint64_t in_vain = 0;
  while (!queue_.empty() && stream_time >= queue_.front().stamp + horizon_) {
    const std::uint64_t oldest = queue_.front().act;
    queue_.pop_front();
    if (!acts_.contains(oldest)) continue;
    static_cast<void>(remove(oldest));
    ++in_vain;
  }
  return in_vain;
}

EarlyAct EarlyActs::remove(std::uint64_t number) {
  const auto found = acts_.find(number);
  EarlyAct act = std::move(found->second);
  acts_.erase(found);
  for (const IdHash& name : act.names) {
    const auto waiting = by_name_.find(name);
    std::erase(waiting->second, number);
    if (waiting->second.empty()) by_name_.erase(waiting);
  }
  return act;
}

}  // namespace suar::engine
