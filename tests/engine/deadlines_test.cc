#include <gmock/gmock.h>

#include "stream.h"

namespace suar::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// After money from somebody, the same somebody pays again within two days; else an alert.
const std::string kStops =
    rule_text("stops",
              "watch: account\nevents: direction == \"in\"\nwhen: amount >= IDR 50\n"
              "unless: other == trigger.other && amount >= 90% * trigger.amount within 2d\n");

Payment in(std::string id, std::string time, std::string from = "A", std::string amount = "100.00") {
  return {std::move(id), std::move(time), std::move(from), "B", std::move(amount)};
}

event::Instant at(std::string_view time) {
  return event::parse_rfc3339(time)->instant;
}

std::vector<Hit> advance(Stream& stream, std::string_view time) {
  stream.engine().advance(at(time));
  return stream.engine().hits();
}

TEST(DeadlinesTest, FireWhenStreamTimeReachesThem) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  // Stream time stays 60 s behind the newest event.
  stream.pay({"x1", "2025-03-03T10:00:59.999999Z", "X", "Y", "1.00"});
  EXPECT_THAT(stream.hits(), IsEmpty());
  stream.pay({"x2", "2025-03-03T10:01:00Z", "X", "Y", "1.00"});
  ASSERT_THAT(stream.hits(), SizeIs(1));
  const Hit& hit = stream.hits()[0];
  EXPECT_EQ(hit.trigger_event_id, "e1");
  EXPECT_EQ(hit.event_time, at("2025-03-01T10:00:00Z"));
  EXPECT_EQ(hit.as_of, at("2025-03-01T10:00:00Z"));
  EXPECT_EQ(hit.deadline, at("2025-03-03T10:00:00Z"));
  EXPECT_THAT(hit.event_ids, ElementsAre("e1"));
  // printf 'stops\0001\0account:B\0e1\0002025-03-03T10:00:00Z' | sha256sum | cut -c1-32
  EXPECT_EQ(hit.alert_id, "f5de015d3f9157a195077b01423b2473");
}

TEST(DeadlinesTest, AreDisarmedByWhatHappensInTime) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  stream.pay(in("e2", "2025-03-02T10:00:00Z", "A", "89.99"));  // too little, and an opener
  stream.pay(in("e3", "2025-03-03T10:00:00Z"));                // just in time for both
  EXPECT_THAT(advance(stream, "2025-03-05T09:59:59Z"), IsEmpty());
  const std::vector<Hit> hits = advance(stream, "2025-03-05T10:00:00Z");
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].trigger_event_id, "e3");
}

TEST(DeadlinesTest, AreDisarmedByALateEventUntilTheyFire) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  stream.pay({"x1", "2025-03-03T10:00:59Z", "X", "Y", "1.00"});
  stream.pay(in("late", "2025-03-01T11:00:00Z"));
  EXPECT_THAT(advance(stream, "2025-03-03T10:30:00Z"), IsEmpty());
  EXPECT_THAT(advance(stream, "2025-03-03T11:00:00Z"), SizeIs(1)) << "the late one's own";
}

TEST(DeadlinesTest, FireWhereWhatDisarmedThemIsUndone) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  stream.pay(in("e2", "2025-03-02T10:00:00Z"));
  stream.send(act("reject", "r1", "e2", "2025-03-02T11:00:00Z"));
  const std::vector<Hit> hits = advance(stream, "2025-03-09T00:00:00Z");
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].trigger_event_id, "e1");
}

TEST(DeadlinesTest, GoWithTheirOpener) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  stream.send(act("reverse", "r1", "e1", "2025-03-01T11:00:00Z"));
  EXPECT_THAT(advance(stream, "2025-03-09T00:00:00Z"), IsEmpty());
}

TEST(DeadlinesTest, AreArmedAnewByACorrection) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  stream.send(
      R"({"event_id":"c1","event_time":"2025-03-01T10:00:00Z","event_type":"correct","related_event_id":"e1",)"
      R"("amount":"60.00","currency":"IDR","tx_type":"transfer","channel":"mobile",)"
      R"("debtor":{"account":"A"},"creditor":{"account":"B"}})");
  const std::vector<Hit> hits = advance(stream, "2025-03-09T00:00:00Z");
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].trigger_event_id, "c1");
}

