// customers.csv: what the institution itself knows of its customers. It has no dates of validity.
#pragma once

#include <cstdint>
#include <vector>

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
  static constexpr std::uint32_t kNoRow = UINT32_MAX;
  std::vector<std::uint32_t>
      row_of_party_;  // by PartyRef::index: one small look-up for most parties of an event
  std::vector<Customer> rows_;
};

}  // namespace suar::reference
