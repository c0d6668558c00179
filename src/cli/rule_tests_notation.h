// How tests write values: the constants of the rule language, times relative to the test's start, and {i}.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/hit.h"
#include "event/instant.h"
#include "event/money.h"

namespace suar::cli {

inline constexpr int kTestOffsetMinutes = 7 * 60;  // clock times without an offset are WIB

[[nodiscard]] std::optional<event::Duration> parse_duration(std::string_view text);  // "90s" "14d" "2w"
// "IDR 3_500_000", or "3_500_000" in `fallback`; a leading minus is allowed.
[[nodiscard]] std::optional<event::Money> parse_money(std::string_view text, event::Currency fallback);
// "+3d 09:00", "+36h", "09:00", "2025-03-01 09:00", or RFC 3339.
[[nodiscard]] std::optional<event::ZonedInstant> parse_test_time(std::string_view text, event::Instant start);
// {i} is the repetition, from 1; {i%5} goes round from 1 to 5.
[[nodiscard]] std::string with_repetition(std::string_view text, int repetition);

// `expected` is `value` in this notation; numbers and money compare exactly ("5/6", "80%").
[[nodiscard]] bool agrees(const engine::Value& value, std::string_view expected, event::Currency home);
// `value` in this notation.
[[nodiscard]] std::string notation_of(const engine::Value& value);

}  // namespace suar::cli
