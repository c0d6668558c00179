#include "service/service.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <utility>

#include "service/active.h"
#include "service/cluster.h"
#include "service/contents.h"
#include "service/deciders.h"
#include "service/history.h"
#include "service/life.h"
#include "service/pages.h"
#include "service/standby.h"

namespace suar::service {

Service::Service(ServiceOptions options, std::shared_ptr<const rules::RuleSet> rules,
                 std::shared_ptr<const reference::Reference> reference)
    : metrics_({rules, reference}),
      context_{std::move(options),
               std::move(rules),
               std::move(reference),
               {},
               {},
               process_name(),
               metrics_,
               status_,
               wake_up_,
               {}} {
  context_.options.history = history_directory(context_.config().state);
  context_.deciders = deciders_of(context_.config(), *context_.rules, *context_.reference);
}

Service::~Service() = default;

std::expected<void, Failure> Service::run(std::stop_token stop) {
  context_.stop = std::move(stop);
  const std::stop_callback wake_on_stop(context_.stop, [this] { wake_up_.ring(); });
  constexpr std::array kSteps = {&Service::serve_http, &Service::connect, &Service::live};
  Step done;
  for (const auto& step : kSteps) {
    done = (this->*step)();
    if (!done) break;
  }
  status_.phase = Phase::kStopped;
  return done;
}

Service::Step Service::serve_http() {
  const Listen& listen = context_.config().http;
  auto server = HttpServer::start(listen, pages_of({metrics_, status_, context_.options.version}));
  if (!server) {
    return std::unexpected(
        Failure{fmt::format("http.listen {}:{}: {}", listen.host, listen.port, server.error())});
  }
  http_ = std::move(*server);
  http_port_ = http_->port();
  spdlog::info("metrics at http://{}:{}/metrics", listen.host, http_->port());
  return {};
}

Service::Step Service::connect() {
  auto cluster = examine_cluster(context_.config(), *context_.rules, context_.wake_up, context_.stop);
  if (!cluster) return context_.stopping() ? Step{} : std::unexpected(cluster.error());
  context_.identity = {context_.config().instance, context_.config().topics.transactions, cluster->id};
  context_.partitions = cluster->partitions;
  context_.limits = std::move(cluster->limits);
  context_.shares_snapshots = cluster->stores_contents && !context_.config().state.empty();
  context_.has_shadow = cluster->has_shadow;
  context_.contents = std::make_shared<Contents>(
      context_.config(), Loaded{context_.rules, context_.reference}, cluster->stores_contents);
  return {};
}

// One life after the other: a fenced engine drops its state, restores, and stands by.
Service::Step Service::live() {
  ClaimTurn turn;
  while (!context_.stopping()) {
    status_.phase = Phase::kStarting;
    auto life = Life::begin(context_);
    if (!life) return context_.stopping() ? Step{} : std::unexpected(life.error());
    auto next = Standby(**life, turn).run();
    if (next && *next == Next::kGoOn) next = Active(**life).run();
    if (!next) return std::unexpected(next.error());
    if (*next == Next::kStop) break;
    // What was accepted at the start holds for that start.
    context_.options.accepted.clear();
  }
  spdlog::info("stopped after {} records", processed());
  return {};
}

}  // namespace suar::service
