// The rules in force and the reference data that they look things up in.
#pragma once

#include <memory>

#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::service {

struct Loaded {
  std::shared_ptr<const rules::RuleSet> rules;
  std::shared_ptr<const reference::Reference> reference;

  bool operator==(const Loaded&) const = default;  // the very same
};

}  // namespace suar::service
