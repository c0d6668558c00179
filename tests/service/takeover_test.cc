// Several instances of one deployment, killed, paused and stopped; and what `suar replay --config` makes of
// what they left behind.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "built.h"
#include "kafka/batch_hash.h"
#include "kafka/journal_record.h"
#include "service/program.h"

namespace suar::service::testing {
namespace {

using kafka::testing::BrokerClient;
using kafka::testing::unique_name;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

// Records of several partitions, each partition in its order, at timestamps that interleave them.
void write(BrokerClient& client, const std::string& topic, int first, int count, int partitions = 1) {
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  for (int i = first; i < first + count; ++i)
    client.write(topic, i * i % partitions, sample_event(i, 100), now + (i * 7 % 5));
  client.flush();
}

std::vector<std::string> alerts_of(BrokerClient& client, const Deployment& deployment) {
  std::vector<std::string> alerts;
  for (const auto& read : client.read_all(deployment.alerts())) alerts.push_back(read.value);
  return alerts;
}

std::vector<kafka::JournalRecord> journal_of(BrokerClient& client, const Deployment& deployment) {
  std::vector<kafka::JournalRecord> records;
  for (const auto& read : client.read_all(deployment.journal())) {
    auto decoded = kafka::decode_journal_record(read.value);
    EXPECT_TRUE(decoded) << read.value;
    if (decoded) records.push_back(std::move(*decoded));
  }
  return records;
}

// What the journal says was processed.
std::uint64_t events_of(const std::vector<kafka::JournalRecord>& journal) {
  std::uint64_t events = 0;
  for (const kafka::JournalRecord& record : journal) events += record.events;
  return events;
}

std::vector<std::string> replayed(const Deployment& deployment, const std::string& more = "") {
  const std::string out = deployment.file("replayed");
  const std::string command =
      fmt::format("{} replay --config {} --alerts {} {} 2>>{}", suar::testing::kProgram, deployment.config(),
                  out, more, deployment.file("replay.log"));
  EXPECT_EQ(std::system(command.c_str()), 0) << std::ifstream(deployment.file("replay.log")).rdbuf();
  std::vector<std::string> alerts;
  std::ifstream in(out);
  for (std::string line; std::getline(in, line);) alerts.push_back(line);
  return alerts;
}

// Until everything that was written is journaled.
void expect_all_processed(BrokerClient& client, const Deployment& deployment, std::uint64_t records) {
  EXPECT_TRUE(eventually([&] {
    const auto done = events_of(journal_of(client, deployment)) >= records;
    if (!done) std::this_thread::sleep_for(200ms);
    return done;
  }));
}

void expect_every_alert_once(BrokerClient& client, const Deployment& deployment) {
  const auto sent = alerts_of(client, deployment);
  EXPECT_FALSE(sent.empty());
  EXPECT_EQ(sent, replayed(deployment));
  auto unique = sent;
  std::ranges::sort(unique);
  EXPECT_EQ(std::ranges::unique(unique).size(), 0U);
}

TEST(TakeOver, ContinuesExactlyWhereAKilledInstanceWas) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("over"));
  deployment.create_topics(client, 3);
  auto active = std::make_unique<Program>(deployment, "log-0");
  ASSERT_TRUE(active->reaches("active")) << active->log();
  auto standby = std::make_unique<Program>(deployment, "log-1");
  ASSERT_TRUE(standby->reaches("standby")) << standby->log();
  constexpr int kPart = 1'000;
  int written = 0;
  for (int kill = 1; kill <= 2; ++kill) {
    write(client, deployment.input(), written, kPart, 3);
    written += kPart;
    EXPECT_EQ(active->end(SIGKILL), 128 + SIGKILL);
    write(client, deployment.input(), written, kPart, 3);
    written += kPart;
    ASSERT_TRUE(standby->reaches("active")) << standby->log();
    active = std::exchange(standby, std::make_unique<Program>(deployment, fmt::format("log-{}", kill + 1)));
    ASSERT_TRUE(standby->reaches("standby")) << standby->log();
  }
  expect_all_processed(client, deployment, static_cast<std::uint64_t>(written));
  // A clean stop hands over at once.
  EXPECT_EQ(active->end(SIGTERM), 0) << active->log();
  ASSERT_TRUE(standby->reaches("active")) << standby->log();
  // The term is more where a slow machine kept one of them silent.
  EXPECT_TRUE(
      eventually([&] { return standby->metric("suar_active") == 1 && standby->metric("suar_term") >= 4; }));
  EXPECT_EQ(standby->end(SIGTERM), 0) << standby->log();
  expect_every_alert_once(client, deployment);
  // The same payments with nobody disturbed: every one of them was processed once.
  const auto journal = journal_of(client, deployment);
  EXPECT_EQ(events_of(journal), static_cast<std::uint64_t>(written));
  for (std::size_t i = 0; i < journal.size(); ++i) ASSERT_EQ(journal[i].seq, i + 1);
}

