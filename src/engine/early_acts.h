// Acts that came before their original: kept as bytes, by the names they use, through the de-duplication
// horizon.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "engine/payments.h"

namespace suar::engine {

struct EarlyAct {
  std::string record;
  std::uint64_t position = 0;  // the caller's name for the record
  std::int64_t stamp = 0;
  std::vector<IdHash> names;  // of the original: what it waits for
  std::uint64_t arrival = 0;  // its place among the acts; given by add(), and kept where it goes on waiting
};

class EarlyActs {
 public:
  explicit EarlyActs(event::Duration horizon) : horizon_(horizon.micros) {}

  void add(EarlyAct act);
  // Takes out what waits for any of these names and is not forgotten yet, in the order of arrival.
  [[nodiscard]] std::vector<EarlyAct> take(const std::vector<IdHash>& names, std::int64_t stream_time);
  // Returns how many waited in vain.
  std::uint64_t expire(std::int64_t stream_time);
  [[nodiscard]] bool empty() const { return acts_.empty(); }

  void save(StateWriter& out) const;
  // Into an empty one.
  void restore(StateReader& in);

 private:
  [[nodiscard]] EarlyAct remove(std::uint64_t number);

  std::int64_t horizon_;
  std::uint64_t next_ = 0;
  std::map<std::uint64_t, EarlyAct> acts_;                           // by order of arrival
  absl::flat_hash_map<IdHash, std::vector<std::uint64_t>> by_name_;  // derived from acts_
  struct Queued {
    std::uint64_t act = 0;
    std::int64_t stamp = 0;
  };
  std::deque<Queued> queue_;
};

}  // namespace suar::engine
