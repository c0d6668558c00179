#include "reference/places.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reference/csv_table.h"
#include "reference/finding_codes.h"
#include "reference/values.h"
#include "reference/vocabulary.h"

namespace suar::reference {

void Places::read(Findings& findings) {
  enum { kCode, kName, kLevel, kParent, kLat, kLon, kTags };
  CsvTable table(findings,
                 {{"place_code", true}, {"name"}, {"level"}, {"parent"}, {"lat"}, {"lon"}, {"tags"}});
  std::vector<Span> parent_cells;
  while (table.next()) {
    Place place;
    place.code = table.required_text(kCode);
    place.name = table.text(kName);
    place.level = table.text(kLevel);
    place.parent = table.text(kParent);
    place.lat = table.number(kLat, -90, 90);
    place.lon = table.number(kLon, -180, 180);
    place.tags = table.items(kTags);
    for (const std::string& tag : place.tags) {
      if (std::ranges::find(place_tags(), tag) != place_tags().end()) continue;
      if (std::string suggestion = did_you_mean(tag, place_tags()); !suggestion.empty()) {
        findings.warn(codes::kLikelyMisspelt, table.cell(kTags).at,
                      fmt::format("tag `{}` is not a known one", tag), std::move(suggestion));
      }
    }
    if (place.code.empty()) continue;
    if (!by_code_.emplace(place.code, static_cast<std::uint32_t>(places_.size())).second) {
      table.error(codes::kRepeated, kCode, fmt::format("place {} has a row already", place.code));
      continue;
    }
    parent_cells.push_back(table.cell(kParent).at);
    places_.push_back(std::move(place));
  }
  check_parents(findings, parent_cells);
}

void Places::check_parents(Findings& findings, const std::vector<Span>& parent_cells) const {
  std::vector<std::string> codes_known;
  int suggestions_left = 20;  // each looks at every place
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const std::string& parent = places_[i].parent;
    if (parent.empty() || by_code_.contains(parent) || looks_like_country(parent)) continue;
    if (codes_known.empty()) {
      for (const Place& place : places_) codes_known.push_back(place.code);
    }
    std::string suggestion = suggestions_left-- > 0 ? did_you_mean(parent, codes_known) : std::string();
    if (suggestion.empty()) suggestion = "add a row for it, or leave it empty";
    findings.error(codes::kUnknownReference, parent_cells[i],
                   fmt::format("parent `{}` is not a place of this file", parent), std::move(suggestion));
  }

  // Follows each place upwards once; to meet a place of the same walk again is a cycle.
  constexpr std::size_t kNever = SIZE_MAX;
  std::vector<std::size_t> walk_of(places_.size(), kNever);
  for (std::size_t start = 0; start < places_.size(); ++start) {
    for (std::size_t at = start; walk_of[at] == kNever;) {
      walk_of[at] = start;
      const auto parent = by_code_.find(places_[at].parent);
      if (parent == by_code_.end()) break;
      if (walk_of[parent->second] == start) {
        findings.error(codes::kCycle, parent_cells[at],
                       fmt::format("`{}` stands below itself through its parents", places_[at].code),
                       "let the uppermost place have no parent");
      }
      at = parent->second;
    }
  }
}

const Place* Places::find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found != by_code_.end() ? &places_[found->second] : nullptr;
}

void Places::seal() {
  for (const Place& lowest : places_) {
    std::vector<std::string_view>& tags = tags_.emplace_back();
    for (const Place* place = &lowest; place != nullptr; place = find(place->parent)) {
      tags.insert(tags.end(), place->tags.begin(), place->tags.end());
    }
  }
}

bool Places::tagged(std::string_view code, std::string_view tag) const {
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return false;
  const auto& tags = tags_[found->second];
  return std::ranges::find(tags, tag) != tags.end();
}

bool Places::within(std::string_view code, std::string_view ancestor) const {
  if (ancestor.empty()) return false;
  while (code != ancestor) {
    const Place* place = find(code);
    if (place == nullptr) return false;
    code = place->parent;
  }
  return true;
}

std::vector<std::string_view> Places::line_of(std::string_view code) const {
  std::vector<std::string_view> line;
  while (!code.empty()) {
    line.push_back(code);
    const Place* place = find(code);
    code = place != nullptr ? std::string_view(place->parent) : std::string_view();
  }
  return line;
}

}  // namespace suar::reference
