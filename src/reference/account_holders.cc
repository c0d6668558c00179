#include "reference/account_holders.h"

#include <algorithm>
#include <utility>

namespace suar::reference {

void AccountHolders::add(std::string_view account, PartyRef holder, const Validity& validity) {
  holdings_[account].push_back({holder, validity});
}

void AccountHolders::seal(const PartyTable& parties) {
  for (auto& [account, holdings] : holdings_) {
    std::sort(holdings.begin(), holdings.end(), [&parties](const Holding& a, const Holding& b) {
      if (a.validity.from != b.validity.from) return a.validity.from > b.validity.from;
      return parties.id(a.holder) < parties.id(b.holder);
    });
  }
}

PartyRef AccountHolders::holder(std::string_view account, event::Instant as_of) const {
  const auto found = holdings_.find(account);
  if (found == holdings_.end()) return kNone;
  for (const Holding& holding : found->second) {
    if (holding.validity.holds(as_of)) return holding.holder;
  }
  return kNone;
}

}  // namespace suar::reference
