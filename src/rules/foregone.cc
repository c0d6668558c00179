// Conditions whose outcome is known before any event is seen: comparisons that no value passes or none fails,
// and conditions that exclude one another.
#include <fmt/format.h>

#include <map>
#include <set>

#include "rules/bounds.h"
#include "rules/check.h"
#include "rules/parsed.h"

namespace suar::rules {
namespace {

// Never absent, so that a comparison that holds for every value holds for certain.
bool is_certain(const Expression& e, const Rule& rule) {
  switch (e.op) {
    case Op::kNumber:
    case Op::kMoney:
    case Op::kDuration:
    case Op::kParam:
      return true;
    case Op::kLet:
      return is_certain(*rule.lets[static_cast<std::size_t>(e.index)].value, rule);
    case Op::kWindow: {
      const Aggregate aggregate = rule.windows[static_cast<std::size_t>(e.index)].aggregate;
      return aggregate == Aggregate::kCount || aggregate == Aggregate::kSum ||
             aggregate == Aggregate::kDistinct || aggregate == Aggregate::kRecency;
    }
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
      return is_certain(*e.args[0], rule) && is_certain(*e.args[1], rule);
    default:
      return false;
  }
}

// a < b for certain; or a <= b, where `equal` counts as well.
bool lies_below(const Bounds& a, const Bounds& b, bool equal) {
  if (!a.high || !b.low) return false;
  const auto order = compare(*a.high, *b.low);
  return order < 0 || (equal && order == 0);
}

struct Outcome {
  bool never = false, always = false;
};

Outcome outcome_of(Op op, const Bounds& a, const Bounds& b) {
  switch (op) {
    case Op::kLess:
      return {lies_below(b, a, true), lies_below(a, b, false)};
    case Op::kLessEqual:
      return {lies_below(b, a, false), lies_below(a, b, true)};
    case Op::kGreater:
      return {lies_below(a, b, true), lies_below(b, a, false)};
    case Op::kGreaterEqual:
      return {lies_below(a, b, false), lies_below(b, a, true)};
    case Op::kEqual:
      return {lies_below(a, b, false) || lies_below(b, a, false), false};
    default:
      return {};
  }
}

// What conditions above have left of a value: numbers between ends, or some of the texts.
struct Left {
  Bounds bounds;
  bool low_open = false, high_open = false;
  std::optional<std::set<std::string>> texts;

  [[nodiscard]] bool nothing() const {
    if (texts) return texts->empty();
    if (!bounds.low || !bounds.high) return false;
    const auto order = compare(*bounds.low, *bounds.high);
    return order > 0 || (order == 0 && (low_open || high_open));
  }
  void at_least(Rational low, bool open) {
    const auto order = bounds.low ? compare(low, *bounds.low) : std::strong_ordering::greater;
    if (order > 0 || (order == 0 && open)) {
      bounds.low = low;
      low_open = open;
    }
  }
  void at_most(Rational high, bool open) {
    const auto order = bounds.high ? compare(high, *bounds.high) : std::strong_ordering::less;
    if (order < 0 || (order == 0 && open)) {
      bounds.high = high;
      high_open = open;
    }
  }
  void one_of(const std::vector<std::string>& words) {
    std::set<std::string> both;
    for (const std::string& word : words) {
      if (!texts || texts->contains(word)) both.insert(word);
    }
    texts = std::move(both);
  }
};

// Goes through everything that has to hold at once for a hit.
class Contradictions {
 public:
  Contradictions(const Rule& rule, Findings& findings) : rule_(rule), findings_(findings) {}

  void require(const Expression& e) {
    switch (e.op) {
      case Op::kAnd:
        require(*e.args[0]);
        require(*e.args[1]);
        return;
      case Op::kLet:
        return require(*rule_.lets[static_cast<std::size_t>(e.index)].value);
      case Op::kInList:
        return require_text(e, *e.args[0], e.texts);
      case Op::kEqual:
        if (e.args[1]->op == Op::kText) return require_text(e, *e.args[0], {e.args[1]->text});
        break;
      case Op::kLess:
      case Op::kLessEqual:
      case Op::kGreater:
      case Op::kGreaterEqual:
        break;
      default:
        return;
    }
    require_number(e);
  }

