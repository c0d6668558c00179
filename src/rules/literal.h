// The written forms of numbers, durations and texts.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "event/instant.h"
#include "event/money.h"
#include "rules/rational.h"

namespace suar::rules {

// "1_000.50" without its underscores; empty where it has too many digits.
[[nodiscard]] std::optional<Rational> parse_number(std::string_view digits);

// 14 and "d"; the message says what is wrong.
[[nodiscard]] std::expected<event::Duration, std::string> parse_duration(std::string_view digits,
                                                                         std::string_view unit);

// An amount of a currency, in minor units; the message says what is wrong.
[[nodiscard]] std::expected<Rational, std::string> parse_money(std::string_view digits,
                                                               event::Currency currency);

// Reads CEL's escape that begins at text[at] (a backslash), appends what it stands for and moves `at` behind
// it. False where it is none.
[[nodiscard]] bool read_escape(std::string_view text, std::size_t& at, std::string& out);

}  // namespace suar::rules
