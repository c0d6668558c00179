// The rule set and the reference data that a command works with, read from the paths its arguments name.
//
// Findings are written to standard error, errors and warnings alike; nothing is returned where there was an
// error.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "event/money.h"
#include "reference/diagnostic.h"
#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::cli {

// Whether findings show the lines that they are about. These may hold names, accounts and secrets: a person
// at a terminal wants them, what a service writes is a log.
enum class Quote { kLines, kNothing };

void print(const Diagnostics& findings, Quote quote = Quote::kLines);

// The files of rule paths (files, or directories with their *.yaml), which together are one rule set.
[[nodiscard]] std::optional<std::vector<rules::File>> read_rule_paths(const std::vector<std::string>& paths);

// `reference` may be null: then names of lists and corridors are not checked.
[[nodiscard]] std::shared_ptr<const rules::RuleSet> load_rule_files(const std::vector<rules::File>& files,
                                                                    event::Currency home,
                                                                    const reference::Reference* reference,
                                                                    Quote quote = Quote::kLines);

struct EngineInputs {
  std::vector<rules::File> files;  // that the rules came from
  std::shared_ptr<const rules::RuleSet> rules;
  std::shared_ptr<const reference::Reference> reference;
};

// Without a reference directory ("") the reference data are empty.
[[nodiscard]] std::optional<EngineInputs> load_engine_inputs(const std::vector<std::string>& rule_paths,
                                                             const std::string& reference_directory,
                                                             event::Currency home,
                                                             Quote quote = Quote::kLines);

}  // namespace suar::cli
