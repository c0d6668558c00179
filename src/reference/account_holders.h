// Whose account a number is, as of an instant.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "reference/party_table.h"
#include "reference/text_map.h"
#include "reference/validity.h"

namespace suar::reference {

class AccountHolders {
 public:
  void add(std::string_view account, PartyRef holder, const Validity& validity);
  void seal(const PartyTable& parties);  // once, after the last add

  [[nodiscard]] bool ever_held(std::string_view account) const { return holdings_.contains(account); }
  // Of several holders at once, the one whose holding began last, then the first by id.
  [[nodiscard]] PartyRef holder(std::string_view account, event::Instant as_of) const;

 private:
  struct Holding {
    PartyRef holder;
    Validity validity;
  };
  TextMap<absl::InlinedVector<Holding, 1>> holdings_;
};

}  // namespace suar::reference
