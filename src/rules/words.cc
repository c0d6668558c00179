#include "rules/words.h"

#include <array>

namespace suar::rules {
namespace {

using namespace std::string_view_literals;

constexpr std::array kTypes{"bool"sv,     "number"sv, "money"sv, "text"sv,       "time"sv,
                            "duration"sv, "list"sv,   "party"sv, "unit price"sv, "rhythm"sv};
constexpr std::array kKinds{"account"sv, "party"sv,    "pair"sv,        "device"sv, "merchant"sv,
                            "place"sv,   "corridor"sv, "institution"sv, "phone"sv,  "address"sv};
constexpr std::array kSeverities{"low"sv, "medium"sv, "high"sv, "critical"sv};
constexpr std::array kRoles{"unknown"sv, "possible_perpetrator"sv, "possible_victim"sv, "official"sv,
                            "facilitator"sv};
constexpr std::array kModes{"live"sv, "shadow"sv};
constexpr std::array kSides{"self"sv, "other"sv, "debtor"sv, "creditor"sv};

template <typename Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <std::size_t N>
std::vector<std::string> strings(const std::array<std::string_view, N>& words) {
  return {words.begin(), words.end()};
}

}  // namespace

std::string_view name_of(Type type) {
  return kTypes[static_cast<std::size_t>(type)];
}
std::string_view name_of(EntityKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}
std::string_view name_of(AlertSeverity severity) {
  return kSeverities[static_cast<std::size_t>(severity)];
}
std::string_view name_of(Mode mode) {
  return kModes[static_cast<std::size_t>(mode)];
}
std::string_view name_of(Role role) {
  return kRoles[static_cast<std::size_t>(role)];
}
std::string_view name_of(Side side) {
  return kSides[static_cast<std::size_t>(side)];
}

const std::vector<std::string>& crime_words() {
  static const std::vector<std::string> words{"migrant_smuggling", "human_trafficking", "bribery",
                                              "money_laundering"};
  return words;
}

std::vector<std::string> entity_kind_words() {
  return strings(kKinds);
}
std::optional<EntityKind> parse_entity_kind(std::string_view word) {
  return parse<EntityKind>(kKinds, word);
}
std::vector<std::string> severity_words() {
  return strings(kSeverities);
}
std::optional<AlertSeverity> parse_severity(std::string_view word) {
  return parse<AlertSeverity>(kSeverities, word);
}
std::vector<std::string> mode_words() {
  return strings(kModes);
}
std::optional<Mode> parse_mode(std::string_view word) {
  return parse<Mode>(kModes, word);
}
std::vector<std::string> role_words() {
  return strings(kRoles);
}
std::optional<Role> parse_role(std::string_view word) {
  return parse<Role>(kRoles, word);
}
std::vector<std::string> side_words() {
  return strings(kSides);
}
std::optional<Side> parse_side(std::string_view word) {
  return parse<Side>(kSides, word);
}

bool has_sides(EntityKind kind) {
  switch (kind) {
    case EntityKind::kPair:
    case EntityKind::kDevice:
    case EntityKind::kMerchant:
    case EntityKind::kPlace:
    case EntityKind::kCorridor:
      return false;
    default:
      return true;
  }
}

}  // namespace suar::rules
