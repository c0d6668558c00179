// The functions of the rule language.
#pragma once

#include "oracle/evaluate.h"

namespace suar::oracle {

[[nodiscard]] Value call(const Scope& scope, const rules::Expression& expression);

}  // namespace suar::oracle