 private:
  // What the same value is called wherever it stands; "" for what is not looked at.
  static std::string name_of(const Expression& e) {
    switch (e.op) {
      case Op::kEventField:
        return fmt::format("e{}", static_cast<int>(e.event_field));
      case Op::kPartyField:
        return fmt::format("p{}.{}", static_cast<int>(e.side), static_cast<int>(e.party_field));
      case Op::kLet:
        return fmt::format("l{}", e.index);
      case Op::kWindow:
        return fmt::format("w{}", e.index);
      case Op::kMember: {
        const std::string whole = name_of(*e.args[0]);
        return whole.empty() ? whole : fmt::format("{}.{}", whole, e.index);
      }
      default:
        return {};
    }
  }

  void require_text(const Expression& e, const Expression& value, const std::vector<std::string>& words) {
    const std::string name = name_of(value);
    if (name.empty()) return;
    Left& left = left_[name];
    left.one_of(words);
    report(e, left);
  }

  void require_number(const Expression& e) {
    const bool constant_first = name_of(*e.args[0]).empty();
    const Expression& value = *e.args[constant_first ? 1 : 0];
    const std::string name = name_of(value);
    if (name.empty() || value.type == Type::kText || value.type == Type::kTime) return;
    const Bounds bound = bounds_of(*e.args[constant_first ? 0 : 1], rule_);
    Left& left = left_[name];
    const bool below = e.op == Op::kLess || e.op == Op::kLessEqual;
    const bool above = e.op == Op::kGreater || e.op == Op::kGreaterEqual;
    const bool open = e.op == Op::kLess || e.op == Op::kGreater;
    // A param that differs by segment leaves what any of its values would.
    if (bound.low && (e.op == Op::kEqual || (constant_first ? below : above)))
      left.at_least(*bound.low, open);
    if (bound.high && (e.op == Op::kEqual || (constant_first ? above : below)))
      left.at_most(*bound.high, open);
    report(e, left);
  }

  void report(const Expression& e, const Left& left) {
    if (!left.nothing() || reported_) return;
    reported_ = true;
    findings_.warning(Code::kNeverTrue, {e.at.file, e.at.begin, e.at.end},
                      "the rule can never fire: this excludes what it asks elsewhere",
                      "one of the two conditions has to go, or an `||` between them");
  }

  const Rule& rule_;
  Findings& findings_;
  std::map<std::string, Left> left_;
  bool reported_ = false;  // once a rule
};

}  // namespace

void report_foregone(const Expression& comparison, Span at, RuleScope& scope) {
  const Type type = comparison.args[0]->type;
  if (type != Type::kNumber && type != Type::kMoney && type != Type::kDuration) return;
  const Expression& left = *comparison.args[0];
  const Expression& right = *comparison.args[1];
  if (is_constant(left) && is_constant(right)) return;
  const Outcome outcome =
      outcome_of(comparison.op, bounds_of(left, scope.rule), bounds_of(right, scope.rule));
  if (outcome.never)
    scope.set.findings.warning(Code::kNeverTrue, at, "this is never true: no value reaches so far");
  else if (outcome.always && is_certain(left, scope.rule) && is_certain(right, scope.rule))
    scope.set.findings.warning(Code::kAlwaysTrue, at, "this is always true: no value lies elsewhere");
}

void check_contradictions(const Rule& rule, Findings& findings) {
  Contradictions contradictions(rule, findings);
  for (const ExpressionPtr* condition : {&rule.events, &rule.trigger, &rule.when}) {
    if (*condition) contradictions.require(**condition);
  }
}

}  // namespace suar::rules
