// What is worked out about a record while it waits for its turn: the hashes of its names and the entities of
// its accounts. All of it is derived; without it the engine works it out when the record is processed.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "event/transaction.h"

namespace suar::engine {

// 128 bits of an id: the chance that two of a billion ids meet is below 10^-20.
struct IdHash {
  std::uint64_t low = 0, high = 0;
  auto operator<=>(const IdHash&) const = default;
  template <typename H>
  friend H AbslHashValue(H state, const IdHash& id) {
    return H::combine(std::move(state), id.low);
  }
};
[[nodiscard]] IdHash hash_event_id(std::string_view id);
[[nodiscard]] IdHash hash_end_to_end_id(std::string_view id);

using EntityId = std::uint32_t;
inline constexpr EntityId kNoEntity = UINT32_MAX;

struct Recognised {
  const event::Transaction* of = nullptr;                     // whose names these are; null = of none
  IdHash id;                                                  // of the event_id
  std::array<std::uint32_t, 2> tags{};                        // of debtor's and creditor's account
  std::array<EntityId, 2> likely = {kNoEntity, kNoEntity};    // the entity that has this tag
  std::array<EntityId, 2> accounts = {kNoEntity, kNoEntity};  // the entity, where it is known to be that
};

}  // namespace suar::engine
