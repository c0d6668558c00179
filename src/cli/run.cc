#include "cli/run.h"

#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <pthread.h>
#include <CLI/CLI.hpp>

#include "cli/engine_inputs.h"
#include "service/config.h"
#include "service/files.h"
#include "service/log.h"
#include "service/service.h"
#include "service/start_plan.h"

namespace suar::cli {
namespace {

constexpr int kCouldNot = 2;

// SIGTERM and SIGINT as a stop token, SIGHUP as a call. They are blocked in the thread that makes this and in
// all that it starts, and taken by a thread of their own; a second one ends the program at once.
class StopOnSignal {
 public:
  StopOnSignal() {
    ::sigemptyset(&signals_);
    ::sigaddset(&signals_, SIGTERM);
    ::sigaddset(&signals_, SIGINT);
    ::sigaddset(&signals_, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::jthread([this](const std::stop_token& ended) { watch(ended); });
  }

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }
  // What SIGHUP does; nothing where it is empty.
  void on_hang_up(std::function<void()> reload) {
    const std::lock_guard lock(mutex_);
    reload_ = std::move(reload);
  }

 private:
  void watch(const std::stop_token& ended) {
    const timespec patience{0, 100'000'000};
    while (!ended.stop_requested()) {
      const int signal = ::sigtimedwait(&signals_, nullptr, &patience);
      if (signal < 0) continue;
      if (signal == SIGHUP) {
        const std::lock_guard lock(mutex_);
        if (reload_) reload_();
        continue;
      }
      if (stop_.stop_requested()) ::_exit(128 + signal);
      stop_.request_stop();
    }
  }

  sigset_t signals_{};
  std::stop_source stop_;
  std::mutex mutex_;
  std::function<void()> reload_;
  std::jthread thread_;
};

}  // namespace

int run(const std::string& config_file, const std::vector<std::string>& accept) {
  StopOnSignal stop;
  const auto bytes = service::read_file(config_file);
  if (!bytes) {
    fmt::print(stderr, "suar run: {}\n", bytes.error());
    return kCouldNot;
  }
  auto [config, findings] = service::parse_config(config_file, *bytes, service::process_environment());
  print(findings, Quote::kNothing);
  if (!config) return kCouldNot;
  const auto inputs =
      load_engine_inputs(config->rules, config->reference, config->home_currency, Quote::kNothing);
  if (!inputs) return kCouldNot;

  service::open_log(config->log);
  service::ServiceOptions options;
  options.config = *config;
  for (const std::string& name : accept) {
    const auto accepted = service::parse_accept(name);
    if (!accepted) {
      fmt::print(stderr, "suar run: --accept {}: there is nothing of that name to accept\n", name);
      return kCouldNot;
    }
    options.accepted.insert(*accepted);
  }
  options.version = SUAR_VERSION;
  service::Service service(std::move(options), inputs->rules, inputs->reference);
  stop.on_hang_up([&service] { service.reload(); });
  const auto done = service.run(stop.token());
  stop.on_hang_up({});
  if (!done) {
    fmt::print(stderr, "suar run: {}\n", done.error().message);
    return kCouldNot;
  }
  return 0;
}

void add_run(CLI::App& app, int& exit_status) {
  auto config = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("run", "Run the service: transactions of a Kafka topic in, alerts out");
  command->add_option("--config", *config, "The configuration, a YAML file")->required();
  auto accept = std::make_shared<std::vector<std::string>>();
  command
      ->add_option("--accept", *accept,
                   "What a refused start named and this one is to go on with: rules, reference, settings, "
                   "semantics, shorter-input, lost-journal. It is logged and journaled")
      ->delimiter(',');
  command->callback([config, accept, &exit_status] { exit_status = run(*config, *accept); });
}

}  // namespace suar::cli
