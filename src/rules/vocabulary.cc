#include "rules/vocabulary.h"

#include <algorithm>
#include <array>
#include <map>

#include "event/transaction.h"
#include "reference/vocabulary.h"

namespace suar::rules {
namespace {

using reference::ListKind;

constexpr auto kFields = std::to_array<EventFieldEntry>({
    {"event_id", EventField::kEventId, Type::kText},
    {"event_time", EventField::kEventTime, Type::kTime},
    {"amount", EventField::kAmount, Type::kMoney},
    {"currency", EventField::kCurrency, Type::kText},
    {"tx_type", EventField::kTxType, Type::kText},
    {"channel", EventField::kChannel, Type::kText},
    {"direction", EventField::kDirection, Type::kText},
    {"rail", EventField::kRail, Type::kText},
    {"purpose_code", EventField::kPurposeCode, Type::kText},
    {"purpose_local", EventField::kPurposeLocal, Type::kText},
    {"remittance_info", EventField::kRemittanceInfo, Type::kText},
    {"mcc", EventField::kMcc, Type::kText, ListKind::kMcc},
    {"merchant_id", EventField::kMerchantId, Type::kText, ListKind::kMerchant},
    {"merchant_name", EventField::kMerchantName, Type::kText},
    {"place_code", EventField::kPlaceCode, Type::kText},
    {"place_country", EventField::kPlaceCountry, Type::kText, ListKind::kCountry},
    {"branch_id", EventField::kBranchId, Type::kText},
    {"terminal_id", EventField::kTerminalId, Type::kText},
    {"teller_id", EventField::kTellerId, Type::kText},
    {"conductor", EventField::kConductor, Type::kText, ListKind::kParty},
    {"device_id", EventField::kDeviceId, Type::kText, ListKind::kDevice},
    {"ip_country", EventField::kIpCountry, Type::kText, ListKind::kCountry},
    {"session_id", EventField::kSessionId, Type::kText},
    {"vasp", EventField::kVasp, Type::kText},
    {"asset", EventField::kAsset, Type::kText},
    {"wallet_from", EventField::kWalletFrom, Type::kText},
    {"wallet_to", EventField::kWalletTo, Type::kText},
    {"risk_label", EventField::kRiskLabel, Type::kText},
    {"source_system", EventField::kSourceSystem, Type::kText},
    {"tenant", EventField::kTenant, Type::kText},
    {"signal_rule", EventField::kSignalRule, Type::kText},
    {"signal_hop", EventField::kSignalHop, Type::kNumber},
    {"signal_origin", EventField::kSignalOrigin, Type::kText},
    {"signal_began", EventField::kSignalBegan, Type::kTime},
});

constexpr auto kPartyFields = std::to_array<PartyFieldEntry>({
    {"key", PartyField::kKey, Type::kText},
    {"party_id", PartyField::kPartyId, Type::kText, ListKind::kParty},
    {"account", PartyField::kAccount, Type::kText, ListKind::kAccount},
    {"name", PartyField::kName, Type::kText},
    {"account_type", PartyField::kAccountType, Type::kText},
    {"agent", PartyField::kAgent, Type::kText},
    {"country", PartyField::kCountry, Type::kText, ListKind::kCountry},
    {"kind", PartyField::kKind, Type::kText},
    {"id_type", PartyField::kIdType, Type::kText},
    {"id_number_hash", PartyField::kIdNumberHash, Type::kText},
    {"phone_hash", PartyField::kPhoneHash, Type::kText, ListKind::kPhone},
    {"address_hash", PartyField::kAddressHash, Type::kText},
    {"nationality", PartyField::kNationality, Type::kText, ListKind::kCountry},
    {"segment", PartyField::kSegment, Type::kText},
    {"is_customer", PartyField::kIsCustomer, Type::kBool},
    {"balance_after", PartyField::kBalanceAfter, Type::kMoney},
    {"age", PartyField::kAge, Type::kNumber},
    {"account_age", PartyField::kAccountAge, Type::kNumber},
    {"occupation", PartyField::kOccupation, Type::kText},
    {"region", PartyField::kRegion, Type::kText},
    {"declared_income", PartyField::kDeclaredIncome, Type::kMoney},
    {"official", PartyField::kOfficial, Type::kBool},
    {"office", PartyField::kOffice, Type::kText},
    {"office_area", PartyField::kOfficeArea, Type::kText},
    {"post", PartyField::kPost, Type::kText},
    {"post_category", PartyField::kPostCategory, Type::kText},
    {"post_days", PartyField::kPostDays, Type::kNumber},
    {"left_post_days", PartyField::kLeftPostDays, Type::kNumber},
    {"official_tie", PartyField::kOfficialTie, Type::kText},
    {"agency_type", PartyField::kAgencyType, Type::kText},
    {"agency_status", PartyField::kAgencyStatus, Type::kText},
    {"agency_tie", PartyField::kAgencyTie, Type::kText},
    {"public_body", PartyField::kPublicBody, Type::kBool},
});

constexpr auto kFunctions = std::to_array<FunctionEntry>({
    {"kin", Function::kKin, "PP", Type::kBool, "kin(self, other)"},
    {"same_unit", Function::kSameUnit, "PP", Type::kBool, "same_unit(self, other)"},
    {"supervises", Function::kSupervises, "PP", Type::kBool, "supervises(self, other)"},
    {"mentions", Function::kMentions, "CT", Type::kBool, "mentions(\"keywords_visa\", remittance_info)"},
    {"mention_count", Function::kMentionCount, "CT", Type::kNumber,
     "mention_count(\"keywords_visa\", remittance_info)"},
    {"tagged", Function::kTagged, "TC", Type::kBool, "tagged(place_code, \"port\")"},
    {"within", Function::kWithin, "TC", Type::kBool, "within(place_code, \"ID-21\")"},
    {"serves", Function::kServes, "PT", Type::kBool, "serves(self, \"SA\")"},
    {"tariff", Function::kTariff, "CC", Type::kMoney, "tariff(\"passport\", \"immigration\")"},
    {"is_day", Function::kIsDay, "C", Type::kBool, "is_day(\"eid\")"},
    {"in_period", Function::kInPeriod, "C", Type::kBool, "in_period(\"ramadan\")"},
    {"multiple_of", Function::kMultipleOf, "MM", Type::kBool, "multiple_of(amount, IDR 100_000)"},
});

// In the order of Aggregate.
constexpr auto kAggregates = std::to_array<std::string_view>(
    {"count", "sum", "min", "max", "avg", "distinct", "share", "first_seen", "days_since", "unit_price",
     "rhythm", "median", "percentile", "stddev", "ewma", "zscore", "recency"});

std::vector<std::string> tx_type_words() {
  std::vector<std::string> words;
  for (int i = 1; i <= static_cast<int>(event::TxType::kOther); ++i)
    words.emplace_back(event::name_of(static_cast<event::TxType>(i)));
  return words;
}

std::vector<std::string> channel_words() {
  std::vector<std::string> words;
  for (int i = 1; i <= static_cast<int>(event::Channel::kOther); ++i)
    words.emplace_back(event::name_of(static_cast<event::Channel>(i)));
  return words;
}

}  // namespace

std::span<const EventFieldEntry> event_fields() {
  return kFields;
}
std::span<const PartyFieldEntry> party_fields() {
  return kPartyFields;
}

const EventFieldEntry* find_event_field(std::string_view name) {
  const auto* const found = std::ranges::find(kFields, name, &EventFieldEntry::name);
  return found == kFields.end() ? nullptr : &*found;
}

const PartyFieldEntry* find_party_field(std::string_view name) {
  const auto* const found = std::ranges::find(kPartyFields, name, &PartyFieldEntry::name);
  return found == kPartyFields.end() ? nullptr : &*found;
}

const EventFieldEntry& entry_of(EventField field) {
  return *std::ranges::find(kFields, field, &EventFieldEntry::field);
}
const PartyFieldEntry& entry_of(PartyField field) {
  return *std::ranges::find(kPartyFields, field, &PartyFieldEntry::field);
}

const WordList* words_of(const Expression& field) {
  static const std::map<EventField, WordList> of_events{
      {EventField::kTxType, {true, tx_type_words()}},
      {EventField::kChannel, {true, channel_words()}},
      {EventField::kDirection, {true, {"in", "out", "self", "none"}}},
      {EventField::kRail,
       {false, {"bifast", "online", "skn", "rtgs", "swift", "book", "card", "ewallet", "vasp", "other"}}}};
  static const std::map<PartyField, WordList> of_parties{
      {PartyField::kKind, {false, {"person", "entity"}}},
      {PartyField::kSegment,
       {false,
        {"retail", "student", "civil_servant", "corporate", "merchant", "cash_intensive", "cooperative",
         "charity", "fisheries", "travel", "agency", "marine_dealer", "classified_ads", "licensed_lender",
         "money_changer", "ewallet_hub", "public_body"}}},
      {PartyField::kOfficialTie, {true, {"self", "family", "associate"}}},
      {PartyField::kAgencyType, {false, reference::agency_types()}},
      {PartyField::kAgencyTie, {false, reference::agency_types()}},
      {PartyField::kAgencyStatus, {false, {"active", "expired", "suspended", "revoked"}}}};
  if (field.op == Op::kEventField) {
    const auto found = of_events.find(field.event_field);
    return found == of_events.end() ? nullptr : &found->second;
  }
  if (field.op == Op::kPartyField) {
    const auto found = of_parties.find(field.party_field);
    return found == of_parties.end() ? nullptr : &found->second;
  }
  return nullptr;
}

const FunctionEntry* find_function(std::string_view name) {
  const auto* const found = std::ranges::find(kFunctions, name, &FunctionEntry::name);
  return found == kFunctions.end() ? nullptr : &*found;
}

std::optional<Aggregate> find_aggregate(std::string_view name) {
  const auto* const found = std::ranges::find(kAggregates, name);
  if (found == kAggregates.end()) return std::nullopt;
  return static_cast<Aggregate>(found - kAggregates.begin());
}

std::vector<std::string> function_names() {
  std::vector<std::string> names{"has",    "linked", "listed",       "in_fee_band", "amount_in",
                                 "signal", "growth", "crime_signal", "decay",       "listed_days",
                                 "peer",   "marked", "signal_value"};
  for (const FunctionEntry& entry : kFunctions) names.emplace_back(entry.name);
  names.insert(names.end(), kAggregates.begin(), kAggregates.end());
  return names;
}

std::vector<std::string> method_names() {
  return {"getHours",   "getMinutes", "getDayOfWeek", "getDate", "getMonth",
          "startsWith", "endsWith",   "contains",     "matches", "size"};
}

const std::vector<std::string>& zone_names() {
  static const std::vector<std::string> names{"WIB",           "WITA",          "WIT", "Asia/Jakarta",
                                              "Asia/Makassar", "Asia/Jayapura", "UTC"};
  return names;
}

std::optional<int> parse_zone(std::string_view zone) {
  static constexpr std::array kMinutes{420, 480, 540, 420, 480, 540, 0};
  const auto found = std::ranges::find(zone_names(), zone);
  if (found != zone_names().end()) return kMinutes[static_cast<std::size_t>(found - zone_names().begin())];
  const auto digit = [&](std::size_t i) { return zone[i] >= '0' && zone[i] <= '9' ? zone[i] - '0' : 100; };
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  const int hours = digit(1) * 10 + digit(2);
  const int minutes = digit(4) * 10 + digit(5);
  if (hours > 18 || minutes > 59) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

bool is_reserved(std::string_view name) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"self", "other", "debtor", "creditor", "true", "false", "in", "over",
                                       "before", "same", "where", "trigger"});
  return find_event_field(name) != nullptr || std::ranges::find(kWords, name) != kWords.end();
}

}  // namespace suar::rules
