// An expression as it was written: no name is resolved and no type known.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "event/instant.h"
#include "event/money.h"
#include "rules/findings.h"
#include "rules/rational.h"
#include "rules/source.h"

namespace suar::rules {

// What bounds the recursion of every later stage.
inline constexpr int kMaxExpressionDepth = 100;

struct Syntax;
using SyntaxPtr = std::unique_ptr<const Syntax>;

struct Syntax {
  enum class Kind {
    kNumber,
    kMoney,
    kDuration,
    kText,
    kTruth,        // constants
    kName,         // text
    kMember,       // args[0] . text
    kCall,         // text(args)
    kMethod,       // args[0] . text(the other args)
    kUnary,        // text = "!" or "-"
    kBinary,       // text = the operator, "in" included
    kConditional,  // args[0] ? args[1] : args[2]
    kList,         // [args]
    kRange,        // args[0] .. args[1]
    kWindow,       // args[0] = the call, args[1] = the length; `before`, `same` and `where` may be null
  };

  Kind kind = Kind::kTruth;
  Span at;
  Span name_at;  // kName, kMember, kCall, kMethod: of the name alone
  std::string text;
  Rational number;  // money in minor units
  event::Currency currency;
  event::Duration duration;
  bool truth = false;
  std::vector<SyntaxPtr> args;
  SyntaxPtr before, same, where;
  std::string source;  // kWindow: as written
  int depth = 1;
};

// `CONDITION [within DURATION [of STEP]]`
struct TimedSyntax {
  SyntaxPtr condition;  // null: it cannot be read, which was reported
  SyntaxPtr within;     // may be null
  std::string of;       // empty: the step before
  Span of_at;
};

[[nodiscard]] TimedSyntax parse_timed_condition(const LocatedText& text, Findings& findings);

// Null where it cannot be read, which was reported.
[[nodiscard]] SyntaxPtr parse_expression(const LocatedText& text, Findings& findings);

}  // namespace suar::rules
