// One alert or dead letter on its way, with the bytes that a producer refers to until they are acknowledged.
//
// An output that a broker refuses for its own size is made smaller, step by step, and never sent twice as it
// was: an alert sheds its event ids and then becomes a dead letter; a dead letter keeps its position and the
// first of its bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kafka/producer.h"
#include "service/config.h"
#include "service/metrics.h"

namespace suar::service {

// What topics take at most in one request, as far as it is known.
using TopicLimits = std::map<std::string, std::size_t>;

struct OutputItem {
  using Clock = std::chrono::steady_clock;

  std::string topic, key, value;
  std::vector<kafka::Header> headers;
  bool is_alert = false;
  std::string alert_id;  // of an alert
  int partition = 0;     // of the record that it came from; SourceRecord::kTick = of none
  std::int64_t offset = 0;
  std::optional<std::int64_t> timestamp_millis;
  Clock::time_point since = Clock::now();

  bool refused = false;  // for its size, perhaps of its company's
  bool alone = false;    // to be sent with nothing beside it

  void set_position_headers(const Topics& topics, std::string_view reason, std::string_view detail);
  // How large it is in a request of its own, or more.
  [[nodiscard]] std::size_t bytes_on_the_wire() const;
  // False where nothing is left to take away.
  [[nodiscard]] bool shrink(const Topics& topics, Metrics& metrics);
  // Even the position alone is refused: counted, logged.
  void lost(Metrics& metrics) const;
  // Acknowledged, or committed.
  void sent(Metrics& metrics) const;
};

}  // namespace suar::service
