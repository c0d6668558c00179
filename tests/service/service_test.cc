// The service against brokers: the stand-in one for what needs no more, a real one for the rest.
#include "service/service.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "kafka/broker_client.h"
#include "kafka/mock_broker.h"
#include "service/http_get.h"
#include "service/running.h"
#include "service/samples.h"

namespace suar::service {
namespace {

using kafka::testing::BrokerClient;
using kafka::testing::Read;
using kafka::testing::unique_name;
using testing::config_for;
using testing::create_journal;
using testing::create_topics;
using testing::eventually;
using ::testing::HasSubstr;
using testing::http_get;
using testing::Running;
using ::testing::StartsWith;
using testing::write_all;
using namespace std::chrono_literals;

// What the stand-in broker can do.
Config at_least_once(Config config) {
  config.delivery = kafka::Delivery::kAtLeastOnce;
  return config;
}

std::vector<std::string> sample_records(int count) {
  std::vector<std::string> records;
  records.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) records.push_back(testing::sample_event(i));
  return records;
}

std::vector<std::string> values_of(const std::vector<Read>& records) {
  std::vector<std::string> values;
  values.reserve(records.size());
  for (const Read& record : records) values.push_back(testing::undated(record.value));
  return values;
}

TEST(ServiceOnTheStandInBroker, ProcessesEveryRecordAndCommits) {
  const Config config = at_least_once(config_for("", "mock"));
  const std::vector<kafka::MockTopic> topics = {{config.topics.transactions, 1},
                                                {config.topics.alerts, 1},
                                                {config.topics.dead_letter, 1},
                                                {config.topics.journal, 1}};
  const auto broker = kafka::MockBroker::start(topics);
  ASSERT_TRUE(broker);
  Config with_broker = config;
  with_broker.brokers = (*broker)->bootstrap_servers();
  BrokerClient client(with_broker.brokers);
  const auto records = sample_records(3'000);
  write_all(client, config.topics.transactions, records);
  std::vector<std::string> heard;
  Running running(with_broker, [&heard](const engine::Hit&, std::string_view json) {
    heard.push_back(testing::undated(std::string(json)));
  });
  ASSERT_TRUE(running.processed(records.size()));
  EXPECT_TRUE(running.stop());
  EXPECT_EQ(heard, testing::expected_of(records).alerts);
  EXPECT_EQ(values_of(client.read_all(config.topics.alerts)), heard);
  EXPECT_EQ(client.committed("mock", config.topics.transactions, 0), 3'000);
}

TEST(ServiceOnTheStandInBroker, SurvivesABrokerThatGoesAwayAndComesBack) {
  Config config = at_least_once(config_for("", "away"));
  const std::vector<kafka::MockTopic> topics = {{config.topics.transactions, 1},
                                                {config.topics.alerts, 1},
                                                {config.topics.dead_letter, 1},
                                                {config.topics.journal, 1}};
  const auto broker = kafka::MockBroker::start(topics);
  ASSERT_TRUE(broker);
  config.brokers = (*broker)->bootstrap_servers();
  BrokerClient client(config.brokers);
  const auto records = sample_records(2'000);
  Running running(config);
  write_all(client, config.topics.transactions, std::span(records).first(1'000));
  ASSERT_TRUE(running.processed(500));
  (*broker)->set_down(true);
  std::this_thread::sleep_for(3s);
  (*broker)->set_down(false);
  write_all(client, config.topics.transactions, std::span(records).subspan(1'000));
  ASSERT_TRUE(running.processed(records.size()));
  EXPECT_TRUE(running.stop());
  std::set<std::string> sent;
  for (const Read& alert : client.read_all(config.topics.alerts)) sent.insert(testing::undated(alert.value));
  const auto expected = testing::expected_of(records).alerts;
  EXPECT_EQ(sent, std::set<std::string>(expected.begin(), expected.end()));
}

TEST(ServiceOnKafka, GivesTheAlertsOfTheEngineByteForByteAndKeepsEveryBrokenRecord) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("same"));
  BrokerClient client(broker);
  create_topics(client, config.topics);
  auto records = sample_records(20'000);
  for (std::size_t i = 0; i < records.size(); i += 97)
    records[i] = "{\"broken\": \"" + std::to_string(i) + "\xff";
  for (std::size_t i = 1; i < records.size(); i += 97) records[i].replace(records[i].find("IDR"), 3, "idr");
  records[5] = "";
  records[6] = std::string("\0binary\0", 8);
  write_all(client, config.topics.transactions, records);
  const testing::Expected expected = testing::expected_of(records);
  ASSERT_GT(expected.alerts.size(), 1'000U);

  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(running.stop());

  const auto alerts = client.read_all(config.topics.alerts);
  EXPECT_EQ(values_of(alerts), expected.alerts);
  for (std::size_t i = 0; i < std::min(alerts.size(), expected.alerts.size()); ++i) {
    ASSERT_EQ(alerts[i].key, expected.alert_keys[i]);
  }
  const auto dead = client.read_all(config.topics.dead_letter);
  ASSERT_EQ(dead.size(), expected.dead_letters.size());
  for (const Read& letter : dead) {
    const auto offset = static_cast<std::size_t>(std::stoul(letter.headers.at("suar-offset")));
    EXPECT_EQ(letter.value, records[offset]);
    EXPECT_EQ(letter.headers.at("suar-reason"), expected.dead_letters.at(offset));
    EXPECT_EQ(letter.headers.at("suar-topic"), config.topics.transactions);
    EXPECT_EQ(letter.headers.at("suar-partition"), "0");
    EXPECT_FALSE(letter.headers.at("suar-detail").empty());
    EXPECT_FALSE(letter.headers.contains("suar-truncated"));
  }
}

TEST(ServiceOnKafka, RepeatsNothingAfterACleanStopAndKeepsItsWindows) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("restart"));
  BrokerClient client(broker);
  create_topics(client, config.topics);
  const auto records = sample_records(6'000);
  const std::span<const std::string> all(records);
  for (const std::size_t end : {2'000U, 4'001U, 6'000U}) {
    static std::size_t begin;
    if (end == 2'000U) begin = 0;
    write_all(client, config.topics.transactions, all.subspan(begin, end - begin));
    begin = end;
    Running running(config);
    ASSERT_TRUE(running.processed(end));
    ASSERT_TRUE(running.stop());
  }
  // A stop and start without anything new.
  Running running(config);
  ASSERT_TRUE(eventually([&] { return running.service().phase() == Phase::kActive; }));
  ASSERT_TRUE(running.stop());
  EXPECT_EQ(values_of(client.read_all(config.topics.alerts)), testing::expected_of(records).alerts);
}

TEST(ServiceOnKafka, MergesPartitionsAsOneStream) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("parts"));
  BrokerClient client(broker);
  create_topics(client, config.topics, 4);
  const auto records = sample_records(8'000);
  for (std::size_t i = 0; i < records.size(); ++i) {
    client.write(config.topics.transactions, static_cast<int>(i * i % 4), records[i],
                 1'700'000'000'000 + static_cast<std::int64_t>(i));
  }
  client.flush();
  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(running.stop());
  EXPECT_EQ(values_of(client.read_all(config.topics.alerts)), testing::expected_of(records).alerts);
}

TEST(ServiceOnKafka, NoticesNewPartitions) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("grow"));
  BrokerClient client(broker);
  create_topics(client, config.topics);
  const auto records = sample_records(100);
  write_all(client, config.topics.transactions, records);
  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));

  std::array<char, 256> text{};
  rd_kafka_NewPartitions_t* wanted =
      rd_kafka_NewPartitions_new(config.topics.transactions.c_str(), 3, text.data(), text.size());
  const kafka::QueuePtr answers(rd_kafka_queue_new(client.handle()));
  rd_kafka_CreatePartitions(client.handle(), &wanted, 1, nullptr, answers.get());
  const kafka::EventPtr answer(rd_kafka_queue_poll(answers.get(), 20'000));
  ASSERT_TRUE(answer);
  rd_kafka_NewPartitions_destroy(wanted);

  // A client that knows of them from its start.
  BrokerClient later(broker);
  for (int i = 0; i < 10; ++i) {
    later.write(config.topics.transactions, 2, testing::sample_event(1'000 + i));
  }
  later.flush();
  EXPECT_TRUE(running.processed(records.size() + 10));
  EXPECT_TRUE(running.stop());
  EXPECT_EQ(client.committed(config.instance, config.topics.transactions, 2), 10);
}

TEST(ServiceOnKafka, StartsAtTheLatestWithItsWindowsWhole) {
  SUAR_REQUIRE_BROKER(broker);
  Config config = config_for(broker, unique_name("latest"));
  config.start = Start::kLatest;
  BrokerClient client(broker);
  create_topics(client, config.topics);
  const auto records = sample_records(2'000);
  const std::span<const std::string> all(records);
  write_all(client, config.topics.transactions, all.first(1'500));
  Running running(config);
  ASSERT_TRUE(eventually([&] { return running.service().phase() == Phase::kActive; }));
  write_all(client, config.topics.transactions, all.subspan(1'500));
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(running.stop());
  const auto whole = testing::expected_of(records).alerts;
  const auto before = testing::expected_of(all.first(1'500)).alerts.size();
  EXPECT_EQ(values_of(client.read_all(config.topics.alerts)),
            std::vector<std::string>(whole.begin() + static_cast<std::ptrdiff_t>(before), whole.end()));
}

TEST(ServiceOnKafka, NamesMissingTopicsAndHowToCreateThem) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("missing"));
  BrokerClient client(broker);
  client.create(config.topics.alerts, 1);
  Running running(config);
  const auto done = running.wait();
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr(config.topics.transactions));
  EXPECT_THAT(done.error().message, HasSubstr(config.topics.dead_letter));
  EXPECT_THAT(done.error().message,
              HasSubstr("--topic " + config.topics.journal +
                        " --partitions 1 --config cleanup.policy=delete --config retention.ms=-1"));
  EXPECT_THAT(done.error().message, HasSubstr("kafka-topics.sh --bootstrap-server " + broker +
                                              " --create --topic " + config.topics.dead_letter));
  EXPECT_THAT(done.error().message, ::testing::Not(HasSubstr("--topic " + config.topics.alerts)));
}

TEST(ServiceOnKafka, CreatesMissingTopicsWhereItIsTold) {
  SUAR_REQUIRE_BROKER(broker);
  Config config = config_for(broker, unique_name("create"));
  config.topics.create = true;
  BrokerClient client(broker);
  Running running(config);
  ASSERT_TRUE(eventually([&] { return running.service().phase() == Phase::kActive; }));
  const auto records = sample_records(50);
  write_all(client, config.topics.transactions, records);
  EXPECT_TRUE(running.processed(records.size()));
  EXPECT_TRUE(running.stop());
}

TEST(ServiceOnKafka, GivesAnActBackThatTurnsOutWrongWhenItsOriginalComes) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("act"));
  BrokerClient client(broker);
  create_topics(client, config.topics);
  const std::vector<std::string> records = {
      testing::sample_event(0),
      R"({"event_id":"r1","event_time":"2025-03-01T00:05:00Z","event_type":"reverse","related_event_id":"e1",)"
      R"("amount":"5.00","currency":"USD"})",
      testing::sample_event(1)};
  write_all(client, config.topics.transactions, records);
  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(running.stop());
  const auto dead = client.read_all(config.topics.dead_letter);
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].value, records[1]);
  EXPECT_EQ(dead[0].headers.at("suar-reason"), "reverse_currency");
  EXPECT_EQ(dead[0].headers.at("suar-offset"), "1");
  EXPECT_EQ(client.committed(config.instance, config.topics.transactions, 0), 3);
}

TEST(ServiceOnKafka, CutsADeadLetterThatTheBrokerRefusesForItsSize) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("large"));
  BrokerClient client(broker);
  client.create(config.topics.transactions, 1);
  client.create(config.topics.alerts, 1);
  client.create(config.topics.dead_letter, 1, {{"max.message.bytes", "100000"}});
  create_journal(client, config.topics);
  std::string large(300'000, 'x');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i % 26);
  const std::vector<std::string> records = {"small", large, "after"};
  write_all(client, config.topics.transactions, records);
  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(running.stop());
  std::map<std::string, Read> letters;
  for (const Read& letter : client.read_all(config.topics.dead_letter))
    letters[letter.headers.at("suar-offset")] = letter;
  ASSERT_EQ(letters.size(), 3U);
  EXPECT_EQ(letters["0"].value, "small");
  EXPECT_EQ(letters["2"].value, "after");
  EXPECT_EQ(letters["1"].value, large.substr(0, 64 << 10));
  EXPECT_EQ(letters["1"].headers.at("suar-truncated"), "300000");
  EXPECT_EQ(client.committed(config.instance, config.topics.transactions, 0), 3);
}

TEST(ServiceOnKafka, MakesAnAlertSmallerThatTheBrokerRefusesForItsSize) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("shed"));
  BrokerClient client(broker);
  std::vector<std::string> records;
  for (int i = 0; i < 200; ++i) records.push_back(testing::sample_event(i, 1));
  const auto expected = testing::expected_of(records).alerts;
  const auto largest = std::ranges::max(expected, {}, &std::string::size).size();
  client.create(config.topics.transactions, 1);
  // Room for the alerts of few ids only.
  client.create(config.topics.alerts, 1, {{"max.message.bytes", std::to_string(largest - 100)}});
  client.create(config.topics.dead_letter, 1);
  create_journal(client, config.topics);
  write_all(client, config.topics.transactions, records);
  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(running.stop());
  const auto sent = client.read_all(config.topics.alerts);
  EXPECT_EQ(sent.size(), expected.size());
  const auto shed =
      std::ranges::count_if(sent, [](const Read& r) { return r.value.contains("\"event_ids_shed\":"); });
  EXPECT_GT(shed, 0);
  EXPECT_EQ(running.service().metrics().alerts_shed.value(), static_cast<std::uint64_t>(shed));
  EXPECT_EQ(client.committed(config.instance, config.topics.transactions, 0), 200);
}

TEST(ServiceOnKafka, TurnsAnAlertThatIsTooLargeAtAnyRateIntoADeadLetter) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("toolarge"));
  BrokerClient client(broker);
  client.create(config.topics.transactions, 1);
  client.create(config.topics.alerts, 1, {{"max.message.bytes", "200"}});
  client.create(config.topics.dead_letter, 1);
  create_journal(client, config.topics);
  std::vector<std::string> records;
  for (int i = 0; i < 5; ++i) records.push_back(testing::sample_event(i, 1));
  write_all(client, config.topics.transactions, records);
  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(running.stop());
  const auto dead = client.read_all(config.topics.dead_letter);
  EXPECT_EQ(dead.size(), testing::expected_of(records).alerts.size());
  ASSERT_FALSE(dead.empty());
  EXPECT_EQ(dead[0].headers.at("suar-reason"), "alert_too_large");
  EXPECT_THAT(dead[0].headers.at("suar-detail"), StartsWith("alert_id "));
}

TEST(ServiceOnKafka, RefusesToGuessWhereTheTopicIsShorterThanWhatWasCommitted) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("remade"));
  BrokerClient client(broker);
  create_topics(client, config.topics);
  {
    const auto consumer =
        *kafka::Consumer::open({broker, config.topics.transactions, config.instance, {}, 1, {}});
    const std::vector<kafka::Position> positions = {{0, 500}};
    ASSERT_TRUE(consumer->commit(positions));
  }
  Running running(config);
  const auto done = running.wait();
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("the journal is empty"));
  Running accepting(config, {}, {Accept::kLostJournal});
  const auto again = accepting.wait();
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().message, HasSubstr("deleted and made again"));
}

