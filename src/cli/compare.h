// `suar compare`: what a change of rules would have done to the alerts of a recorded stream.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace suar::cli {

struct CompareOptions {
  std::vector<std::string> old_rules,
      new_rules;          // rule files and directories; old_rules may be empty in a sweep
  std::string reference;  // a directory; "" = no reference data
  std::string events = "-";
  std::string labels;  // as `suar simulate` writes them; "" = none
  std::string sweep;   // "rule.param=a..b:step": compare values of a param instead of two rule sets
  std::string home_currency = "IDR";
  std::string format = "text";  // or json
  std::size_t list = 20;        // how many alerts the text names
};

// Returns the exit status.
[[nodiscard]] int compare(const CompareOptions& options);

void add_compare(CLI::App& app, int& exit_status);

}  // namespace suar::cli