TEST(TakeOver, RefusesAnInstanceThatWakesUpAfterItWasSucceeded) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("zombie"));
  deployment.create_topics(client);
  Program first(deployment, "log-0");
  ASSERT_TRUE(first.reaches("active")) << first.log();
  Program second(deployment, "log-1");
  ASSERT_TRUE(second.reaches("standby")) << second.log();
  write(client, deployment.input(), 0, 1'000);
  ::kill(first.pid(), SIGSTOP);
  ASSERT_TRUE(second.reaches("active")) << second.log();
  write(client, deployment.input(), 1'000, 1'000);
  ::kill(first.pid(), SIGCONT);
  // It drops its state, restores and stands by.
  ASSERT_TRUE(first.reaches("standby")) << first.log();
  EXPECT_THAT(first.log(), HasSubstr("taken over"));
  expect_all_processed(client, deployment, 2'000);
  EXPECT_EQ(second.end(SIGTERM), 0) << second.log();
  ASSERT_TRUE(first.reaches("active")) << first.log();
  EXPECT_EQ(first.end(SIGTERM), 0) << first.log();
  expect_every_alert_once(client, deployment);
}

TEST(TakeOver, LosesNothingWithoutTransactions) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("alo"), "delivery: at_least_once\n");
  deployment.create_topics(client, 3);
  Program standby(deployment, "log-1");
  ASSERT_TRUE(standby.reaches("active")) << standby.log();
  write(client, deployment.input(), 0, 500, 3);
  {
    Program other(deployment, "log-0");
    ASSERT_TRUE(other.reaches("standby")) << other.log();
    EXPECT_EQ(standby.end(SIGKILL), 128 + SIGKILL);
    write(client, deployment.input(), 500, 500, 3);
    ASSERT_TRUE(other.reaches("active")) << other.log();
    expect_all_processed(client, deployment, 1'000);
    EXPECT_EQ(other.end(SIGTERM), 0) << other.log();
  }
  auto sent = alerts_of(client, deployment);
  auto whole = replayed(deployment);
  for (auto* alerts : {&sent, &whole}) {
    std::ranges::sort(*alerts);
    alerts->erase(std::ranges::unique(*alerts).begin(), alerts->end());
  }
  EXPECT_FALSE(sent.empty());
  EXPECT_EQ(sent, whole);
}

TEST(TakeOver, ReplaysAPartOfTheJournalByItsTime) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("part"));
  deployment.create_topics(client);
  Program program(deployment);
  ASSERT_TRUE(program.reaches("active")) << program.log();
  write(client, deployment.input(), 0, 500);
  expect_all_processed(client, deployment, 500);
  const auto before = alerts_of(client, deployment);
  const std::string between =
      event::to_rfc3339({journal_of(client, deployment).back().created_at.micros + 1});
  write(client, deployment.input(), 500, 500);
  expect_all_processed(client, deployment, 1'000);
  EXPECT_EQ(program.end(SIGTERM), 0) << program.log();
  const auto all = alerts_of(client, deployment);
  ASSERT_LT(before.size(), all.size());
  EXPECT_EQ(replayed(deployment, "--to " + between), before);
  EXPECT_EQ(replayed(deployment, "--from " + between),
            std::vector<std::string>(all.begin() + static_cast<std::ptrdiff_t>(before.size()), all.end()));
}

