// The stable codes of what can be wrong with reference data.
#pragma once

#include <string_view>

namespace suar::reference::codes {

// the directory
inline constexpr std::string_view kMissingFile = "SUAR-D001";
inline constexpr std::string_view kUnknownFile = "SUAR-D002";
inline constexpr std::string_view kNotUtf8 = "SUAR-D003";
inline constexpr std::string_view kMoreFindings = "SUAR-D004";
// the form of a CSV file
inline constexpr std::string_view kBadQuoting = "SUAR-D010";
inline constexpr std::string_view kUnknownColumn = "SUAR-D011";
inline constexpr std::string_view kMissingColumn = "SUAR-D012";
inline constexpr std::string_view kRepeatedColumn = "SUAR-D013";
inline constexpr std::string_view kWrongWidth = "SUAR-D014";
// values, in any file
inline constexpr std::string_view kEmptyValue = "SUAR-D020";
inline constexpr std::string_view kBadDate = "SUAR-D021";
inline constexpr std::string_view kBadNumber = "SUAR-D022";
inline constexpr std::string_view kUnknownWord = "SUAR-D023";
inline constexpr std::string_view kBadCode = "SUAR-D024";  // of a currency, a country, a merchant category
inline constexpr std::string_view kReversedRange = "SUAR-D025";
inline constexpr std::string_view kRepeated = "SUAR-D026";  // said twice, or for overlapping times or amounts
inline constexpr std::string_view kUnknownReference = "SUAR-D027";
inline constexpr std::string_view kCycle = "SUAR-D028";
inline constexpr std::string_view kLikelyMisspelt = "SUAR-D029";
// FollowTheMoney
inline constexpr std::string_view kBrokenJson = "SUAR-D030";
inline constexpr std::string_view kNotAnEntity = "SUAR-D031";
inline constexpr std::string_view kBadProperty = "SUAR-D032";
inline constexpr std::string_view kCutRelations = "SUAR-D033";
// the form of a YAML file
inline constexpr std::string_view kBrokenYaml = "SUAR-D040";
inline constexpr std::string_view kUnknownKey = "SUAR-D041";
inline constexpr std::string_view kMissingKey = "SUAR-D042";
inline constexpr std::string_view kWrongShape = "SUAR-D043";

}  // namespace suar::reference::codes
