#include "service/contents.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "service/log.h"

namespace suar::service {
namespace {

constexpr std::size_t kMostKnown = 3;

std::string rules_key(const std::string& hash) {
  return "rules/" + hash;
}
std::string reference_key(const std::string& hash) {
  return "reference/" + hash;
}

template <typename File>
std::vector<File> as_files(std::vector<kafka::StoredFile> stored) {
  std::vector<File> files;
  for (kafka::StoredFile& file : stored) files.push_back({std::move(file.name), std::move(file.bytes)});
  return files;
}

template <typename File>
std::expected<void, std::string> put(kafka::ContentStore& store, const std::string& key,
                                     std::span<const File> files) {
  std::vector<kafka::StoredFile> stored;
  for (const File& file : files) stored.push_back({file.name, file.bytes});
  return store.put(key, stored);
}

template <typename File>
std::expected<std::vector<File>, std::string> get(kafka::ContentStore& store, const std::string& topic,
                                                  const std::string& key) {
  auto found = store.get(key);
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::unexpected(fmt::format("{} does not hold {}", topic, key));
  return as_files<File>(std::move(**found));
}

bool is_empty_reference(const Config& config, const std::string& hash) {
  return hash == reference::Reference::empty(config.home_currency)->hash();
}

}  // namespace

std::expected<std::unique_ptr<kafka::RecordStore>, std::string> Contents::open() const {
  if (!stored_)
    return std::unexpected(fmt::format("there is no topic {} that holds them", config_.topics.snapshots));
  auto opened =
      kafka::RecordStore::open({config_.brokers, config_.topics.snapshots, config_.properties, client_log()});
  if (!opened) return std::unexpected(opened.error().message);
  return std::move(*opened);
}

std::expected<Loaded, std::string> Contents::load(const std::string& ruleset, const std::string& reference) {
  std::shared_ptr<const reference::Reference> data;
  {
    const std::lock_guard lock(mutex_);
    for (const Loaded& known : known_) {
      if (known.reference->hash() != reference) continue;
      data = known.reference;
      if (known.rules->hash == ruleset) return known;
    }
  }
  const auto records = open();
  if (!records) return std::unexpected(records.error());
  kafka::ContentStore store(**records);
  if (!data && is_empty_reference(config_, reference))
    data = reference::Reference::empty(config_.home_currency);
  if (!data) {
    const auto files = get<reference::File>(store, config_.topics.snapshots, reference_key(reference));
    if (!files) return std::unexpected(files.error());
    data = reference::Reference::load(*files, config_.home_currency).reference;
    if (!data || data->hash() != reference)
      return std::unexpected(fmt::format("{} is not what {} holds under that hash", reference_key(reference),
                                         config_.topics.snapshots));
  }
  const auto files = get<rules::File>(store, config_.topics.snapshots, rules_key(ruleset));
  if (!files) return std::unexpected(files.error());
  auto loaded = rules::load_rules(*files, config_.home_currency, data.get());
  if (!loaded.rules || loaded.rules->hash != ruleset)
    return std::unexpected(fmt::format("{} of {} is no set of rules to this version of the program",
                                       rules_key(ruleset), config_.topics.snapshots));
  Loaded found{std::move(loaded.rules), std::move(data)};
  remember(found);
  return found;
}

std::expected<void, std::string> Contents::store(const Loaded& loaded, std::span<const rules::File> rules,
                                                 std::span<const reference::File> reference) {
  const auto records = open();
  if (!records) return std::unexpected(records.error());
  kafka::ContentStore store(**records);
  if (!is_empty_reference(config_, loaded.reference->hash())) {
    if (auto done = put(store, reference_key(loaded.reference->hash()), reference); !done) return done;
  }
  if (auto done = put(store, rules_key(loaded.rules->hash), rules); !done) return done;
  remember(loaded);
  return {};
}

std::expected<bool, std::string> Contents::holds(const Loaded& loaded) {
  const auto records = open();
  if (!records) return std::unexpected(records.error());
  kafka::ContentStore store(**records);
  const auto rules = store.get(rules_key(loaded.rules->hash));
  if (!rules) return std::unexpected(rules.error());
  if (is_empty_reference(config_, loaded.reference->hash())) return rules->has_value();
  const auto reference = store.get(reference_key(loaded.reference->hash()));
  if (!reference) return std::unexpected(reference.error());
  return rules->has_value() && reference->has_value();
}

void Contents::remember(const Loaded& loaded) {
  const std::lock_guard lock(mutex_);
  known_.push_back(loaded);
  // The first is what this process started with.
  if (known_.size() > kMostKnown) known_.erase(known_.begin() + 1);
}

}  // namespace suar::service
