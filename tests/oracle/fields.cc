#include "oracle/fields.h"

namespace suar::oracle {
namespace {

using rules::EntityKind;
using rules::EventField;
using rules::PartyField;
using rules::Side;
using rules::Type;

std::string_view text_field(const event::Transaction& t, EventField field) {
  switch (field) {
    case EventField::kTxType:
      return name_of(t.tx_type);
    case EventField::kChannel:
      return name_of(t.channel);
    case EventField::kRail:
      return t.rail;
    case EventField::kPurposeCode:
      return t.purpose_code;
    case EventField::kPurposeLocal:
      return t.purpose_local;
    case EventField::kRemittanceInfo:
      return t.remittance_info;
    case EventField::kMcc:
      return t.mcc;
    case EventField::kMerchantId:
      return t.merchant_id;
    case EventField::kMerchantName:
      return t.merchant_name;
    case EventField::kPlaceCode:
      return t.place_code;
    case EventField::kPlaceCountry:
      return t.place_country;
    case EventField::kBranchId:
      return t.branch_id;
    case EventField::kTerminalId:
      return t.terminal_id;
    case EventField::kTellerId:
      return t.teller_id;
    case EventField::kConductor:
      return t.conductor;
    case EventField::kDeviceId:
      return t.device_id;
    case EventField::kIpCountry:
      return t.ip_country;
    case EventField::kSessionId:
      return t.session_id;
    case EventField::kVasp:
      return t.vasp;
    case EventField::kAsset:
      return t.asset;
    case EventField::kWalletFrom:
      return t.wallet_from;
    case EventField::kWalletTo:
      return t.wallet_to;
    case EventField::kRiskLabel:
      return t.risk_label;
    case EventField::kSourceSystem:
      return t.source_system;
    case EventField::kTenant:
      return t.tenant;
    default:
      return {};
  }
}

// Minor units of one currency in the home currency, at the rate of the event's date.
std::optional<std::int64_t> to_home(const Reading& reading, std::int64_t minor, event::Currency currency) {
  if (currency == reading.world.home) return minor;
  const auto rate = reading.world.reference.rate(currency, reading.date());
  return rate ? event::convert(minor, currency, reading.world.home, *rate) : std::nullopt;
}

Value money_or_absent(std::optional<std::int64_t> minor, event::Currency currency) {
  return minor ? Value::money(number_of(event::Int128{*minor}), currency) : Value::absent(Type::kMoney);
}

Value amount_at_home(const Reading& reading) {
  if (reading.event().content == nullptr) return Value::absent(Type::kMoney);
  const event::Currency currency = (*reading.event().content)->amount.currency;
  return money_or_absent(to_home(reading, reading.standing().minor, currency), reading.world.home);
}

// --- parties

// The entity key of a party, without a tenant: as the watched kind, or else as an account, or else as a
// party.
std::string key_of(const Reading& reading, const event::Party& party) {
  const auto key = [](EntityKind kind, std::string_view value) {
    return value.empty() ? std::string() : entity_key("", kind, value);
  };
  const std::string as_party =
      key(EntityKind::kParty, identify(reading.world, party, reading.time()).party_id);
  std::string watched;
  switch (reading.sighting.watched) {
    case EntityKind::kParty:
      watched = as_party;
      break;
    case EntityKind::kInstitution:
      watched = key(EntityKind::kInstitution, party.agent);
      break;
    case EntityKind::kPhone:
      watched = key(EntityKind::kPhone, party.phone_hash);
      break;
    case EntityKind::kAddress:
      watched = key(EntityKind::kAddress, party.address_hash);
      break;
    default:
      break;
  }
  if (!watched.empty()) return watched;
  return party.account.empty() ? as_party : key(EntityKind::kAccount, party.account);
}

int whole_years(event::Date from, event::Date to) {
  const auto month_and_day = [](event::Date date) {
    return event::month_of(date) * 100 + event::day_of_month(date);
  };
  const int years = event::year_of(to) - event::year_of(from);
  return month_and_day(to) < month_and_day(from) ? years - 1 : years;
}

Value number(std::int64_t n) {
  return Value::of(number_of(event::Int128{n}));
}

Value whole_days(std::optional<event::Instant> since, event::Instant now) {
  constexpr std::int64_t kDay = 24LL * 60 * 60 * 1'000'000;
  return since ? number((now.micros - since->micros) / kDay) : Value::absent(Type::kNumber);
}

Value text_or(std::string_view text, std::string_view otherwise) {
  return Value::of_text(text.empty() ? otherwise : text);
}

std::optional<event::Date> date_or(std::string_view text, std::optional<event::Date> otherwise) {
  const auto date = event::parse_date(text);
  return date ? date : otherwise;
}

Type type_of(PartyField field) {
  switch (field) {
    case PartyField::kIsCustomer:
    case PartyField::kOfficial:
    case PartyField::kPublicBody:
      return Type::kBool;
    case PartyField::kBalanceAfter:
    case PartyField::kDeclaredIncome:
      return Type::kMoney;
    case PartyField::kAge:
    case PartyField::kAccountAge:
    case PartyField::kPostDays:
    case PartyField::kLeftPostDays:
      return Type::kNumber;
    case PartyField::kKey:
      return Type::kParty;
    default:
      return Type::kText;
  }
}

}  // namespace

Value field(const Reading& reading, EventField field) {
  const Event& event = reading.event();
  switch (field) {
    case EventField::kEventId:
      return Value::of_text(event.id);
    case EventField::kEventTime:
      return Value::of(event.time.instant);
    case EventField::kAmount:
      return amount_at_home(reading);
    case EventField::kDirection:
      return Value::of_text(name_of(reading.sighting.direction));
    case EventField::kSignalRule:
      return Value::of_text(event.signal_of == nullptr ? "" : event.signal_of->id);
    case EventField::kSignalHop:
      return event.signal_of == nullptr ? Value::absent(Type::kNumber) : number(event.hops);
    case EventField::kSignalOrigin:
      return Value::of_text(event.chain_origin);
    case EventField::kSignalBegan:
      return event.signal_of == nullptr ? Value::absent(Type::kTime) : Value::of(event.chain_began);
    case EventField::kCurrency:
      return Value::of_text(event.content == nullptr ? "" : (*event.content)->amount.currency.text());
    default:
      return Value::of_text(event.content == nullptr ? "" : text_field(**event.content, field));
  }
}

Value field(const Reading& reading, Side side, PartyField field) {
  const event::Party* party = reading.sighting.party(side);
  if (party == nullptr) return Value::absent(type_of(field));

  const reference::Reference& reference = reading.world.reference;
  const event::Instant as_of = reading.time();
  const Identity identity = identify(reading.world, *party, as_of);
  const reference::PartyRef ref = identity.ref;

  const auto row = ref.known() ? reference.customer(ref) : std::nullopt;
  const reference::Customer customer = row.value_or(reference::Customer{});
  const reference::Agency* agency = ref.known() ? reference.agency(ref, as_of) : nullptr;
  const auto post = ref.known() ? reference.post(ref, as_of) : std::nullopt;

  switch (field) {
    case PartyField::kKey:
      return Value::party(key_of(reading, *party));
    case PartyField::kPartyId:
      return Value::of_text(identity.party_id);
    case PartyField::kAccount:
      return Value::of_text(party->account);
    case PartyField::kName:
      return Value::of_text(party->name);
    case PartyField::kAccountType:
      return Value::of_text(party->account_type);
    case PartyField::kAgent:
      return Value::of_text(party->agent);
    case PartyField::kCountry:
      return Value::of_text(party->country);
    case PartyField::kIdType:
      return Value::of_text(party->id_type);
    case PartyField::kIdNumberHash:
      return Value::of_text(party->id_number_hash);
    case PartyField::kPhoneHash:
      return Value::of_text(party->phone_hash);
    case PartyField::kAddressHash:
      return Value::of_text(party->address_hash);
    case PartyField::kNationality:
      return Value::of_text(party->nationality);
    case PartyField::kKind:
      return text_or(party->kind, customer.kind);
    case PartyField::kSegment:
      return text_or(party->segment, customer.segment);
    case PartyField::kIsCustomer:
      return party->is_customer ? Value::boolean(*party->is_customer) : Value::absent(Type::kBool);
    case PartyField::kBalanceAfter: {
      const event::Currency currency = (*reading.event().content)->amount.currency;
      const auto minor = event::parse_amount(party->balance_after, currency);
      if (!minor) return Value::absent(Type::kMoney);
      return money_or_absent(to_home(reading, *minor, currency), reading.world.home);
    }
    case PartyField::kAge: {
      const auto birth = date_or(party->birth_date, customer.birth_date);
      return birth ? number(whole_years(*birth, reading.date())) : Value::absent(Type::kNumber);
    }
    case PartyField::kAccountAge: {
      const auto opened = date_or(party->opened, customer.opened);
      return opened ? number(reading.date().days - opened->days) : Value::absent(Type::kNumber);
    }
    case PartyField::kOccupation:
      return Value::of_text(customer.occupation);
    case PartyField::kRegion:
      return Value::of_text(customer.region);
    case PartyField::kDeclaredIncome:
      return money_or_absent(customer.declared_income_month, reading.world.home);
    case PartyField::kOfficial:
      return Value::boolean(post.has_value());
    case PartyField::kOffice:
      return Value::of_text(post ? post->organisation : "");
    case PartyField::kOfficeArea:
      return Value::of_text(post ? post->area : "");
    case PartyField::kPost:
      return Value::of_text(post ? post->title : "");
    case PartyField::kPostCategory:
      return Value::of_text(post ? post->category : "");
    case PartyField::kPostDays:
      return whole_days(ref.known() ? reference.in_post_since(ref, as_of) : std::nullopt, as_of);
    case PartyField::kLeftPostDays:
      return whole_days(ref.known() ? reference.left_post(ref, as_of) : std::nullopt, as_of);
    case PartyField::kOfficialTie:
      return Value::of_text(ref.known() ? reference.official_tie(ref, as_of) : "");
    case PartyField::kAgencyTie: {
      const auto* tie = ref.known() ? reference.agency_tie(ref, as_of) : nullptr;
      return Value::of_text(tie == nullptr ? "" : tie->type);
    }
    case PartyField::kAgencyType:
      return Value::of_text(agency == nullptr ? "" : agency->type);
    case PartyField::kAgencyStatus:
      return Value::of_text(agency == nullptr ? "" : agency->status);
    case PartyField::kPublicBody:
      return Value::boolean(ref.known() && reference.public_body(ref));
  }
  return {};
}

Value amount_in(const Reading& reading, event::Currency currency) {
  const Event& event = reading.event();
  if (event.content == nullptr) return Value::absent(Type::kMoney);
  const event::Transaction& t = **event.content;
  const Standing& standing = reading.standing();
  if (standing.whole && t.has_instructed_amount && t.instructed_amount.currency == currency) {
    return money_or_absent(t.instructed_amount.minor, currency);
  }
  if (t.amount.currency == currency) return money_or_absent(standing.minor, currency);

  const auto home = to_home(reading, standing.minor, t.amount.currency);
  if (!home) return Value::absent(Type::kMoney);
  if (currency == reading.world.home) return money_or_absent(home, currency);
  const auto rate = reading.world.reference.rate(currency, reading.date());
  if (!rate) return Value::absent(Type::kMoney);
  return money_or_absent(event::convert_back(*home, reading.world.home, currency, *rate), currency);
}

Value in_home_currency(const Reading& reading, const Value& money) {
  if (!money.present) return Value::absent(Type::kMoney);
  const auto minor = static_cast<std::int64_t>(numerator(money.number) / denominator(money.number));
  return money_or_absent(to_home(reading, minor, money.currency), reading.world.home);
}

reference::PartyRef known_party(const Reading& reading, Side side) {
  const event::Party* party = reading.sighting.party(side);
  return party == nullptr ? reference::kNone : identify(reading.world, *party, reading.time()).ref;
}

std::string segment_of_self(const Reading& reading) {
  return field(reading, Side::kSelf, PartyField::kSegment).text;
}

}  // namespace suar::oracle
