// `suar run`: the service, from a configuration file until SIGTERM or SIGINT.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace suar::cli {

// `accept` names what a start may go on with that it would else refuse (service/context.h). Returns the exit
// status.
[[nodiscard]] int run(const std::string& config_file, const std::vector<std::string>& accept);

void add_run(CLI::App& app, int& exit_status);

}  // namespace suar::cli
