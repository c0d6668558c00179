// agencies.csv: licensed agencies, one row per period of validity; the periods of one party do not overlap.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reference/findings.h"
#include "reference/party_table.h"
#include "reference/reference.h"
#include "reference/validity.h"

namespace suar::reference {

class Agencies {
 public:
  void read(Findings& findings, PartyTable& parties);
  [[nodiscard]] bool knows(PartyRef party) const { return by_party_.contains(party.index); }
  [[nodiscard]] const Agency* find(PartyRef party, event::Instant as_of) const;

 private:
  struct Row {
    Validity validity;
    int line;
    Agency agency;
  };
  absl::flat_hash_map<std::uint32_t, std::vector<Row>> by_party_;
};

}  // namespace suar::reference
