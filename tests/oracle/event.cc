#include "oracle/event.h"

#include <algorithm>
#include <tuple>

namespace suar::oracle {

using rules::EntityKind;
using rules::Side;

bool before(const Event& a, const Event& b) {
  return std::tie(a.time.instant, a.order) < std::tie(b.time.instant, b.order);
}

std::string_view name_of(Direction direction) {
  switch (direction) {
    case Direction::kNone:
      return "none";
    case Direction::kOut:
      return "out";
    case Direction::kIn:
      return "in";
    case Direction::kSelf:
      return "self";
    case Direction::kSignal:
      return "";
  }
  return "";
}

const event::Party* Sighting::party(Side side) const {
  if (event->content == nullptr) return nullptr;
  const event::Transaction& transaction = **event->content;
  const auto present = [](const event::Party& party) { return party.present ? &party : nullptr; };
  const bool has_sides = direction != Direction::kNone;
  const bool is_creditor = direction == Direction::kIn;
  switch (side) {
    case Side::kDebtor:
      return present(transaction.debtor);
    case Side::kCreditor:
      return present(transaction.creditor);
    case Side::kSelf:
      if (!has_sides) return nullptr;
      return present(is_creditor ? transaction.creditor : transaction.debtor);
    case Side::kOther:
      if (!has_sides) return nullptr;
      return present(is_creditor ? transaction.debtor : transaction.creditor);
  }
  return nullptr;
}

std::string entity_key(std::string_view tenant, EntityKind kind, std::string_view value) {
  std::string key;
  if (!tenant.empty()) key.append(tenant).append("/");
  return key.append(rules::name_of(kind)).append(":").append(value);
}

Identity identify(const World& world, const event::Party& party, event::Instant as_of) {
  if (!party.party_id.empty()) return {world.reference.party(party.party_id), std::string(party.party_id)};
  if (party.account.empty()) return {};
  const reference::PartyRef holder = world.reference.holder(party.account, as_of);
  return {holder, holder.known() ? std::string(world.reference.id_of(holder)) : ""};
}

std::string account_or_party_key(const World& world, const Event& event, const event::Party& party) {
  const std::string_view tenant = (*event.content)->tenant;
  if (!party.account.empty()) return entity_key(tenant, EntityKind::kAccount, party.account);
  const std::string party_id = identify(world, party, event.time.instant).party_id;
  return party_id.empty() ? "" : entity_key(tenant, EntityKind::kParty, party_id);
}

std::vector<Touch> entities_touched(const World& world, const Event& event) {
  const event::Transaction& t = **event.content;
  std::vector<Touch> touched;

  const auto touch = [&](EntityKind kind, std::string_view value, Direction direction) {
    if (value.empty()) return;
    const std::string key = entity_key(t.tenant, kind, value);
    const auto seen = std::ranges::find(touched, key, &Touch::key);
    if (seen == touched.end()) {
      touched.push_back({kind, key, direction});
    } else if (seen->direction != direction) {
      seen->direction = Direction::kSelf;
    }
  };
  const auto party_id = [&](const event::Party& party) {
    return party.present ? identify(world, party, event.time.instant).party_id : std::string();
  };

  touch(EntityKind::kAccount, t.debtor.account, Direction::kOut);
  touch(EntityKind::kParty, party_id(t.debtor), Direction::kOut);
  touch(EntityKind::kAccount, t.creditor.account, Direction::kIn);
  touch(EntityKind::kParty, party_id(t.creditor), Direction::kIn);

  if (t.debtor.present && t.creditor.present) {
    const auto end = [](const event::Party& party) {
      return std::string(party.account.empty() ? party.party_id : party.account);
    };
    touch(EntityKind::kPair, end(t.debtor) + ">" + end(t.creditor), Direction::kNone);
  }
  touch(EntityKind::kDevice, t.device_id, Direction::kNone);
  touch(EntityKind::kMerchant, t.merchant_id, Direction::kNone);
  touch(EntityKind::kPlace, t.place_code, Direction::kNone);
  if (!t.debtor.country.empty() && !t.creditor.country.empty()) {
    for (const auto corridor : world.reference.corridors_between(t.debtor.country, t.creditor.country)) {
      touch(EntityKind::kCorridor, world.reference.id_of(corridor), Direction::kNone);
    }
  }
  touch(EntityKind::kInstitution, t.debtor.agent, Direction::kOut);
  touch(EntityKind::kInstitution, t.creditor.agent, Direction::kIn);
  touch(EntityKind::kPhone, t.debtor.phone_hash, Direction::kOut);
  touch(EntityKind::kPhone, t.creditor.phone_hash, Direction::kIn);
  touch(EntityKind::kAddress, t.debtor.address_hash, Direction::kOut);
  touch(EntityKind::kAddress, t.creditor.address_hash, Direction::kIn);
  return touched;
}

}  // namespace suar::oracle
