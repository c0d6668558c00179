// A value of the rule language as the oracle computes it: fractions of unbounded size, absence spelled out.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <string>
#include <vector>

#include "event/instant.h"
#include "event/money.h"
#include "rules/expression.h"

namespace suar::oracle {

using Number = boost::multiprecision::cpp_rational;

[[nodiscard]] Number number_of(event::Int128 value);
[[nodiscard]] Number number_of(const rules::Rational& value);

struct Value {
  rules::Type type = rules::Type::kBool;
  bool present = false;
  bool truth = false;
  Number number;             // kNumber; kMoney in minor units of `currency`
  event::Currency currency;  // kMoney
  std::string text;          // kText and kParty; absent is ""
  event::Instant time;
  event::Duration duration;
  std::vector<Value> members;  // kUnitPrice and kRhythm, in the order of the comment at rules::Type

  static Value absent(rules::Type type);
  static Value boolean(bool truth);
  static Value of(Number number);
  static Value money(Number minor, event::Currency currency);
  static Value of_text(std::string_view text);
  static Value party(std::string_view key);
  static Value of(event::Instant time);
  static Value of(event::Duration duration);
};

// An absent truth is false.
[[nodiscard]] bool is_true(const Value& value);

// The two values are present and the same.
[[nodiscard]] bool same_value(const Value& a, const Value& b);

// a OP b. Text that is absent is "", a truth that is absent is false; any other absent operand makes the
// comparison false, whatever OP is.
[[nodiscard]] bool comparison(rules::Op op, const Value& a, const Value& b);

// a OP b for + - * /; absent where an operand is, or where b is a divisor of zero.
[[nodiscard]] Value arithmetic(rules::Op op, const Value& a, const Value& b);

// For messages: "IDR 5000/3 minor", "\"text\"", "absent".
[[nodiscard]] std::string to_string(const Value& value);

}  // namespace suar::oracle
