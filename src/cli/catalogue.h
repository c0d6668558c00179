// `suar rules`: the rules of a set as a document for people who do not read rule files.
#pragma once

#include <string>
#include <vector>

#include "rules/rule.h"

namespace CLI {
class App;
}

namespace suar::cli {

struct CatalogueOptions {
  std::vector<std::string> paths;
  std::string home_currency = "IDR";
  std::string format = "md";    // or html
  std::string language = "en";  // or id
  std::string out;              // a file; "" = standard output
};

// Returns the exit status.
[[nodiscard]] int print_catalogue(const CatalogueOptions& options);

void add_rules(CLI::App& app, int& exit_status);

}  // namespace suar::cli
