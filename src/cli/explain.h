// `suar explain`: why an event did or did not raise a rule.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace suar::cli {

struct ExplainOptions {
  std::vector<std::string> rules;
  std::string reference;  // a directory; "" = none
  std::string events = "-";
  std::string event;    // its event_id
  std::string rule;     // "" = every rule that watches an entity of the event
  std::string subject;  // an entity key; "" = every entity
  std::string home_currency = "IDR";
  std::string format = "text";  // or json
};

// Returns the exit status: 1 where no record of the stream has the id, or no rule has a say in it.
[[nodiscard]] int explain(const ExplainOptions& options);

void add_explain(CLI::App& app, int& exit_status);

}  // namespace suar::cli
