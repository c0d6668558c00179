#include "reference/exchange_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reference/csv_table.h"
#include "reference/finding_codes.h"

namespace suar::reference {

void ExchangeRates::read(Findings& findings, event::Currency home) {
  enum { kDate, kCurrency, kRate };
  CsvTable table(findings, {{"date", true}, {"currency", true}, {"rate_to_home", true}});
  std::set<std::pair<std::uint32_t, event::Date>> seen;
  while (table.next()) {
    const bool dated = !table.required_text(kDate).empty();
    const auto date = dated ? table.date(kDate) : std::nullopt;
    const auto currency = table.currency(kCurrency);
    const std::string_view text = table.required_text(kRate);
    const auto rate = event::parse_rate(text);
    if (!text.empty() && (!rate || rate->digits <= 0)) {
      table.error(codes::kBadNumber, kRate, "`rate_to_home` is not a rate above zero",
                  "write digits with an optional fraction, such as 15890.25");
      continue;
    }
    if (!date || !currency || !rate) continue;
    if (*currency == home) {
      findings.warn(codes::kRepeated, table.cell(kCurrency).at,
                    "the home currency needs no rate; the row is not read");
      continue;
    }
    if (!seen.emplace(currency->code, *date).second) {
      table.error(codes::kRepeated, kDate,
                  fmt::format("{} has a rate for {} already", currency->text(), event::to_string(*date)),
                  "keep one of the two rows");
      continue;
    }
    rows_[currency->code].push_back({*date, *rate});
  }
  for (auto& [currency, rows] : rows_) std::ranges::sort(rows, {}, &Row::date);
}

std::optional<event::Rate> ExchangeRates::find(event::Currency currency, event::Date date) const {
  const auto found = rows_.find(currency.code);
  if (found == rows_.end()) return std::nullopt;
  const auto after = std::ranges::upper_bound(found->second, date, {}, &Row::date);
  if (after == found->second.begin()) return std::nullopt;
  return std::prev(after)->rate;
}

}  // namespace suar::reference
