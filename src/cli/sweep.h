// The values of a sweep: "rule.param=3..10", "...=IDR 300_000..IDR 900_000:IDR 100_000", "...=50%..90%:5%".
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"

namespace suar::cli {

struct Sweep {
  std::string rule, param;
  std::vector<std::string> values;  // as a rule file writes them
};

// At most 50 values; without a step, whole numbers go by 1 and all else in ten steps. The error is a
// sentence.
[[nodiscard]] std::expected<Sweep, std::string> parse_sweep(std::string_view text);

// The files with another default of the param. The error is a sentence.
[[nodiscard]] std::expected<std::vector<rules::File>, std::string> with_param(
    const rules::RuleSet& rules, const std::vector<rules::File>& files, std::string_view rule,
    std::string_view param, std::string_view value);

// The files without the rules (and what is written for them) that this rule does not need: it and those whose
// signals it asks for, directly or through others, stay. On the same events it raises the same alerts.
[[nodiscard]] std::vector<rules::File> only_rule(const rules::RuleSet& rules, std::vector<rules::File> files,
                                                 std::string_view rule);

}  // namespace suar::cli
