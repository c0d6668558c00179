#include "cli/demo.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include "cli/demo_score.h"
#include "cli/demo_screen.h"
#include "cli/demo_summary.h"
#include "cli/demo_traffic.h"
#include "cli/engine_inputs.h"
#include "kafka/mock_broker.h"
#include "service/log.h"
#include "service/service.h"
#include "simulator/simulator.h"

namespace suar::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kStartLimit = 120s;  // for the service to be ready
constexpr auto kStandstill = 60s;   // without an event processed, after which the demonstration gives up

std::atomic<int> interrupts = 0;  // the first ends the traffic, the second everything

int refuse(std::string_view why) {
  fmt::print(stderr, "suar demo: {}\n", why);
  return 2;
}

// The rule pack beside the program: in the source tree, or where the container image has it.
std::optional<std::string> shipped_rules() {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown).parent_path();
  for (const fs::path& candidate :
       {program / "../../rules", fs::path("rules"), fs::path("/etc/suar/rules")}) {
    if (fs::is_directory(candidate, unknown)) return fs::weakly_canonical(candidate, unknown).string();
  }
  return std::nullopt;
}

// One run, from the start of the broker to the summary.
class Demo {
 public:
  explicit Demo(const DemoOptions& options) : options_(options), simulator_(simulated(options)) {}

  int run() {
    for (const auto step :
         {&Demo::load, &Demo::start_broker, &Demo::start_service, &Demo::send_traffic, &Demo::finish}) {
      if (const int status = (this->*step)(); status != 0) return status;
    }
    return 0;
  }

 private:
  static simulator::Options simulated(const DemoOptions& options) {
    simulator::Options simulated;
    simulated.seed = options.seed;
    simulated.days = options.days;
    simulated.accounts = options.accounts;
    return simulated;
  }

  int load() {
    const auto rule_directory = options_.rules.empty() ? shipped_rules() : options_.rules;
    if (!rule_directory) return refuse("there is no rules directory; --rules DIR names one");
    const auto home = *event::parse_currency("IDR");
    auto reference = reference::Reference::load(simulator_.reference_files(), home);
    const auto files = read_rule_paths({*rule_directory});
    if (!reference.reference) print(reference.findings);
    if (!reference.reference || !files) return 2;
    reference_ = std::move(reference.reference);
    rules_ = load_rule_files(*files, home, reference_.get());
    return rules_ ? 0 : 2;
  }

  int start_broker() {
    // Names of its own on a broker that others may use.
    config_.topics = {prefix_ + "transactions",
                      prefix_ + "alerts",
                      prefix_ + "alerts.shadow",
                      prefix_ + "dead-letter",
                      prefix_ + "journal",
                      prefix_ + "snapshots",
                      true};
    config_.instance = prefix_ + "service";
    config_.delivery = kafka::Delivery::kAtLeastOnce;  // the stand-in broker knows no transactions
    config_.brokers = options_.brokers;
    if (!config_.brokers.empty()) return 0;
    const service::Topics& topics = config_.topics;
    const std::vector<kafka::MockTopic> wanted = {
        {topics.transactions, 1}, {topics.alerts, 1},  {topics.shadow, 1},
        {topics.dead_letter, 1},  {topics.journal, 1},
    };
    auto broker = kafka::MockBroker::start(wanted);
    if (!broker) return refuse(broker.error().message);
    broker_ = std::move(*broker);
    config_.brokers = broker_->bootstrap_servers();
    config_.topics.create = false;  // the stand-in broker makes no topics when asked
    return 0;
  }

  int start_service() {
    service::open_log(service::LogThreshold::kError);
    config_.http.port = options_.http_port;
    config_.home_currency = rules_->home;
    config_.engine.max_ahead = {};  // the records are sent now, whenever their events are said to happen
    config_.log = service::LogThreshold::kError;
    service::ServiceOptions options;
    options.config = config_;
    options.version = "demo";
    options.on_alert = [this](const engine::Hit& hit, std::string_view) {
      if (hit.mode == rules::Mode::kShadow) return;
      score_.add_alert(hit);
      alerts_.fetch_add(1);
      screen_.add_alert(hit);
    };
    service_ = std::make_unique<service::Service>(std::move(options), rules_, reference_);
    thread_ = std::jthread([this](const std::stop_token& stop) {
      if (auto done = service_->run(stop); !done) failure_ = done.error().message;
      service_ended_ = true;
    });
    const auto limit = Clock::now() + kStartLimit;
    while (service_->phase() != service::Phase::kActive) {
      if (service_ended_) return stop_service();
      if (Clock::now() > limit) return refuse("the service did not get ready");
      std::this_thread::sleep_for(10ms);
    }
    screen_.say(fmt::format(
        "{} rules. {} days of {} accounts in {} s, through {}.\nMetrics: http://127.0.0.1:{}/metrics\n\n",
        rules_->rules.size(), options_.days, options_.accounts, options_.seconds,
        broker_ ? "the broker inside this program" : "the broker at " + config_.brokers,
        service_->http_port()));
    return 0;
  }

