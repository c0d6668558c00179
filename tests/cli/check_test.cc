// `suar check`: what it prints where, and its exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/check.h"
#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kGood =
    "rule: r\nversion: 1\ntitle: {en: t, id: t}\ncrimes: [bribery]\nlook_alikes: [none]\nwatch: account\n"
    "events: amount > IDR 1\nwhen: count() over 7d > 3\nraise: {severity: low, because: {en: t, id: t}}\n";

struct Outcome {
  int status = 0;
  std::string out, err;
};

class CheckCommand : public ::testing::Test {
 protected:
  CheckCommand() { fs::create_directories(directory_ / "below"); }

  void write(const std::string& name, const std::string& bytes) const { temporary_.write(name, bytes); }

  [[nodiscard]] Outcome check(CheckOptions options) const {
    if (options.paths.empty()) options.paths = {directory_.string()};
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    Outcome outcome;
    outcome.status = check_rules(options);
    outcome.out = ::testing::internal::GetCapturedStdout();
    outcome.err = ::testing::internal::GetCapturedStderr();
    return outcome;
  }

  TemporaryDirectory temporary_;
  fs::path directory_ = temporary_.root();
};

TEST_F(CheckCommand, SaysInOneLineThatAllIsWell) {
  write("a.yaml", kGood);
  write("below/b.yml", "pack: {version: \"1\"}\n");
  write("notes.txt", "no rule");
  const Outcome outcome = check({});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "1 rule in 2 files, no problem found\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(CheckCommand, FailsWithFindingsOnStandardError) {
  write("a.yaml", std::string(kGood).append("extra: 1\n"));
  const Outcome outcome = check({});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, StartsWith((directory_ / "a.yaml").string() +
                                      ":10:1: error[SUAR-R007]: a rule has no `extra`\n"));
  EXPECT_THAT(outcome.err, HasSubstr("10 | extra: 1\n    | ^~~~~\n"));
  EXPECT_EQ(outcome.out, "1 file, 1 error, 0 warnings\n");
}

TEST_F(CheckCommand, TurnsWarningsIntoFailureOnRequest) {
  write("a.yaml", std::string(kGood).append("let: {n: count() over 1d}\n"));
  CheckOptions options;
  EXPECT_EQ(check(options).status, 0);
  options.strict = true;
  EXPECT_EQ(check(options).status, 1);
}

TEST_F(CheckCommand, PrintsJsonOnStandardOutput) {
  write("a.yaml", std::string(kGood).append("extra: 1\n"));
  CheckOptions options;
  options.format = "json";
  const Outcome outcome = check(options);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(
      outcome.out,
      StartsWith(
          R"({"files":1,"rules":0,"errors":1,"warnings":0,"findings":[{"severity":"error","code":"SUAR-R007")"));
  EXPECT_THAT(outcome.out, HasSubstr(R"("line":10,"column":1,"length":5,)"));
}

TEST_F(CheckCommand, WritesSarifThatCodeHostsRead) {
  write("a.yaml", std::string(kGood).append("extra: 1\n"));
  CheckOptions options;
  options.format = "sarif";
  const auto sarif = nlohmann::json::parse(check(options).out);
  // What the schema of SARIF 2.1.0 requires: of the log version and runs, of a run its tool, of that a driver
  // with a name, of a result its message, of a rule its id; levels and regions in their ranges.
  EXPECT_EQ(sarif.at("version"), "2.1.0");
  const auto& run = sarif.at("runs").at(0);
  EXPECT_EQ(run.at("tool").at("driver").at("name"), "suar check");
  std::set<std::string> ids;
  for (const auto& rule : run.at("tool").at("driver").at("rules")) {
    EXPECT_TRUE(ids.insert(rule.at("id")).second) << rule;
    EXPECT_FALSE(rule.at("shortDescription").at("text").get<std::string>().empty());
  }
  ASSERT_EQ(run.at("results").size(), 1U);
  const auto& result = run.at("results").at(0);
  EXPECT_TRUE(ids.contains(result.at("ruleId")));
  EXPECT_EQ(result.at("level"), "error");
  EXPECT_THAT(result.at("message").at("text").get<std::string>(), HasSubstr("a rule has no `extra`"));
  const auto& place = result.at("locations").at(0).at("physicalLocation");
  EXPECT_EQ(place.at("artifactLocation").at("uri"), "file://" + (directory_ / "a.yaml").string());
  EXPECT_EQ(place.at("region").at("startLine"), 10);
  EXPECT_EQ(place.at("region").at("startColumn"), 1);
  EXPECT_EQ(place.at("region").at("endColumn"), 6);
}

TEST_F(CheckCommand, ExplainsACode) {
  CheckOptions options;
  options.explain = "R026";
  const Outcome outcome = check(options);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, StartsWith("SUAR-R026  values of different units"));
  EXPECT_THAT(outcome.out, HasSubstr("Wrong:\n    events: amount >= 1_000_000\n\nRight:\n"));
  options.explain = "R999";
  EXPECT_EQ(check(options).status, 2);
}

TEST_F(CheckCommand, AsksOnRequestWhatAnInventoryOfRulesNeeds) {
  write("a.yaml", std::string(kGood).append("author: A\napprover: [B, A]\n"));
  CheckOptions options;
  EXPECT_THAT(check(options).err, HasSubstr("warning[SUAR-R057]: the author of `r` approved it"));
  options.governance = true;
  EXPECT_THAT(check(options).err,
              HasSubstr("rule `r` does not state its description, basis, raise.recommended_action"));
}

TEST_F(CheckCommand, TellsWhatRulesCost) {
  write("a.yaml", kGood);
  CheckOptions options;
  options.cost = true;
  options.accounts = 1000;
  options.events_per_day = 100'000;
  const Outcome text = check(options);
  EXPECT_EQ(text.status, 0);
  // 7 days of 2 * 100 events, 32 bytes each, of 1000 accounts.
  EXPECT_THAT(text.out, HasSubstr("43.8 KiB    42.7 MiB"));
  options.format = "json";
  const auto json = nlohmann::json::parse(check(options).out);
  EXPECT_EQ(json.at("rules").at(0).at("state_bytes"), 1000 * 7 * 200 * 32);
}

TEST_F(CheckCommand, CouldNotDoItWithoutReadableRuleFiles) {
  EXPECT_EQ(check({}).status, 2);
  CheckOptions options;
  options.paths = {(directory_ / "nowhere").string()};
  const Outcome outcome = check(options);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("there is no such file or directory"));
}

TEST_F(CheckCommand, WarnsOfListsThatTheReferenceDataDoesNotHave) {
  std::string rule = kGood;
  rule.replace(rule.find("amount > IDR 1"), 14, "listed(\"hubz\", other)");
  write("a.yaml", rule);
  fs::create_directories(directory_ / "reference/lists");
  write("reference/lists/hubs.csv", "value,kind,source,valid_from,valid_to,reason\n1,account,s,,,\n");
  CheckOptions options;
  options.paths = {(directory_ / "a.yaml").string()};
  options.reference = (directory_ / "reference").string();
  const Outcome outcome = check(options);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("warning[SUAR-R051]"));
  EXPECT_THAT(outcome.err, HasSubstr("did you mean `hubs`?"));
}

}  // namespace
}  // namespace suar::cli
