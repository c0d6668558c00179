// The entities that the stream has touched: dense numbers for their keys, and for each its newest event time
// and log.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/chunked_vector.h"
#include "engine/entity_log.h"
#include "engine/evaluator.h"
#include "engine/occurrence.h"
#include "engine/recognised.h"
#include "engine/tag_table.h"

namespace suar::engine {

inline constexpr std::int64_t kNeverTouched = INT64_MIN / 4;

// A name that mostly fits in place, so that comparing it costs no further fetch of memory. A longer one lies
// in the table.
class EntityName {
 public:
  static constexpr std::size_t kInPlace = 23;

  // `stored` must stay where it is.
  void assign(std::string_view stored);
  [[nodiscard]] std::string_view view() const;

 private:
  std::array<char, kInPlace> bytes_{};  // or the address and length of a longer one
  std::uint8_t size_ = 0;               // kLong: not in place
  static constexpr std::uint8_t kLong = 255;
};

// One cache line.
struct alignas(64) Entity {
  std::int64_t newest = kNeverTouched;  // T, microseconds; never goes back
  EntityLog log;
  EntityName name;
  // The party that last acted through it, as the reference data knows it: spares the look-up while it is the
  // same.
  reference::PartyRef party;
  bool asked_holder = false, never_held = false;  // does the reference data know of any holder, ever?
  std::uint64_t party_identity = 0;
};
static_assert(sizeof(Entity) == 64);

// The entities of one kind. Numbers are given in order of first appearance and never change: the entities in
// that order, with their logs, are the state; the table that finds them is derived.
class EntityTable {
 public:
  EntityTable() = default;
  EntityTable(const EntityTable&) = delete;
  EntityTable& operator=(const EntityTable&) = delete;

  // What tells most names apart, of a name.
  [[nodiscard]] static std::uint32_t tag_of(std::string_view name) {
    return static_cast<std::uint32_t>(identity_of(name) >> 32U);
  }

  [[nodiscard]] EntityId find_or_add(std::string_view name) { return find_or_add(name, tag_of(name)); }
  [[nodiscard]] EntityId find_or_add(std::string_view name, std::uint32_t tag);
  [[nodiscard]] Entity& operator[](EntityId id) { return entities_[id]; }
  [[nodiscard]] const Entity& operator[](EntityId id) const { return entities_[id]; }
  [[nodiscard]] std::uint32_t size() const { return entities_.size(); }
  // The entity, where it is known already; null otherwise.
  [[nodiscard]] const Entity* find(std::string_view name) const;

  // Three steps ahead of find_or_add(), some time apart: they fetch the table's line, then the entity's, and
  // at last say which it is, kNoEntity where it is not known yet.
  void prefetch(std::uint32_t tag) const { by_tag_.prefetch(tag); }
  [[nodiscard]] EntityId prefetch_entity(std::uint32_t tag) const;
  [[nodiscard]] EntityId check(EntityId found, std::string_view name) const {
    return found != kNoEntity && entities_[found].name.view() == name ? found : kNoEntity;
  }

  [[nodiscard]] LogMemory& memory() { return memory_; }
  [[nodiscard]] const LogMemory& memory() const { return memory_; }

 private:
  using Entities = ChunkedVector<Entity>;
  [[nodiscard]] std::string_view store(std::string_view name);

  Entities entities_;
  TagTable by_tag_;   // derived
  LogMemory memory_;  // of the entities' logs
  std::vector<std::unique_ptr<char[]>> long_names_;
};

// Calls visit(view, value) for each entity of the event that is of a watched kind: account and party of the
// debtor's side, then of the creditor's, then the other kinds in their order. An entity on both sides is
// visited once.
class SightingFinder {
 public:
  template <typename Watched, typename Visit>
  void find(const Occurrence& occurrence, Watched watched, Visit visit);

 private:
  std::string pair_;
};

// "account:123", with a tenant "tenant/account:123".
[[nodiscard]] std::string entity_key(rules::EntityKind kind, std::string_view name);

// --- implementation

template <typename Watched, typename Visit>
void SightingFinder::find(const Occurrence& occurrence, Watched watched, Visit visit) {
  using rules::EntityKind;
  const event::Transaction& t = *occurrence.transaction();
  const SideFacts& debtor = occurrence.side(0);
  const SideFacts& creditor = occurrence.side(1);
  const auto value_of = [](const SideFacts& side, EntityKind kind) -> std::string_view {
    if (!side.present()) return {};
    switch (kind) {
      case EntityKind::kAccount:
        return side.party().account;
      case EntityKind::kParty:
        return side.party_id();
      case EntityKind::kInstitution:
        return side.party().agent;
      case EntityKind::kPhone:
        return side.party().phone_hash;
      default:
        return side.party().address_hash;
    }
  };
  const int other_of_debtor = creditor.present() ? 1 : -1;
  const int other_of_creditor = debtor.present() ? 0 : -1;
  const auto out = [&](EntityKind kind) {
    const std::string_view value = value_of(debtor, kind);
    if (value.empty()) return;
    const bool self = value == value_of(creditor, kind);
    visit(Viewpoint{kind, self ? Direction::kSelf : Direction::kOut, 0, other_of_debtor}, value);
  };
  const auto in = [&](EntityKind kind) {
    const std::string_view value = value_of(creditor, kind);
    if (value.empty() || value == value_of(debtor, kind)) return;
    visit(Viewpoint{kind, Direction::kIn, 1, other_of_creditor}, value);
  };
  const auto plain = [&](EntityKind kind, std::string_view value) {
    if (!value.empty()) visit(Viewpoint{kind, Direction::kNone, -1, -1}, value);
  };

  if (watched(EntityKind::kAccount)) out(EntityKind::kAccount);
  if (watched(EntityKind::kParty)) out(EntityKind::kParty);
  if (watched(EntityKind::kAccount)) in(EntityKind::kAccount);
  if (watched(EntityKind::kParty)) in(EntityKind::kParty);
  if (watched(EntityKind::kPair) && debtor.present() && creditor.present()) {
    const auto name = [&](const SideFacts& side) {
      return side.party().account.empty() ? side.party_id() : side.party().account;
    };
    pair_.assign(name(debtor)).append(">").append(name(creditor));
    plain(EntityKind::kPair, pair_);
  }
  if (watched(EntityKind::kDevice)) plain(EntityKind::kDevice, t.device_id);
  if (watched(EntityKind::kMerchant)) plain(EntityKind::kMerchant, t.merchant_id);
  if (watched(EntityKind::kPlace)) plain(EntityKind::kPlace, t.place_code);
  if (watched(EntityKind::kCorridor) && debtor.present() && creditor.present()) {
    const auto& reference = occurrence.reference();
    for (const auto corridor :
         reference.corridors_between(debtor.party().country, creditor.party().country)) {
      plain(EntityKind::kCorridor, reference.id_of(corridor));
    }
  }
  for (const EntityKind kind : {EntityKind::kInstitution, EntityKind::kPhone, EntityKind::kAddress}) {
    if (!watched(kind)) continue;
    out(kind);
    in(kind);
  }
}

}  // namespace suar::engine
