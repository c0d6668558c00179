// Long runs against a real broker.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "service/program.h"

namespace suar::service::testing {
namespace {

using kafka::testing::BrokerClient;
using kafka::testing::unique_name;

// The hash of a rule set covers the names of its files, and the program reads them from a directory of its
// own.
std::string without_ruleset_hash(std::string alert) {
  constexpr std::string_view kKey = R"("ruleset":{"hash":")";
  constexpr std::size_t kHashSize = 32;
  const std::size_t at = alert.find(kKey);
  if (at != std::string::npos) alert.erase(at + kKey.size(), kHashSize);
  return alert;
}

TEST(Soak, TwoHundredThousandEventsGiveTheAlertsOfTheEngineByteForByte) {
  SUAR_REQUIRE_BROKER(broker);
  BrokerClient client(broker);
  const Deployment deployment(broker, unique_name("soak"));
  deployment.create_topics(client);
  std::vector<std::string> records;
  for (int i = 0; i < 200'000; ++i) records.push_back(sample_event(i, 20'000));
  for (std::size_t i = 0; i < records.size(); i += 1'001) records[i].resize(records[i].size() / 2);
  for (const std::string& record : records) client.write(deployment.input(), 0, record);
  client.flush();
  const Expected expected = expected_of(records);
  ASSERT_GT(expected.alerts.size(), 100'000U);

  Program program(deployment);
  ASSERT_TRUE(program.ready()) << program.log();
  ASSERT_TRUE(eventually(
      [&] {
        return client.committed(deployment.instance(), deployment.input(), 0) ==
               static_cast<std::int64_t>(records.size());
      },
      std::chrono::seconds(300)))
      << program.log();
  EXPECT_EQ(program.end(SIGTERM), 0) << program.log();

  const auto sent = client.read_all(deployment.alerts());
  ASSERT_EQ(sent.size(), expected.alerts.size());
  for (std::size_t i = 0; i < sent.size(); ++i) {
    ASSERT_EQ(without_ruleset_hash(undated(sent[i].value)), without_ruleset_hash(expected.alerts[i]));
  }
  EXPECT_EQ(client.read_all(deployment.dead_letters()).size(), expected.dead_letters.size());
}

}  // namespace
}  // namespace suar::service::testing
