// A rule that alerts often, events for it, and what the engine makes of them when it is asked directly.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"
#include "engine/engine.h"
#include "event/decoder.h"
#include "event/instant.h"
#include "event/money.h"
#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::service::testing {

inline constexpr const char* kRuleFile = R"(rule: sample-many-payers
version: 1
title: {en: Many payers, id: Banyak pembayar}
crimes: [migrant_smuggling]
basis: [a sample]
watch: account
events: direction == "in"
let:
  n: count() over 30d
  payers: distinct(other) over 30d
when: n >= 3 && payers >= 2
raise:
  severity: high
  score: 50
  role: unknown
  because: {en: "{n} credits", id: "{n} kredit"}
)";

inline event::Currency home() {
  return *event::parse_currency("IDR");
}

inline std::shared_ptr<const rules::RuleSet> sample_rules() {
  const std::vector<rules::File> files = {{"sample.yaml", kRuleFile}};
  auto loaded = rules::load_rules(files, home());
  for (const Diagnostic& finding : loaded.findings) {
    if (finding.severity == Severity::kError) ADD_FAILURE() << render(finding);
  }
  return loaded.rules;
}

inline std::shared_ptr<const reference::Reference> no_reference() {
  return reference::Reference::empty(home());
}

// The i-th event: a minute after the one before it, from one of 50 payers to one of `accounts` accounts.
inline std::string sample_event(int i, int accounts = 400) {
  constexpr std::int64_t kStart = 1'740'800'000;
  const event::Instant time{(kStart + 60LL * i) * 1'000'000};
  return fmt::format(
      R"({{"event_id":"e{}","event_time":"{}","amount":"{}.00","currency":"IDR","tx_type":"transfer",)"
      R"("channel":"mobile","debtor":{{"account":"P{}"}},"creditor":{{"account":"C{}"}}}})",
      i, event::to_rfc3339(time), 100'000 + i, (i + i / accounts) % 50, i * 13 % accounts);
}

// An alert without the time of its batch, which no two runs share.
inline std::string undated(std::string alert) {
  constexpr std::string_view kKey = R"("created_at":")";
  const std::size_t at = alert.find(kKey);
  if (at == std::string::npos) return alert;
  const std::size_t begin = at + kKey.size();
  return alert.erase(begin, alert.find('"', begin) - begin);
}

// What the alerts (undated) and the dead letters must be, record by record.
struct Expected {
  std::vector<std::string> alerts, alert_keys;
  std::map<std::size_t, std::string> dead_letters;  // reason by index of the record
};

inline Expected expected_of(std::span<const std::string> records) {
  Expected expected;
  engine::Engine engine(engine::Options{}, sample_rules(), no_reference());
  event::Decoder decoder;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto transaction = decoder.decode(records[i]);
    if (!transaction) {
      expected.dead_letters[i] = event::name_of(transaction.error().reason);
      continue;
    }
    const auto result = engine.process(*transaction, records[i]);
    if (result.rejection) expected.dead_letters[i] = event::name_of(result.rejection->reason);
    for (const engine::Hit& hit : engine.hits()) {
      expected.alerts.push_back(
          undated(alert::to_json(hit, engine.rules(), engine.reference(), hit.event_time)));
      expected.alert_keys.push_back(hit.subject_key);
    }
  }
  return expected;
}

}  // namespace suar::service::testing
