// Reads a whole directory: every file, also after one was wrong, so that all that is wrong is said at once.
#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>

#include "reference/directory.h"
#include "reference/findings.h"
#include "reference/ftm_reader.h"
#include "reference/impl.h"

namespace suar::reference {
namespace {

class Loading {
 public:
  Loading(const Directory& directory, Diagnostics& findings) : directory_(directory), findings_(findings) {}

  void read(std::string_view name, const std::function<void(Findings&)>& reader) {
    if (const File* file = directory_.find(name)) read(*file, reader);
  }

  void read(const File& file, const std::function<void(Findings&)>& reader) {
    Findings findings(file.name, file.bytes);
    reader(findings);
    std::ranges::move(findings.take(), std::back_inserter(findings_));
  }

 private:
  const Directory& directory_;
  Diagnostics& findings_;
};

}  // namespace

Reference::Loaded Reference::load(std::span<const File> files, event::Currency home) {
  const Directory directory(files);
  Loaded loaded;
  loaded.findings = directory.compare_with_contract();
  Loading loading(directory, loaded.findings);

  auto impl = std::make_unique<Impl>();
  impl->home = home;
  impl->hash = directory.hash();
  // Entities are related to parties that other files know of, and corridors lead from place to place.
  loading.read("customers.csv", [&](Findings& f) { impl->customers.read(f, impl->parties, home); });
  loading.read("agencies.csv", [&](Findings& f) { impl->agencies.read(f, impl->parties); });
  loading.read("entities.ftm.ndjson", [&](Findings& f) {
    read_ftm(f, {impl->parties, impl->accounts, impl->officials, impl->links});
  });
  for (const File* file : directory.lists()) {
    WatchList& list = impl->lists.emplace_back(std::string(list_name_of(*file)));
    loading.read(*file, [&list](Findings& f) { list.read(f); });
  }
  std::ranges::sort(impl->lists, {}, &WatchList::name);
  loading.read("places.csv", [&](Findings& f) { impl->places.read(f); });
  loading.read("corridors.yaml", [&](Findings& f) { impl->corridors.read(f, impl->places); });
  loading.read("tariffs.csv", [&](Findings& f) { impl->tariffs.read(f); });
  loading.read("peers.csv", [&](Findings& f) { impl->peers.read(f); });
  loading.read("calendar.yaml", [&](Findings& f) { impl->calendar.read(f); });
  loading.read("fx.csv", [&](Findings& f) { impl->rates.read(f, home); });

  if (has_errors(loaded.findings)) return loaded;
  impl->accounts.seal(impl->parties);
  impl->officials.seal();
  impl->links.seal(impl->parties);
  impl->places.seal();
  for (std::uint32_t i = 0; i < impl->parties.size(); ++i) {
    const PartyRef party{i};
    if (impl->officials.knows(party)) impl->customers.note(party, Customers::kPost);
    if (impl->agencies.knows(party)) impl->customers.note(party, Customers::kAgency);
    if (impl->links.knows(party)) impl->customers.note(party, Customers::kLinks);
  }
  loaded.reference = std::shared_ptr<const Reference>(new Reference(std::move(impl)));
  return loaded;
}

}  // namespace suar::reference
