// peers.csv: what is usual among customers of one segment and region.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "reference/findings.h"
#include "reference/reference.h"
#include "reference/validity.h"

namespace suar::reference {

class Peers {
 public:
  void read(Findings& findings);
  // A row without a region holds for every region that has no row of its own at that time.
  [[nodiscard]] std::optional<PeerFigure> find(std::string_view figure, std::string_view segment,
                                               std::string_view region, event::Instant as_of) const;
  [[nodiscard]] std::vector<std::string> figures() const;  // by name

 private:
  struct Row {
    Validity validity;
    int line;
    PeerFigure figure;
  };
  using Key = std::tuple<std::string, std::string, std::string>;  // figure, segment, region
  [[nodiscard]] const Row* row(const Key& key, event::Instant as_of) const;

  std::map<Key, std::vector<Row>> rows_;
};

}  // namespace suar::reference
