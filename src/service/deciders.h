// What decides which alerts there are, beside the input, as the journal names it.
#pragma once

#include <string>

#include "kafka/journal_record.h"
#include "reference/reference.h"
#include "rules/rule.h"
#include "service/config.h"

namespace suar::service {

[[nodiscard]] kafka::Deciders deciders_of(const Config& config, const rules::RuleSet& rules,
                                          const reference::Reference& reference);

// This process among all that may write to one journal: host, process, and a number drawn at random.
[[nodiscard]] std::string process_name();

}  // namespace suar::service
