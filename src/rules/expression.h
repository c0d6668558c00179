// A checked expression: every name resolved, every type known. The reader's last stage makes it; the engine
// compiles it, the oracle of the tests interprets it. What each piece means stands in rules/LANGUAGE.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "event/instant.h"
#include "event/money.h"
#include "event/transaction.h"
#include "reference/reference.h"
#include "rules/rational.h"

namespace suar::rules {

enum class Type : std::uint8_t {
  kBool,
  kNumber,
  kMoney,
  kText,
  kTime,
  kDuration,
  kTextList,
  kParty,      // self, other, debtor, creditor
  kUnitPrice,  // members: share (number), price (money), matching (number)
  kRhythm,     // members: occasions (number), regular (number), share (number)
};
[[nodiscard]] std::string_view name_of(Type type);

enum class EntityKind : std::uint8_t {
  kAccount,
  kParty,
  kPair,
  kDevice,
  kMerchant,
  kPlace,
  kCorridor,
  kInstitution,
  kPhone,
  kAddress
};
inline constexpr int kEntityKinds = 10;
[[nodiscard]] std::string_view name_of(EntityKind kind);

// Fields of the transaction itself.
enum class EventField : std::uint8_t {
  kEventId,
  kEventTime,
  kAmount /* home currency */,
  kCurrency,
  kTxType,
  kChannel,
  kDirection,
  kRail,
  kPurposeCode,
  kPurposeLocal,
  kRemittanceInfo,
  kMcc,
  kMerchantId,
  kMerchantName,
  kPlaceCode,
  kPlaceCountry,
  kBranchId,
  kTerminalId,
  kTellerId,
  kConductor,
  kDeviceId,
  kIpCountry,
  kSessionId,
  kVasp,
  kAsset,
  kWalletFrom,
  kWalletTo,
  kRiskLabel,
  kSourceSystem,
  kTenant,
  kSignalRule /* the id of the rule that left a signal */,
  kSignalHop,     // of a signal, as the next two
  kSignalOrigin,  // an entity key
  kSignalBegan
};

enum class Side : std::uint8_t { kSelf, kOther, kDebtor, kCreditor };

// Fields of one side's party; from `kOccupation` on they come from the reference data, as of the event.
enum class PartyField : std::uint8_t {
  kKey /* the entity key: what `other` itself means in distinct(other) or other == "account:1" */,
  kPartyId,
  kAccount,
  kName,
  kAccountType,
  kAgent,
  kCountry,
  kKind,
  kIdType,
  kIdNumberHash,
  kPhoneHash,
  kAddressHash,
  kNationality,
  kSegment,
  kIsCustomer,
  kBalanceAfter,
  kAge /* years */,
  kAccountAge /* days */,
  kOccupation,
  kRegion,
  kDeclaredIncome /* a month, home currency */,
  kOfficial,
  kOffice,
  kOfficeArea,
  kPost,
  kPostCategory,
  kPostDays /* since the post was taken up */,
  kLeftPostDays /* since the last post ended, of a party that holds none */,
  kOfficialTie /* self, family, associate */,
  kAgencyTie /* type of the agency that the party is, owns, directs or works for */,
  kAgencyType,
  kAgencyStatus,
  kPublicBody
};

enum class Function : std::uint8_t {
  kHas,          // (field) -> bool
  kKin,          // (party, party) -> bool
  kLinked,       // (party, party), `links`, `hops` -> bool
  kSameUnit,     // (party, party) -> bool
  kSupervises,   // (party, party) -> bool
  kListedParty,  // (party), text = list -> bool
  kListedText,   // (text), text = list, `list_kind` -> bool
  kMentions,     // (text), text = list, `index` = how many letters a word may differ by -> bool
  kInFeeBand,    // texts = corridor ids (none = every corridor) -> bool
  kTagged,       // (text place), text = tag -> bool
  kWithin,       // (text place), text = ancestor -> bool
  kServes,       // (party agency), (text country) -> bool: destinations hold the country
  kTariff,       // texts = {service, provider type} -> money (home)
  kIsDay,        // text = day name -> bool, the date shown in the event's own offset
  kInPeriod,     // text = period name -> bool
  kAmountIn,     // currency -> money
  kMultipleOf,   // (money, money) -> bool
  kStartsWith,
  kEndsWith,
  kContains,
  kMatches,  // (text), text = the constant -> bool
  kSize,     // (text) -> number of Unicode code points
  kHours,
  kMinutes,
  kDayOfWeek,
  kDate,
  kMonth,         // (time), `offset_minutes` -> number, as in CEL (Sunday 0, January 0, getDate 1)
  kSignal,        // text = rule id -> bool: this event is a signal of that rule
  kSignalValue,   // text = rule id, `index` = which of its signal values
  kMarked,        // text = rule id -> bool: this event is a mark that a hit of that rule left
  kMentionCount,  // (text), text = list -> number
  kSignalAny,    // text = name, texts = rule ids, `indexes` in step with them: the value of whichever left it
  kCrimeSignal,  // text = crime -> bool: this event is a signal of a rule whose first crime it is
  kDecay,        // (number of days or duration), `duration` = half-life -> number
  kPeer,         // text = figure -> number; money of `currency` where that is the type
  kListedDays,   // (party, or text with `list_kind`), text = list -> number
};

enum class Op : std::uint8_t {
  kBool,
  kNumber,
  kMoney,
  kText,
  kDuration,
  kTextList,  // constants
  kEventField,
  kPartyField,
  kParty,
  kParam,   // `index` into Rule::params: the value of self's segment, else the default
  kLet,     // `index` into Rule::lets
  kWindow,  // `index` into Rule::windows
  kBound,   // `index` into Rule::bound: a value of another event, a step or the trigger
  kMember,  // args[0] of kUnitPrice or kRhythm, `index` = which member, in the order of the comment at Type
  kNot,
  kAnd,
  kOr,
  kConditional,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kInList,   // args[0] text, `texts`
  kInRange,  // args[0] between args[1] and args[2], both included
  kNegate,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kToHome,  // args[0] money constant of another currency -> home currency at the trigger's date and rate
  kCall
};

struct Location {
  int file = 0;  // index into the rule set's files
  int line = 0, column = 0;
  std::uint32_t begin = 0, end = 0;  // the bytes of the file that it spans, end excluded
};

struct Expression;
using ExpressionPtr = std::unique_ptr<const Expression>;

struct Expression {
  Op op = Op::kBool;
  Type type = Type::kBool;
  event::Currency currency;  // of a money
  Location at;
  std::vector<ExpressionPtr> args;

  bool truth = false;              // kBool
  Rational number;                 // kNumber; kMoney in minor units
  event::Duration duration;        // kDuration
  std::string text;                // kText, and a function's constant text
  std::vector<std::string> texts;  // kTextList, kInList and functions
  EventField event_field{};
  PartyField party_field{};
  Side side{};
  Function function{};
  int index = 0;
  std::vector<int> indexes;
  reference::ListKind list_kind{};
  reference::LinkKinds links = reference::kAllLinks;
  int hops = 1;
  int offset_minutes = 0;
};

[[nodiscard]] ExpressionPtr clone(const Expression& expression);

}  // namespace suar::rules
