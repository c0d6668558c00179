#include "reference/tariffs.h"

#include <fmt/format.h>

#include "reference/csv_table.h"
#include "reference/finding_codes.h"

namespace suar::reference {

void Tariffs::read(Findings& findings) {
  enum { kService, kProvider, kCurrency, kAmount, kFrom, kTo };
  CsvTable table(findings, {{"service", true},
                            {"provider_type"},
                            {"currency", true},
                            {"amount", true},
                            {"valid_from"},
                            {"valid_to"}});
  while (table.next()) {
    const std::string_view service = table.required_text(kService);
    const auto currency = table.currency(kCurrency);
    const bool has_amount = !table.required_text(kAmount).empty();
    const auto amount = currency && has_amount ? table.amount(kAmount, *currency) : std::nullopt;
    const Validity validity = table.validity(kFrom, kTo);
    if (service.empty() || !amount) continue;

    auto& rows = rows_[Key(service, table.text(kProvider))];
    for (const Row& other : rows) {
      if (!validity.overlaps(other.validity)) continue;
      table.error(codes::kRepeated, kService,
                  fmt::format("the fee's period overlaps with that of line {}", other.line),
                  "end the earlier one the day before this begins");
      break;
    }
    rows.push_back({validity, table.line(), {*amount, *currency}});
  }
}

const Tariffs::Row* Tariffs::row(const Key& key, event::Instant as_of) const {
  const auto found = rows_.find(key);
  if (found == rows_.end()) return nullptr;
  for (const Row& row : found->second) {
    if (row.validity.holds(as_of)) return &row;
  }
  return nullptr;
}

std::optional<event::Money> Tariffs::find(std::string_view service, std::string_view provider_type,
                                          event::Instant as_of) const {
  const Row* found = row(Key(service, provider_type), as_of);
  if (found == nullptr) found = row(Key(service, ""), as_of);
  if (found == nullptr) return std::nullopt;
  return found->fee;
}

}  // namespace suar::reference
