// The service's log: one line an event, to standard error. It carries ids, offsets and counts; never a name,
// an account, a narrative, a record or a secret.
#pragma once

#include "kafka/log_source.h"
#include "service/config.h"

namespace suar::service {

void open_log(LogThreshold threshold);

// Kafka clients' own lines, into the same log.
[[nodiscard]] kafka::LogSink client_log();

}  // namespace suar::service