  int send_traffic() {
    auto opened = DemoTraffic::open(config_.brokers, config_.topics.transactions, simulator_);
    if (!opened) return refuse(opened.error());
    traffic_ = std::move(*opened);
    start_ = last_progress_ = Clock::now();
    while (interrupts < 2 && !service_ended_) {
      const event::Instant now = interrupts > 0 ? event::Instant::min() : simulated_now();
      traffic_->send_until(now, service_->processed(), 5ms);
      for (const std::string& label : simulator_.take_labels()) score_labels_.push_back(label);
      screen_.show(progress());
      const bool ended = traffic_->ended() || interrupts > 0;
      if (ended && traffic_->acknowledged() && service_->processed() >= traffic_->sent()) break;
      if (standing_still()) break;
    }
    screen_.show(progress());
    return 0;
  }

  int finish() {
    if (const int status = stop_service(); status != 0) return status;
    for (const std::string& label : score_labels_) score_.add_label(label);
    const DemoCounts counts{traffic_->sent(), traffic_->failed(), service_->metrics().events.value()};
    screen_.show(progress());
    screen_.say(demo_summary(counts, score_, service_->metrics(), !broker_));
    if (!broker_) screen_.say(fmt::format("The topics {}* stay on the broker.\n", prefix_));
    return counts.complete() ? 0 : 1;
  }

  // Drained and committed, or why not.
  int stop_service() {
    thread_.request_stop();
    thread_.join();
    return failure_.empty() ? 0 : refuse(failure_);
  }

  // The simulated clock goes evenly through the days in the time that the traffic is to last.
  [[nodiscard]] event::Instant simulated_now() const {
    const double part = std::chrono::duration<double>(Clock::now() - start_).count() / options_.seconds;
    const double micros = part * static_cast<double>(event::Duration::days(options_.days).micros);
    // What is under way at the end (a late arrival, a repeat) arrives after it.
    if (part >= 1) return event::Instant::max();
    return simulator::kDefaultStart + event::Duration{static_cast<std::int64_t>(micros)};
  }

  [[nodiscard]] bool standing_still() {
    const std::uint64_t processed = service_->processed();
    if (processed != last_processed_) last_progress_ = Clock::now();
    last_processed_ = processed;
    return Clock::now() - last_progress_ > kStandstill;
  }

  [[nodiscard]] std::string progress() const {
    const double seconds = std::max(std::chrono::duration<double>(Clock::now() - start_).count(), 0.001);
    const std::uint64_t processed = service_->processed();
    return fmt::format("{}   {} events processed, {:.0f} a second, {} unread   {} alerts",
                       event::to_string(event::date_of(traffic_->simulated_time(), 7 * 60)), processed,
                       static_cast<double>(processed) / seconds,
                       traffic_->sent() - std::min(processed, traffic_->sent()), alerts_.load());
  }

  const DemoOptions& options_;
  simulator::Simulator simulator_;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const reference::Reference> reference_;
  service::Config config_;
  const std::string prefix_ = fmt::format("suar-demo-{}.", ::getpid());  // of the topics' names
  std::unique_ptr<kafka::MockBroker> broker_;

  DemoScreen screen_;
  DemoScore score_;  // its alerts belong to the service's thread until that has ended
  std::vector<std::string> score_labels_;
  std::atomic<std::uint64_t> alerts_ = 0;

  std::unique_ptr<service::Service> service_;
  std::string failure_;  // of the service; read once it has ended
  std::atomic<bool> service_ended_ = false;
  std::jthread thread_;
  std::unique_ptr<DemoTraffic> traffic_;

  Clock::time_point start_, last_progress_;
  std::uint64_t last_processed_ = 0;
};

}  // namespace

int run_demo(const DemoOptions& options) {
  std::signal(SIGINT, [](int) { ++interrupts; });
  return Demo(options).run();
}

void add_demo(CLI::App& app, int& exit_status) {
  auto options = std::make_shared<DemoOptions>();
  CLI::App* command =
      app.add_subcommand("demo", "See everything at work: simulated traffic, alerts, metrics");
  command->add_option("--brokers", options->brokers,
                      "A Kafka broker, host:port; without it the one inside the program");
  command->add_option("--rules", options->rules,
                      "Rule files; without it the pack that comes with the program");
  command->add_option("--seconds", options->seconds, "How long the traffic lasts")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  command->add_option("--days", options->days, "How many days it simulates")
      ->check(CLI::Range(1, 3660))
      ->capture_default_str();
  command->add_option("--accounts", options->accounts, "Ordinary people's accounts")
      ->check(CLI::Range(std::uint32_t{1}, std::uint32_t{1'000'000}))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "The same seed gives the same traffic")->capture_default_str();
  command->add_option("--http-port", options->http_port, "Of the metrics; 0 is any free one")
      ->capture_default_str();
  command->callback([options, &exit_status] { exit_status = run_demo(*options); });
}

}  // namespace suar::cli
