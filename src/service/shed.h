// Making an alert smaller that a broker refuses for its size.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace suar::service {

// The alert without its evidence.event_ids, and with "event_ids_shed": how many there were (event_count keeps
// the true number). Nothing where it has none to shed.
[[nodiscard]] std::optional<std::string> shed_event_ids(std::string_view alert_json);

}  // namespace suar::service
