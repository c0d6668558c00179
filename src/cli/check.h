// `suar check`: every problem of a set of rule files at once.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace suar::cli {

struct CheckOptions {
  std::vector<std::string> paths;  // rule files and directories: together one rule set
  std::string reference;           // a directory; "" = lists and corridors are not checked
  std::string home_currency = "IDR";
  std::string format = "text";  // or json
  bool warnings_as_errors = false;
  bool effective = false;  // print the rules as they run, instead of the findings' summary
  bool codes = false;      // print what the codes mean, and nothing else
};

// Returns the exit status.
[[nodiscard]] int check_rules(const CheckOptions& options);

void add_check(CLI::App& app, int& exit_status);

}  // namespace suar::cli
