// customers.csv: what the institution itself knows of its customers. It has no dates of validity.
#pragma once

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "event/money.h"
#include "reference/findings.h"
#include "reference/party_table.h"
#include "reference/reference.h"

namespace suar::reference {

class Customers {
 public:
  void read(Findings& findings, PartyTable& parties, event::Currency home);
  [[nodiscard]] const Customer* find(PartyRef party) const;

 private:
  absl::flat_hash_map<std::uint32_t, Customer> by_party_;
};

}  // namespace suar::reference
