// places.csv: a tree of places. A parent that is a country code needs no row of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reference/findings.h"
#include "reference/reference.h"
#include "reference/text_map.h"

namespace suar::reference {

class Places {
 public:
  void read(Findings& findings);
  void seal();  // once, after a reading without errors

  [[nodiscard]] const Place* find(std::string_view code) const;
  [[nodiscard]] bool tagged(std::string_view code, std::string_view tag) const;  // by itself or a parent
  [[nodiscard]] bool within(std::string_view code, std::string_view ancestor) const;
  // The code itself, its parent, its parent's parent ...; only the code where the place is not known.
  [[nodiscard]] std::vector<std::string_view> line_of(std::string_view code) const;

 private:
  void check_parents(Findings& findings, const std::vector<Span>& parent_cells) const;

  std::vector<Place> places_;
  std::vector<std::vector<std::string_view>> tags_;  // by place: its own and its parents'
  TextMap<std::uint32_t> by_code_;
};

}  // namespace suar::reference
