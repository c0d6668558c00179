#include "rules/codes.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace suar::rules {
namespace {

constexpr std::array kMeanings = {
    CodeMeaning{Code::kNotText, "the file is not UTF-8, or holds a control character"},
    CodeMeaning{Code::kFileTooLarge, "the file is larger than 1 MiB"},
    CodeMeaning{Code::kYamlSyntax, "the file is not YAML from here on"},
    CodeMeaning{Code::kYamlFeature, "an anchor, alias or tag of YAML: rule files do without"},
    CodeMeaning{Code::kTooDeep, "nested more than 100 deep"},
    CodeMeaning{Code::kUnknownDocument,
                "a document that is neither a rule nor macros, lists, a pack, suppressions or an override"},
    CodeMeaning{Code::kUnknownKey, "a key that means nothing here"},
    CodeMeaning{Code::kDuplicateKey, "a key that stands twice in one map"},
    CodeMeaning{Code::kMissingKey, "a key that has to be there is not"},
    CodeMeaning{Code::kWrongShape, "a map, a list or a text where another of them belongs"},
    CodeMeaning{Code::kBadValue, "a value that is not of the form or the range that its key asks for"},
    CodeMeaning{Code::kUnknownWord, "a word that its key does not know"},
    CodeMeaning{Code::kBadName, "an id or a name that is not written as one"},
    CodeMeaning{Code::kNameTwice, "an id or a name that is taken already"},
    CodeMeaning{Code::kBadCharacter,
                "a character or escape that no expression holds, or a text without its end"},
    CodeMeaning{Code::kBadSyntax, "an expression that cannot be read"},
    CodeMeaning{Code::kBadLiteral, "a number, money or duration that is not written as one"},
    CodeMeaning{Code::kTooManyNodes, "an expression too large, its macros expanded"},
    CodeMeaning{Code::kBadTemplate, "a narrative whose braces do not match"},
    CodeMeaning{Code::kUnknownName, "a name that is no field, let, param, macro or list"},
    CodeMeaning{Code::kUnknownMember, "a member that its value does not have"},
    CodeMeaning{Code::kUnknownFunction, "a function or method that does not exist"},
    CodeMeaning{Code::kWrongArgumentCount, "a function called with too few or too many arguments"},
    CodeMeaning{Code::kNotConstant, "something computed where a constant belongs"},
    CodeMeaning{Code::kWrongType, "a value of another type than belongs here"},
    CodeMeaning{Code::kWrongUnit, "values of different units: money, numbers, durations, two currencies"},
    CodeMeaning{Code::kImpossibleWord, "a field compared with a word that it never holds"},
    CodeMeaning{Code::kBadRegex, "a regular expression that RE2 does not take"},
    CodeMeaning{Code::kWrongArgument, "an argument that this function does not take"},
    CodeMeaning{Code::kUnknownSignal,
                "a signal of a rule that is not in the set, or a value it does not carry"},
    CodeMeaning{Code::kSignalNotAskedFor, "a signal that the rule's own events do not admit"},
    CodeMeaning{Code::kSignalCycle, "rules that wait for one another's signals"},
    CodeMeaning{Code::kWindowMisplaced, "a window where none may stand, or an aggregate without a window"},
    CodeMeaning{Code::kLetMisplaced, "a let used where none is known yet"},
    CodeMeaning{Code::kBadWindow, "a window or aggregate with an impossible length, range or period"},
    CodeMeaning{Code::kNoSides, "self or other where the watched kind has no sides"},
    CodeMeaning{Code::kMacroCycle, "a macro that contains itself"},
    CodeMeaning{Code::kFairness,
                "a rule that may fire on nationality, country or the mere fact of a payment"},
    CodeMeaning{Code::kBadSequence, "a sequence or `unless` whose steps or times do not fit together"},
    CodeMeaning{Code::kBandGap, "bands that leave some values out"},
    CodeMeaning{Code::kBandOverlap, "bands that hold the same values, or do not ascend"},
    CodeMeaning{Code::kNeverReached, "a threshold that is never reached"},
    CodeMeaning{Code::kUnknownRule, "an override or a suppression of a rule that is not in the set"},
    CodeMeaning{Code::kFourEyes, "a change whose approver is its author"},
    CodeMeaning{Code::kUnused, "a let, param, macro or list that nothing uses"},
    CodeMeaning{Code::kUnknownList, "a list that the reference data does not have (it counts as empty)"},
    CodeMeaning{Code::kUnknownCorridor, "a corridor that the reference data does not have"},
    CodeMeaning{Code::kNoLookAlikes,
                "a rule that does not say which innocent behaviour looks like its pattern"},
    CodeMeaning{Code::kNeverTrue, "a condition that can never be true"},
    CodeMeaning{Code::kDoubtfulWord, "a word that looks like a misspelling of a known one"},
    CodeMeaning{Code::kAbsentNegated, "a negated comparison, which is true also where its field is absent"},
    CodeMeaning{Code::kSelfApproved, "a rule whose author approved it"},
    CodeMeaning{Code::kUngoverned, "a rule that does not state what an inventory of rules needs"},
    CodeMeaning{Code::kShadowSignal, "a live rule that asks for the signals of a shadow rule"},
    CodeMeaning{Code::kAlwaysTrue, "a condition that is always true"},
    CodeMeaning{Code::kUnheard, "signals or marks that no rule asks for"},
    CodeMeaning{Code::kNoEffect, "a key that changes nothing here"},
    CodeMeaning{Code::kExpired, "a suppression whose time is over"},
    CodeMeaning{Code::kUnknownFigure, "a figure that peers.csv does not have"},
};

}  // namespace

std::span<const CodeMeaning> all_codes() {
  return kMeanings;
}

std::string to_string(Code code) {
  return fmt::format("SUAR-R{:03}", static_cast<int>(code));
}

std::optional<Code> parse_code(std::string_view text) {
  for (const std::string_view prefix : {"SUAR-", "suar-", "R", "r"}) {
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  }
  int number = 0;
  const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  for (const CodeMeaning& entry : kMeanings) {
    if (static_cast<int>(entry.code) == number) return entry.code;
  }
  return std::nullopt;
}

}  // namespace suar::rules
