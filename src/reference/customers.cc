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
    Customer customer;
    if (!table.text(kKind).empty()) {
      if (const auto kind = table.word(kKind, party_kinds())) customer.kind = party_kinds()[*kind];
    }
    customer.segment = table.open_word(kSegment, segments());
    customer.occupation = table.text(kOccupation);
    customer.region = table.text(kRegion);
    customer.birth_date = table.date(kBirthDate);
    customer.opened = table.date(kOpened);
    customer.declared_income_month = table.amount(kIncome, home);

    const std::string_view id = table.required_text(kPartyId);
    if (id.empty()) continue;
    const std::uint32_t party = parties.declare(id).index;
    if (party >= row_of_party_.size()) row_of_party_.resize(party + 1, kNoRow);
    if (row_of_party_[party] == kNoRow) {
      row_of_party_[party] = static_cast<std::uint32_t>(rows_.size());
      rows_.push_back(std::move(customer));
    } else {
      table.error(codes::kRepeated, kPartyId, fmt::format("party {} has a row already", id),
                  "keep one row for each party");
    }
  }
}

const Customer* Customers::find(PartyRef party) const {
  if (party.index >= row_of_party_.size() || row_of_party_[party.index] == kNoRow) return nullptr;
  return &rows_[row_of_party_[party.index]];
}

}  // namespace suar::reference
