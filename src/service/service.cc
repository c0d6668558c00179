#include "service/service.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <utility>

#include "service/log.h"
#include "service/pages.h"

namespace suar::service {
namespace {

constexpr std::chrono::seconds kBrokerPatience{30};
constexpr std::chrono::seconds kBrokerTry{2};
constexpr int kBrokerTries = 15;
constexpr std::chrono::milliseconds kCommitInterval{250};
// Brokers forget offsets that nobody has committed for a week; a quiet input must not look like a first
// start.
constexpr std::chrono::hours kRefreshInterval{1};
constexpr std::chrono::milliseconds kPublishInterval{250};
constexpr std::chrono::milliseconds kLongestWait{100};
constexpr std::chrono::milliseconds kDrainWait{5};
// After so many records the acknowledgements, commits and counters get their turn.
constexpr int kRecordsPerTurn = 512;

PipelineOptions pipeline_options(const Config& config) {
  PipelineOptions options;
  options.limits.max_bytes = config.max_record_bytes;
  options.engine = config.engine;
  return options;
}

// A dead letter carries its record and the headers, so its topic takes twice what a broker takes by default.
std::vector<kafka::NewTopic> used_topics(const Topics& topics, const rules::RuleSet& rules) {
  std::vector<kafka::NewTopic> used = {{topics.transactions, 1, {}},
                                       {topics.alerts, 1, {}},
                                       {topics.dead_letter, 1, {{"max.message.bytes", "2097152"}}}};
  if (rules.uses_shadow()) used.push_back({topics.shadow, 1, {}});
  return used;
}

std::unexpected<Failure> failed(const kafka::Error& error) {
  return std::unexpected(Failure{error.message});
}

}  // namespace

Service::Service(ServiceOptions options, std::shared_ptr<const rules::RuleSet> rules,
                 std::shared_ptr<const reference::Reference> reference)
    : options_(std::move(options)),
      rules_(std::move(rules)),
      reference_(std::move(reference)),
      metrics_(*rules_),
      output_(options_.config.topics, frontier_, metrics_, options_.on_alert),
      pipeline_(pipeline_options(options_.config), rules_, reference_, output_, metrics_) {}

Service::~Service() = default;

std::expected<void, Failure> Service::run(std::stop_token stop) {
  stop_ = std::move(stop);
  const std::stop_callback wake_on_stop(stop_, [this] { wake_up_.ring(); });
  constexpr std::array kSteps = {&Service::serve_http, &Service::connect, &Service::find_topics,
                                 &Service::open_input, &Service::process, &Service::drain};
  Step done;
  for (const auto& step : kSteps) {
    done = (this->*step)();
    if (!done) break;
  }
  status_.phase = Phase::kStopped;
  return done;
}

Service::Step Service::serve_http() {
  auto server = HttpServer::start(options_.config.http,
                                  pages_of({metrics_, status_, rules_, reference_, options_.version}));
  const Listen& listen = options_.config.http;
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
  const Config& config = options_.config;
  if (const auto opened = output_.open({config.brokers, config.properties, client_log()}, wake_up_);
      !opened) {
    return failed(opened.error());
  }
  return {};
}

Service::Step Service::find_topics() {
  const Config& config = options_.config;
  std::vector<kafka::NewTopic> missing = used_topics(config.topics, *rules_);
  if (const Step answered = ask_for_topics(missing); !answered) return answered;
  if (missing.empty()) return {};
  if (!config.topics.create) {
    std::string names;
    for (const kafka::NewTopic& topic : missing)
      names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", topic.name);
    return std::unexpected(
        Failure{fmt::format("{} has no topic {}. Create what is missing (choose the partitions "
                            "yourself):\n{}or set topics.create: true",
                            config.brokers, names, kafka::creation_commands(config.brokers, missing))});
  }
  if (const auto created = kafka::create_topics(output_.client(), missing, kBrokerPatience); !created) {
    return failed(created.error());
  }
  for (const kafka::NewTopic& topic : missing) spdlog::info("created topic {}", topic.name);
  // Every client that asks before the brokers know them all would take the absence for the answer.
  for (int tries = 0; !missing.empty() && tries < kBrokerTries && !stop_.stop_requested(); ++tries) {
    wake_up_.wait(kLongestWait);
    if (const Step answered = ask_for_topics(missing); !answered) return answered;
  }
  return {};
}

// Leaves in `missing` what the brokers do not have, and notes the input's partitions.
Service::Step Service::ask_for_topics(std::vector<kafka::NewTopic>& missing) {
  const Config& config = options_.config;
  auto found = kafka::topics_of(output_.client(), kBrokerTry);
  for (int tries = 1; !found && tries < kBrokerTries && !stop_.stop_requested(); ++tries) {
    found = kafka::topics_of(output_.client(), kBrokerTry);
  }
  if (!found) {
    return std::unexpected(
        Failure{fmt::format("no answer from kafka.brokers {}: {}", config.brokers, found.error().message)});
  }
  std::erase_if(missing, [&found](const kafka::NewTopic& topic) { return found->contains(topic.name); });
  if (const auto input = found->find(config.topics.transactions); input != found->end())
    partitions_ = input->second;
  return {};
}

Service::Step Service::open_input() {
  const Config& config = options_.config;
  auto consumer = kafka::Consumer::open({config.brokers, config.topics.transactions, config.instance,
                                         config.properties, partitions_, client_log()});
  if (!consumer) return failed(consumer.error());
  consumer_ = std::move(*consumer);
  const auto offsets = consumer_->offsets(partitions_, kBrokerPatience);
  if (!offsets) return failed(offsets.error());
  auto plan = plan_start(*offsets, config.start, config.topics.transactions, config.instance);
  if (!plan) return std::unexpected(Failure{plan.error()});
  plan_ = std::move(*plan);

  input_ = std::make_unique<kafka::MergedInput>(*consumer_, wake_up_);
  for (const PartitionPlan& partition : plan_.partitions) {
    if (const auto added = input_->add_partition(); !added) return failed(added.error());
    frontier_.add_partition(partition.live_from);
  }
  // From now on a start finds where alerts began.
  if (const auto kept = consumer_->commit(frontier_.committable()); !kept) return failed(kept.error());
  committed_ = frontier_.committable();
  watch_.emplace(*consumer_, partitions_, options_.partition_check);
  spdlog::info("reading {} ({} partitions) as \"{}\"", config.topics.transactions, partitions_,
               config.instance);
  if (const auto records = plan_.records_to_reread(); records > 0) {
    spdlog::info(
        "re-reading {} records silently to fill the windows{}", records,
        partitions_ > 1 ? "; with several partitions their interleaving may differ from when they came" : "");
  }
  return {};
}

Service::Step Service::process() {
  status_.phase = Phase::kRereading;
  while (!stop_.stop_requested()) {
    const bool took = !output_.congested() && take_records();
    if (const Step turned = turn(); !turned) return turned;
    if (!took) wake_up_.wait(kLongestWait);
  }
  return {};
}

// What is due between records. An error means that the service cannot go on.
Service::Step Service::turn() {
  status_.turn();
  output_.serve();
  if (const auto fatal = output_.failure()) return failed(*fatal);
  if (const auto served = consumer_->serve(); !served) return failed(served.error());
  if (input_->failure()) return failed(*input_->failure());
  note_new_partitions();
  finish_rereading();
  commit_if_due();
  publish();
  return {};
}

bool Service::take_records() {
  int taken = 0;
  while (taken < kRecordsPerTurn && !output_.congested()) {
    const auto record = input_->next();
    if (!record) break;
    take(*record);
    ++taken;
  }
  return taken > 0;
}

void Service::take(const kafka::Record& record) {
  const SourceRecord source{record.value, record.partition, record.offset, record.timestamp_millis};
  if (record.offset < plan_.partitions[static_cast<std::size_t>(record.partition)].live_from) {
    pipeline_.process_silently(source);
  } else {
    pipeline_.process(source);
  }
  frontier_.processed(record.partition, record.offset + 1);
  status_.processed.fetch_add(1, std::memory_order_relaxed);
}

void Service::note_new_partitions() {
  while (partitions_ < watch_->partitions()) {
    if (const auto added = input_->add_partition(); !added) {
      spdlog::warn("{}", added.error().message);
      return;
    }
    plan_.partitions.push_back({});
    frontier_.add_partition(CommitFrontier::kNothing);
    spdlog::info("{} has a new partition {}, read from its beginning", consumer_->topic(), partitions_);
    ++partitions_;
  }
}

void Service::finish_rereading() {
  if (status_.phase.load() != Phase::kRereading) return;
  for (int p = 0; p < partitions_; ++p) {
    const PartitionPlan& plan = plan_.partitions[static_cast<std::size_t>(p)];
    // The last records before live_from may be gone, or be control records, which are never handed out.
    const bool done =
        plan.live_from <= plan.low || input_->position(p).value_or(0) >= plan.live_from || input_->ended(p);
    if (!done) return;
  }
  status_.phase = Phase::kRunning;
  spdlog::info("ready: {} records re-read", metrics_.reread.value());
}

void Service::commit_if_due() {
  const auto now = Clock::now();
  if (now < commit_at_) return;
  commit_at_ = now + kCommitInterval;
  auto committable = frontier_.committable();
  const bool refresh = now >= refresh_at_;
  if (committable == committed_ && !refresh && !consumer_->take_commit_failure()) return;
  consumer_->commit_soon(committable);
  committed_ = std::move(committable);
  refresh_at_ = now + kRefreshInterval;
}

void Service::publish() {
  const auto now = Clock::now();
  if (now < publish_at_) return;
  publish_at_ = now + kPublishInterval;
  pipeline_.publish_counters();
  metrics_.partitions.set(static_cast<std::uint64_t>(partitions_));
  for (int p = 0; p < partitions_ && static_cast<std::size_t>(p) < kMostPartitions; ++p) {
    metrics_.lag[static_cast<std::size_t>(p)].set(static_cast<std::uint64_t>(input_->lag(p)));
  }
}

// Nothing new is read; what was read is acknowledged, then committed.
Service::Step Service::drain() {
  status_.phase = Phase::kDraining;
  const auto deadline = Clock::now() + options_.drain_limit;
  const auto wait_until = [&](const auto& done) {
    while (!done() && !output_.failure() && Clock::now() < deadline) {
      status_.turn();
      output_.serve();
      static_cast<void>(consumer_->serve());
      if (!done()) wake_up_.wait(kDrainWait);
    }
    return done();
  };
  if (!wait_until([this] { return output_.all_acknowledged(); })) {
    spdlog::warn("{} outputs are not acknowledged; their records will be processed again at the next start",
                 output_.waiting());
  }
  publish_at_ = {};
  publish();
  if (const auto committable = frontier_.committable();
      committable != committed_ || consumer_->take_commit_failure()) {
    consumer_->commit_soon(committable);
  }
  if (!wait_until([this] { return consumer_->commits_on_their_way() == 0; }) ||
      consumer_->take_commit_failure()) {
    spdlog::warn(
        "the last offsets are not committed; records since then will be processed again at the next start");
  }
  spdlog::info("stopped after {} records", processed());
  return {};
}

}  // namespace suar::service
