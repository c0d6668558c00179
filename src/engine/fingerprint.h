// A text that is equal for expressions of equal meaning-by-structure: what rules share is found by it.
#pragma once

#include <string>

#include "rules/rule.h"

namespace suar::engine {

// Parameters are written by their values, so the same condition with other thresholds is another text.
void append_fingerprint(const rules::Expression& expression, const rules::Rule& rule, std::string& out);

}  // namespace suar::engine