TEST(DeadlinesTest, CompareWithWhatIsLeftOfTheOpener) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  stream.pay(in("e2", "2025-03-02T10:00:00Z", "A", "45.00"));
  stream.send(act("reverse", "r1", "e1", "2025-03-02T11:00:00Z", R"(,"amount":"50.00","currency":"IDR")"));
  EXPECT_THAT(advance(stream, "2025-03-09T00:00:00Z"), IsEmpty());
}

TEST(DeadlinesTest, FireAtOnceForALateOpenerWhoseTimeIsOver) {
  Stream stream(rule_text("late-opener",
                          "watch: account\nevents: direction == \"in\"\nlet: {n: count() over 30d}\n"
                          "when: n >= 1 && amount >= IDR 50\nunless: amount >= IDR 1 within 2d\n"));
  stream.pay(in("e1", "2025-03-10T10:00:00Z", "A", "10.00"));
  stream.pay(in("e2", "2025-03-01T10:00:00Z"));
  ASSERT_THAT(stream.hits(), SizeIs(1));
  EXPECT_EQ(stream.hits()[0].trigger_event_id, "e2");
  EXPECT_EQ(stream.hits()[0].as_of, at("2025-03-10T10:00:00Z"));
}

TEST(DeadlinesTest, FireInTheOrderOfTimeRuleAndSubject) {
  Stream stream(rule_text("b",
                          "watch: account\nevents: direction == \"in\"\nwhen: amount >= IDR 1\n"
                          "unless: amount >= IDR 1_000 within 2d\n") +
                "---\n" +
                rule_text("a",
                          "watch: account\nevents: direction == \"in\"\nwhen: amount >= IDR 1\n"
                          "unless: amount >= IDR 1_000 within 2d\n"));
  stream.pay({"e1", "2025-03-01T10:00:01Z", "X", "B"});
  stream.pay({"e2", "2025-03-01T10:00:00Z", "X", "D"});
  stream.pay({"e3", "2025-03-01T10:00:00Z", "X", "C"});
  std::vector<std::string> order;
  for (const Hit& hit : advance(stream, "2025-03-09T00:00:00Z"))
    order.push_back(hit.rule->id + " " + hit.subject_key);
  EXPECT_THAT(order, ElementsAre("a account:C", "a account:D", "b account:C", "b account:D", "a account:B",
                                 "b account:B"));
}

TEST(DeadlinesTest, LeaveSignalsAndMarksAtTheirOwnTime) {
  Stream stream(
      "rule: stopped\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [bribery]\nlook_alikes: [none]\n"
      "watch: account\nevents: direction == \"in\"\nwhen: amount >= IDR 1\n"
      "unless: amount >= IDR 1_000 within 40d\nraise: {silent: true, signal: [amount], mark: "
      "[other]}\n---\n" +
      rule_text("twice",
                "watch: account\nevents: signal(\"stopped\")\n"
                "let:\n  n: count() over 1d\n  total: sum(signal(\"stopped\", \"amount\")) over 1d\n"
                "when: n >= 2 && total >= IDR 150\n"));
  stream.pay(in("e1", "2025-03-01T10:00:00Z", "A"));
  stream.pay(in("e2", "2025-03-01T11:00:00Z", "A"));
  const std::vector<Hit> hits = advance(stream, "2025-05-01T00:00:00Z");
  ASSERT_THAT(hits, SizeIs(2)) << "on the account, and on the payer that it marks";
  EXPECT_EQ(hits[0].subject_key, "account:B");
  EXPECT_EQ(hits[0].as_of, at("2025-04-10T11:00:00Z"));
  EXPECT_THAT(hits[0].event_ids, ElementsAre("e2", "e1"));
  EXPECT_EQ(hits[1].subject_key, "account:A");
}

TEST(DeadlinesTest, CountAsHitsWhenTheyFire) {
  Stream stream(kStops);
  stream.pay(in("e1", "2025-03-01T10:00:00Z"));
  EXPECT_EQ(stream.engine().rule_counters()[0].hits, 0U);
  EXPECT_THAT(advance(stream, "2025-03-09T00:00:00Z"), SizeIs(1));
  EXPECT_EQ(stream.engine().rule_counters()[0].hits, 1U);
}

}  // namespace
}  // namespace suar::engine
