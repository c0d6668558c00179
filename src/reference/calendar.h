// calendar.yaml: named days and named periods, as local dates.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "event/instant.h"
#include "reference/findings.h"
#include "reference/text_map.h"

namespace suar::reference {

class Calendar {
 public:
  void read(Findings& findings);
  [[nodiscard]] bool is_day(std::string_view name, event::Date date) const;
  [[nodiscard]] bool in_period(std::string_view name, event::Date date) const;  // first and last day included

 private:
  struct Period {
    event::Date from, to;
  };
  TextMap<std::vector<event::Date>> days_;  // in order
  TextMap<std::vector<Period>> periods_;
};

}  // namespace suar::reference
