// Who is linked with whom: undirected, of several kinds, each link with the time for which it holds.
//
// A path that may incriminate must be one that a reader can follow, so it never runs through a hub, a node
// with more than 50 links at that time (a ministry, a large employer); a hub may be an end of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "reference/party_table.h"
#include "reference/reference.h"
#include "reference/validity.h"

namespace suar::reference {

class LinkGraph {
 public:
  static constexpr int kMostLinksOnTheWay = 50;

  struct Route {
    std::vector<PartyRef> nodes;
    std::vector<LinkKind> steps;
  };

  void add(PartyRef a, PartyRef b, LinkKind kind, const Validity& validity);
  void seal(const PartyTable& parties);  // once, after the last add

  // Family within two hops; a party is kin to itself.
  [[nodiscard]] bool knows(PartyRef party) const { return !halves(party).empty(); }
  [[nodiscard]] bool kin(PartyRef a, PartyRef b, event::Instant as_of) const;

  // The nearest node, at most `hops` (1 or 2) links of `kinds` away, that is `wanted`; of several, the first
  // by the ids on the way. kNone where there is none, and from a hub.
  [[nodiscard]] PartyRef neighbour(PartyRef from, LinkKinds kinds, int hops, event::Instant as_of,
                                   absl::FunctionRef<bool(PartyRef)> wanted) const;

  // The shortest route of at most `hops` steps; of several, the first by the ids along it from `a`, then by
  // kind. Nobody is linked with himself.
  [[nodiscard]] std::optional<Route> shortest(PartyRef a, PartyRef b, LinkKinds kinds, int hops,
                                              event::Instant as_of) const;

 private:
  struct Added {
    PartyRef a, b;
    LinkKind kind;
    Validity validity;
  };
  struct Half {  // of a link, as one of its ends sees it
    PartyRef to;
    LinkKind kind;
    Validity validity;
  };
  using Layer = absl::flat_hash_set<std::uint32_t>;

  [[nodiscard]] std::span<const Half> halves(PartyRef node) const;
  [[nodiscard]] bool hub(PartyRef node, event::Instant as_of) const;
  [[nodiscard]] std::vector<Layer> layers_between(PartyRef start, PartyRef end, LinkKinds kinds, int hops,
                                                  event::Instant as_of) const;

  std::vector<Added> added_;
  std::vector<std::uint32_t> first_;  // where each node's halves begin; one more at the end
  std::vector<Half> halves_;          // of one node: in the order of the other end's id, then of kind
};

}  // namespace suar::reference
