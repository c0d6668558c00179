// A rule and a hit of it made by hand, for tests that write alerts.
#pragma once

#include <string>
#include <utility>

#include "engine/hit.h"
#include "rules/rule.h"

namespace suar::alert::testing {

inline event::Instant at(std::string_view rfc3339) {
  return event::parse_rfc3339(rfc3339)->instant;
}
inline event::Currency currency(std::string_view code) {
  return *event::parse_currency(code);
}

inline engine::Value number(event::Int128 num, event::Int128 den = 1) {
  engine::Value value;
  value.type = rules::Type::kNumber;
  value.present = true;
  value.number = {num, den};
  return value;
}

inline engine::Value money(event::Int128 minor, std::string_view code = "IDR", event::Int128 den = 1) {
  engine::Value value = number(minor, den);
  value.type = rules::Type::kMoney;
  value.currency = currency(code);
  return value;
}

inline engine::Value text(std::string words) {
  engine::Value value;
  value.type = rules::Type::kText;
  value.present = true;
  value.text = std::move(words);
  return value;
}

inline engine::Value truth(bool b) {
  engine::Value value;
  value.present = true;
  value.truth = b;
  return value;
}

inline engine::Value time(std::string_view rfc3339) {
  engine::Value value;
  value.type = rules::Type::kTime;
  value.present = true;
  value.time = at(rfc3339);
  return value;
}

inline engine::Value duration(event::Duration d) {
  engine::Value value;
  value.type = rules::Type::kDuration;
  value.present = true;
  value.duration = d;
  return value;
}

inline engine::Value absent(rules::Type type) {
  engine::Value value;
  value.type = type;
  return value;
}

inline rules::ExpressionPtr expression(rules::Op op, int index = 0) {
  auto result = std::make_unique<rules::Expression>();
  result->op = op;
  result->index = index;
  return result;
}

// {share} is a let that is a window of share(); {total} is a let of some other kind.
inline rules::Rule sample_rule() {
  rules::Rule rule;
  rule.id = "som-example";
  rule.version = 3;
  rule.title = {"Many payers", "Banyak pembayar"};
  rule.crimes = {"migrant_smuggling", "bribery"};
  rule.offence_codes = {"AAA006"};
  rule.indicator_codes = {"BBB008", "S9"};
  rule.look_alikes = {"a savings club"};
  rule.watch = rules::EntityKind::kAccount;

  rules::Window share;
  share.aggregate = rules::Aggregate::kShare;
  rule.windows.push_back(std::move(share));
  rule.lets.push_back({"part", expression(rules::Op::kWindow, 0), "share(...) over 60d"});
  rule.lets.push_back({"total", expression(rules::Op::kMoney), "sum(amount) over 60d"});

  rule.raise.role = rules::Role::kPossiblePerpetrator;
  rule.raise.recommended_action = "Ask for the invoices";
  const auto piece = [](rules::Template& into, std::string words, int let) {
    into.push_back({std::move(words), nullptr});
    into.push_back({"", expression(rules::Op::kLet, let)});
  };
  piece(rule.raise.because_en, "Of ", 1);
  piece(rule.raise.because_en, ", ", 0);
  rule.raise.because_en.push_back({" came at night.", nullptr});
  piece(rule.raise.because_id, "Dari ", 1);
  piece(rule.raise.because_id, ", ", 0);
  rule.raise.because_id.push_back({" masuk pada malam hari.", nullptr});
  return rule;
}

inline engine::Hit sample_hit(const rules::Rule& rule) {
  engine::Hit hit;
  hit.rule = &rule;
  hit.severity = rules::AlertSeverity::kHigh;
  hit.score = 70;
  hit.alert_id = "00112233445566778899aabbccddeeff";
  hit.trigger_event_id = "e9";
  hit.event_time = at("2025-03-01T09:30:00+07:00");
  hit.offset_minutes = 420;
  hit.as_of = at("2025-03-01T10:00:00+07:00");
  hit.subject_key = "account:123";
  hit.subject_account = "123";
  hit.subject_party_id = "p-1";
  hit.subject_name = "Sri \"Ayu\"";
  hit.group_id = "g1";
  hit.parties = {{"debtor", "", "456", ""}, {"creditor", "p-1", "123", "Sri \"Ayu\""}};
  hit.values.push_back({"part", number(5, 6), number(4, 5), at("2024-12-31T10:00:00+07:00"), hit.as_of});
  hit.values.push_back({"total", money(350'000'000), std::nullopt, std::nullopt, std::nullopt});
  hit.event_ids = {"e9", "e8"};
  hit.event_count = 2;
  hit.lists = {"hubs"};
  hit.because_en = {money(350'000'000), number(5, 6)};
  hit.because_id = hit.because_en;
  return hit;
}

}  // namespace suar::alert::testing
