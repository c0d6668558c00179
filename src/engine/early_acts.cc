#include "engine/early_acts.h"

#include <algorithm>
#include <set>

namespace suar::engine {

void EarlyActs::add(const event::Transaction& act, EarlyAct early) {
  const std::uint64_t number = next_++;
  std::vector<IdHash> names;
  if (!act.related_event_id.empty()) names.push_back(hash_event_id(act.related_event_id));
  if (!act.end_to_end_id.empty()) names.push_back(hash_end_to_end_id(act.end_to_end_id));
  for (const IdHash& name : names) by_name_[name].push_back(number);
  queue_.push_back({number, early.stamp, std::move(names)});
  acts_.emplace(number, std::move(early));
}

std::vector<EarlyAct> EarlyActs::take(const std::vector<IdHash>& names, std::int64_t stream_time) {
  std::vector<EarlyAct> taken;
  if (acts_.empty()) return taken;
  std::set<std::uint64_t> numbers;
  for (const IdHash& name : names) {
    const auto waiting = by_name_.find(name);
    if (waiting == by_name_.end()) continue;
    numbers.insert(waiting->second.begin(), waiting->second.end());
    by_name_.erase(waiting);
  }
  for (const std::uint64_t number : numbers) {
    const auto act = acts_.find(number);
    if (act == acts_.end()) continue;
    if (stream_time < act->second.stamp + horizon_) taken.push_back(std::move(act->second));
    acts_.erase(act);
  }
  return taken;
}

std::uint64_t EarlyActs::expire(std::int64_t stream_time) {
  std::uint64_t in_vain = 0;
  while (!queue_.empty() && stream_time >= queue_.front().stamp + horizon_) {
    const Queued oldest = std::move(queue_.front());
    queue_.pop_front();
    in_vain += acts_.erase(oldest.act);
    for (const IdHash& name : oldest.names) {
      const auto waiting = by_name_.find(name);
      if (waiting == by_name_.end()) continue;
      std::erase(waiting->second, oldest.act);
      if (waiting->second.empty()) by_name_.erase(waiting);
    }
  }
  return in_vain;
}

}  // namespace suar::engine
