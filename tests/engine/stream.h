// A rule set and a stream written in a test, through the real loader and decoder.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "event/decoder.h"
#include "reference/reference.h"
#include "rules/rule.h"

namespace suar::engine {

// The head and tail that every rule needs; `body` is what the test is about.
inline std::string rule_text(std::string_view id, std::string_view body, std::string_view raise = "") {
  return fmt::format(
      "rule: {}\nversion: 1\ntitle: {{en: t, id: t}}\ncrimes: [bribery]\nlook_alikes: [none]\n{}\n"
      "raise:\n  severity: high\n  because: {{en: b, id: b}}\n{}\n",
      id, body, raise);
}

struct Payment {
  std::string id;
  std::string time;
  std::string from = "A", to = "B";
  std::string amount = "100.00";
  std::string more = {};  // further members, each starting with a comma
};

inline std::string json(const Payment& p) {
  return fmt::format(
      R"({{"event_id":"{}","event_time":"{}","amount":"{}","currency":"IDR","tx_type":"transfer","channel":"mobile",)"
      R"("debtor":{{"account":"{}"}},"creditor":{{"account":"{}"}}{}}})",
      p.id, p.time, p.amount, p.from, p.to, p.more);
}

inline std::string act(std::string_view type, std::string_view id, std::string_view of, std::string_view time,
                       std::string_view more = "") {
  return fmt::format(R"({{"event_id":"{}","event_time":"{}","event_type":"{}","related_event_id":"{}"{}}})",
                     id, time, type, of, more);
}

class Stream {
 public:
  explicit Stream(const std::string& rules, Options options = {}) : Stream(rules, {}, options) {}
  Stream(const std::string& rules, const std::vector<reference::File>& reference, Options options = {}) {
    load(rules, reference);
    engine_ = std::make_unique<Engine>(options, rules_.back(), reference_);
  }

  // The rules and reference data from the next record on.
  void change_to(const std::string& rules, const std::vector<reference::File>& reference = {}) {
    load(rules, reference);
    auto changed = Engine::carry_over(*engine_, rules_.back(), reference_);
    ASSERT_TRUE(changed) << changed.error();
    engine_ = std::move(*changed);
  }

  Result send(const std::string& record, std::uint64_t position = 0) {
    const auto transaction = decoder_.decode(record);
    if (!transaction) {
      ADD_FAILURE() << transaction.error().detail << ": " << record;
      return {};
    }
    Result result = engine_->process(*transaction, record, std::nullopt, position);
    for (const Hit& hit : engine_->hits()) all_hits_.push_back(hit);
    return result;
  }
  Result pay(const Payment& payment) { return send(json(payment)); }

  Engine& engine() { return *engine_; }
  [[nodiscard]] const std::vector<Hit>& hits() const { return all_hits_; }

 private:
  void load(const std::string& rules, const std::vector<reference::File>& reference) {
    const auto home = *event::parse_currency("IDR");
    auto loaded = rules::load_rules(std::vector<rules::File>{{"test.yaml", rules}}, home);
    for (const auto& finding : loaded.findings) {
      if (finding.severity == Severity::kError) ADD_FAILURE() << render(finding);
    }
    rules_.push_back(std::move(loaded.rules));
    reference_ = reference::Reference::load(reference, home).reference;
  }

  event::Decoder decoder_;
  std::vector<std::shared_ptr<const rules::RuleSet>> rules_;  // hits refer to them
  std::shared_ptr<const reference::Reference> reference_;
  std::unique_ptr<Engine> engine_;
  std::vector<Hit> all_hits_;
};

}  // namespace suar::engine
