#include "oracle/value.h"

namespace suar::oracle {
namespace {

using rules::Op;
using rules::Type;

bool is_text(const Value& value) {
  return value.type == Type::kText || value.type == Type::kParty;
}

// -1, 0 or 1. Both operands are present and of one type.
int order_of(const Value& a, const Value& b) {
  const auto sign = [](const auto& left, const auto& right) {
    return left < right ? -1 : (right < left ? 1 : 0);
  };
  switch (a.type) {
    case Type::kNumber:
    case Type::kMoney:
      return sign(a.number, b.number);
    case Type::kText:
    case Type::kParty:
      return sign(a.text, b.text);
    case Type::kTime:
      return sign(a.time, b.time);
    case Type::kDuration:
      return sign(a.duration, b.duration);
    default:
      return sign(a.truth, b.truth);
  }
}

Type result_of(Op op, Type a, Type b) {
  if (op == Op::kDivide) return a == b ? Type::kNumber : a;
  if (op == Op::kMultiply) return a == Type::kNumber ? b : a;
  if (op == Op::kSubtract && a == Type::kTime && b == Type::kTime) return Type::kDuration;
  return a == Type::kDuration ? b : a;
}

// Times and durations are added as their microseconds.
Number micros_or_number(const Value& value) {
  if (value.type == Type::kTime) return Number(value.time.micros);
  if (value.type == Type::kDuration) return Number(value.duration.micros);
  return value.number;
}

}  // namespace

Number number_of(event::Int128 value) {
  const bool negative = value < 0;
  const auto bits = negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
  boost::multiprecision::cpp_int result = static_cast<std::uint64_t>(bits >> 64U);
  result <<= 64;
  result += static_cast<std::uint64_t>(bits);
  return Number(negative ? boost::multiprecision::cpp_int(-result) : result);
}

Number number_of(const rules::Rational& value) {
  return number_of(value.num) / number_of(value.den);
}

Value Value::absent(Type type) {
  Value value;
  value.type = type;
  return value;
}

Value Value::boolean(bool truth) {
  Value value = absent(Type::kBool);
  value.present = true;
  value.truth = truth;
  return value;
}

Value Value::of(Number number) {
  Value value = absent(Type::kNumber);
  value.present = true;
  value.number = std::move(number);
  return value;
}

Value Value::money(Number minor, event::Currency currency) {
  Value value = of(std::move(minor));
  value.type = Type::kMoney;
  value.currency = currency;
  return value;
}

Value Value::of_text(std::string_view text) {
  Value value = absent(Type::kText);
  value.present = !text.empty();
  value.text = text;
  return value;
}

Value Value::party(std::string_view key) {
  Value value = of_text(key);
  value.type = Type::kParty;
  return value;
}

Value Value::of(event::Instant time) {
  Value value = absent(Type::kTime);
  value.present = true;
  value.time = time;
  return value;
}

Value Value::of(event::Duration duration) {
  Value value = absent(Type::kDuration);
  value.present = true;
  value.duration = duration;
  return value;
}

bool is_true(const Value& value) {
  return value.present && value.truth;
}

bool same_value(const Value& a, const Value& b) {
  return a.present && b.present && order_of(a, b) == 0;
}

bool comparison(Op op, const Value& a, const Value& b) {
  const bool has_default = is_text(a) || a.type == Type::kBool;  // "" and false
  if (!has_default && (!a.present || !b.present)) return false;
  const int order = order_of(a, b);
  switch (op) {
    case Op::kEqual:
      return order == 0;
    case Op::kNotEqual:
      return order != 0;
    case Op::kLess:
      return order < 0;
    case Op::kLessEqual:
      return order <= 0;
    case Op::kGreater:
      return order > 0;
    default:
      return order >= 0;
  }
}

Value arithmetic(Op op, const Value& a, const Value& b) {
  const Type type = result_of(op, a.type, b.type);
  if (!a.present || !b.present) return Value::absent(type);
  const Number left = micros_or_number(a);
  const Number right = micros_or_number(b);
  if (op == Op::kDivide && right == 0) return Value::absent(type);

  const Number result = op == Op::kAdd        ? Number(left + right)
                        : op == Op::kSubtract ? Number(left - right)
                        : op == Op::kMultiply ? Number(left * right)
                                              : Number(left / right);
  switch (type) {
    case Type::kMoney:
      return Value::money(result, a.type == Type::kMoney ? a.currency : b.currency);
    case Type::kTime:
      return Value::of(event::Instant{static_cast<std::int64_t>(numerator(result))});
    case Type::kDuration:
      return Value::of(event::Duration{static_cast<std::int64_t>(numerator(result))});
    default:
      return Value::of(result);
  }
}

std::string to_string(const Value& value) {
  if (!value.members.empty()) {
    std::string text = "{";
    for (const Value& member : value.members) text += (text.size() > 1 ? ", " : "") + to_string(member);
    return text + "}";
  }
  if (!value.present) return "absent";
  switch (value.type) {
    case Type::kNumber:
      return value.number.str();
    case Type::kMoney:
      return value.currency.text() + " " + value.number.str() + " minor";
    case Type::kText:
    case Type::kParty:
      return '"' + value.text + '"';
    case Type::kTime:
      return event::to_rfc3339(value.time);
    case Type::kDuration:
      return std::to_string(value.duration.micros) + " us";
    default:
      return value.truth ? "true" : "false";
  }
}

}  // namespace suar::oracle
