// What the author wrote at a place of a rule file.
#pragma once

#include <span>
#include <string>

#include "rules/expression.h"
#include "rules/rule.h"

namespace suar::rules {

// On one line: every run of blanks and line breaks is one blank. `files` are those the rule set was loaded
// from, in their order. "" where the place spans nothing.
[[nodiscard]] std::string source_text(const Location& at, std::span<const File> files);

}  // namespace suar::rules
