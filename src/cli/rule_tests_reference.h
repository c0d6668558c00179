// The reference data of a test: people and lists in a compact form, and files written out.
#pragma once

#include <map>
#include <string>

#include <yaml-cpp/yaml.h>

#include "cli/rule_tests_yaml.h"

namespace suar::cli {

// The bytes of reference files by their names ("lists/hubs.csv").
using ReferenceFiles = std::map<std::string, std::string>;

// Adds what `node` (the value of a test's `reference:`) says to `files`; a directory is relative to
// `rule_file`.
void read_test_reference(const YAML::Node& node, ReferenceFiles& files, TestFindings& findings);

}  // namespace suar::cli
