// Dates, amounts and codes as reference files write them. Each reads a cell; what is wrong is reported where
// it stands, under the name of its field. An empty cell is no value and no mistake.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "event/instant.h"
#include "event/money.h"
#include "reference/csv_scanner.h"
#include "reference/findings.h"

namespace suar::reference {

[[nodiscard]] std::optional<event::Date> read_date(Findings& findings, const Cell& cell,
                                                   std::string_view field);
[[nodiscard]] std::optional<event::Currency> read_currency(Findings& findings, const Cell& cell,
                                                           std::string_view field);
[[nodiscard]] std::optional<std::int64_t> read_amount(Findings& findings, const Cell& cell,
                                                      std::string_view field, event::Currency currency);
[[nodiscard]] std::optional<double> read_number(Findings& findings, const Cell& cell, std::string_view field,
                                                double least, double most);

// Two capital letters, as ISO 3166 gives them.
[[nodiscard]] bool looks_like_country(std::string_view code);

}  // namespace suar::reference
