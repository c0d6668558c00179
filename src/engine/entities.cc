#include "engine/entities.h"

#include <algorithm>

namespace suar::engine {
namespace {

constexpr std::size_t kNameChunk = 1 << 16;

}  // namespace

EntityId EntityTable::find_or_add(std::string_view name) {
  if (const auto found = ids_.find(name); found != ids_.end()) return found->second;
  const EntityId id = entities_.add();
  Entity& entity = entities_[id];
  entity.name = store(name);
  ids_.emplace(entity.name, id);
  return id;
}

const Entity* EntityTable::find(std::string_view name) const {
  const auto found = ids_.find(name);
  return found == ids_.end() ? nullptr : &entities_[found->second];
}

std::string_view EntityTable::store(std::string_view name) {
  if (name.size() > names_left_) {
    names_left_ = std::max(kNameChunk, name.size());
    names_.push_back(std::make_unique_for_overwrite<char[]>(names_left_));
    names_next_ = names_.back().get();
  }
  char* const place = names_next_;
  std::ranges::copy(name, place);
  names_next_ += name.size();
  names_left_ -= name.size();
  return {place, name.size()};
}

std::string entity_key(rules::EntityKind kind, std::string_view name) {
  std::string key;
  if (const auto tenant = name.find('\0'); tenant != std::string_view::npos) {
    key.append(name.substr(0, tenant)).append("/");
    name.remove_prefix(tenant + 1);
  }
  return key.append(rules::name_of(kind)).append(":").append(name);
}

}  // namespace suar::engine
