#include "reference/link_graph.h"

#include <algorithm>
#include <cstddef>

namespace suar::reference {
namespace {

bool among(LinkKind kind, LinkKinds kinds) {
  return (static_cast<LinkKinds>(kind) & kinds) != 0;
}

}  // namespace

void LinkGraph::add(PartyRef a, PartyRef b, LinkKind kind, const Validity& validity) {
  if (a != b) added_.push_back({a, b, kind, validity});
}

void LinkGraph::seal(const PartyTable& parties) {
  first_.assign(parties.size() + 1, 0);
  for (const Added& link : added_) {
    ++first_[link.a.index + 1];
    ++first_[link.b.index + 1];
  }
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];

  halves_.resize(added_.size() * 2);
  std::vector<std::uint32_t> next(first_.begin(), first_.end());
  for (const Added& link : added_) {
    halves_[next[link.a.index]++] = {link.b, link.kind, link.validity};
    halves_[next[link.b.index]++] = {link.a, link.kind, link.validity};
  }
  for (std::size_t i = 0; i + 1 < first_.size(); ++i) {
    const std::span<Half> node(halves_.data() + first_[i], first_[i + 1] - first_[i]);
    std::ranges::sort(node, [&parties](const Half& a, const Half& b) {
      return a.to != b.to ? parties.id(a.to) < parties.id(b.to) : a.kind < b.kind;
    });
  }
  added_ = {};
}

std::span<const LinkGraph::Half> LinkGraph::halves(PartyRef node) const {
  const std::size_t i = node.index;
  if (i + 1 >= first_.size()) return {};
  return std::span<const Half>(halves_).subspan(first_[i], first_[i + 1] - first_[i]);
}

bool LinkGraph::hub(PartyRef node, event::Instant as_of) const {
  const auto all = halves(node);
  if (all.size() <= static_cast<std::size_t>(kMostLinksOnTheWay)) return false;
  int holding = 0;
  for (const Half& half : all) {
    if (half.validity.holds(as_of) && ++holding > kMostLinksOnTheWay) return true;
  }
  return false;
}

bool LinkGraph::kin(PartyRef a, PartyRef b, event::Instant as_of) const {
  if (!a.known() || !b.known()) return false;
  if (a == b) return true;
  const auto relative = [as_of](const Half& half) {
    return half.kind == LinkKind::kFamily && half.validity.holds(as_of);
  };
  for (const Half& first : halves(a)) {
    if (!relative(first)) continue;
    if (first.to == b) return true;
    for (const Half& second : halves(first.to)) {
      if (second.to == b && relative(second)) return true;
    }
  }
  return false;
}

PartyRef LinkGraph::neighbour(PartyRef from, LinkKinds kinds, int hops, event::Instant as_of,
                              absl::FunctionRef<bool(PartyRef)> wanted) const {
  if (!from.known() || halves(from).empty() || hub(from, as_of)) return kNone;
  const auto counts = [&](const Half& half) { return among(half.kind, kinds) && half.validity.holds(as_of); };
  for (const Half& half : halves(from)) {
    if (counts(half) && wanted(half.to)) return half.to;
  }
  if (hops < 2) return kNone;
  for (const Half& first : halves(from)) {
    if (!counts(first) || hub(first.to, as_of)) continue;
    for (const Half& second : halves(first.to)) {
      if (second.to != from && counts(second) && wanted(second.to)) return second.to;
    }
  }
  return kNone;
}

// The nodes of all shortest routes, by their distance from `start`; empty where there is no route.
std::vector<LinkGraph::Layer> LinkGraph::layers_between(PartyRef start, PartyRef end, LinkKinds kinds,
                                                        int hops, event::Instant as_of) const {
  std::vector<Layer> reached = {{start.index}};
  Layer seen = reached.front();
  bool arrived = false;
  while (!arrived && static_cast<int>(reached.size()) <= hops && !reached.back().empty()) {
    const bool last_step = static_cast<int>(reached.size()) == hops;
    Layer next;
    for (const std::uint32_t index : reached.back()) {
      const PartyRef node{index};
      if (node != start && hub(node, as_of)) continue;
      for (const Half& half : halves(node)) {
        if (!among(half.kind, kinds) || !half.validity.holds(as_of)) continue;
        if (half.to == end) arrived = true;
        if (!last_step && seen.insert(half.to.index).second) next.insert(half.to.index);
      }
    }
    reached.push_back(std::move(next));
  }
  if (!arrived) return {};

  // Backwards from the end, keep only what leads to it.
  reached.back() = {end.index};
  for (std::size_t i = reached.size() - 1; i > 0; --i) {
    Layer before;
    for (const std::uint32_t index : reached[i]) {
      for (const Half& half : halves(PartyRef{index})) {
        if (!among(half.kind, kinds) || !half.validity.holds(as_of) ||
            !reached[i - 1].contains(half.to.index))
          continue;
        if (half.to == start || !hub(half.to, as_of)) before.insert(half.to.index);
      }
    }
    reached[i - 1] = std::move(before);
  }
  return reached;
}

std::optional<LinkGraph::Route> LinkGraph::shortest(PartyRef a, PartyRef b, LinkKinds kinds, int hops,
                                                    event::Instant as_of) const {
  if (a == b || halves(a).empty() || halves(b).empty()) return std::nullopt;
  // The search starts at the end with fewer links: from a ministry it would look at everybody.
  const bool forwards = halves(a).size() <= halves(b).size();
  auto layers =
      forwards ? layers_between(a, b, kinds, hops, as_of) : layers_between(b, a, kinds, hops, as_of);
  if (layers.empty()) return std::nullopt;
  if (!forwards) std::ranges::reverse(layers);

  Route route;
  route.nodes.push_back(a);
  for (std::size_t i = 1; i < layers.size(); ++i) {
    for (const Half& half : halves(route.nodes.back())) {
      if (!among(half.kind, kinds) || !half.validity.holds(as_of) || !layers[i].contains(half.to.index))
        continue;
      route.nodes.push_back(half.to);
      route.steps.push_back(half.kind);
      break;
    }
  }
  return route;
}

}  // namespace suar::reference
