#include "alert/alert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include "alert/sample_hit.h"

namespace suar::alert {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the sample values
using ::testing::HasSubstr;

class Alert : public ::testing::Test {
 protected:
  Alert() {
    ruleset_.hash = "abc";
    ruleset_.version = "2025.1";
  }

  std::string json() { return to_json(hit_, ruleset_, *reference_, hit_.event_time); }

  rules::RuleSet ruleset_;
  std::shared_ptr<const reference::Reference> reference_ = reference::Reference::empty(currency("IDR"));
  rules::Rule rule_ = sample_rule();
  engine::Hit hit_ = sample_hit(rule_);
};

TEST_F(Alert, HoldsEveryFieldOfTheContractInItsOrder) {
  const std::string expected =
      R"({"alert_id":"00112233445566778899aabbccddeeff","schema_version":"1",)"
      R"("created_at":"2025-03-01T09:30:00+07:00","event_time":"2025-03-01T09:30:00+07:00",)"
      R"("as_of":"2025-03-01T10:00:00+07:00","warming_up":false,"covered_since":null,"trigger_event_id":"e9",)"
      R"("rule":{"id":"som-example","version":3,"title":{"en":"Many payers","id":"Banyak pembayar"}},)"
      R"("ruleset":{"hash":"abc","version":"2025.1"},"reference":{"hash":")" +
      reference_->hash() +
      R"("},"crimes":["migrant_smuggling","bribery"],"offence_codes":["AAA006"],"indicator_codes":["BBB008","S9"],)"
      R"("severity":"high","score":70,)"
      R"("subject":{"entity":"account","key":"account:123","party_id":"p-1","account":"123","name":"Sri \"Ayu\"",)"
      R"("role":"possible_perpetrator"},)"
      R"("parties":[{"side":"debtor","party_id":null,"account":"456","name":null},)"
      R"({"side":"creditor","party_id":"p-1","account":"123","name":"Sri \"Ayu\""}],)"
      R"("evidence":{"values":[{"name":"part","value":0.833333,"threshold":0.8,)"
      R"("window_start":"2024-12-31T10:00:00+07:00","window_end":"2025-03-01T10:00:00+07:00"},)"
      R"({"name":"total","value":{"amount":"3500000.00","currency":"IDR"},"threshold":null,)"
      R"("window_start":null,"window_end":null}],)"
      R"("event_ids":["e9","e8"],"event_count":2,"lists":["hubs"],"paths":[]},)"
      R"("narrative":{"en":"Of IDR 3,500,000, 83.3% came at night.",)"
      R"("id":"Dari Rp3.500.000, 83,3% masuk pada malam hari."},"look_alikes":["a savings club"],)"
      R"("handling":{"do_not_auto_block":true,"protection_referral":false,"tipping_off_warning":true,)"
      R"("recommended_action":"Ask for the invoices"},"group_id":"g1","mode":"live","daily_limit":null,"escalates":null,)"
      R"("predecessor_undone":null})";
  EXPECT_EQ(json(), expected);
}

TEST_F(Alert, IsTheSameBytesForTheSameHit) {
  const std::string first = json();
  hit_ = sample_hit(rule_);
  EXPECT_EQ(json(), first);
}

TEST_F(Alert, IsOneValidJsonObjectOnOneLineWhateverTheTextsHold) {
  hit_.subject_name = "a\nb\x01\"\\\xFF\xC3\xA9";
  hit_.event_ids = {"\t\xED\xA0\x80"};
  const std::string alert = json();
  EXPECT_EQ(alert.find('\n'), std::string::npos);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parser.parse(alert).get(root), simdjson::SUCCESS);
  EXPECT_EQ(std::string_view(root["subject"]["name"]), "a\nb\x01\"\\\xEF\xBF\xBD\xC3\xA9");
}

TEST_F(Alert, LosesNothingOfALargeAmount) {
  hit_.values[1].value = money((event::Int128{9'000'000'000'000'000'000} * 1'000'000) + 1);
  hit_.values[1].threshold = money(9'007'199'254'740'993);
  EXPECT_THAT(json(), HasSubstr(R"("amount":"90000000000000000000000.01")"));
  EXPECT_THAT(json(), HasSubstr(R"("amount":"90071992547409.93")"));
}

TEST_F(Alert, LosesNothingOfALargeNumber) {
  hit_.values[0].value = number(9'007'199'254'740'993);
  EXPECT_THAT(json(), HasSubstr(R"("value":9007199254740993,)"));
}

TEST_F(Alert, WritesAnAverageInWholeMinorUnits) {
  hit_.values[1].value = money(1'000'001, "IDR", 2);
  EXPECT_THAT(json(), HasSubstr(R"("amount":"5000.00")"));
  hit_.values[1].value = money(1'000'003, "IDR", 2);
  EXPECT_THAT(json(), HasSubstr(R"("amount":"5000.02")"));
}

TEST_F(Alert, WritesEveryOtherKindOfValue) {
  const auto with = [this](const engine::Value& value) {
    hit_.values[0].value = value;
    return json();
  };
  EXPECT_THAT(with(truth(true)), HasSubstr(R"("value":true)"));
  EXPECT_THAT(with(text("account:9")), HasSubstr(R"("value":"account:9")"));
  EXPECT_THAT(with(time("2025-03-01T00:00:00Z")), HasSubstr(R"("value":"2025-03-01T07:00:00+07:00")"));
  EXPECT_THAT(with(duration(event::Duration::days(14))), HasSubstr(R"("value":"14d")"));
  EXPECT_THAT(with(duration({1'500'000})), HasSubstr(R"("value":"1.5s")"));
  EXPECT_THAT(with(absent(rules::Type::kMoney)), HasSubstr(R"("value":null)"));
}

TEST_F(Alert, SaysThatItIsWarmingUpAndSinceWhenItsWindowsAreCovered) {
  hit_.warming_up_since = at("2025-02-01T00:00:00Z");
  EXPECT_THAT(json(), HasSubstr(R"("warming_up":true,"covered_since":"2025-02-01T07:00:00+07:00")"));
}

TEST_F(Alert, NamesAPredecessorThatRestedOnAnEventSinceUndone) {
  hit_.predecessor_undone = "ffff";
  EXPECT_THAT(json(), HasSubstr(R"("predecessor_undone":"ffff")"));
}

TEST_F(Alert, IsCreatedWhenItsCallerSays) {
  EXPECT_THAT(to_json(hit_, ruleset_, *reference_, at("2025-03-02T00:00:00.25Z")),
              HasSubstr(R"("created_at":"2025-03-02T07:00:00.25+07:00")"));
}

}  // namespace
}  // namespace suar::alert
