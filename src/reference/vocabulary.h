// Words that the rules of the pack and other systems use. Reference data may hold others.
#pragma once

#include <string>
#include <vector>

namespace suar::reference {

[[nodiscard]] const std::vector<std::string>& party_kinds();  // a closed list
[[nodiscard]] const std::vector<std::string>& list_kinds();   // a closed list, in the order of ListKind
[[nodiscard]] const std::vector<std::string>& segments();
[[nodiscard]] const std::vector<std::string>& agency_types();
[[nodiscard]] const std::vector<std::string>& agency_statuses();
[[nodiscard]] const std::vector<std::string>& place_tags();

}  // namespace suar::reference
