// How values and days lie: computed as rules/LANGUAGE.md says, in doubles where it says so.
#pragma once

#include "oracle/value.h"
#include "rules/rule.h"

namespace suar::oracle {

[[nodiscard]] Value median(const rules::Window& window, std::vector<Value> values);
[[nodiscard]] Value percentile(const rules::Window& window, const std::vector<Value>& values);
[[nodiscard]] Value deviation(const rules::Window& window, const std::vector<Value>& values);

// Of the sums of days, day 0 first.
[[nodiscard]] Value moving_average(const rules::Window& window, const std::vector<Number>& days);
[[nodiscard]] Value zscore(const std::vector<Number>& days);

// One half to the power of the age over the half-life; an age in days may be a number.
[[nodiscard]] Value decayed(const Value& age, event::Duration half_life);

}  // namespace suar::oracle
