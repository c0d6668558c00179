#include "oracle/window.h"

#include <algorithm>

#include "oracle/statistics.h"

namespace suar::oracle {
namespace {

using rules::Aggregate;
using rules::Op;
using rules::Type;
using Held = std::vector<const Sighting*>;

// The value of an expression in each event that has one, in the events' order.
std::vector<Value> present_values(const Scope& trigger, const rules::Expression& expression,
                                  const Held& held) {
  std::vector<Value> values;
  for (const Sighting* sighting : held) {
    Value value = evaluate({trigger.world, trigger.rule, *sighting, Moment::kNow}, expression);
    if (value.present) values.push_back(std::move(value));
  }
  return values;
}

Number sum_of(const std::vector<Value>& values) {
  Number sum = 0;
  for (const Value& value : values) sum += value.number;
  return sum;
}

Value number_or_money(const rules::Window& window, Number number) {
  return window.type == Type::kMoney ? Value::money(std::move(number), window.currency)
                                     : Value::of(std::move(number));
}

Value count(std::size_t n) {
  return Value::of(number_of(event::Int128{n}));
}

Value extreme(const rules::Window& window, const std::vector<Value>& values, Op better) {
  Value best = Value::absent(window.type);
  for (const Value& value : values) {
    if (!best.present || comparison(better, value, best)) best = value;
  }
  return best;
}

Value distinct(const std::vector<Value>& values) {
  std::vector<Value> seen;
  for (const Value& value : values) {
    if (std::ranges::none_of(seen, [&](const Value& other) { return same_value(value, other); }))
      seen.push_back(value);
  }
  return count(seen.size());
}

Value share(const Scope& trigger, const rules::Window& window, const Held& held) {
  if (held.empty()) return Value::absent(Type::kNumber);
  const auto satisfied = std::ranges::count_if(held, [&](const Sighting* sighting) {
    return is_true(evaluate({trigger.world, trigger.rule, *sighting}, *window.value));
  });
  return Value::of(Number(satisfied) / Number(held.size()));
}

// The sums of the days from the window's end back to its oldest event.
std::vector<Number> days(const Scope& trigger, const rules::Window& window, const Held& held) {
  std::vector<Number> sums;
  if (held.empty()) return sums;
  event::Instant end = span_of(window, trigger.entity->newest).end;
  const event::Instant oldest = held.front()->event->time.instant;
  for (; oldest <= end; end = end - event::Duration::days(1)) {
    Held day;
    std::ranges::copy_if(held, std::back_inserter(day), [&](const Sighting* sighting) {
      const event::Instant time = sighting->event->time.instant;
      return time > end - event::Duration::days(1) && time <= end;
    });
    sums.push_back(window.value == nullptr ? Number(day.size())
                                           : sum_of(present_values(trigger, *window.value, day)));
  }
  return sums;
}

// --- the forms that look at what stands before the trigger

Held earlier(const Scope& trigger, const Held& held) {
  Held result;
  std::ranges::copy_if(held, std::back_inserter(result), [&](const Sighting* sighting) {
    return before(*sighting->event, *trigger.sighting.event);
  });
  return result;
}

// The newest earlier event whose value is the trigger's; without a value, the newest earlier event.
const Sighting* newest_like_trigger(const Scope& trigger, const rules::Window& window, const Held& held) {
  const auto value_in = [&](const Sighting& sighting) {
    return evaluate({trigger.world, trigger.rule, sighting, Moment::kNow}, *window.value);
  };
  const Sighting* newest = nullptr;
  for (const Sighting* sighting : earlier(trigger, held)) {
    if (window.value == nullptr || same_value(value_in(*sighting), value_in(trigger.sighting)))
      newest = sighting;
  }
  return newest;
}

Value first_seen(const Scope& trigger, const rules::Window& window, const Held& held) {
  const Value value = evaluate({trigger.world, trigger.rule, trigger.sighting}, *window.value);
  return Value::boolean(value.present && newest_like_trigger(trigger, window, held) == nullptr);
}

Value days_since(const Scope& trigger, const rules::Window& window, const Held& held) {
  const Sighting* newest = newest_like_trigger(trigger, window, held);
  if (newest == nullptr) return Value::absent(Type::kNumber);
  const event::Duration distance = trigger.sighting.event->time.instant - newest->event->time.instant;
  return Value::of(Number(distance.micros) / Number(event::Duration::days(1).micros));
}

// --- patterns

Number floor_of(const Number& number) {
  return Number(numerator(number) / denominator(number));
}

bool is_multiple_of_price(const Number& amount, const Number& price) {
  for (int k = 1; k <= 10; ++k) {
    const Number expected = k * price;
    if (50 * abs(Number(amount - expected)) <= expected) return true;
  }
  return false;
}

Value unit_price(const rules::Window& window, const std::vector<Value>& amounts) {
  const Number low = number_of(event::Int128{window.low.minor});
  const Number high = number_of(event::Int128{window.high.minor});
  constexpr std::size_t kNewest = 50;
  const std::size_t first = amounts.size() > kNewest ? amounts.size() - kNewest : 0;

  Value price = Value::absent(Type::kMoney);
  std::size_t matching = 0;
  for (std::size_t i = first; i < amounts.size(); ++i) {
    for (int k = 1; k <= 10; ++k) {
      const Number candidate = floor_of(amounts[i].number / k);
      if (candidate < low || candidate > high) continue;
      const auto matches = static_cast<std::size_t>(std::ranges::count_if(
          amounts, [&](const Value& amount) { return is_multiple_of_price(amount.number, candidate); }));
      if (!price.present || matches > matching || (matches == matching && candidate > price.number)) {
        price = Value::money(candidate, window.low.currency);
        matching = matches;
      }
    }
  }
  Value result = Value::absent(Type::kUnitPrice);
  result.present = true;
  result.members = {
      price.present ? Value::of(Number(matching) / Number(amounts.size())) : Value::of(Number(0)), price,
      count(matching)};
  return result;
}

Value rhythm(const rules::Window& window, const Held& held) {
  std::vector<event::Instant> openings;
  for (const Sighting* sighting : held) {
    const event::Instant time = sighting->event->time.instant;
    if (openings.empty() || 2 * (time - openings.back()).micros >= window.period.micros)
      openings.push_back(time);
  }
  int gaps = 0;
  int regular = 0;
  for (std::size_t i = 1; i < openings.size(); ++i) {
    ++gaps;
    const std::int64_t gap = (openings[i] - openings[i - 1]).micros;
    if (std::abs(gap - window.period.micros) <= window.tolerance.micros) ++regular;
  }
  Value result = Value::absent(Type::kRhythm);
  result.present = true;
  result.members = {count(openings.size()), Value::of(Number(regular)),
                    gaps == 0 ? Value::absent(Type::kNumber) : Value::of(Number(regular) / Number(gaps))};
  return result;
}

}  // namespace

Value window_value(const Scope& trigger, const rules::Window& window) {
  const Held held = contents(trigger, window);
  const auto values = [&] { return present_values(trigger, *window.value, held); };
  switch (window.aggregate) {
    case Aggregate::kCount:
      return count(held.size());
    case Aggregate::kSum:
      return number_or_money(window, sum_of(values()));
    case Aggregate::kMin:
      return extreme(window, values(), Op::kLess);
    case Aggregate::kMax:
      return extreme(window, values(), Op::kGreater);
    case Aggregate::kAvg: {
      const auto present = values();
      if (present.empty()) return Value::absent(window.type);
      return number_or_money(window, sum_of(present) / Number(present.size()));
    }
    case Aggregate::kDistinct:
      return distinct(values());
    case Aggregate::kShare:
      return share(trigger, window, held);
    case Aggregate::kFirstSeen:
      return first_seen(trigger, window, held);
    case Aggregate::kDaysSince:
      return days_since(trigger, window, held);
    case Aggregate::kUnitPrice:
      return unit_price(window, values());
    case Aggregate::kRhythm:
      return rhythm(window, held);
    case Aggregate::kMedian:
      return median(window, values());
    case Aggregate::kPercentile:
      return percentile(window, values());
    case Aggregate::kStddev:
      return deviation(window, values());
    case Aggregate::kRecency: {
      if (held.empty()) return Value::of(Number(0));
      const event::Instant end = span_of(window, trigger.entity->newest).end;
      return decayed(Value::of(end - held.back()->event->time.instant), window.half_life);
    }
    case Aggregate::kEwma:
    case Aggregate::kZscore: {
      const std::vector<Number> sums = days(trigger, window, held);
      return window.aggregate == Aggregate::kEwma ? moving_average(window, sums) : zscore(sums);
    }
  }
  return {};
}

}  // namespace suar::oracle
