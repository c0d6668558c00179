// The program: one subcommand per file. Exit status: 0 done, 1 the answer is no, 2 could not do it.
#include <csignal>
#include <exception>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/catalogue.h"
#include "cli/check.h"
#include "cli/compare.h"
#include "cli/demo.h"
#include "cli/explain.h"
#include "cli/replay.h"
#include "cli/rule_tests.h"
#include "cli/run.h"
#include "cli/schema.h"
#include "cli/simulate.h"

namespace {

int run_command(int argc, const char* const* argv) {
  CLI::App app{
      "Suar watches bank transactions and raises alerts on migrant smuggling, human trafficking and "
      "bribery."};
  app.set_version_flag("--version", "suar " SUAR_VERSION);
  app.require_subcommand(1);

  int exit_status = 0;
  suar::cli::add_run(app, exit_status);
  suar::cli::add_replay(app, exit_status);
  suar::cli::add_check(app, exit_status);
  suar::cli::add_test(app, exit_status);
  suar::cli::add_explain(app, exit_status);
  suar::cli::add_rules(app, exit_status);
  suar::cli::add_compare(app, exit_status);
  suar::cli::add_schema(app, exit_status);
  suar::cli::add_simulate(app, exit_status);
  suar::cli::add_demo(app, exit_status);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& answer) {
    // Help and the version come this way too, as errors of code 0.
    return app.exit(answer) == 0 ? 0 : 2;
  }
  return exit_status;
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that has gone away is an error of the write to it, told like any other.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run_command(argc, argv);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "suar: {}\n", problem.what());
    return 2;
  }
}