// Each start that would be a guess.
class Refusal : public ::testing::Test {
 protected:
  // A deployment that has processed a few records.
  static void process(const Deployment& deployment, BrokerClient& client) {
    deployment.create_topics(client);
    write(client, deployment.input(), 0, 50);
    Program program(deployment);
    ASSERT_TRUE(program.reaches("active")) << program.log();
    expect_all_processed(client, deployment, 50);
    ASSERT_EQ(program.end(SIGTERM), 0) << program.log();
  }
  static std::string refused(const Deployment& deployment) {
    Program program(deployment);
    EXPECT_EQ(program.wait(), 2) << program.log();
    return program.log();
  }
  static void remove_topic(BrokerClient& client, const std::string& topic) {
    rd_kafka_DeleteTopic_t* gone = rd_kafka_DeleteTopic_new(topic.c_str());
    const kafka::QueuePtr answers(rd_kafka_queue_new(client.handle()));
    rd_kafka_DeleteTopics(client.handle(), &gone, 1, nullptr, answers.get());
    const kafka::EventPtr answer(rd_kafka_queue_poll(answers.get(), 120'000));
    rd_kafka_DeleteTopic_destroy(gone);
    EXPECT_TRUE(eventually([&] {
      const auto topics = kafka::topics_of(client.handle(), 120s);
      return topics && !topics->contains(topic);
    }));
    std::this_thread::sleep_for(1s);
  }
};

TEST_F(Refusal, NamesWhatHappenedToTheJournalAndTheInput) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("refuse"));
  process(deployment, client);

  // Other rules.
  std::ifstream in(deployment.rules() + "/sample.yaml");
  const std::string rules{std::istreambuf_iterator<char>(in), {}};
  std::ofstream(deployment.rules() + "/sample.yaml") << rules << "\n# changed\n";
  EXPECT_THAT(refused(deployment), HasSubstr("--accept rules"));
  {
    Program accepting(deployment, "log", "rules");
    ASSERT_TRUE(accepting.reaches("active")) << accepting.log();
    EXPECT_EQ(accepting.end(SIGTERM), 0);
    EXPECT_THAT(journal_of(client, deployment),
                ::testing::Contains(
                    ::testing::Field(&kafka::JournalRecord::accepted, ::testing::ElementsAre("rules"))));
  }

  // Another deployment's journal.
  {
    const Deployment other(broker, unique_name("foreign"));
    other.create_topics(client);
    for (const auto& read : client.read_all(deployment.journal()))
      client.write(other.journal(), 0, read.value);
    client.flush();
    EXPECT_THAT(refused(other), HasSubstr("belongs to the deployment \"" + deployment.instance() + "\""));
  }

  // The input was deleted and made again.
  remove_topic(client, deployment.input());
  client.create(deployment.input(), 1);
  EXPECT_THAT(refused(deployment), HasSubstr("deleted and made again"));

