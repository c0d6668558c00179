// What stands in events, reference data, rules and configuration never comes into a log, at any level.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "kafka/snapshot_topic.h"
#include "service/program.h"

namespace suar::service::testing {
namespace {

using kafka::testing::BrokerClient;
using kafka::testing::unique_name;
using ::testing::HasSubstr;
using ::testing::Not;

// Part of every value that no log may show.
constexpr const char* kMark = "Zubaidah";

class Confidentiality : public ::testing::Test {
 protected:
  void begin(const std::string& more) {
    SUAR_REQUIRE_BROKER(broker);
    client_ = std::make_unique<BrokerClient>(broker);
    deployment_ = std::make_unique<Deployment>(broker, unique_name("quiet"), "log_level: debug\n" + more);
    deployment_->create_topics(*client_);
    const kafka::NewTopic topic = kafka::SnapshotTopic::definition(deployment_->snapshots());
    client_->create(topic.name, topic.partitions, topic.settings);
  }
  [[nodiscard]] bool skipped() const { return deployment_ == nullptr; }
  void write_file(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(deployment_->file(name)).parent_path());
    std::ofstream(deployment_->file(name)) << text;
  }

  std::unique_ptr<BrokerClient> client_;
  std::unique_ptr<Deployment> deployment_;
};

std::string marked(std::string record) {
  for (const std::string name : {"\"P", "\"C", "\"e"}) {
    for (std::size_t at = record.find(":" + name); at != std::string::npos;
         at = record.find(":" + name, at + 1)) {
      record.insert(at + 2, kMark);
    }
  }
  return record;
}

TEST_F(Confidentiality, ALogNamesNobodyInTheStream) {
  begin("reference: reference\n");
  if (skipped()) return;
  write_file("reference/customers.csv", fmt::format("party_id,kind,occupation\n{0}-1,person,{0}\n", kMark));
  std::vector<std::string> records;
  for (const std::string& record : sample_records(300, 10)) records.push_back(marked(record));
  records.push_back(fmt::format("{{\"event_id\":\"{}", kMark));
  records.push_back(fmt::format(R"({{"event_id":"{0}","event_time":"{0}","amount":"{0}"}})", kMark));
  records.push_back(records.front());
  write(*client_, deployment_->input(), records);
  Program program(*deployment_);
  ASSERT_TRUE(program.ready()) << program.log();
  ASSERT_TRUE(eventually([&] { return client_->read_all(deployment_->dead_letters()).size() == 2; }))
      << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0);
  EXPECT_FALSE(client_->read_all(deployment_->alerts()).empty());
  EXPECT_THAT(program.log(), HasSubstr("sample.yaml:1:7: warning"));
  EXPECT_THAT(program.log(), Not(HasSubstr(kMark)));
}

TEST_F(Confidentiality, AStartThatIsRefusedQuotesNoLine) {
  begin("reference: reference\n");
  if (skipped()) return;
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"reference/customers.csv", fmt::format("party_id,opened\n{0}-1,{0}\n{0}-1,2020-01-01\n", kMark)},
      {"reference/agencies.csv",
       fmt::format("party_id,licence_no,name,type,status,valid_from,valid_to,destinations\n"
                   "{0}-1,1,{0},p3mi,active,,,{0}\n{0}-1,1,{0},p3mi,active,,,MY\n",
                   kMark)},
      {"reference/entities.ftm.ndjson",
       fmt::format(
           "{0}\n{0}\n",
           fmt::format(R"({{"id":"{0}","schema":"Person","properties":{{"name":["{0}"]}}}})", kMark))},
      {"rules/suppressions.yaml",
       fmt::format("suppressions:\n  - {{rule: no-such-rule, subject: \"account:{}\", until: never}}\n",
                   kMark)}};
  for (const auto& [name, text] : wrong) {
    write_file(name, text);
    Program program(*deployment_);
    const std::string file = name.substr(name.rfind('/') + 1);
    EXPECT_EQ(program.wait(), 2) << name;
    EXPECT_THAT(program.log(), HasSubstr(file + ":"));
    EXPECT_THAT(program.log(), Not(HasSubstr(kMark)));
    std::filesystem::remove(deployment_->file(name));
  }
}

TEST_F(Confidentiality, AConfigurationThatIsWrongDoesNotShowItself) {
  begin(fmt::format("librdkafka: {{sasl.password: [\"{}\"]}}\nno_such_key: {}\n", kMark, kMark));
  if (skipped()) return;
  Program program(*deployment_);
  EXPECT_EQ(program.wait(), 2);
  EXPECT_THAT(program.log(), HasSubstr("no_such_key"));
  EXPECT_THAT(program.log(), Not(HasSubstr(kMark)));
}

TEST_F(Confidentiality, AReloadThatFailsQuotesNoLine) {
  begin("reference: reference\n");
  if (skipped()) return;
  write_file("reference/customers.csv", "party_id,opened\n");
  Program program(*deployment_);
  ASSERT_TRUE(program.ready()) << program.log();
  write_file("reference/customers.csv", fmt::format("party_id,opened\n{0}-1,{0}\n{0}-1,\n", kMark));
  ::kill(program.pid(), SIGHUP);
  EXPECT_TRUE(eventually([&] { return program.log().contains("customers.csv:2"); })) << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0);
  EXPECT_THAT(program.log(), Not(HasSubstr(kMark)));
}

}  // namespace
}  // namespace suar::service::testing
