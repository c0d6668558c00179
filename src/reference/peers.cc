#include "reference/peers.h"

#include <fmt/format.h>

#include "reference/csv_table.h"
#include "reference/finding_codes.h"

namespace suar::reference {

void Peers::read(Findings& findings) {
  enum { kSegment, kRegion, kFigure, kValue, kCurrency, kFrom, kTo };
  CsvTable table(findings, {{"segment", true},
                            {"region"},
                            {"figure", true},
                            {"value", true},
                            {"currency"},
                            {"valid_from"},
                            {"valid_to"}});
  while (table.next()) {
    const std::string_view segment = table.required_text(kSegment);
    const std::string_view name = table.required_text(kFigure);
    const std::string_view value = table.required_text(kValue);
    const Validity validity = table.validity(kFrom, kTo);
    if (segment.empty() || name.empty() || value.empty()) continue;
    PeerFigure figure;
    if (!table.text(kCurrency).empty()) {
      const auto currency = table.currency(kCurrency);
      const auto amount = currency ? table.amount(kValue, *currency) : std::nullopt;
      if (!amount) continue;
      figure = {*amount, 0, currency};
    } else if (const auto number = event::parse_rate(value)) {
      figure = {number->digits, number->scale, std::nullopt};
    } else {
      table.error(codes::kBadNumber, kValue, "this is not a number above 0 in plain digits",
                  "such as 12 or 3.5");
      continue;
    }
    auto& rows = rows_[Key(name, segment, table.text(kRegion))];
    for (const Row& other : rows) {
      if (!validity.overlaps(other.validity)) continue;
      table.error(codes::kRepeated, kFigure,
                  fmt::format("the figure's period overlaps with that of line {}", other.line),
                  "end the earlier one the day before this begins");
      break;
    }
    rows.push_back({validity, table.line(), figure});
  }
}

const Peers::Row* Peers::row(const Key& key, event::Instant as_of) const {
  const auto found = rows_.find(key);
  if (found == rows_.end()) return nullptr;
  for (const Row& row : found->second) {
    if (row.validity.holds(as_of)) return &row;
  }
  return nullptr;
}

std::optional<PeerFigure> Peers::find(std::string_view figure, std::string_view segment,
                                      std::string_view region, event::Instant as_of) const {
  const Row* found = row(Key(figure, segment, region), as_of);
  if (found == nullptr) found = row(Key(figure, segment, ""), as_of);
  if (found == nullptr) return std::nullopt;
  return found->figure;
}

std::vector<std::string> Peers::figures() const {
  std::vector<std::string> names;
  for (const auto& [key, rows] : rows_) {
    if (names.empty() || names.back() != std::get<0>(key)) names.push_back(std::get<0>(key));
  }
  return names;
}

}  // namespace suar::reference
