// fx.csv: units of the home currency for one unit, valid from a date until the next one.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "event/instant.h"
#include "event/money.h"
#include "reference/findings.h"

namespace suar::reference {

class ExchangeRates {
 public:
  void read(Findings& findings, event::Currency home);
  [[nodiscard]] std::optional<event::Rate> find(event::Currency currency, event::Date date) const;

 private:
  struct Row {
    event::Date date;
    event::Rate rate;
  };
  absl::flat_hash_map<std::uint32_t, std::vector<Row>> rows_;  // by currency; in the order of dates
};

}  // namespace suar::reference
