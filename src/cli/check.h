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
  std::string format = "text";  // json or sarif
  bool strict = false;          // a warning is a failure, too
  bool governance = false;      // warn of rules that do not state what an inventory needs
  bool effective = false;       // print the rules as they run, instead of the findings' summary
  bool codes = false;           // print what the codes mean, and nothing else
  std::string explain;          // a code: print all there is to say of it, and nothing else
  bool cost = false;            // print what each rule costs
  std::string events;           // a sample, for the cost: how many of them each rule admits; "" = none
  double accounts = 1'000'000, events_per_day = 10'000'000;
};

// Returns the exit status.
[[nodiscard]] int check_rules(const CheckOptions& options);

void add_check(CLI::App& app, int& exit_status);

}  // namespace suar::cli
