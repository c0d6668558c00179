#include "reference/customers.h"

#include <fmt/format.h>

#include <utility>

#include "reference/csv_table.h"
#include "reference/finding_codes.h"
#include "reference/vocabulary.h"

namespace suar::reference {

void Customers::read(Findings& findings, PartyTable& parties, event::Currency home) {
  enum { kPartyId, kKind, kSegment, kOccupation, kBirthDate, kIncome, kRegion, kOpened };
  CsvTable table(findings, {{"party_id", true},
                            {"kind"},
                            {"segment"},
                            {"occupation"},
                            {"birth_date"},
                            {"declared_income_month"},
                            {"region"},
                            {"opened"}});
  while (table.next()) {
    Row customer;
    customer.facts = kRow;
    if (!table.text(kKind).empty()) {
      if (const auto kind = table.word(kKind, party_kinds()))
        customer.kind = static_cast<std::uint8_t>(*kind + 1);
    }
    customer.segment = number_of(table.open_word(kSegment, segments()));
    customer.occupation = number_of(table.text(kOccupation));
    customer.region = number_of(table.text(kRegion));
    if (const auto date = table.date(kBirthDate)) customer.birth_date = date->days;
    if (const auto date = table.date(kOpened)) customer.opened = date->days;
    customer.declared_income_month = table.amount(kIncome, home).value_or(kNoIncome);

    const std::string_view id = table.required_text(kPartyId);
    if (id.empty()) continue;
    Row& place = row(parties.declare(id));
    if ((place.facts & kRow) == 0) {
      place = customer;
    } else {
      table.error(codes::kRepeated, kPartyId, "the party has a row already", "keep one row for each party");
    }
  }
}

std::optional<Customer> Customers::find(PartyRef party) const {
  if (!may(party, kRow)) return std::nullopt;
  const Row& row = rows_[party.index];
  Customer customer;
  if (row.kind != 0) customer.kind = party_kinds()[row.kind - 1U];
  customer.segment = texts_[row.segment];
  customer.occupation = texts_[row.occupation];
  customer.region = texts_[row.region];
  if (row.birth_date != kNoDate) customer.birth_date = event::Date{row.birth_date};
  if (row.opened != kNoDate) customer.opened = event::Date{row.opened};
  if (row.declared_income_month != kNoIncome) customer.declared_income_month = row.declared_income_month;
  return customer;
}

std::uint32_t Customers::number_of(std::string_view text) {
  if (text.empty()) return 0;
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  const std::string_view kept = arena_.keep(text);
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(kept);
  numbers_.emplace(kept, number);
  return number;
}

}  // namespace suar::reference
