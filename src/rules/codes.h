// The codes of findings in rule files. A code keeps its number and its meaning for ever; a retired one is not
// used again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace suar::rules {

enum class Code : std::uint8_t {
  // files and YAML
  kNotText = 1,
  kFileTooLarge = 2,
  kYamlSyntax = 3,
  kYamlFeature = 4,
  kTooDeep = 5,
  kUnknownDocument = 6,
  kUnknownKey = 7,
  kDuplicateKey = 8,
  kMissingKey = 9,
  kWrongShape = 10,
  kBadValue = 11,
  kUnknownWord = 12,
  kBadName = 13,
  kNameTwice = 14,
  // writing of expressions
  kBadCharacter = 15,
  kBadSyntax = 16,
  kBadLiteral = 17,
  kTooManyNodes = 18,
  kBadTemplate = 19,
  // meaning of expressions
  kUnknownName = 20,
  kUnknownMember = 21,
  kUnknownFunction = 22,
  kWrongArgumentCount = 23,
  kNotConstant = 24,
  kWrongType = 25,
  kWrongUnit = 26,
  kImpossibleWord = 27,
  kBadRegex = 28,
  kWrongArgument = 29,
  kUnknownSignal = 30,
  kSignalNotAskedFor = 31,
  kSignalCycle = 32,
  kWindowMisplaced = 33,
  kLetMisplaced = 34,
  kBadWindow = 35,
  kNoSides = 36,
  kMacroCycle = 37,
  kFairness = 38,
  kBadSequence = 39,
  kBandGap = 45,
  kBandOverlap = 46,
  kNeverReached = 47,
  kUnknownRule = 48,
  kFourEyes = 49,
  // warnings
  kUnused = 50,
  kUnknownList = 51,
  kUnknownCorridor = 52,
  kNoLookAlikes = 53,
  kNeverTrue = 54,
  kDoubtfulWord = 55,
  kAbsentNegated = 56,
  kSelfApproved = 57,
  kUngoverned = 58,
  kShadowSignal = 60,
  kAlwaysTrue = 61,
  kUnheard = 62,
  kNoEffect = 63,
  kExpired = 64,
  kUnknownFigure = 65,
};

struct CodeMeaning {
  Code code;
  std::string_view meaning;
};

[[nodiscard]] std::span<const CodeMeaning> all_codes();
[[nodiscard]] std::string to_string(Code code);  // "SUAR-R007"
// "SUAR-R007", "r007" and "7" alike.
[[nodiscard]] std::optional<Code> parse_code(std::string_view text);

}  // namespace suar::rules
