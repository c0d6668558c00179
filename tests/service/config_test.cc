#include "service/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace suar::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

ParsedConfig parse(const std::string& text, const std::map<std::string, std::string>& variables = {}) {
  return parse_config("etc/suar.yaml", text,
                      [variables](const std::string& name) -> std::optional<std::string> {
                        const auto found = variables.find(name);
                        if (found == variables.end()) return std::nullopt;
                        return found->second;
                      });
}

// The rest of a configuration that has nothing else wrong with it.
const std::string kNeeded = "kafka: {brokers: 127.0.0.1:9092}\nrules: ../rules\ndelivery: at_least_once\n";

Diagnostic only_finding(const std::string& text) {
  const ParsedConfig parsed = parse(text);
  EXPECT_FALSE(parsed.config);
  EXPECT_THAT(parsed.findings, SizeIs(1)) << text;
  return parsed.findings.empty() ? Diagnostic{} : parsed.findings.front();
}

TEST(Config, HasADefaultForEverythingElse) {
  const ParsedConfig parsed = parse(kNeeded);
  ASSERT_TRUE(parsed.config) << headline(parsed.findings.front());
  const Config& config = *parsed.config;
  EXPECT_EQ(config.brokers, "127.0.0.1:9092");
  EXPECT_EQ(config.instance, "suar");
  EXPECT_EQ(config.topics.transactions, "transactions");
  EXPECT_EQ(config.topics.dead_letter, "transactions.dead-letter");
  EXPECT_FALSE(config.topics.create);
  EXPECT_EQ(config.http.host, "127.0.0.1");
  EXPECT_EQ(config.http.port, 9464);
  EXPECT_EQ(config.home_currency.text(), "IDR");
  EXPECT_EQ(config.engine.lateness, event::Duration::seconds(60));
  EXPECT_EQ(config.max_record_bytes, 1U << 20);
}

TEST(Config, TakesEverySetting) {
  const ParsedConfig parsed = parse(R"(
kafka:
  brokers: a:1,b:2
  properties: {linger.ms: 3, security.protocol: plaintext}
delivery: at_least_once
instance: bank-a
topics: {transactions: tx, alerts: al, shadow: sh, dead_letter: dl, journal: j, snapshots: s, create: true}
rules: [../rules, /etc/extra]
reference: ../reference
state: /var/lib/suar
snapshot_interval: 90s
http: {listen: "[::1]:80"}
home_currency: USD
start: latest
lateness: 90s
max_ahead: 0
max_record_bytes: 2048
dedup: {horizon: 36h, max_ids: 5}
log_level: debug
)");
  ASSERT_TRUE(parsed.config) << headline(parsed.findings.front());
  const Config& config = *parsed.config;
  EXPECT_THAT(config.properties, SizeIs(2));
  EXPECT_EQ(config.topics.alerts, "al");
  EXPECT_TRUE(config.topics.create);
  EXPECT_EQ(config.rules, (std::vector<std::string>{"rules", "/etc/extra"}));
  EXPECT_EQ(config.reference, "reference");
  EXPECT_EQ(config.http.host, "::1");
  EXPECT_EQ(config.start, Start::kLatest);
  EXPECT_EQ(config.snapshots, event::Duration::seconds(90));
  EXPECT_EQ(config.engine.lateness, event::Duration::seconds(90));
  EXPECT_EQ(config.engine.max_ahead, event::Duration{});
  EXPECT_EQ(config.engine.dedup_horizon, event::Duration::hours(36));
  EXPECT_EQ(config.engine.dedup_max_ids, 5U);
}

TEST(Config, SuggestsTheNearestKeyAndTellsWhere) {
  const Diagnostic finding = only_finding(kNeeded + "topics:\n  alertz: x\n");
  EXPECT_EQ(finding.code, "SUAR-C002");
  EXPECT_EQ(finding.file, "etc/suar.yaml");
  EXPECT_EQ(finding.line, 5);
  EXPECT_EQ(finding.column, 3);
  EXPECT_THAT(finding.message, HasSubstr("topics.alertz"));
  EXPECT_THAT(finding.suggestion, HasSubstr("\"alerts\""));
}

