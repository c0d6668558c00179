// What may stand in a rule file: every map with its keys, what each of them holds and what it is for. The
// reader takes the names of keys from here, and the JSON Schema for editors is made of it. What the reader
// says of a key besides (its range, whether it may be missing) is held to this by a test.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace suar::rules {

struct MapShape;

struct KeyShape {
  enum class Kind : std::uint8_t {
    kText,        // a scalar
    kId,          // kIdPattern
    kWord,        // one of `words`
    kInteger,     // from `low` to `high`
    kTruth,       // true or false
    kExpression,  // of the rule language
    kBilingual,   // {en, id}
    kTexts,       // a list of scalars
    kWords,       // a list of `words`
    kPeople,      // a scalar or a list of scalars
    kMap,         // `map`
    kTextOrMap,   // a scalar or `map`
    kMaps,        // a list of `map`, or of `map` and `other`
    kAny,         // whatever the author likes
  };

  std::string name;
  Kind kind = Kind::kText;
  std::string description{};
  bool required = false;
  std::vector<std::string>
      unless{};  // of a required key: not where one of these stands beside it, and is not false
  std::vector<std::string> words{};
  int low = 0, high = 0;
  const MapShape* map = nullptr;
  const MapShape* other = nullptr;
};

struct MapShape {
  std::string title;           // for the schema; a word without blanks
  std::vector<KeyShape> keys;  // in the order in which people write them
  // Names that are the author's own: what each of them holds. kAny and an empty name: there are none.
  bool own_names = false;
  KeyShape own{};

  [[nodiscard]] const KeyShape* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
};

// The documents that a file may hold. The first key of each tells which it is.
[[nodiscard]] const std::vector<const MapShape*>& document_shapes();
[[nodiscard]] const MapShape& rule_shape();
[[nodiscard]] const MapShape& raise_shape();
[[nodiscard]] const MapShape& because_shape();
[[nodiscard]] const MapShape& band_shape();  // of severity and score
[[nodiscard]] const MapShape& weight_band_shape();
[[nodiscard]] const MapShape& weigh_shape();
[[nodiscard]] const MapShape& term_shape();
[[nodiscard]] const MapShape& modifier_shape();
[[nodiscard]] const MapShape& exception_shape();
[[nodiscard]] const MapShape& param_shape();  // of a param with values by segment

[[nodiscard]] const MapShape& named_shape(KeyShape::Kind kind);  // a map of names of the author's own
[[nodiscard]] const MapShape& bilingual_shape();
[[nodiscard]] const MapShape& params_shape();
[[nodiscard]] const MapShape& macros_document();
[[nodiscard]] const MapShape& lists_document();
[[nodiscard]] const MapShape& pack_document();
[[nodiscard]] const MapShape& pack_shape();
[[nodiscard]] const MapShape& suppressions_document();
[[nodiscard]] const MapShape& suppression_shape();
[[nodiscard]] const MapShape& override_document();

// Ways to write a key down.
[[nodiscard]] KeyShape required(KeyShape key);
[[nodiscard]] KeyShape word_of(std::string name, KeyShape::Kind kind, std::vector<std::string> words,
                               std::string description);
[[nodiscard]] KeyShape integer(std::string name, int low, int high, std::string description);
[[nodiscard]] KeyShape map_of(std::string name, KeyShape::Kind kind, const MapShape& shape,
                              std::string description);
// A key that is required unless one of the others stands beside it.
[[nodiscard]] KeyShape unless(std::vector<std::string> others, KeyShape key);

// As regular expressions: a letter first, then letters, digits and hyphens (an id) or underscores (a name).
inline constexpr std::string_view kIdPattern = "^[a-z][a-z0-9-]{0,63}$";
inline constexpr std::string_view kNamePattern = "^[a-z][a-z0-9_]{0,63}$";

}  // namespace suar::rules
