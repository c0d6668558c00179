// The pages of the service's HTTP port: /metrics, /healthz, /readyz and, over loopback only, /rules.
#pragma once

#include <string>

#include "service/http_server.h"
#include "service/metrics.h"
#include "service/status.h"

namespace suar::service {

// What the pages show; everything outlives them.
struct Shown {
  const Metrics& metrics;
  const Status& status;
  std::string version;
};

[[nodiscard]] Pages pages_of(Shown shown);

// The bodies, for tests.
[[nodiscard]] std::string metrics_text(const Shown& shown);
[[nodiscard]] std::string rules_json(const Shown& shown);

}  // namespace suar::service
