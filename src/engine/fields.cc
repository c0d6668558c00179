#include "engine/fields.h"

namespace suar::engine {
namespace {

using rules::EventField;
using rules::PartyField;

// The date of birth or of opening: the event's, else the customer's.
std::optional<event::Date> date_or(std::string_view text, const std::optional<event::Date>& known) {
  if (!text.empty()) return event::parse_date(text);
  return known;
}

Cell whole_years(event::Date birth, event::Date today) {
  std::int64_t years = event::year_of(today) - event::year_of(birth);
  const bool before_birthday = event::month_of(today) < event::month_of(birth) ||
                               (event::month_of(today) == event::month_of(birth) &&
                                event::day_of_month(today) < event::day_of_month(birth));
  if (before_birthday) --years;
  return Cell::of(years);
}

Cell whole_days(std::optional<event::Instant> since, event::Instant now) {
  return since ? Cell::of(std::int64_t{(now - *since).micros / event::Duration::days(1).micros})
               : Cell::absent();
}

Cell balance(const Occurrence& occurrence, std::string_view text) {
  const event::Currency currency = occurrence.transaction()->amount.currency;
  const auto minor = event::parse_amount(text, currency);
  const event::Currency home = occurrence.reference().home();
  if (!minor) return Cell::absent();
  if (currency == home) return Cell::money(*minor, home);
  const auto rate = occurrence.reference().rate(currency, occurrence.date());
  const auto converted = rate ? event::convert(*minor, currency, home, *rate) : std::nullopt;
  return converted ? Cell::money(*converted, home) : Cell::absent();
}

}  // namespace

Cell event_field_value(const Occurrence& occurrence, EventField field) {
  if (field == EventField::kEventId) return Cell::of(occurrence.event_id());
  if (field == EventField::kEventTime) return Cell::of(occurrence.time().micros);
  if (field == EventField::kSignalRule)
    return occurrence.signal() != nullptr ? Cell::of(occurrence.signal()->rule_id) : Cell::absent();
  const event::Transaction* t = occurrence.transaction();
  if (t == nullptr) {
    if (field == EventField::kSignalHop) return Cell::of(std::int64_t{occurrence.signal()->hop});
    if (field == EventField::kSignalOrigin) return Cell::of(std::string_view(occurrence.signal()->origin));
    if (field == EventField::kSignalBegan) return Cell::of(occurrence.signal()->began.micros);
    return Cell::absent();
  }
  switch (field) {
    case EventField::kAmount: {
      const auto home = occurrence.amount_home();
      return home ? Cell::money(*home, occurrence.reference().home()) : Cell::absent();
    }
    case EventField::kCurrency:
      return Cell::of(occurrence.currency_text());
    case EventField::kTxType:
      return Cell::of(event::name_of(t->tx_type));
    case EventField::kChannel:
      return Cell::of(event::name_of(t->channel));
    case EventField::kRail:
      return Cell::of(t->rail);
    case EventField::kPurposeCode:
      return Cell::of(t->purpose_code);
    case EventField::kPurposeLocal:
      return Cell::of(t->purpose_local);
    case EventField::kRemittanceInfo:
      return Cell::of(t->remittance_info);
    case EventField::kMcc:
      return Cell::of(t->mcc);
    case EventField::kMerchantId:
      return Cell::of(t->merchant_id);
    case EventField::kMerchantName:
      return Cell::of(t->merchant_name);
    case EventField::kPlaceCode:
      return Cell::of(t->place_code);
    case EventField::kPlaceCountry:
      return Cell::of(t->place_country);
    case EventField::kBranchId:
      return Cell::of(t->branch_id);
    case EventField::kTerminalId:
      return Cell::of(t->terminal_id);
    case EventField::kTellerId:
      return Cell::of(t->teller_id);
    case EventField::kConductor:
      return Cell::of(t->conductor);
    case EventField::kDeviceId:
      return Cell::of(t->device_id);
    case EventField::kIpCountry:
      return Cell::of(t->ip_country);
    case EventField::kSessionId:
      return Cell::of(t->session_id);
    case EventField::kVasp:
      return Cell::of(t->vasp);
    case EventField::kAsset:
      return Cell::of(t->asset);
    case EventField::kWalletFrom:
      return Cell::of(t->wallet_from);
    case EventField::kWalletTo:
      return Cell::of(t->wallet_to);
    case EventField::kRiskLabel:
      return Cell::of(t->risk_label);
    case EventField::kSourceSystem:
      return Cell::of(t->source_system);
    case EventField::kTenant:
      return Cell::of(t->tenant);
    default:
      return Cell::absent();
  }
}

Cell party_field_value(const Occurrence& occurrence, const SideFacts& side, PartyField field) {
  const event::Party& party = side.party();
  switch (field) {
    case PartyField::kPartyId:
      return Cell::of(side.party_id());
    case PartyField::kAccount:
      return Cell::of(party.account);
    case PartyField::kName:
      return Cell::of(party.name);
    case PartyField::kAccountType:
      return Cell::of(party.account_type);
    case PartyField::kAgent:
      return Cell::of(party.agent);
    case PartyField::kCountry:
      return Cell::of(party.country);
    case PartyField::kIdType:
      return Cell::of(party.id_type);
    case PartyField::kIdNumberHash:
      return Cell::of(party.id_number_hash);
    case PartyField::kPhoneHash:
      return Cell::of(party.phone_hash);
    case PartyField::kAddressHash:
      return Cell::of(party.address_hash);
    case PartyField::kNationality:
      return Cell::of(party.nationality);
    case PartyField::kSegment:
      return Cell::of(side.segment());
    case PartyField::kIsCustomer:
      return party.is_customer ? Cell::of(*party.is_customer) : Cell::absent();
    case PartyField::kBalanceAfter:
      return balance(occurrence, party.balance_after);
    case PartyField::kOfficial:
      return Cell::of(side.post().has_value());
    case PartyField::kOffice:
      return side.post() ? Cell::of(side.post()->organisation) : Cell::absent();
    case PartyField::kOfficeArea:
      return side.post() ? Cell::of(side.post()->area) : Cell::absent();
    case PartyField::kPost:
      return side.post() ? Cell::of(side.post()->title) : Cell::absent();
    case PartyField::kPostCategory:
      return side.post() ? Cell::of(side.post()->category) : Cell::absent();
    case PartyField::kPostDays:
      return whole_days(occurrence.reference().in_post_since(side.ref(), occurrence.time()),
                        occurrence.time());
    case PartyField::kLeftPostDays:
      return whole_days(occurrence.reference().left_post(side.ref(), occurrence.time()), occurrence.time());
    case PartyField::kOfficialTie:
      return Cell::of(occurrence.reference().official_tie(side.ref(), occurrence.time()));
    case PartyField::kAgencyTie: {
      const auto* agency = occurrence.reference().agency_tie(side.ref(), occurrence.time());
      return agency != nullptr ? Cell::of(std::string_view(agency->type)) : Cell::absent();
    }
    case PartyField::kAgencyType:
      return side.agency() != nullptr ? Cell::of(std::string_view(side.agency()->type)) : Cell::absent();
    case PartyField::kAgencyStatus:
      return side.agency() != nullptr ? Cell::of(std::string_view(side.agency()->status)) : Cell::absent();
    case PartyField::kPublicBody:
      return Cell::of(side.ref().known() && occurrence.reference().public_body(side.ref()));
    default:
      break;
  }
  const reference::Customer& known = side.customer();
  switch (field) {
    case PartyField::kKind:
      return Cell::of(!party.kind.empty() ? party.kind : known.kind);
    case PartyField::kOccupation:
      return Cell::of(known.occupation);
    case PartyField::kRegion:
      return Cell::of(known.region);
    case PartyField::kDeclaredIncome:
      return known.declared_income_month
                 ? Cell::money(*known.declared_income_month, occurrence.reference().home())
                 : Cell::absent();
    case PartyField::kAge: {
      const auto birth = date_or(party.birth_date, known.birth_date);
      return birth ? whole_years(*birth, occurrence.date()) : Cell::absent();
    }
    case PartyField::kAccountAge: {
      const auto opened = date_or(party.opened, known.opened);
      return opened ? Cell::of(std::int64_t{occurrence.date().days - opened->days}) : Cell::absent();
    }
    default:
      return Cell::absent();
  }
}

}  // namespace suar::engine
