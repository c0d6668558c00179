// The rules as they run once every layer is applied, and what overrides changed in them.
#pragma once

#include <string>

#include "rules/rule.h"

namespace suar::cli {

[[nodiscard]] std::string effective_text(const rules::RuleSet& rules);
[[nodiscard]] std::string effective_json(const rules::RuleSet& rules);

}  // namespace suar::cli
