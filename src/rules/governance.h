// What people who answer for a rule set ask of every rule in it, beside that it runs.
#pragma once

#include <span>

#include "reference/diagnostic.h"
#include "rules/rule.h"

namespace suar::rules {

// Warnings: of rules whose author approved them and, where an inventory of rules is kept, of those that do
// not state who wrote and approved them, what they look for, on which ground and what to do. Files that
// cannot be read are passed over: load_rules() tells of them.
[[nodiscard]] Diagnostics check_governance(std::span<const File> files, bool inventory);

}  // namespace suar::rules
