// What a life begins with: which state, under which rules, and what the journal says of the way from there.
#pragma once

#include <cstdint>
#include <expected>
#include <map>

#include "service/journal_scan.h"
#include "service/snapshots.h"

namespace suar::service {

struct Beginning {
  Restored restored;
  JournalScan scan;
  // The journal's changes of rules and reference data are repeated as they were. Where not, because the
  // operator accepted other ones or because what it names is not stored, everything is computed under this
  // process's own.
  bool follows = true;
  std::string history;       // what the state begins behind, as claims name it; "" = nothing, or a snapshot
  kafka::Deciders deciders;  // to be compared with those of the journal's last record
};

// The context comes to have in force what the beginning stands under. `low` are the input's oldest offsets.
[[nodiscard]] std::expected<Beginning, Failure> find_beginning(Context& context,
                                                               const std::map<int, std::int64_t>& low);

}  // namespace suar::service