  // As long as before, with other records in it.
  write(client, deployment.input(), 1'000, 60);
  EXPECT_THAT(refused(deployment), HasSubstr("not those that it recorded"));

  // The journal was deleted and made again: the committed offsets of the input tell that there was one.
  const Deployment lost(broker, unique_name("lost"));
  process(lost, client);
  remove_topic(client, lost.journal());
  client.create(lost.journal(), 1, {{"retention.ms", "-1"}, {"retention.bytes", "-1"}});
  EXPECT_THAT(refused(lost), HasSubstr("the journal is empty"));
}

// The journal says of the state what is not so: a follower that computes otherwise stops and sends nothing.
TEST_F(Refusal, NamesAStateThatIsNotTheRecordedOne) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("digest"));
  process(deployment, client);
  const auto journal = journal_of(client, deployment);
  EXPECT_TRUE(std::ranges::any_of(journal, [](const auto& record) { return record.digest.has_value(); }));
  kafka::JournalRecord record = journal.back();
  record.kind = kafka::RecordKind::kBatch;
  ++record.seq;
  record.ranges.clear();
  record.order.clear();
  record.events = 0;
  record.hash = kafka::BatchHash().value();
  record.digest = kafka::StateDigest{0, 1, 1};
  client.write(deployment.journal(), 0, kafka::encode(record));
  client.flush();
  EXPECT_THAT(refused(deployment), HasSubstr("is not the one that was recorded there"));
}

TEST_F(Refusal, NamesAJournalThatCannotBeOne) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const std::vector<std::pair<std::vector<std::pair<std::string, std::string>>, std::string>> cases = {
      {{{"cleanup.policy", "compact"}}, "cleanup.policy=compact"},
      {{{"retention.ms", "3600000"}}, "retention.ms=3600000"},
  };
  for (const auto& [settings, why] : cases) {
    const Deployment deployment(broker, unique_name("journal"));
    for (const std::string& topic : {deployment.input(), deployment.alerts(), deployment.dead_letters()})
      client.create(topic, 1);
    client.create(deployment.journal(), 1, settings);
    EXPECT_THAT(refused(deployment), HasSubstr(why));
  }
  const Deployment deployment(broker, unique_name("journal"));
  for (const std::string& topic : {deployment.input(), deployment.alerts(), deployment.dead_letters()})
    client.create(topic, 1);
  client.create(deployment.journal(), 2);
  EXPECT_THAT(refused(deployment), HasSubstr("has 2 partitions"));
}

// How long a killed instance is missed, for whoever wants the figure: SUAR_TAKE_OVERS=20.
TEST(TakeOver, IsQuick) {
  if (std::getenv("SUAR_TAKE_OVERS") == nullptr)
    GTEST_SKIP() << "set SUAR_TAKE_OVERS to run it: it takes minutes";
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("quick"));
  deployment.create_topics(client);
  const char* wanted = std::getenv("SUAR_TAKE_OVERS");
  const int tries = wanted != nullptr ? std::atoi(wanted) : 1;
  auto active = std::make_unique<Program>(deployment, "log-a");
  ASSERT_TRUE(active->reaches("active")) << active->log();
  std::vector<double> seconds;
  for (int i = 0; i < tries; ++i) {
    auto standby = std::make_unique<Program>(deployment, i % 2 == 0 ? "log-b" : "log-a");
    ASSERT_TRUE(standby->reaches("standby")) << standby->log();
    write(client, deployment.input(), i * 50, 50);
    const auto killed = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    active->end(SIGKILL);
    ASSERT_TRUE(standby->reaches("active")) << standby->log();
    // The claim is its first commit.
    const auto journal = journal_of(client, deployment);
    const auto claim = std::ranges::find(journal.rbegin(), journal.rend(), kafka::RecordKind::kClaim,
                                         &kafka::JournalRecord::kind);
    ASSERT_NE(claim, journal.rend());
    seconds.push_back(static_cast<double>(claim->created_at.micros - killed.count()) * 1e-6);
    active = std::move(standby);
  }
  active->end(SIGTERM);
  std::ranges::sort(seconds);
  fmt::print("kill to claim, {} tries: least {:.2f} s, median {:.2f} s, most {:.2f} s\n", tries,
             seconds.front(), seconds[seconds.size() / 2], seconds.back());
  EXPECT_LT(seconds.front(), 60);
}

}  // namespace
}  // namespace suar::service::testing
