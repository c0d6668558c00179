// tariffs.csv: what a service officially costs, and when.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "event/money.h"
#include "reference/findings.h"
#include "reference/validity.h"

namespace suar::reference {

class Tariffs {
 public:
  void read(Findings& findings);
  // A row without a provider type holds for every type that has no row of its own at that time.
  [[nodiscard]] std::optional<event::Money> find(std::string_view service, std::string_view provider_type,
                                                 event::Instant as_of) const;

 private:
  struct Row {
    Validity validity;
    int line;
    event::Money fee;
  };
  using Key = std::pair<std::string, std::string>;  // service, provider type
  [[nodiscard]] const Row* row(const Key& key, event::Instant as_of) const;

  absl::flat_hash_map<Key, std::vector<Row>> rows_;
};

}  // namespace suar::reference
