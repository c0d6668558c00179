#include "reference/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "reference/finding_codes.h"

namespace suar::reference {

std::optional<event::Date> read_date(Findings& findings, const Cell& cell, std::string_view field) {
  if (cell.text.empty()) return std::nullopt;
  const auto date = event::parse_date(cell.text);
  if (!date) {
    findings.error(codes::kBadDate, cell.at, fmt::format("`{}` is not a day that exists", field),
                   "write it as year-month-day, such as 2025-03-31");
  }
  return date;
}

std::optional<event::Currency> read_currency(Findings& findings, const Cell& cell, std::string_view field) {
  if (cell.text.empty()) return std::nullopt;
  const auto currency = event::parse_currency(cell.text);
  if (!currency) {
    findings.error(codes::kBadCode, cell.at, fmt::format("`{}` is not a currency", field),
                   "write three capital letters, such as IDR");
  }
  return currency;
}

std::optional<std::int64_t> read_amount(Findings& findings, const Cell& cell, std::string_view field,
                                        event::Currency currency) {
  if (cell.text.empty()) return std::nullopt;
  const auto minor = event::parse_amount(cell.text, currency);
  if (minor) return *minor;
  switch (minor.error()) {
    case event::AmountError::kNotADecimal:
      findings.error(codes::kBadNumber, cell.at, fmt::format("`{}` is not an amount", field),
                     "write digits with an optional fraction, such as 3500000.00");
      break;
    case event::AmountError::kTooManyDecimals:
      findings.error(codes::kBadNumber, cell.at,
                     fmt::format("`{}` has more decimals than {} has", field, currency.text()),
                     fmt::format("write at most {}", currency.digits()));
      break;
    case event::AmountError::kTooLarge:
      findings.error(codes::kBadNumber, cell.at, fmt::format("`{}` is larger than any amount can be", field));
      break;
  }
  return std::nullopt;
}

std::optional<double> read_number(Findings& findings, const Cell& cell, std::string_view field, double least,
                                  double most) {
  if (cell.text.empty()) return std::nullopt;
  double value = 0;
  const auto [stop, problem] =
      std::from_chars(cell.text.begin(), cell.text.end(), value, std::chars_format::fixed);
  if (problem == std::errc() && stop == cell.text.end() && value >= least && value <= most) return value;
  findings.error(codes::kBadNumber, cell.at,
                 fmt::format("`{}` is not a number from {} to {}", field, least, most));
  return std::nullopt;
}

bool looks_like_country(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace suar::reference
