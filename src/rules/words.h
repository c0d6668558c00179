// The words that keys and fields take, with their names in messages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace suar::rules {

[[nodiscard]] const std::vector<std::string>& crime_words();
[[nodiscard]] std::vector<std::string> entity_kind_words();
[[nodiscard]] std::optional<EntityKind> parse_entity_kind(std::string_view word);
[[nodiscard]] std::vector<std::string> severity_words();
[[nodiscard]] std::optional<AlertSeverity> parse_severity(std::string_view word);
[[nodiscard]] std::vector<std::string> mode_words();
[[nodiscard]] std::optional<Mode> parse_mode(std::string_view word);
[[nodiscard]] std::vector<std::string> role_words();
[[nodiscard]] std::optional<Role> parse_role(std::string_view word);
[[nodiscard]] std::string_view name_of(Side side);
[[nodiscard]] std::vector<std::string> side_words();
[[nodiscard]] std::optional<Side> parse_side(std::string_view word);

// Does every event show a watched entity of this kind on one of its two sides?
[[nodiscard]] bool has_sides(EntityKind kind);

}  // namespace suar::rules
