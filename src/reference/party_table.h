// Gives every id that the data speaks of a dense index, and says which of them are known parties.
//
// An id may be mentioned, by a relation, before or without ever being declared; only declared ones are found.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "reference/large_pages.h"
#include "reference/reference.h"
#include "reference/text_arena.h"
#include "reference/text_map.h"

namespace suar::reference {

class PartyTable {
 public:
  [[nodiscard]] PartyRef mention(std::string_view id);
  PartyRef declare(std::string_view id);
  void set_name(PartyRef party, std::string_view name) { entries_[party.index].name = texts_.keep(name); }
  void set_public_body(PartyRef party) { entries_[party.index].public_body = true; }

  [[nodiscard]] PartyRef find(std::string_view id) const;  // a declared one, or kNone
  [[nodiscard]] bool declared(PartyRef party) const { return holds(party) && entries_[party.index].declared; }
  [[nodiscard]] std::string_view id(PartyRef party) const;
  [[nodiscard]] std::string_view name(PartyRef party) const;
  [[nodiscard]] bool public_body(PartyRef party) const {
    return holds(party) && entries_[party.index].public_body;
  }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }  // mentioned ones included

 private:
  struct Entry {
    std::string_view id, name;
    bool declared = false;
    bool public_body = false;
  };
  [[nodiscard]] bool holds(PartyRef party) const { return party.index < entries_.size(); }

  TextArena texts_;
  std::vector<Entry, LargePages<Entry>> entries_;
  TextMap<PartyRef, std::string_view> by_id_;
};

}  // namespace suar::reference
