// What `suar check` found, for people, for programs and for code hosts.
#pragma once

#include <map>
#include <string>

#include "reference/diagnostic.h"
#include "rules/codes.h"
#include "rules/cost.h"
#include "rules/rule.h"

namespace suar::cli {

struct CheckReport {
  std::size_t files = 0, rules = 0, errors = 0, warnings = 0;
  Diagnostics findings;
};

// The last line of the text: "16 rules in 16 files, no problem found".
[[nodiscard]] std::string summary(const CheckReport& report);
// {"files","rules","errors","warnings","findings":[{"severity","code","file","line","column","length",
//  "message","suggestion"}]}
[[nodiscard]] std::string json_report(const CheckReport& report);
// SARIF 2.1.0, which code hosts show beside the lines of a change.
[[nodiscard]] std::string sarif_report(const CheckReport& report);

// What the code means, why it matters, and an example wrong and right.
[[nodiscard]] std::string explain_code(rules::Code code);

// How many sides of an event each rule admits, on average, by its id; measured on a sample.
using Admitted = std::map<std::string, double, std::less<>>;

// A line for each rule and one for all. `traffic.entities` are accounts and parties; of other kinds there are
// fewer. A rule that `admitted` does not know is taken to admit every event.
[[nodiscard]] std::string cost_table(const rules::RuleSet& rules, const rules::Traffic& traffic,
                                     const Admitted& admitted);
[[nodiscard]] std::string cost_json(const rules::RuleSet& rules, const rules::Traffic& traffic,
                                    const Admitted& admitted);

}  // namespace suar::cli
