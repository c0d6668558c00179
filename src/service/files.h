// Reading the files that rules and reference data are made of. Everything below takes bytes; this is where
// they come from.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::service {

// Every *.yaml and *.yml below the paths, each path a file or a directory; in order of name, each file once.
// Names are as reached from the path that was given. The error says which path could not be read and why.
[[nodiscard]] std::expected<std::vector<rules::File>, std::string> read_rule_files(
    const std::vector<std::string>& paths);

// The files of the contract in a reference directory, by their path relative to it; what else lies there is
// not read.
[[nodiscard]] std::expected<std::vector<reference::File>, std::string> read_reference_files(
    const std::string& directory);

// What of all these files tells that they have changed: their names, sizes and times. Nothing is read.
[[nodiscard]] std::string stamp_of_files(const std::vector<std::string>& rules, const std::string& reference);

// A whole file.
[[nodiscard]] std::expected<std::string, std::string> read_file(const std::string& path);

}  // namespace suar::service
