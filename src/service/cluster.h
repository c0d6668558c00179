// What a start asks of the brokers: which cluster they are, whether it has the topics, and whether the
// journal can be one.
#pragma once

#include <expected>
#include <stop_token>
#include <string>
#include <vector>

#include "kafka/wake_up.h"
#include "service/config.h"
#include "service/context.h"

namespace suar::service {

struct Cluster {
  std::string id;
  int partitions = 0;            // of the input
  TopicLimits limits;            // of the topics that outputs go to
  bool stores_contents = false;  // there is a topic for snapshots and contents
  bool has_shadow = false;       // there is one for shadow alerts
};

// The topics that outputs may go to; the one for shadow alerts only where these rules can raise any.
[[nodiscard]] std::vector<std::string> output_topics(const Topics& topics, const rules::RuleSet& rules);

// Creates missing topics where topics.create says so; else the error names them, and the commands that do.
[[nodiscard]] std::expected<Cluster, Failure> examine_cluster(const Config& config,
                                                              const rules::RuleSet& rules,
                                                              const kafka::WakeUp& wake_up,
                                                              const std::stop_token& stop);

}  // namespace suar::service
