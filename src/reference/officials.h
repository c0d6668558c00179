// Who holds which post, and who is whose superior, as of an instant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reference/reference.h"
#include "reference/validity.h"

namespace suar::reference {

class Officials {
 public:
  // A post by its number, 0 upwards.
  [[nodiscard]] std::uint32_t add_post(std::string_view title, std::string_view organisation,
                                       std::string_view area, std::string_view category);
  void add_occupancy(PartyRef holder, std::uint32_t post, std::string_view id, const Validity& validity);
  void add_supervision(PartyRef senior, PartyRef junior, const Validity& validity);
  void seal();  // once, after the last add

  [[nodiscard]] bool knows(PartyRef party) const { return occupancies_.contains(party.index); }
  // Of several posts at once, the one that was taken up last, then the first by the occupancy's id.
  [[nodiscard]] std::optional<Post> post(PartyRef party, event::Instant as_of) const;
  // When post() was taken up; absent where nobody wrote it down.
  [[nodiscard]] std::optional<event::Instant> in_post_since(PartyRef party, event::Instant as_of) const;
  // When the last post ended of a party that holds none.
  [[nodiscard]] std::optional<event::Instant> left_post(PartyRef party, event::Instant as_of) const;
  // Some current post of each is of the same organisation, which must be named, and the same area.
  [[nodiscard]] bool same_unit(PartyRef a, PartyRef b, event::Instant as_of) const;
  [[nodiscard]] bool supervises(PartyRef senior, PartyRef junior, event::Instant as_of) const;

 private:
  struct PostText {
    std::string title, organisation, area, category;
  };
  struct Occupancy {
    Validity validity;
    std::uint32_t post;
    std::string id;
  };
  std::vector<PostText> posts_;
  absl::flat_hash_map<std::uint32_t, std::vector<Occupancy>> occupancies_;  // by party
  absl::flat_hash_map<std::pair<std::uint32_t, std::uint32_t>, Periods> supervision_;
};

}  // namespace suar::reference
