#include "event/record_check.h"

#include <string>

namespace suar::event {
namespace {

using Kind = JsonValue::Kind;
using Problem = std::optional<Rejection>;

Problem problem(Reason reason, const char* detail) {
  return Rejection{.reason = reason, .detail = detail};
}

bool is_absent(const JsonValue& value) {
  return value.kind == Kind::kNull;
}
bool is_empty(const JsonValue& value) {
  return value.kind == Kind::kString && value.text.empty();
}
bool is_text(const JsonValue& value) {
  return value.kind == Kind::kString;
}

Problem check_event_id(const JsonValue& value, Transaction& tx) {
  if (is_absent(value)) return problem(Reason::kMissingField, "event_id: missing");
  if (is_empty(value)) return problem(Reason::kEmptyField, "event_id: empty");
  if (!is_text(value)) return problem(Reason::kWrongType, "event_id: not a string");
  tx.event_id = value.text;
  return {};
}

Problem check_event_time(const JsonValue& value, Transaction& tx) {
  if (is_absent(value)) return problem(Reason::kMissingField, "event_time: missing");
  if (is_empty(value)) return problem(Reason::kEmptyField, "event_time: empty");
  const auto time = is_text(value) ? parse_rfc3339(value.text) : std::nullopt;
  if (!time) return problem(Reason::kBadTime, "event_time: not an existing RFC 3339 time with an offset");
  tx.event_time = *time;
  return {};
}

Problem check_event_type(const JsonValue& value, Transaction& tx) {
  if (is_absent(value)) return {};  // complete
  const auto type = is_text(value) ? parse_event_type(value.text) : std::nullopt;
  if (!type) return problem(Reason::kBadEventType, "event_type: not in the list");
  tx.event_type = *type;
  return {};
}

Problem check_tx_type(const JsonValue& value, Transaction& tx) {
  if (is_absent(value)) return {};
  if (is_empty(value)) return problem(Reason::kEmptyField, "tx_type: empty");
  const auto type = is_text(value) ? parse_tx_type(value.text) : std::nullopt;
  if (!type) return problem(Reason::kBadTxType, "tx_type: not in the list");
  tx.tx_type = *type;
  return {};
}

Problem check_channel(const JsonValue& value, Transaction& tx) {
  if (is_absent(value)) return {};
  if (is_empty(value)) return problem(Reason::kEmptyField, "channel: empty");
  const auto channel = is_text(value) ? parse_channel(value.text) : std::nullopt;
  if (!channel) return problem(Reason::kBadChannel, "channel: not in the list");
  tx.channel = *channel;
  return {};
}

const char* text_of(AmountError error) {
  switch (error) {
    case AmountError::kNotADecimal:
      return "not digits with an optional fraction";
    case AmountError::kTooManyDecimals:
      return "more decimals than its currency has";
    case AmountError::kTooLarge:
      return "above 9e18 minor units";
  }
  return "";
}

Problem check_money(const char* amount_name, const JsonValue& amount, const char* currency_name,
                    const JsonValue& currency, Money& money) {
  const auto code = is_text(currency) ? parse_currency(currency.text) : std::nullopt;
  if (!code) {
    return problem(Reason::kBadCurrency,
                   (std::string(currency_name) + ": not three capital letters").c_str());
  }
  if (!is_text(amount)) {
    return problem(Reason::kBadAmount, (std::string(amount_name) + ": not a string").c_str());
  }
  const auto minor = parse_amount(amount.text, *code);
  if (!minor) {
    return problem(Reason::kBadAmount, (std::string(amount_name) + ": " + text_of(minor.error())).c_str());
  }
  money = {.minor = *minor, .currency = *code};
  return {};
}

// A currency stands for nothing without its amount, but it has to be one.
const JsonValue kZero{.kind = Kind::kString, .text = "0"};

Problem check_amount(const CheckedFields& checked, Transaction& tx) {
  const JsonValue& amount = checked[Checked::kAmount];
  const JsonValue& currency = checked[Checked::kCurrency];
  if (is_empty(amount)) return problem(Reason::kEmptyField, "amount: empty");
  if (is_empty(currency)) return problem(Reason::kEmptyField, "currency: empty");
  if (is_absent(amount) && is_absent(currency)) return {};
  if (is_absent(currency)) return problem(Reason::kMissingField, "currency: missing");
  if (is_absent(amount)) {
    Money ignored;
    return check_money("amount", kZero, "currency", currency, ignored);
  }
  tx.has_amount = true;
  return check_money("amount", amount, "currency", currency, tx.amount);
}

// Optional, so that an empty text counts as absent, and the pair is absent where one of the two is.
Problem check_instructed_amount(const CheckedFields& checked, Transaction& tx) {
  const JsonValue& amount = checked[Checked::kInstructedAmount];
  const JsonValue& currency = checked[Checked::kInstructedCurrency];
  if (is_absent(amount) || is_empty(amount) || is_absent(currency) || is_empty(currency)) return {};
  tx.has_instructed_amount = true;
  return check_money("instructed_amount", amount, "instructed_currency", currency, tx.instructed_amount);
}

Problem check_content(const Transaction& tx) {
  if (!tx.has_amount) return problem(Reason::kMissingField, "amount: missing");
  if (tx.tx_type == TxType::kNone) return problem(Reason::kMissingField, "tx_type: missing");
  if (tx.channel == Channel::kNone) return problem(Reason::kMissingField, "channel: missing");
  if (!tx.debtor.present && !tx.creditor.present) {
    return problem(Reason::kMissingField, "debtor, creditor: both missing");
  }
  return {};
}

bool refers_to_another(const Transaction& tx) {
  return !tx.related_event_id.empty() || !tx.end_to_end_id.empty();
}

Problem check_reference(const Transaction& tx) {
  if (refers_to_another(tx)) return {};
  return problem(Reason::kMissingReference, "related_event_id, end_to_end_id: both missing");
}

// What a record must have depends on what it does: one that acts on another need not repeat its content, one
// that stands by itself, or in the place of another, must have its own.
Problem check_completeness(const Transaction& tx) {
  switch (tx.event_type) {
    case EventType::kComplete:
      return refers_to_another(tx) ? Problem{} : check_content(tx);
    case EventType::kInstruct:
      return check_content(tx);
    case EventType::kReject:
    case EventType::kReverse:
      return check_reference(tx);
    case EventType::kCorrect:
      if (Problem p = check_reference(tx)) return p;
      return check_content(tx);
  }
  return {};
}

}  // namespace

std::optional<Rejection> check_record(const CheckedFields& checked, Transaction& tx) {
  if (Problem p = check_event_id(checked[Checked::kEventId], tx)) return p;
  if (Problem p = check_event_time(checked[Checked::kEventTime], tx)) return p;
  if (Problem p = check_event_type(checked[Checked::kEventType], tx)) return p;
  if (Problem p = check_amount(checked, tx)) return p;
  if (Problem p = check_tx_type(checked[Checked::kTxType], tx)) return p;
  if (Problem p = check_channel(checked[Checked::kChannel], tx)) return p;
  if (Problem p = check_instructed_amount(checked, tx)) return p;
  return check_completeness(tx);
}

}  // namespace suar::event
