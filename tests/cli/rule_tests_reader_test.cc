#include "cli/rule_tests_reader.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event/decoder.h"

namespace suar::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class RuleTests : public ::testing::Test {
 protected:
  std::vector<TestCase> read(const std::string& tests) {
    return read_rule_tests({"a.yaml", "macros: {x: \"true\"}\n---\nrule: r\ntests:\n" + tests},
                           *event::parse_currency("IDR"), findings_);
  }

  // The one test of `tests`, which has nothing wrong.
  TestCase one(const std::string& tests) {
    auto cases = read(tests);
    for (const Diagnostic& finding : findings_) ADD_FAILURE() << render(finding);
    return cases.size() == 1 ? std::move(cases.front()) : TestCase{};
  }

  static std::vector<std::string> fields(const TestCase& test, std::string_view event::Transaction::* field) {
    std::vector<std::string> result;
    for (const TestRecord& record : test.records) {
      event::Decoder decoder;
      const auto transaction = decoder.decode(record.json);
      result.push_back(transaction ? std::string((*transaction).*field) : transaction.error().detail);
    }
    return result;
  }

  Diagnostics findings_;
};

TEST_F(RuleTests, RepeatAnEventWithItsIndexItsTimesAndItsStep) {
  const TestCase test = one(R"(
  - name: three
    events:
      - {at: "+1d 09:00", repeat: 3, every: 2d, amount: IDR 1_000, step: IDR 500, debtor: "p{i}", creditor: c}
    expect: []
)");
  ASSERT_THAT(test.records, SizeIs(3));
  EXPECT_EQ(test.rule, "r");
  EXPECT_EQ(
      test.records[2].json,
      R"({"event_id":"e3","event_time":"2025-03-08T09:00:00+07:00","amount":"2000.00","currency":"IDR",)"
      R"("channel":"mobile","creditor":{"account":"c"},"debtor":{"account":"p3"},"tx_type":"transfer"})");
}

TEST_F(RuleTests, TakeWhatIsGivenUnlessTheySayOtherwise) {
  const TestCase test = one(R"(
  - given:
      template: {amount: IDR 5, channel: atm, creditor: officer}
      parties: {officer: {account: "900", party_id: off-1, is_customer: true}}
  - name: two
    events:
      - {debtor: a}
      - {debtor: b, channel: teller, creditor: {party_id: x}}
    expect: []
)");
  ASSERT_THAT(test.records, SizeIs(2));
  EXPECT_THAT(test.records[0].json,
              HasSubstr(R"("creditor":{"account":"900","party_id":"off-1","is_customer":true})"));
  EXPECT_THAT(test.records[1].json, HasSubstr(R"("channel":"teller","creditor":{"party_id":"x"})"));
}

TEST_F(RuleTests, DoNotLeakOneTestsSettingsIntoTheNext) {
  const auto tests = read(R"(
  - given: {template: {amount: IDR 5, channel: atm, debtor: d}}
  - {name: first, template: {channel: teller}, events: [{at: "09:00"}], expect: []}
  - {name: second, events: [{at: "09:00"}], expect: []}
)");
  ASSERT_THAT(tests, SizeIs(2));
  EXPECT_THAT(tests[0].records[0].json, HasSubstr("teller"));
  EXPECT_THAT(tests[1].records[0].json, HasSubstr("atm"));
}

TEST_F(RuleTests, LetEventsArriveByTimeOrAsListed) {
  const std::string events = R"(
    template: {amount: IDR 5, debtor: d}
    events:
      - {at: "+2d 09:00", event_id: late}
      - {at: "+1d 09:00", event_id: early}
    expect: []
)";
  EXPECT_THAT(fields(one("  - name: by time" + events), &event::Transaction::event_id),
              ElementsAre("early", "late"));
  EXPECT_THAT(fields(one("  - name: listed\n    order: listed" + events), &event::Transaction::event_id),
              ElementsAre("late", "early"));
}

TEST_F(RuleTests, LeaveAReversalWithoutTheTemplatesContent) {
  const TestCase test = one(R"(
  - name: undone
    template: {amount: IDR 5, debtor: d}
    events:
      - {event_id: a}
      - {event_type: reverse, related_event_id: a}
    expect: []
)");
  ASSERT_THAT(test.records, SizeIs(2));
  EXPECT_EQ(
      test.records[1].json,
      R"({"event_id":"e2","event_time":"2025-03-03T09:01:00+07:00","event_type":"reverse","related_event_id":"a"})");
}

TEST_F(RuleTests, StateTheirReferenceDataInAFewWords) {
  const TestCase test = one(R"(
  - name: reference
    reference:
      people:
        off-1: {account: "900", post: Officer, organisation: Immigration, area: ID-KR, kin: wife-1, segment: civil_servant}
      lists: {hubs: ["account:77", "keyword:uang rokok"]}
      tariffs.csv: |
        service,provider_type,currency,amount,valid_from,valid_to
        passport,immigration,IDR,350000,,
    events: [{amount: IDR 1, debtor: d}]
    expect: []
)");
  const auto loaded = reference::Reference::load(test.reference, *event::parse_currency("IDR"));
  for (const Diagnostic& finding : loaded.findings) {
    if (finding.severity == Severity::kError) ADD_FAILURE() << render(finding);
  }
  ASSERT_TRUE(loaded.reference);
  const auto now = event::parse_rfc3339("2025-03-03T09:00:00Z")->instant;
  const auto& reference = *loaded.reference;
  EXPECT_TRUE(reference.official(reference.holder("900", now), now));
  EXPECT_TRUE(reference.kin(reference.party("off-1"), reference.party("wife-1"), now));
  EXPECT_EQ(reference.customer(reference.party("off-1"))->segment, "civil_servant");
  EXPECT_TRUE(reference.listed(reference.list("hubs"), reference::ListKind::kAccount, "77", now));
  EXPECT_TRUE(reference.tariff("passport", "immigration", now));
}

TEST_F(RuleTests, ReadTheAlertsTheyExpect) {
  const TestCase test = one(R"(
  - name: alerts
    events: [{amount: IDR 1, debtor: d}]
    expect:
      - {subject: "account:d", trigger: e1, at: "+0d 09:00", values: {n: 6, total: IDR 5}, event_ids: [e1]}
      - {rule: other, subject: "account:d", because: {en: A}}
    hits: 3
)");
  ASSERT_THAT(test.expect, SizeIs(2));
  EXPECT_EQ(test.expect[0].rule, "r");
  EXPECT_EQ(test.expect[0].values[1], (std::pair<std::string, std::string>("total", "IDR 5")));
  EXPECT_EQ(test.expect[1].rule, "other");
  EXPECT_EQ(test.expect[1].narrative_en, "A");
  EXPECT_EQ(test.hits, 3U);
}

TEST_F(RuleTests, LocateEveryMistakeAndSuggestTheNearestWord) {
  static_cast<void>(read(R"(
  - name: wrong
    events:
      - {at: "yesterday", amount: much, chanel: atm, debtor: {acount: "1"}}
      - {repeat: 0}
    expcet: []
)"));
  std::vector<std::string> messages;
  for (const Diagnostic& finding : findings_) {
    messages.push_back(finding.message + " " + finding.suggestion);
    EXPECT_GT(finding.line, 4);
    EXPECT_GT(finding.column, 0);
  }
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("did you mean \"channel\"?")));
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("did you mean \"expect\"?")));
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("\"yesterday\" is not a time")));
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("\"0\" is not a number of repetitions")));
  EXPECT_THAT(messages, ::testing::Contains(HasSubstr("needs a list of the alerts it expects")));
}

}  // namespace
}  // namespace suar::cli
