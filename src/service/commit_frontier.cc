#include "service/commit_frontier.h"

#include <algorithm>

namespace suar::service {

void CommitFrontier::add_partition(std::int64_t committed) {
  positions_.push_back(committed);
  for (Waiting& waiting : waiting_) waiting.before.push_back(committed);
}

CommitFrontier::Ticket CommitFrontier::open_output() {
  if (waiting_.empty() || waiting_.back().record != record_) waiting_.push_back({positions_, 0, record_});
  ++waiting_.back().outputs;
  return first_waiting_ + waiting_.size() - 1;
}

void CommitFrontier::acknowledge(Ticket ticket) {
  --waiting_[ticket - first_waiting_].outputs;
  // A record whose outputs are all acknowledged keeps its place while it is still being processed: it may
  // have more.
  while (!waiting_.empty() && waiting_.front().outputs == 0 && waiting_.front().record != record_) {
    waiting_.pop_front();
    ++first_waiting_;
  }
}

void CommitFrontier::processed(int partition, std::int64_t next) {
  std::int64_t& position = positions_[static_cast<std::size_t>(partition)];
  position = std::max(position, next);
  ++record_;
  while (!waiting_.empty() && waiting_.front().outputs == 0) {
    waiting_.pop_front();
    ++first_waiting_;
  }
}

std::vector<kafka::Position> CommitFrontier::committable() const {
  const std::vector<std::int64_t>& safe = waiting_.empty() ? positions_ : waiting_.front().before;
  std::vector<kafka::Position> committable;
  for (std::size_t p = 0; p < safe.size(); ++p) {
    if (safe[p] != kNothing) committable.push_back({static_cast<int>(p), safe[p]});
  }
  return committable;
}

}  // namespace suar::service
