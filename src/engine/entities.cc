#include "engine/entities.h"

#include <algorithm>
#include <cstring>

namespace suar::engine {

void EntityName::assign(std::string_view stored) {
  if (stored.size() <= kInPlace) {
    std::ranges::copy(stored, bytes_.begin());
    size_ = static_cast<std::uint8_t>(stored.size());
    return;
  }
  const char* address = stored.data();
  const std::size_t length = stored.size();
  std::memcpy(bytes_.data(), &address, sizeof(address));
  std::memcpy(bytes_.data() + sizeof(address), &length, sizeof(length));
  size_ = kLong;
}

std::string_view EntityName::view() const {
  if (size_ != kLong) return {bytes_.data(), size_};
  const char* address = nullptr;
  std::size_t length = 0;
  std::memcpy(&address, bytes_.data(), sizeof(address));
  std::memcpy(&length, bytes_.data() + sizeof(address), sizeof(length));
  return {address, length};
}

EntityId EntityTable::find_or_add(std::string_view name, std::uint32_t tag) {
  const auto named = [&](EntityId id) { return entities_[id].name.view() == name; };
  if (const EntityId found = by_tag_.find(tag, named); found != kNoEntity) return found;
  const EntityId id = entities_.add();
  entities_[id].name.assign(store(name));
  by_tag_.insert(tag, id);
  return id;
}

const Entity* EntityTable::find(std::string_view name) const {
  const auto named = [&](EntityId id) { return entities_[id].name.view() == name; };
  const EntityId found = by_tag_.find(tag_of(name), named);
  return found == kNoEntity ? nullptr : &entities_[found];
}

EntityId EntityTable::prefetch_entity(std::uint32_t tag) const {
  const EntityId found = by_tag_.any(tag);
  if (found != kNoEntity) reference::prefetch_line(&entities_[found]);
  return found;
}

std::string_view EntityTable::store(std::string_view name) {
  if (name.size() <= EntityName::kInPlace) return name;
  long_names_.push_back(std::make_unique_for_overwrite<char[]>(name.size()));
  std::ranges::copy(name, long_names_.back().get());
  return {long_names_.back().get(), name.size()};
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