TEST(Config, RefusesAKeyThatStandsTwice) {
  EXPECT_EQ(only_finding(kNeeded + "instance: a\ninstance: b\n").code, "SUAR-C002");
}

TEST(Config, ReportsEveryProblemAtOnce) {
  const ParsedConfig parsed = parse("rulez: x\nlateness: soon\nhttp: {listen: nowhere}\nkafka: {}\n");
  EXPECT_FALSE(parsed.config);
  // brokers and rules absent; a key unknown; two values wrong.
  EXPECT_THAT(parsed.findings, SizeIs(5));
}

TEST(Config, PutsInTheEnvironment) {
  const ParsedConfig parsed = parse(
      "kafka: {brokers: \"${HOST}:${PORT:-9092}\"}\nrules: r\ndelivery: at_least_once\ninstance: "
      "${NAME:-x}\n",
      {{"HOST", "kafka"}, {"NAME", ""}});
  ASSERT_TRUE(parsed.config);
  EXPECT_EQ(parsed.config->brokers, "kafka:9092");
  EXPECT_EQ(parsed.config->instance, "x");
}

TEST(Config, NeverTakesAVariableForYaml) {
  const ParsedConfig parsed = parse(kNeeded + "instance: ${NAME}\n", {{"NAME", "a: {b: c}"}});
  ASSERT_TRUE(parsed.config);
  EXPECT_EQ(parsed.config->instance, "a: {b: c}");
}

TEST(Config, RefusesAVariableThatIsNotSet) {
  const Diagnostic finding = only_finding(kNeeded + "instance: ${NAME}\n");
  EXPECT_EQ(finding.code, "SUAR-C006");
  EXPECT_EQ(finding.line, 4);
  EXPECT_THAT(finding.message, HasSubstr("NAME"));
}

TEST(Config, DeliversExactlyOnceUnlessToldOtherwise) {
  const auto delivery = [](const std::string& line) {
    const ParsedConfig parsed = parse("kafka: {brokers: a:1}\nrules: r\n" + line);
    EXPECT_TRUE(parsed.config);
    return parsed.config ? parsed.config->delivery : kafka::Delivery{};
  };
  EXPECT_EQ(delivery(""), kafka::Delivery::kExactlyOnce);
  EXPECT_EQ(delivery("delivery: exactly_once\n"), kafka::Delivery::kExactlyOnce);
  EXPECT_EQ(delivery("delivery: at_least_once\n"), kafka::Delivery::kAtLeastOnce);
  EXPECT_EQ(only_finding("kafka: {brokers: a:1}\nrules: r\ndelivery: at_most_once\n").code, "SUAR-C004");
}

TEST(Config, LocatesAPropertyThatLibrdkafkaDoesNotKnow) {
  const Diagnostic finding = only_finding(
      "kafka:\n  brokers: a:1\n  properties:\n    lingerms: 5\nrules: r\ndelivery: at_least_once\n");
  EXPECT_EQ(finding.code, "SUAR-C007");
  EXPECT_EQ(finding.line, 4);
  EXPECT_EQ(finding.column, 5);
  EXPECT_THAT(finding.suggestion, HasSubstr("linger.ms"));
}

TEST(Config, ShowsNoSecretInAFinding) {
  const ParsedConfig parsed = parse(
      "kafka:\n  brokers: a:1\n  properties: {sasl.pasword: hunter2, ssl.key.pem: hunter2, x: "
      "[hunter2]}\nrules: r\n"
      "delivery: at_least_once\n");
  EXPECT_FALSE(parsed.config);
  for (const Diagnostic& finding : parsed.findings) EXPECT_THAT(render(finding), Not(HasSubstr("hunter2")));
}

TEST(Config, LocatesWhatIsNotYaml) {
  const Diagnostic finding = only_finding("kafka: {brokers: a:1\nrules: r\n");
  EXPECT_EQ(finding.code, "SUAR-C001");
  EXPECT_GT(finding.line, 0);
}

TEST(Config, RefusesWhatIsNoMapping) {
  EXPECT_EQ(parse("[1, 2]").findings.front().code, "SUAR-C003");
  EXPECT_EQ(only_finding(kNeeded + "topics: 5\n").code, "SUAR-C003");
  EXPECT_FALSE(parse("").config);
}

}  // namespace
}  // namespace suar::service