TEST(ServiceOnKafka, TellsItsStateOverHttp) {
  SUAR_REQUIRE_BROKER(broker);
  const Config config = config_for(broker, unique_name("http"));
  BrokerClient client(broker);
  create_topics(client, config.topics);
  auto records = sample_records(3'000);
  records[10] = "broken";
  records[20] = records[19];
  write_all(client, config.topics.transactions, records);
  Running running(config);
  ASSERT_TRUE(running.processed(records.size()));
  ASSERT_TRUE(eventually([&] { return running.service().phase() == Phase::kActive; }));
  const std::uint16_t port = running.service().http_port();
  // Counters are copied now and then, and outputs are acknowledged when the broker gets to it.
  const auto alerts = testing::expected_of(records).alerts.size();
  const std::string hits = fmt::format("suar_rule_hits_total{{rule=\"sample-many-payers\"}} {}\n", alerts);
  const std::string acknowledged = fmt::format("suar_end_to_end_seconds_count {}\n", alerts + 1);
  ASSERT_TRUE(eventually([&] {
    const std::string shown = http_get(port, "/metrics");
    return shown.find(hits) != std::string::npos && shown.find(acknowledged) != std::string::npos;
  }));
  EXPECT_THAT(http_get(port, "/healthz"), HasSubstr("alive"));
  EXPECT_THAT(http_get(port, "/readyz"), HasSubstr("\"ready\":true"));
  EXPECT_THAT(http_get(port, "/nothing"), StartsWith("HTTP/1.1 404 "));
  const std::string rules = http_get(port, "/rules");
  EXPECT_THAT(rules, HasSubstr("\"id\":\"sample-many-payers\",\"version\":1"));
  EXPECT_THAT(rules, HasSubstr(testing::sample_rules()->hash));
  const std::string metrics = http_get(port, "/metrics");
  for (const std::string& line :
       {std::string("suar_events_total 3000\n"),
        std::string("suar_dead_letters_total{reason=\"not_json\"} 1\n"),
        std::string("suar_duplicates_total 1\n"), std::string("suar_lag_records{partition=\"0\"} 0\n"),
        std::string("suar_ready 1\n"),
        fmt::format("suar_alerts_total{{rule=\"sample-many-payers\",severity=\"high\"}} {}\n", alerts),
        std::string("suar_stage_seconds_bucket{stage=\"decode\",le=\"+Inf\"} 3000\n"),
        std::string("suar_info{version=\"test\",ruleset=\"")}) {
    EXPECT_THAT(metrics, HasSubstr(line));
  }
  EXPECT_TRUE(running.stop());
}

}  // namespace
}  // namespace suar::service
