// suar simulate: a labelled synthetic stream and its reference data, written to a directory.
#pragma once

namespace CLI {
class App;
}

namespace suar::cli {

// Adds the command; when it is chosen, parsing runs it and sets `exit_status` (0 done, 2 could not write).
void add_simulate(CLI::App& app, int& exit_status);

}  // namespace suar::cli
