// The service's configuration: one YAML file, every problem of it found at once and located.
//
// Any value may hold ${NAME} or ${NAME:-default} from the environment; it is put in after the YAML is read,
// so what it holds is never taken for YAML. Relative paths are relative to the file. Codes of the findings:
//   SUAR-C001 not readable as YAML     SUAR-C005 a key that is needed and absent
//   SUAR-C002 unknown or repeated key  SUAR-C006 environment variable not set
//   SUAR-C003 wrong kind of value      SUAR-C007 a property that librdkafka or Suar refuses
//   SUAR-C004 value out of range
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "event/money.h"
#include "kafka/journal_record.h"
#include "kafka/properties.h"
#include "reference/diagnostic.h"

namespace suar::service {

struct Topics {
  std::string transactions = "transactions";
  std::string alerts = "alerts";
  std::string shadow = "alerts.shadow";
  std::string dead_letter = "transactions.dead-letter";
  std::string journal = "suar.journal";
  std::string snapshots = "suar.snapshots";
  bool create = false;
};

struct Listen {
  std::string host = "127.0.0.1";
  std::uint16_t port = 9464;  // 0 = any free one
};

// Where alerts begin when there is no journal yet. What lies before is read all the same, silently, so that
// windows are whole.
enum class Start { kEarliest, kLatest };

enum class LogThreshold { kDebug, kInfo, kWarn, kError };

struct Config {
  std::string brokers;
  std::vector<kafka::Property> properties;
  kafka::Delivery delivery = kafka::Delivery::kExactlyOnce;
  // Instances of one name stand by for each other; also the transactional id, and the group under which
  // offsets are committed for the tools that show lag.
  std::string instance = "suar";
  Topics topics;
  std::vector<std::string> rules;  // directories; a later one overlays the earlier
  std::string reference;           // may be empty
  std::string state;               // where snapshots lie; may be empty
  event::Duration snapshots =
      event::Duration::minutes(5);  // how often one is written; 0 = at a clean stop only
  Listen http;
  event::Currency home_currency;
  Start start = Start::kEarliest;
  std::size_t max_record_bytes = 1 << 20;
  engine::Options engine;
  LogThreshold log = LogThreshold::kInfo;

  [[nodiscard]] std::chrono::microseconds snapshot_interval() const {
    return std::chrono::microseconds(snapshots.micros);
  }
};

struct ParsedConfig {
  std::optional<Config> config;  // absent where there was an error
  Diagnostics findings;
};

// The value of a variable, or nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
[[nodiscard]] Environment process_environment();

// `file` is how findings name it, and what relative paths are relative to.
[[nodiscard]] ParsedConfig parse_config(const std::string& file, std::string_view bytes,
                                        const Environment& environment);

}  // namespace suar::service
