#include "reference/party_table.h"

#include <cstdint>

namespace suar::reference {

PartyRef PartyTable::mention(std::string_view id) {
  if (const auto known = by_id_.find(id); known != by_id_.end()) return known->second;
  const PartyRef party{static_cast<std::uint32_t>(entries_.size())};
  Entry& entry = entries_.emplace_back();
  entry.id = texts_.keep(id);
  by_id_.emplace(entry.id, party);
  return party;
}

PartyRef PartyTable::declare(std::string_view id) {
  const PartyRef party = mention(id);
  entries_[party.index].declared = true;
  return party;
}

PartyRef PartyTable::find(std::string_view id) const {
  const auto known = by_id_.find(id);
  return known != by_id_.end() && declared(known->second) ? known->second : kNone;
}

std::string_view PartyTable::id(PartyRef party) const {
  return holds(party) ? entries_[party.index].id : std::string_view();
}

std::string_view PartyTable::name(PartyRef party) const {
  return holds(party) ? entries_[party.index].name : std::string_view();
}

}  // namespace suar::reference
