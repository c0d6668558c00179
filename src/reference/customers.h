// customers.csv: what the institution itself knows of its customers; it has no dates of validity. Beside it,
// in the same few bytes for each party, which other questions may have an answer at all: the engine asks them
// of every party of every event, and of most parties nothing is known.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "event/money.h"
#include "reference/findings.h"
#include "reference/large_pages.h"
#include "reference/party_table.h"
#include "reference/prefetch.h"
#include "reference/reference.h"
#include "reference/text_arena.h"
#include "reference/text_map.h"

namespace suar::reference {

class Customers {
 public:
  // What may be known of a party, at some time.
  enum Fact : std::uint8_t { kRow = 1, kPost = 2, kAgency = 4, kLinks = 8 };

  void read(Findings& findings, PartyTable& parties, event::Currency home);
  [[nodiscard]] std::optional<Customer> find(PartyRef party) const;

  void note(PartyRef party, Fact fact) { row(party).facts |= fact; }
  [[nodiscard]] bool may(PartyRef party, Fact fact) const {
    return party.index < rows_.size() && (rows_[party.index].facts & fact) != 0;
  }
  void prefetch(PartyRef party) const {
    if (party.index < rows_.size()) prefetch_line(&rows_[party.index]);
  }

 private:
  static constexpr std::int32_t kNoDate = INT32_MIN;
  static constexpr std::int64_t kNoIncome = INT64_MIN;

  struct alignas(32) Row {
    std::uint32_t segment = 0, occupation = 0, region = 0;  // in texts_
    std::int32_t birth_date = kNoDate, opened = kNoDate;
    std::uint8_t kind = 0;  // 0 = none, else its place among party_kinds() and one
    std::uint8_t facts = 0;
    std::int64_t declared_income_month = kNoIncome;
  };

  Row& row(PartyRef party) {
    if (party.index >= rows_.size()) rows_.resize(party.index + std::size_t{1});
    return rows_[party.index];
  }
  [[nodiscard]] std::uint32_t number_of(std::string_view text);

  std::vector<Row, LargePages<Row>> rows_;  // by PartyRef::index
  TextArena arena_;
  std::vector<std::string_view> texts_ = {""};
  TextMap<std::uint32_t, std::string_view> numbers_;  // of texts
};

}  // namespace suar::reference
