#include "reference/corridors.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "reference/finding_codes.h"
#include "reference/values.h"
#include "reference/yaml_reader.h"

namespace suar::reference {
namespace {

// Reads the code of a country or a place.
std::string read_code(Findings& findings, const YamlMapping::Value& value, const Places& places) {
  if (!looks_like_country(value.text) && places.find(value.text) == nullptr) {
    findings.warn(codes::kUnknownReference, value.at,
                  fmt::format("`{}` is neither a country code nor a place of places.csv", value.text));
  }
  return value.text;
}

}  // namespace

void Corridors::read(Findings& findings, const Places& places) {
  const auto document = parse_yaml(findings);
  if (!document) return;
  YamlMapping top(findings, *document, "corridors.yaml", {"corridors"});
  std::set<std::string> ids;
  for (const YAML::Node& node : top.items("corridors")) {
    YamlMapping mapping(findings, node, "a corridor", {"id", "from", "to", "via", "currency", "fee_bands"});
    if (!node.IsMap()) continue;
    Corridor corridor;
    if (const auto id = mapping.required_value("id")) {
      corridor.id = id->text;
      if (!ids.insert(id->text).second) {
        findings.error(codes::kRepeated, id->at, fmt::format("corridor `{}` is described already", id->text));
      }
    }
    if (const auto from = mapping.required_value("from")) corridor.from = read_code(findings, *from, places);
    if (const auto to = mapping.required_value("to")) corridor.to = read_code(findings, *to, places);
    for (const auto& via : mapping.values("via")) corridor.via.push_back(read_code(findings, via, places));
    read_fee_bands(findings, mapping, corridor);
    corridors_.push_back(std::move(corridor));
  }

  std::ranges::sort(corridors_, {}, &Corridor::id);
  for (std::uint32_t i = 0; i < corridors_.size(); ++i) by_origin_[corridors_[i].from].push_back(i);
}

void Corridors::read_fee_bands(Findings& findings, YamlMapping& mapping, Corridor& corridor) {
  const auto bands = mapping.items("fee_bands");
  const auto currency = bands.empty() ? mapping.value("currency") : mapping.required_value("currency");
  if (!currency) return;
  const auto parsed = read_currency(findings, cell_of(*currency), "currency");
  if (!parsed) return;
  corridor.currency = *parsed;

  for (const YAML::Node& node : bands) {
    YamlMapping band(findings, node, "a fee band", {"min", "max", "note"});
    if (!node.IsMap()) continue;
    const auto min = band.required_value("min");
    const auto max = band.required_value("max");
    if (!min || !max) continue;
    const auto least = read_amount(findings, cell_of(*min), "min", *parsed);
    const auto most = read_amount(findings, cell_of(*max), "max", *parsed);
    if (!least || !most) continue;
    const FeeBand fee{least.value_or(0), most.value_or(0), findings.line_of(min->at.offset)};
    if (fee.max < fee.min) {
      findings.error(codes::kReversedRange, max->at, "`max` is below `min`", "exchange the two");
      continue;
    }
    for (const FeeBand& other : corridor.fee_bands) {
      if (fee.max < other.min || other.max < fee.min) continue;
      findings.error(codes::kRepeated, min->at,
                     fmt::format("the band overlaps with that of line {}", other.line),
                     "both ends belong to a band: begin the upper one above the lower one's `max`");
      break;
    }
    corridor.fee_bands.push_back(fee);
  }
}

const Corridors::Corridor* Corridors::at(CorridorRef corridor) const {
  return corridor.index < corridors_.size() ? &corridors_[corridor.index] : nullptr;
}

CorridorRef Corridors::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(corridors_, id, {}, &Corridor::id);
  if (found == corridors_.end() || found->id != id) return {};
  return {static_cast<std::uint32_t>(found - corridors_.begin())};
}

std::vector<std::string> Corridors::ids() const {
  std::vector<std::string> ids;
  ids.reserve(corridors_.size());
  for (const Corridor& corridor : corridors_) ids.push_back(corridor.id);
  return ids;
}

std::string_view Corridors::id(CorridorRef corridor) const {
  const Corridor* found = at(corridor);
  return found != nullptr ? std::string_view(found->id) : std::string_view();
}

event::Currency Corridors::currency(CorridorRef corridor) const {
  const Corridor* found = at(corridor);
  return found != nullptr ? found->currency : event::Currency{};
}

std::vector<CorridorRef> Corridors::between(const Places& places, std::string_view from,
                                            std::string_view to) const {
  std::vector<CorridorRef> found;
  for (const std::string_view origin : places.line_of(from)) {
    const auto leaving = by_origin_.find(origin);
    if (leaving == by_origin_.end()) continue;
    for (const std::uint32_t index : leaving->second) {
      if (places.within(to, corridors_[index].to)) found.push_back({index});
    }
  }
  std::ranges::sort(found, {}, &CorridorRef::index);
  return found;
}

bool Corridors::in_fee_band(CorridorRef corridor, std::int64_t minor) const {
  const Corridor* found = at(corridor);
  if (found == nullptr) return false;
  return std::ranges::any_of(found->fee_bands,
                             [minor](const FeeBand& band) { return band.min <= minor && minor <= band.max; });
}

}  // namespace suar::reference
