// corridors.yaml: the ways that people are moved, and what a person is charged on each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "event/money.h"
#include "reference/findings.h"
#include "reference/places.h"
#include "reference/reference.h"
#include "reference/text_map.h"

namespace suar::reference {

class YamlMapping;

class Corridors {
 public:
  // A code that is neither a country nor a place of `places` draws a warning.
  void read(Findings& findings, const Places& places);

  [[nodiscard]] CorridorRef find(std::string_view id) const;
  [[nodiscard]] std::vector<std::string> ids() const;  // in order
  [[nodiscard]] std::string_view id(CorridorRef corridor) const;
  [[nodiscard]] event::Currency currency(CorridorRef corridor) const;
  // In the order of ids. A place is also in its parents.
  [[nodiscard]] std::vector<CorridorRef> between(const Places& places, std::string_view from,
                                                 std::string_view to) const;
  [[nodiscard]] bool in_fee_band(CorridorRef corridor, std::int64_t minor) const;

 private:
  struct FeeBand {
    std::int64_t min, max;  // minor units of the corridor's currency, both included
    int line;
  };
  struct Corridor {
    std::string id, from, to;
    std::vector<std::string> via;
    event::Currency currency;
    std::vector<FeeBand> fee_bands;
  };
  void read_fee_bands(Findings& findings, YamlMapping& mapping, Corridor& corridor);
  [[nodiscard]] const Corridor* at(CorridorRef corridor) const;

  std::vector<Corridor> corridors_;  // in the order of ids
  TextMap<std::vector<std::uint32_t>> by_origin_;
};

}  // namespace suar::reference
