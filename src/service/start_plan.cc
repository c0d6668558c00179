#include "service/start_plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace suar::service {
namespace {

std::string choices(const std::string& group) {
  return fmt::format(
      "either start afresh under another `instance`, or set the offsets of group \"{}\" to where alerts "
      "shall begin "
      "(kafka-consumer-groups.sh --reset-offsets)",
      group);
}

}  // namespace

std::int64_t StartPlan::records_to_reread() const {
  std::int64_t records = 0;
  for (const PartitionPlan& partition : partitions) {
    records += std::max<std::int64_t>(partition.live_from - partition.low, 0);
  }
  return records;
}

std::expected<StartPlan, std::string> plan_start(std::span<const kafka::PartitionOffsets> offsets,
                                                 Start start, const std::string& topic,
                                                 const std::string& group) {
  StartPlan plan;
  plan.first_start =
      std::ranges::none_of(offsets, [](const auto& partition) { return partition.committed.has_value(); });
  for (const auto& [partition, low, high, committed] : offsets) {
    if (committed && *committed > high) {
      return std::unexpected(
          fmt::format("{} [{}] ends at offset {}, but group \"{}\" has committed {}: the topic was deleted "
                      "and made again, or "
                      "lost records; {}",
                      topic, partition, high, group, *committed, choices(group)));
    }
    if (committed && *committed < low) {
      return std::unexpected(
          fmt::format("{} [{}] begins at offset {}, but group \"{}\" has only come to {}: retention deleted "
                      "{} records that were "
                      "never processed; {}",
                      topic, partition, low, group, *committed, low - *committed, choices(group)));
    }
    // A partition that came while the service was down is read for its alerts from its beginning.
    const bool skip_history = plan.first_start && start == Start::kLatest;
    plan.partitions.push_back({low, committed.value_or(skip_history ? high : low)});
  }
  return plan;
}

}  // namespace suar::service
