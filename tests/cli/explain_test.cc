// `suar explain` through the built program.
#include <gmock/gmock.h>

#include "cli/shell.h"
#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kRule = R"(rule: fan-in
version: 3
title: {en: Many payers, id: Banyak pembayar}
crimes: [migrant_smuggling]
look_alikes: [a shop]
watch: account
params: {payers_min: 2}
events: direction == "in" && channel != "atm"
let:
  payers: distinct(other) over 1d
  total: sum(amount) over 1d
when: >-
  payers >= payers_min &&
  (total >= IDR 250 || total == IDR 7)
raise: {severity: low, quiet: 2d, because: {en: "{payers}", id: "{payers}"}}
)";

std::string event(int number, const std::string& amount, const std::string& more = "") {
  return fmt::format(
             R"({{"event_id":"e{0}","event_time":"2025-03-01T{1:02}:00:00+07:00","amount":"{2}",)"
             R"("currency":"IDR","tx_type":"transfer","channel":"mobile","debtor":{{"account":"p{0}"}},)"
             R"("creditor":{{"account":"B"}}{3}}})",
             number, 9 + number, amount, more) +
         "\n";
}

class Explain : public ProgramTest {
 protected:
  [[nodiscard]] ShellOutcome explain(const std::string& arguments) const {
    directory_.write("r.yaml", kRule);
    directory_.write("events.ndjson", event(1, "100.00") + event(2, "50.00") + event(3, "200.00") +
                                          event(4, "1.00") + "no json\n" + event(4, "1.00"));
    return shell(fmt::format("suar explain --rules {0}/r.yaml --events {0}/events.ndjson {1} 2>&1",
                             directory_.root().string(), arguments));
  }
  TemporaryDirectory directory_;
};

TEST_F(Explain, QuotesEachConditionWithTheValueItSaw) {
  const ShellOutcome outcome = explain("--event e2 --rule fan-in --subject account:B");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.output,
            R"(Line 2: the record counts.

fan-in (version 3): Many payers
account, seen from account:B: event e2 of 2025-03-01T11:00:00+07:00
It raised no alert, for `when` does not hold: 1 of its 2 conditions fails.

  events: holds
    yes direction == "in"                             direction = "in"
    yes channel != "atm"                              channel = "mobile"
  when: does not hold
    yes payers >= payers_min                          payers = 2, payers_min = 2
    no  total >= IDR 250 || total == IDR 7
        no  total >= IDR 250                              total = IDR 150
        no  total == IDR 7                                total = IDR 150
  values
    payers = 2
        distinct(other) over 1d
    total = IDR 150
        sum(amount) over 1d
  window distinct(other) over 1d
    after 2025-02-28T11:00:00+07:00 up to 2025-03-01T11:00:00+07:00: 2 events
      2025-03-01T11:00:00+07:00  e2
      2025-03-01T10:00:00+07:00  e1
  window sum(amount) over 1d
    after 2025-02-28T11:00:00+07:00 up to 2025-03-01T11:00:00+07:00: 2 events
      2025-03-01T11:00:00+07:00  e2  IDR 50
      2025-03-01T10:00:00+07:00  e1  IDR 100
)");
}

TEST_F(Explain, TellsTheAlertAndTheQuietAfterIt) {
  const ShellOutcome hit = explain("--event e3 --rule fan-in --subject account:B");
  EXPECT_THAT(hit.output, HasSubstr("All conditions hold. It raised alert "));
  const ShellOutcome quiet = explain("--event e4 --rule fan-in --subject account:B");
  EXPECT_THAT(quiet.output, HasSubstr("is followed by quiet until 2025-03-03T12:00:00+07:00."));
}

TEST_F(Explain, AsksEveryRuleAndEntityWhereNoneIsNamed) {
  const ShellOutcome outcome = explain("--event e2");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(
      outcome.output,
      AllOf(HasSubstr("seen from account:B"),
            HasSubstr("fan-in on account:p2: The rule did not look at it, for `events` does not hold: 1 of "
                      "its 2 conditions fails.")));
}

TEST_F(Explain, WritesTheSameAsJson) {
  const ShellOutcome outcome = explain("--event e2 --rule fan-in --subject account:B --format json");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr(R"("verdict":"not_met")"),
                    HasSubstr(R"("text":"payers >= payers_min","line":13,"value":true)"),
                    HasSubstr(R"("name":"total","value":{"amount":"150.00","currency":"IDR"})"),
                    HasSubstr(R"("event_count":2,"events":[{"event_id":"e2")")));
}

TEST_F(Explain, TellsWhichEventsTheStepsAreAndWhichCouldHaveBeen) {
  directory_.write("s.yaml", R"(rule: steps
version: 1
title: {en: t, id: t}
crimes: [migrant_smuggling]
look_alikes: [none]
watch: account
events: direction == "in"
sequence:
  small: amount <= IDR 100
  large: amount >= 2 * small.amount && other != small.other within 2h
raise: {severity: low, because: {en: t, id: t}}
exceptions: [{name: atm, reason: r, when: channel == "atm"}]
)");
  directory_.write("events.ndjson", event(1, "100.00") + event(2, "60.00") + event(3, "200.00"));
  const auto explained = [&](const char* id, const char* format) {
    return shell(fmt::format("suar explain --rules {0}/s.yaml --events {0}/events.ndjson --event {1} "
                             "--subject account:B --format {2} 2>&1",
                             directory_.root().string(), id, format))
        .output;
  };
  const std::string hit = explained("e3", "text");
  EXPECT_THAT(hit, AllOf(HasSubstr("All conditions hold. It raised alert "), HasSubstr(R"(
  exceptions
    no  channel == "atm"                              channel = "mobile"
  this event in the conditions of windows, steps
    no  amount <= IDR 100                             amount = IDR 200
)"),
                         HasSubstr(R"(
  step small: amount <= IDR 100
    is  2025-03-01T11:00:00+07:00  e2
    2 events could be it by themselves
      2025-03-01T11:00:00+07:00  e2
      2025-03-01T10:00:00+07:00  e1
  step large: amount >= 2 * small.amount && other != small.other
    the trigger
)")));
  EXPECT_THAT(explained("e3", "json"), HasSubstr(R"("steps":[{"name":"small","source":"amount <= IDR 100",)"
                                                 R"("found":{"event_id":"e2")"));
  const std::string none = explained("e1", "text");
  EXPECT_THAT(none, AllOf(HasSubstr("the steps that should come before it are not found."),
                          HasSubstr("is not found\n    0 events")));
}

TEST_F(Explain, SaysNoWhereThereIsNothingToExplainAndTwoWhereItIsAskedWrongly) {
  const ShellOutcome none = explain("--event e9");
  EXPECT_EQ(none.status, 1);
  EXPECT_THAT(none.output, HasSubstr("has the event_id e9"));
  const ShellOutcome misspelt = explain("--event e2 --rule fan-inn");
  EXPECT_EQ(misspelt.status, 2);
  EXPECT_THAT(misspelt.output, HasSubstr("did you mean fan-in?"));
}

}  // namespace
}  // namespace suar::cli
