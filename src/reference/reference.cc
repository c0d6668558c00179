#include "reference/reference.h"

#include <algorithm>
#include <utility>

#include "reference/impl.h"

namespace suar::reference {

Reference::Reference(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Reference::~Reference() = default;

std::shared_ptr<const Reference> Reference::empty(event::Currency home) {
  return load({}, home).reference;
}

const std::string& Reference::hash() const {
  return impl_->hash;
}
event::Currency Reference::home() const {
  return impl_->home;
}

PartyRef Reference::party(std::string_view party_id) const {
  return impl_->parties.find(party_id);
}
PartyRef Reference::holder(std::string_view account, event::Instant as_of) const {
  return impl_->accounts.holder(account, as_of);
}
std::string_view Reference::id_of(PartyRef party) const {
  return impl_->parties.id(party);
}
std::string_view Reference::name_of(PartyRef party) const {
  return impl_->parties.name(party);
}
bool Reference::ever_held(std::string_view account) const {
  return impl_->accounts.ever_held(account);
}
void Reference::prefetch(PartyRef party) const {
  impl_->customers.prefetch(party);
}
std::optional<Customer> Reference::customer(PartyRef party) const {
  return impl_->customers.find(party);
}
bool Reference::public_body(PartyRef party) const {
  return impl_->parties.public_body(party);
}

std::optional<Post> Reference::post(PartyRef party, event::Instant as_of) const {
  if (!impl_->customers.may(party, Customers::kPost)) return std::nullopt;
  return impl_->officials.post(party, as_of);
}
bool Reference::same_unit(PartyRef a, PartyRef b, event::Instant as_of) const {
  return impl_->officials.same_unit(a, b, as_of);
}
bool Reference::supervises(PartyRef senior, PartyRef junior, event::Instant as_of) const {
  return impl_->officials.supervises(senior, junior, as_of);
}

std::optional<event::Instant> Reference::in_post_since(PartyRef party, event::Instant as_of) const {
  return impl_->officials.in_post_since(party, as_of);
}
std::optional<event::Instant> Reference::left_post(PartyRef party, event::Instant as_of) const {
  return impl_->officials.left_post(party, as_of);
}
std::string_view Reference::official_tie(PartyRef party, event::Instant as_of) const {
  const auto official = [&](PartyRef who) { return impl_->officials.post(who, as_of).has_value(); };
  constexpr auto kFamily = static_cast<LinkKinds>(LinkKind::kFamily);
  constexpr auto kAssociate = static_cast<LinkKinds>(LinkKind::kAssociate);
  if (!party.known()) return {};
  if (official(party)) return "self";
  if (impl_->links.neighbour(party, kFamily, 2, as_of, official).known()) return "family";
  if (impl_->links.neighbour(party, kAssociate, 1, as_of, official).known()) return "associate";
  return {};
}

const Agency* Reference::agency(PartyRef party, event::Instant as_of) const {
  return impl_->customers.may(party, Customers::kAgency) ? impl_->agencies.find(party, as_of) : nullptr;
}
const Agency* Reference::agency_tie(PartyRef party, event::Instant as_of) const {
  if (!party.known()) return nullptr;
  if (const Agency* own = agency(party, as_of)) return own;
  const auto licensed = [&](PartyRef who) { return agency(who, as_of) != nullptr; };
  for (const LinkKind kind : {LinkKind::kOwnership, LinkKind::kDirectorship, LinkKind::kEmployment}) {
    const PartyRef found = impl_->links.neighbour(party, static_cast<LinkKinds>(kind), 1, as_of, licensed);
    if (found.known()) return agency(found, as_of);
  }
  return nullptr;
}

bool Reference::kin(PartyRef a, PartyRef b, event::Instant as_of) const {
  return a == b ? a.known()
                : impl_->customers.may(a, Customers::kLinks) && impl_->customers.may(b, Customers::kLinks) &&
                      impl_->links.kin(a, b, as_of);
}

std::optional<Path> Reference::linked(PartyRef a, PartyRef b, LinkKinds kinds, int hops,
                                      event::Instant as_of) const {
  const auto route = impl_->links.shortest(a, b, kinds, hops, as_of);
  if (!route) return std::nullopt;
  Path path;
  for (const PartyRef node : route->nodes) path.ids.emplace_back(id_of(node));
  path.steps = route->steps;
  return path;
}

ListRef Reference::list(std::string_view name) const {
  const auto found = std::ranges::lower_bound(impl_->lists, name, {}, &WatchList::name);
  if (found == impl_->lists.end() || found->name() != name) return {};
  return {static_cast<std::uint32_t>(found - impl_->lists.begin())};
}

std::string_view Reference::name_of(ListRef list) const {
  return list.index < impl_->lists.size() ? std::string_view(impl_->lists[list.index].name())
                                          : std::string_view();
}

std::vector<std::string> Reference::list_names() const {
  std::vector<std::string> names;
  for (const WatchList& list : impl_->lists) names.push_back(list.name());
  return names;
}

bool Reference::listed(ListRef list, ListKind kind, std::string_view value, event::Instant as_of) const {
  return list.index < impl_->lists.size() && impl_->lists[list.index].holds_value(kind, value, as_of);
}

std::optional<event::Instant> Reference::listed_since(ListRef list, ListKind kind, std::string_view value,
                                                      event::Instant as_of) const {
  if (list.index >= impl_->lists.size()) return std::nullopt;
  return impl_->lists[list.index].held_since(kind, value, as_of);
}

bool Reference::mentions(ListRef list, std::string_view text, event::Instant as_of) const {
  return list.index < impl_->lists.size() && impl_->lists[list.index].mentioned_in(text, as_of);
}

bool Reference::mentions_similar(ListRef list, std::string_view text, event::Instant as_of,
                                 int letters) const {
  return list.index < impl_->lists.size() && impl_->lists[list.index].similar_in(text, as_of, letters);
}

int Reference::mention_count(ListRef list, std::string_view text, event::Instant as_of) const {
  return list.index < impl_->lists.size() ? impl_->lists[list.index].count_in(text, as_of) : 0;
}

CorridorRef Reference::corridor(std::string_view id) const {
  return impl_->corridors.find(id);
}
std::vector<std::string> Reference::corridor_ids() const {
  return impl_->corridors.ids();
}
std::string_view Reference::id_of(CorridorRef corridor) const {
  return impl_->corridors.id(corridor);
}
event::Currency Reference::currency_of(CorridorRef corridor) const {
  return impl_->corridors.currency(corridor);
}
std::vector<CorridorRef> Reference::corridors_between(std::string_view from, std::string_view to) const {
  return impl_->corridors.between(impl_->places, from, to);
}
bool Reference::in_fee_band(CorridorRef corridor, std::int64_t minor) const {
  return impl_->corridors.in_fee_band(corridor, minor);
}

const Place* Reference::place(std::string_view code) const {
  return impl_->places.find(code);
}
bool Reference::tagged(std::string_view place_code, std::string_view tag) const {
  return impl_->places.tagged(place_code, tag);
}
bool Reference::within(std::string_view place_code, std::string_view ancestor) const {
  return impl_->places.within(place_code, ancestor);
}

std::optional<event::Money> Reference::tariff(std::string_view service, std::string_view provider_type,
                                              event::Instant as_of) const {
  return impl_->tariffs.find(service, provider_type, as_of);
}

std::optional<PeerFigure> Reference::peer(std::string_view figure, std::string_view segment,
                                          std::string_view region, event::Instant as_of) const {
  return impl_->peers.find(figure, segment, region, as_of);
}
std::vector<std::string> Reference::peer_figures() const {
  return impl_->peers.figures();
}

bool Reference::is_day(std::string_view name, event::Date date) const {
  return impl_->calendar.is_day(name, date);
}
bool Reference::in_period(std::string_view name, event::Date date) const {
  return impl_->calendar.in_period(name, date);
}

std::optional<event::Rate> Reference::rate(event::Currency currency, event::Date date) const {
  if (currency == impl_->home) return event::Rate{1, 0};
  return impl_->rates.find(currency, date);
}

}  // namespace suar::reference
