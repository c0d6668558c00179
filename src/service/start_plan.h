// Where the service begins, from what the brokers say of the input: which records are only read again to fill
// the windows, and from where alerts are sent. Where that would be a guess, it refuses and says what the
// choices are.
//
// Until there are snapshots, the input is read from its oldest retained record each time. With one partition
// the engine then stands exactly where it stood. With more, the records are the same but their interleaving
// is not recorded: on a backlog it follows the record timestamps, while live it followed the arrival, so what
// depends on the order of records of different partitions (quiet periods, signals, equal event times) may
// differ.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <vector>

#include "kafka/consumer.h"
#include "service/config.h"

namespace suar::service {

struct PartitionPlan {
  std::int64_t low = 0;        // read from here
  std::int64_t live_from = 0;  // silently up to here
};

struct StartPlan {
  std::vector<PartitionPlan> partitions;
  bool first_start = true;  // nothing was committed before

  [[nodiscard]] std::int64_t records_to_reread() const;
};

[[nodiscard]] std::expected<StartPlan, std::string> plan_start(
    std::span<const kafka::PartitionOffsets> offsets, Start start, const std::string& topic,
    const std::string& group);

}  // namespace suar::service
