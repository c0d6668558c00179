#include "rules/bounds.h"

#include <algorithm>

namespace suar::rules {
namespace {

constexpr Rational kNothing{0, 1}, kOne{1, 1};
using End = std::optional<Rational>;

Rational lesser(Rational a, Rational b) {
  return compare(a, b) < 0 ? a : b;
}
Rational greater(Rational a, Rational b) {
  return compare(a, b) < 0 ? b : a;
}

Bounds either(const Bounds& a, const Bounds& b) {
  Bounds both;
  if (a.low && b.low) both.low = lesser(*a.low, *b.low);
  if (a.high && b.high) both.high = greater(*a.high, *b.high);
  return both;
}

End sum(const End& a, const End& b) {
  return a && b ? add(*a, *b) : std::nullopt;
}
End negated(const End& a) {
  return a ? End({-a->num, a->den}) : std::nullopt;
}

Bounds product(const Bounds& a, const Bounds& b) {
  // Where an end is open, only what cannot be negative is known of the product.
  if (!a.low || !a.high || !b.low || !b.high) {
    const bool positive = a.low && b.low && a.low->num >= 0 && b.low->num >= 0;
    return positive ? Bounds{kNothing, std::nullopt} : Bounds{};
  }
  Bounds all;
  for (const Rational x : {*a.low, *a.high}) {
    for (const Rational y : {*b.low, *b.high}) {
      const auto corner = multiply(x, y);
      if (!corner) return {};
      all.low = all.low ? lesser(*all.low, *corner) : *corner;
      all.high = all.high ? greater(*all.high, *corner) : *corner;
    }
  }
  return all;
}

Bounds of_window(const Window& window) {
  switch (window.aggregate) {
    case Aggregate::kShare:
    case Aggregate::kRecency:
      return {kNothing, kOne};
    case Aggregate::kCount:
    case Aggregate::kDistinct:
    case Aggregate::kDaysSince:
    case Aggregate::kStddev:
      return {kNothing, std::nullopt};
    case Aggregate::kSum:
    case Aggregate::kMin:
    case Aggregate::kMax:
    case Aggregate::kAvg:
    case Aggregate::kMedian:
    case Aggregate::kPercentile:
    case Aggregate::kEwma: {
      // Amounts are never negative.
      const bool amount = window.value && window.value->op == Op::kEventField;
      return amount || (window.aggregate == Aggregate::kEwma && !window.value)
                 ? Bounds{kNothing, std::nullopt}
                 : Bounds{};
    }
    default:
      return {};
  }
}

Bounds of_call(const Expression& e) {
  const auto up_to = [](int low, int high) { return Bounds{Rational::of(low), Rational::of(high)}; };
  switch (e.function) {
    case Function::kDecay:
      return {kNothing, kOne};
    case Function::kListedDays:
    case Function::kPeer:
    case Function::kSize:
    case Function::kAmountIn:
    case Function::kTariff:
      return {kNothing, std::nullopt};
    case Function::kHours:
      return up_to(0, 23);
    case Function::kMinutes:
      return up_to(0, 59);
    case Function::kDayOfWeek:
      return up_to(0, 6);
    case Function::kDate:
      return up_to(1, 31);
    case Function::kMonth:
      return up_to(0, 11);
    default:
      return {};
  }
}

// unit_price: share, price, matching; rhythm: occasions, regular, share.
Bounds of_member(const Expression& e) {
  const bool share = e.index == (e.args[0]->type == Type::kUnitPrice ? 0 : 2);
  return share ? Bounds{kNothing, kOne} : Bounds{kNothing, std::nullopt};
}

}  // namespace

Rational quantity_of(const Expression& constant) {
  return constant.op == Op::kDuration ? Rational::of(constant.duration.micros) : constant.number;
}

Bounds bounds_of(const Expression& e, const Rule& rule) {
  const auto arg = [&](std::size_t i) { return bounds_of(*e.args[i], rule); };
  const auto index = static_cast<std::size_t>(e.index);
  switch (e.op) {
    case Op::kNumber:
    case Op::kMoney:
    case Op::kDuration:
      return {quantity_of(e), quantity_of(e)};
    case Op::kParam: {
      const Param& param = rule.params[index];
      Bounds bounds = bounds_of(*param.value, rule);
      for (const auto& [segment, value] : param.segments) bounds = either(bounds, bounds_of(*value, rule));
      return bounds;
    }
    case Op::kLet:
      return bounds_of(*rule.lets[index].value, rule);
    case Op::kWindow:
      return of_window(rule.windows[index]);
    case Op::kMember:
      return of_member(e);
    case Op::kEventField:
      return e.event_field == EventField::kAmount ? Bounds{kNothing, std::nullopt} : Bounds{};
    case Op::kConditional:
      return either(arg(1), arg(2));
    case Op::kNegate:
      return {negated(arg(0).high), negated(arg(0).low)};
    case Op::kAdd:
      return {sum(arg(0).low, arg(1).low), sum(arg(0).high, arg(1).high)};
    case Op::kSubtract:
      return {sum(arg(0).low, negated(arg(1).high)), sum(arg(0).high, negated(arg(1).low))};
    case Op::kMultiply:
      return product(arg(0), arg(1));
    case Op::kCall:
      return of_call(e);
    default:
      return {};
  }
}

}  // namespace suar::rules
