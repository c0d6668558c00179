// `suar test`: runs the tests that stand in the rule files.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace suar::cli {

struct RuleTestOptions {
  std::vector<std::string> paths;  // rule files and directories: together one rule set
  std::string home_currency = "IDR";
  std::string only;             // run the tests of this rule alone; "" = of all
  std::string run;              // RE2, found anywhere in "rule: name"; "" = every test
  bool fail_on_empty = false;   // no test at all, or a rule without one, is a failure
  bool verbose = false;         // name the tests that pass, too
  bool coverage = false;        // tell which conditions no test sees come out both ways
  std::string min_coverage;     // "95%": a rule whose tests see less is a failure; "" = none is
  std::size_t slowest = 0;      // name so many of the slowest tests
  std::string junit;            // a file; "" = none
  std::string format = "text";  // json or junit
};

// Returns the exit status.
[[nodiscard]] int run_rule_tests(const RuleTestOptions& options);

void add_test(CLI::App& app, int& exit_status);

}  // namespace suar::cli
