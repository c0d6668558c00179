#include "service/config.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cstdlib>

#include "service/config_section.h"

namespace suar::service {
namespace {

constexpr std::uint64_t kLargestRecord = 32 << 20;
constexpr const char* kNeeded = "SUAR-C005";
constexpr std::uint64_t kMostIds = 1'000'000'000;

void read_kafka(ConfigSection kafka, Config& config) {
  kafka.text("brokers", config.brokers);
  if (!kafka.has("brokers")) {
    kafka.report(kNeeded, YAML::Mark::null_mark(), "kafka.brokers is needed",
                 "kafka: {brokers: 127.0.0.1:9092}");
  }
  kafka.properties("properties", config.properties);
  kafka.finish();
}

void read_topics(ConfigSection topics, Topics& names) {
  topics.text("transactions", names.transactions);
  topics.text("alerts", names.alerts);
  topics.text("shadow", names.shadow);
  topics.text("dead_letter", names.dead_letter);
  topics.text("journal", names.journal);
  topics.text("snapshots", names.snapshots);
  topics.boolean("create", names.create);
  topics.finish();
}

// host:port, or [address]:port for IPv6.
std::optional<Listen> parse_listen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Listen listen;
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), listen.port);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) return std::nullopt;
  listen.host = host;
  return listen;
}

void read_http(ConfigSection http, Listen& listen) {
  if (const auto value = http.located("listen")) {
    if (const auto parsed = parse_listen(value->text)) {
      listen = *parsed;
    } else {
      http.report("SUAR-C004", value->at, "http.listen must be an address and a port",
                  "such as 127.0.0.1:9464");
    }
  }
  http.finish();
}

void read_dedup(ConfigSection dedup, engine::Options& options) {
  dedup.duration("horizon", options.dedup_horizon);
  dedup.number("max_ids", 1, kMostIds, options.dedup_max_ids);
  dedup.finish();
}

void read_home_currency(ConfigSection& root, event::Currency& home) {
  home = *event::parse_currency("IDR");
  const auto value = root.located("home_currency");
  if (!value) return;
  if (const auto parsed = event::parse_currency(value->text)) {
    home = *parsed;
  } else {
    root.report("SUAR-C004", value->at, "home_currency must be three capital letters", "such as IDR");
  }
}

void read(ConfigSection root, Config& config) {
  read_kafka(root.section("kafka"), config);
  root.choice<kafka::Delivery>(
      "delivery",
      {{"exactly_once", kafka::Delivery::kExactlyOnce}, {"at_least_once", kafka::Delivery::kAtLeastOnce}},
      config.delivery);
  root.text("instance", config.instance);
  read_topics(root.section("topics"), config.topics);
  root.paths("rules", config.rules);
  if (!root.has("rules")) {
    root.report(kNeeded, YAML::Mark::null_mark(), "rules is needed: a directory of rule files",
                "rules: ../rules");
  }
  root.path("reference", config.reference);
  root.path("state", config.state);
  root.duration("snapshot_interval", config.snapshots);
  read_http(root.section("http"), config.http);
  read_home_currency(root, config.home_currency);
  root.choice<Start>("start", {{"earliest", Start::kEarliest}, {"latest", Start::kLatest}}, config.start);
  std::uint64_t max_record_bytes = config.max_record_bytes;
  root.number("max_record_bytes", 1024, kLargestRecord, max_record_bytes);
  config.max_record_bytes = max_record_bytes;
  root.duration("lateness", config.engine.lateness);
  root.duration("max_ahead", config.engine.max_ahead);
  read_dedup(root.section("dedup"), config.engine);
  root.choice<LogThreshold>("log_level",
                            {{"debug", LogThreshold::kDebug},
                             {"info", LogThreshold::kInfo},
                             {"warn", LogThreshold::kWarn},
                             {"error", LogThreshold::kError}},
                            config.log);
  root.finish();
}

}  // namespace

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

ParsedConfig parse_config(const std::string& file, std::string_view bytes, const Environment& environment) {
  ConfigDocument document(file, bytes, environment);
  Config config;
  try {
    read(ConfigSection(document, YAML::Load(std::string(bytes)), ""), config);
  } catch (const YAML::Exception& error) {
    // The line may hold a password.
    constexpr bool kSecret = true;
    document.report("SUAR-C001", error.mark, fmt::format("not readable as YAML: {}", error.msg), "", 1,
                    kSecret);
  }
  ParsedConfig parsed{std::nullopt, document.take_findings()};
  if (!has_errors(parsed.findings)) parsed.config = std::move(config);
  return parsed;
}

}  // namespace suar::service
