#include "cli/replay.h"

#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kRule = R"(
rule: many-payers
version: 1
title: {en: Many payers, id: Banyak pembayar}
crimes: [migrant_smuggling]
watch: account
events: direction == "in"
let: {payers: distinct(other) over 7d}
when: payers >= 3
raise: {severity: high, score: 50, role: unknown, quiet: 7d, because: {en: "{payers} payers", id: "{payers} pembayar"}}
)";

std::string payment(int number, std::string_view amount = "1000.00") {
  return fmt::format(
      R"({{"event_id":"e{0}","event_time":"2025-03-0{0}T10:00:00+07:00","amount":"{1}","currency":"IDR",)"
      R"("tx_type":"transfer","channel":"mobile","debtor":{{"account":"p{0}"}},"creditor":{{"account":"900"}}}})",
      number, amount);
}

class Replay : public ::testing::Test {
 protected:
  Replay() {
    options_.rules = {directory_.write("rule.yaml", kRule)};
    options_.alerts = directory_.path("alerts.ndjson");
    options_.dead_letter = directory_.path("dead.ndjson");
  }

  int run(std::string_view events) {
    options_.events = directory_.write("events.ndjson", events);
    return replay(options_);
  }

  std::vector<std::string> lines(std::string_view name) const {
    std::vector<std::string> result;
    std::ifstream file(directory_.path(name));
    for (std::string line; std::getline(file, line);) result.push_back(line);
    return result;
  }

  TemporaryDirectory directory_;
  ReplayOptions options_;
};

TEST_F(Replay, RaisesAlertsFromAFile) {
  EXPECT_EQ(run(payment(1) + "\n" + payment(2) + "\n" + payment(3) + "\n"), 0);
  const auto alerts = lines("alerts.ndjson");
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_THAT(alerts[0], HasSubstr(R"("trigger_event_id":"e3")"));
  EXPECT_THAT(alerts[0], HasSubstr(R"("created_at":"2025-03-03T10:00:00+07:00")"));
  EXPECT_THAT(alerts[0], HasSubstr(R"({"name":"payers","value":3,"threshold":3)"));
  EXPECT_THAT(alerts[0], HasSubstr(R"("en":"3 payers")"));
  EXPECT_EQ(directory_.read("dead.ndjson"), "");
}

TEST_F(Replay, TakesCarriageReturnsBlankLinesAndALastLineWithoutItsEnd) {
  EXPECT_EQ(run(payment(1) + "\r\n\r\n  \n" + payment(2) + "\n\n" + payment(3)), 0);
  EXPECT_EQ(lines("alerts.ndjson").size(), 1U);
  EXPECT_EQ(directory_.read("dead.ndjson"), "");
}

TEST_F(Replay, KeepsWhatIsNoEventWithItsReasonLineAndBytes) {
  EXPECT_EQ(run(payment(1) + "\nnot json\n\n" + payment(2, "12,50") + "\n" + payment(2) + "\n" + payment(3)),
            0);
  const auto dead = lines("dead.ndjson");
  ASSERT_EQ(dead.size(), 2U);
  EXPECT_THAT(dead[0], HasSubstr(R"("reason":"not_json")"));
  EXPECT_THAT(dead[0], HasSubstr(R"("line":2,"bytes_base64":"bm90IGpzb24=")"));
  EXPECT_THAT(dead[1], HasSubstr(R"("reason":"bad_amount")"));
  EXPECT_THAT(dead[1], HasSubstr(R"("line":4)"));
  EXPECT_EQ(lines("alerts.ndjson").size(), 1U);
}

TEST_F(Replay, KeepsARecordAboveTheLimitWholeUpToSixteenMebibytes) {
  const std::string huge = "{\"event_id\":\"" + std::string(3'000'000, 'x') + "\"}";
  EXPECT_EQ(run(huge + "\n" + payment(1)), 0);
  const auto dead = lines("dead.ndjson");
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_THAT(dead[0].substr(0, 200), HasSubstr(R"("reason":"too_large")"));
  EXPECT_GT(dead[0].size(), huge.size() * 4 / 3);
}

TEST_F(Replay, KeepsAnActThatWaitedForItsOriginalAndTurnedOutWrong) {
  const std::string early =
      R"({"event_id":"r","event_time":"2025-03-01T09:00:00Z","event_type":"reverse","related_event_id":"e2",)"
      R"("amount":"5.00","currency":"USD"})";
  EXPECT_EQ(run(fmt::format("{}\n{}\n{}\n", payment(1), early, payment(2))), 0);
  const auto dead = lines("dead.ndjson");
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_THAT(dead[0], HasSubstr(R"("reason":"reverse_currency")"));
  EXPECT_THAT(dead[0], HasSubstr(R"("line":2)"));
}

TEST_F(Replay, GivesTheSameBytesFromAPipeAsFromAFile) {
  std::string events;
  for (int i = 1; i <= 9; ++i) events += payment(i) + "\n";
  EXPECT_EQ(run(events), 0);
  const std::string from_file = directory_.read("alerts.ndjson");

  options_.events = directory_.path("pipe");
  ASSERT_EQ(::mkfifo(options_.events.c_str(), 0600), 0);
  std::thread writer([&] {
    const int pipe = ::open(options_.events.c_str(), O_WRONLY);
    for (std::size_t i = 0; i < events.size(); i += 100) {
      const std::string_view piece = std::string_view(events).substr(i, 100);
      EXPECT_EQ(::write(pipe, piece.data(), piece.size()), static_cast<ssize_t>(piece.size()));
    }
    ::close(pipe);
  });
  EXPECT_EQ(replay(options_), 0);
  writer.join();
  EXPECT_FALSE(from_file.empty());
  EXPECT_EQ(directory_.read("alerts.ndjson"), from_file);
}

TEST_F(Replay, ReplacesTheOutputsOfAnEarlierRun) {
  directory_.write("alerts.ndjson", "old\n");
  EXPECT_EQ(run(""), 0);
  EXPECT_EQ(directory_.read("alerts.ndjson"), "");
}

TEST_F(Replay, CouldNotDoItWithArgumentsOrFilesThatAreWrong) {
  const std::string events = payment(1);
  directory_.write("alerts.ndjson", "old\n");
  const auto with = [&](auto change) {
    const ReplayOptions kept = options_;
    change(options_);
    const int status = run(events);
    options_ = kept;
    return status;
  };
  EXPECT_EQ(with([](ReplayOptions& o) { o.home_currency = "rupiah"; }), 2);
  EXPECT_EQ(with([](ReplayOptions& o) { o.lateness = "soon"; }), 2);
  EXPECT_EQ(with([](ReplayOptions& o) { o.rules = {"/nonexistent"}; }), 2);
  EXPECT_EQ(with([](ReplayOptions& o) { o.reference = "/nonexistent"; }), 2);
  EXPECT_EQ(with([](ReplayOptions& o) { o.dead_letter = o.alerts; }), 2);
  EXPECT_EQ(with([](ReplayOptions& o) {
              o.dead_letter = "/dev/full";
              o.max_record_bytes = 10;
            }),
            2);
  EXPECT_EQ(directory_.read("alerts.ndjson"), "old\n");
}

TEST_F(Replay, CouldNotDoItWithARuleThatIsWrong) {
  options_.rules = {directory_.write("wrong.yaml", "rule: x\nversion: 1\n")};
  EXPECT_EQ(run(payment(1)), 2);
}

}  // namespace
}  // namespace suar::cli
