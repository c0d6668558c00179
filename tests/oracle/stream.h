// Rules and records by hand, for the oracle's own examples.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "oracle/case.h"
#include "oracle/oracle.h"

namespace suar::oracle {

using Strings = std::vector<std::string>;

// "account" rule r over the given lets and `when`, everything else as small as it goes. In `when`, the amount
// keeps the checker content: it refuses rules on the mere fact of a payment.
struct RuleByHand {
  std::string id = "r";
  std::string watch = "account";
  std::string events = "true";
  std::string lets = "n: count() over 1d";
  std::string when = "n >= 1 && has(amount)";
  std::string more = "";   // further keys: "sequence: {...}"
  std::string raise = "";  // further lines: "quiet: 1h"

  [[nodiscard]] std::string yaml() const {
    return fmt::format(
        "rule: {}\nversion: 1\ntitle: {{en: A, id: B}}\ncrimes: [bribery]\nwatch: {}\nevents: "
        "'{}'\n{}{}when: "
        "'{}'\n"
        "raise: {{severity: high, score: 50, because: {{en: A, id: B}}{}{}}}\n",
        id, watch, events, lets.empty() ? "" : "let: {" + lets + "}\n", more.empty() ? "" : more + "\n", when,
        raise.empty() ? "" : ", ", raise);
  }
};

// A record: `{"event_id": ID, "event_time": TIME, ` and what follows. Hours count from 2025-03-01T00:00:00Z.
inline std::string time_of(double hours) {
  const auto start = event::parse_rfc3339("2025-03-01T00:00:00Z")->instant;
  return event::to_rfc3339(start + event::Duration{static_cast<std::int64_t>(hours * 3'600'000'000.0)});
}

inline std::string record(const std::string& id, double hours, const std::string& more) {
  return fmt::format(R"({{"event_id":"{}","event_time":"{}",{}}})", id, time_of(hours), more);
}

inline std::string content(const std::string& from, const std::string& to, const std::string& amount,
                           const std::string& more = "") {
  std::string text =
      fmt::format(R"("amount":"{}","currency":"IDR","tx_type":"transfer","channel":"mobile")", amount);
  if (!from.empty()) text += fmt::format(R"(,"debtor":{{"account":"{}"}})", from);
  if (!to.empty()) text += fmt::format(R"(,"creditor":{{"account":"{}"}})", to);
  return text + (more.empty() ? "" : "," + more);
}

inline std::string pay(const std::string& id, double hours, const std::string& from, const std::string& to,
                       const std::string& amount = "100", const std::string& more = "") {
  return record(id, hours, content(from, to, amount, more));
}

inline std::string act(const std::string& type, const std::string& id, double hours,
                       const std::string& related, const std::string& more = "") {
  std::string text = fmt::format(R"("event_type":"{}")", type);
  if (!related.empty()) text += fmt::format(R"(,"related_event_id":"{}")", related);
  return record(id, hours, text + (more.empty() ? "" : "," + more));
}

// The oracle with its rules, fed line by line.
class Stream {
 public:
  explicit Stream(const std::vector<RuleByHand>& rules, engine::Options options = {.lateness = {}}) {
    std::string yaml;
    for (const RuleByHand& rule : rules) yaml += "---\n" + rule.yaml();
    const event::Currency home = event::parse_currency("IDR").value();
    const auto reference = reference::Reference::load(reference_files(), home).reference;
    const std::vector<rules::File> files = {{"rules.yaml", yaml}};
    const auto loaded = rules::load_rules(files, home, reference.get());
    for (const Diagnostic& finding : loaded.findings) {
      if (finding.severity == Severity::kError) ADD_FAILURE() << render(finding);
    }
    if (loaded.rules != nullptr) oracle_.emplace(options, loaded.rules, reference);
  }

  Outcome send(const std::string& json, std::optional<event::Instant> record_time = std::nullopt) {
    event::Decoder decoder;
    const auto transaction = decoder.decode(json);
    if (!transaction) {
      ADD_FAILURE() << json << ": " << transaction.error().detail;
      return Outcome::kDeadLetter;
    }
    last_ = oracle_->process(*transaction, record_time);
    return last_.outcome;
  }

  // The alerts of a tick.
  Strings tick(double hours) {
    oracle_->advance(event::parse_rfc3339(time_of(hours))->instant);
    return shown();
  }

  // Sends and shows the alerts: "r account:a1 n=2 e2 e1" (values by name, then the events, newest first).
  Strings alerts(const std::string& json) {
    (void)send(json);
    return shown();
  }

  [[nodiscard]] Strings shown() const {
    Strings shown;
    for (const Alert& alert : oracle_->alerts()) {
      std::string text = alert.rule->id + " " + alert.subject;
      for (const auto& [name, value] : alert.values) text += " " + name + "=" + plain(value);
      for (const std::string& id : alert.event_ids) text += " " + id;
      shown.push_back(text);
    }
    return shown;
  }

  // The one alert that the record raises.
  Alert alert(const std::string& json) {
    (void)send(json);
    if (oracle_->alerts().size() == 1) return oracle_->alerts().front();
    ADD_FAILURE() << oracle_->alerts().size() << " alerts, not one, by " << json;
    return {};
  }

  // The value of a let in that alert.
  std::string value(const std::string& name, const std::string& json) {
    return plain(alert(json).values[name]);
  }

  [[nodiscard]] std::optional<event::Reason> reason() const {
    return last_.rejection ? std::optional(last_.rejection->reason) : std::nullopt;
  }

 private:
  // Money in major units where it is whole: "300".
  static std::string plain(const Value& value) {
    if (value.type == rules::Type::kMoney && value.present) return Number(value.number / 100).str();
    return to_string(value);
  }

  std::optional<Oracle> oracle_;
  engine::Result last_;
};

}  // namespace suar::oracle
