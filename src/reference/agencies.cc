#include "reference/agencies.h"

#include <fmt/format.h>

#include <utility>

#include "reference/csv_table.h"
#include "reference/finding_codes.h"
#include "reference/values.h"
#include "reference/vocabulary.h"

namespace suar::reference {

void Agencies::read(Findings& findings, PartyTable& parties) {
  enum { kPartyId, kLicence, kName, kType, kStatus, kFrom, kTo, kDestinations };
  CsvTable table(findings, {{"party_id", true},
                            {"licence_no"},
                            {"name"},
                            {"type", true},
                            {"status", true},
                            {"valid_from"},
                            {"valid_to"},
                            {"destinations"}});
  while (table.next()) {
    Row row{table.validity(kFrom, kTo), table.line(), {}};
    row.agency.party_id = table.required_text(kPartyId);
    row.agency.licence_no = table.text(kLicence);
    row.agency.name = table.text(kName);
    row.agency.type = table.open_word(kType, agency_types());
    row.agency.status = table.open_word(kStatus, agency_statuses());
    row.agency.destinations = table.items(kDestinations);
    for (const std::string& country : row.agency.destinations) {
      if (looks_like_country(country)) continue;
      table.error(codes::kBadCode, kDestinations, "one of the `destinations` is not a country code",
                  "write two capital letters each, with `;` between: MY;SG");
    }
    if (row.agency.party_id.empty()) continue;

    const PartyRef party = parties.declare(row.agency.party_id);
    if (parties.name(party).empty()) parties.set_name(party, row.agency.name);
    std::vector<Row>& rows = by_party_[party.index];
    for (const Row& other : rows) {
      if (!row.validity.overlaps(other.validity)) continue;
      table.error(codes::kRepeated, kPartyId,
                  fmt::format("the agency's period overlaps with that of line {}", other.line),
                  "end the earlier one the day before this begins");
      break;
    }
    rows.push_back(std::move(row));
  }
}

const Agency* Agencies::find(PartyRef party, event::Instant as_of) const {
  const auto found = by_party_.find(party.index);
  if (found == by_party_.end()) return nullptr;
  for (const Row& row : found->second) {
    if (row.validity.holds(as_of)) return &row.agency;
  }
  return nullptr;
}

}  // namespace suar::reference
