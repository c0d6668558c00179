// What expressions may name: the fields of events and parties, and the functions, with their types.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/expression.h"
#include "rules/rule.h"

namespace suar::rules {

// Whose words a text field holds. Those of a closed list are all there ever are; an open one is usual, not
// complete.
struct WordList {
  bool closed = false;
  std::vector<std::string> words;
};

struct EventFieldEntry {
  std::string_view name;
  EventField field;
  Type type;
  std::optional<reference::ListKind> list_kind{};  // of which kind of list its values are
};
[[nodiscard]] std::span<const EventFieldEntry> event_fields();

struct PartyFieldEntry {
  std::string_view name;
  PartyField field;
  Type type;
  std::optional<reference::ListKind> list_kind{};
};
[[nodiscard]] std::span<const PartyFieldEntry> party_fields();

[[nodiscard]] const EventFieldEntry* find_event_field(std::string_view name);
[[nodiscard]] const EventFieldEntry& entry_of(EventField field);
[[nodiscard]] const PartyFieldEntry* find_party_field(std::string_view name);
[[nodiscard]] const PartyFieldEntry& entry_of(PartyField field);

// Null where the field of this expression holds free text, or where it is no field.
[[nodiscard]] const WordList* words_of(const Expression& field);

// A function whose arguments are all of plain kinds. `arguments` has a letter for each: P a party, T a text,
// M a money, C a constant text.
struct FunctionEntry {
  std::string_view name;
  Function function;
  std::string_view arguments;
  Type type;
  std::string_view usage;
};
[[nodiscard]] const FunctionEntry* find_function(std::string_view name);

[[nodiscard]] std::optional<Aggregate> find_aggregate(std::string_view name);

// Names of all functions, of aggregates and of methods, for suggestions.
[[nodiscard]] std::vector<std::string> function_names();
[[nodiscard]] std::vector<std::string> method_names();

// "WIB", "Asia/Jakarta", "UTC", "+07:00" in minutes east of Greenwich.
[[nodiscard]] std::optional<int> parse_zone(std::string_view zone);
[[nodiscard]] const std::vector<std::string>& zone_names();

// A name that no let, param, macro or list may take: fields, sides and keywords.
[[nodiscard]] bool is_reserved(std::string_view name);

}  // namespace suar::rules
