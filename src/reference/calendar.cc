#include "reference/calendar.h"

#include <fmt/format.h>

#include <algorithm>

#include "reference/finding_codes.h"
#include "reference/yaml_reader.h"

namespace suar::reference {

void Calendar::read(Findings& findings) {
  const auto document = parse_yaml(findings);
  if (!document) return;
  YamlMapping top(findings, *document, "calendar.yaml", {"days", "periods"});
  for (const YAML::Node& node : top.items("days")) {
    YamlMapping day(findings, node, "a day", {"date", "name"});
    if (!node.IsMap()) continue;
    const auto name = day.required_value("name");
    const auto date = day.required_date("date");
    if (name && date) days_[name->text].push_back(*date);
  }
  for (const YAML::Node& node : top.items("periods")) {
    YamlMapping period(findings, node, "a period", {"name", "from", "to"});
    if (!node.IsMap()) continue;
    const auto name = period.required_value("name");
    const auto from = period.required_date("from");
    const auto to = period.required_date("to");
    if (!name || !from || !to) continue;
    if (*to < *from) {
      findings.error(codes::kReversedRange, name->at,
                     fmt::format("period `{}` ends before it begins", name->text),
                     "exchange `from` and `to`");
    }
    periods_[name->text].push_back({*from, *to});
  }
  for (auto& [name, dates] : days_) std::ranges::sort(dates);
}

bool Calendar::is_day(std::string_view name, event::Date date) const {
  const auto found = days_.find(name);
  return found != days_.end() && std::ranges::binary_search(found->second, date);
}

bool Calendar::in_period(std::string_view name, event::Date date) const {
  const auto found = periods_.find(name);
  return found != periods_.end() && std::ranges::any_of(found->second, [date](const Period& period) {
           return period.from <= date && date <= period.to;
         });
}

}  // namespace suar::reference
