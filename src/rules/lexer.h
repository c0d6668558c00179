// The text of an expression as tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "event/instant.h"
#include "rules/findings.h"
#include "rules/rational.h"
#include "rules/source.h"

namespace suar::rules {

struct Token {
  enum class Kind { kNumber, kDuration, kText, kName, kSymbol, kEnd };

  Kind kind = Kind::kEnd;
  std::size_t begin = 0, end = 0;  // bytes of the expression
  std::string text;                // name, symbol, or the value of a text
  Rational number;
  std::string digits;  // of a number, without its underscores: money wants to know its decimals
  event::Duration duration;

  [[nodiscard]] bool is(std::string_view symbol) const { return kind == Kind::kSymbol && text == symbol; }
  [[nodiscard]] bool is_name(std::string_view name) const { return kind == Kind::kName && text == name; }
};

struct Tokens {
  std::vector<Token> tokens;  // the last is kEnd
  bool good = true;           // false: something could not be read, and was reported
};

[[nodiscard]] Tokens tokenize(const LocatedText& text, Findings& findings);

}  // namespace suar::rules
