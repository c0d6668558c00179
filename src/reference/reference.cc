#include "reference/reference.h"

namespace suar::reference {

struct Reference::Impl {
  event::Currency home;
  std::string hash = std::string(32, '0');
};

Reference::Reference(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Reference::~Reference() = default;

std::shared_ptr<const Reference> Reference::empty(event::Currency home) {
  auto impl = std::make_unique<Impl>();
  impl->home = home;
  return std::shared_ptr<const Reference>(new Reference(std::move(impl)));
}

Reference::Loaded Reference::load(std::span<const File>, event::Currency home) {
  return {empty(home), {}};
}

const std::string& Reference::hash() const {
  return impl_->hash;
}
event::Currency Reference::home() const {
  return impl_->home;
}
PartyRef Reference::party(std::string_view) const {
  return kNone;
}
PartyRef Reference::holder(std::string_view, event::Instant) const {
  return kNone;
}
std::string_view Reference::id_of(PartyRef) const {
  return {};
}
std::string_view Reference::name_of(PartyRef) const {
  return {};
}
const Customer* Reference::customer(PartyRef) const {
  return nullptr;
}
bool Reference::public_body(PartyRef) const {
  return false;
}
std::optional<Post> Reference::post(PartyRef, event::Instant) const {
  return std::nullopt;
}
bool Reference::same_unit(PartyRef, PartyRef, event::Instant) const {
  return false;
}
bool Reference::supervises(PartyRef, PartyRef, event::Instant) const {
  return false;
}
const Agency* Reference::agency(PartyRef, event::Instant) const {
  return nullptr;
}
bool Reference::kin(PartyRef a, PartyRef b, event::Instant) const {
  return a.known() && a == b;
}
std::optional<Path> Reference::linked(PartyRef, PartyRef, LinkKinds, int, event::Instant) const {
  return std::nullopt;
}
ListRef Reference::list(std::string_view) const {
  return {};
}
std::string_view Reference::name_of(ListRef) const {
  return {};
}
std::vector<std::string> Reference::list_names() const {
  return {};
}
bool Reference::listed(ListRef, ListKind, std::string_view, event::Instant) const {
  return false;
}
bool Reference::mentions(ListRef, std::string_view, event::Instant) const {
  return false;
}
CorridorRef Reference::corridor(std::string_view) const {
  return {};
}
std::vector<std::string> Reference::corridor_ids() const {
  return {};
}
std::string_view Reference::id_of(CorridorRef) const {
  return {};
}
event::Currency Reference::currency_of(CorridorRef) const {
  return {};
}
std::vector<CorridorRef> Reference::corridors_between(std::string_view, std::string_view) const {
  return {};
}
bool Reference::in_fee_band(CorridorRef, std::int64_t) const {
  return false;
}
const Place* Reference::place(std::string_view) const {
  return nullptr;
}
bool Reference::tagged(std::string_view, std::string_view) const {
  return false;
}
bool Reference::within(std::string_view code, std::string_view ancestor) const {
  return code == ancestor;
}
std::optional<event::Money> Reference::tariff(std::string_view, std::string_view, event::Instant) const {
  return std::nullopt;
}
bool Reference::is_day(std::string_view, event::Date) const {
  return false;
}
bool Reference::in_period(std::string_view, event::Date) const {
  return false;
}
std::optional<event::Rate> Reference::rate(event::Currency currency, event::Date) const {
  if (currency == impl_->home) return event::Rate{1, 0};
  return std::nullopt;
}

}  // namespace suar::reference
