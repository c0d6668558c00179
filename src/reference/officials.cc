#include "reference/officials.h"

#include <algorithm>

namespace suar::reference {

std::uint32_t Officials::add_post(std::string_view title, std::string_view organisation,
                                  std::string_view area, std::string_view category) {
  posts_.push_back({std::string(title), std::string(organisation), std::string(area), std::string(category)});
  return static_cast<std::uint32_t>(posts_.size() - 1);
}

void Officials::add_occupancy(PartyRef holder, std::uint32_t post, std::string_view id,
                              const Validity& validity) {
  occupancies_[holder.index].push_back({validity, post, std::string(id)});
}

void Officials::add_supervision(PartyRef senior, PartyRef junior, const Validity& validity) {
  supervision_[{senior.index, junior.index}].push_back(validity);
}

void Officials::seal() {
  for (auto& [party, occupancies] : occupancies_) {
    std::ranges::sort(occupancies, [](const Occupancy& a, const Occupancy& b) {
      return a.validity.from != b.validity.from ? a.validity.from > b.validity.from : a.id < b.id;
    });
  }
}

std::optional<Post> Officials::post(PartyRef party, event::Instant as_of) const {
  const auto found = occupancies_.find(party.index);
  if (found == occupancies_.end()) return std::nullopt;
  for (const Occupancy& occupancy : found->second) {
    if (!occupancy.validity.holds(as_of)) continue;
    const PostText& text = posts_[occupancy.post];
    return Post{text.title, text.organisation, text.area, text.category};
  }
  return std::nullopt;
}

std::optional<event::Instant> Officials::in_post_since(PartyRef party, event::Instant as_of) const {
  const auto found = occupancies_.find(party.index);
  if (found == occupancies_.end()) return std::nullopt;
  for (const Occupancy& occupancy : found->second) {
    if (!occupancy.validity.holds(as_of)) continue;
    if (occupancy.validity.from == event::Instant::min()) return std::nullopt;
    return occupancy.validity.from;
  }
  return std::nullopt;
}

std::optional<event::Instant> Officials::left_post(PartyRef party, event::Instant as_of) const {
  const auto found = occupancies_.find(party.index);
  if (found == occupancies_.end()) return std::nullopt;
  std::optional<event::Instant> last;
  for (const Occupancy& occupancy : found->second) {
    if (occupancy.validity.holds(as_of)) return std::nullopt;
    const event::Instant end = occupancy.validity.until;
    if (end <= as_of && (!last || *last < end)) last = end;
  }
  return last;
}

bool Officials::same_unit(PartyRef a, PartyRef b, event::Instant as_of) const {
  const auto of_a = occupancies_.find(a.index);
  const auto of_b = occupancies_.find(b.index);
  if (of_a == occupancies_.end() || of_b == occupancies_.end()) return false;
  for (const Occupancy& one : of_a->second) {
    if (!one.validity.holds(as_of) || posts_[one.post].organisation.empty()) continue;
    for (const Occupancy& other : of_b->second) {
      if (other.validity.holds(as_of) && posts_[one.post].organisation == posts_[other.post].organisation &&
          posts_[one.post].area == posts_[other.post].area) {
        return true;
      }
    }
  }
  return false;
}

bool Officials::supervises(PartyRef senior, PartyRef junior, event::Instant as_of) const {
  const auto found = supervision_.find(std::pair(senior.index, junior.index));
  return found != supervision_.end() && holds(found->second, as_of);
}

}  // namespace suar::reference
