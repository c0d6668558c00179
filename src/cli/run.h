// `suar run`: the service, from a configuration file until SIGTERM or SIGINT.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace suar::cli {

// Returns the exit status.
[[nodiscard]] int run(const std::string& config_file);

void add_run(CLI::App& app, int& exit_status);

}  // namespace suar::cli
