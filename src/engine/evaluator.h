// Evaluates compiled expressions on one occurrence, seen from one entity. Lets and windows come from outside:
// the filters that decide what an entity keeps are evaluated without any.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/cell.h"
#include "engine/node.h"
#include "engine/occurrence.h"

namespace suar::engine {

// From where an entity sees the event: the indexes (0 debtor, 1 creditor) of its own side and of the
// counterparty's, -1 where there is none.
struct Viewpoint {
  rules::EntityKind kind{};
  Direction direction = Direction::kNone;
  int self = -1;
  int other = -1;
};

// The values of a rule's lets and windows for the present trigger.
class DerivedValues {
 public:
  virtual ~DerivedValues() = default;
  [[nodiscard]] virtual Cell let(int index) = 0;
  [[nodiscard]] virtual Cell window(int index) = 0;
  [[nodiscard]] virtual Cell bound(int index) = 0;  // a text as its identity, in `number`
};

class Evaluator {
 public:
  Evaluator(const Occurrence& occurrence, const Viewpoint& view, DerivedValues* derived = nullptr)
      : occurrence_(occurrence), view_(view), derived_(derived) {}

  [[nodiscard]] bool truth(const Node& node);
  [[nodiscard]] Cell cell(const Node& node);
  // What a column keeps of a text or a party: its identity (a 64-bit hash; 0 = absent).
  [[nodiscard]] std::uint64_t identity(const Node& node);
  // An exact result did not fit since this was last asked.
  [[nodiscard]] bool take_overflow();

  [[nodiscard]] const SideFacts* side(rules::Side side) const;
  // The party of a kParty, or of a step; unknown where there is none.
  [[nodiscard]] reference::PartyRef party(const Node& node) const;

 private:
  [[nodiscard]] bool compare(const Node& node);
  [[nodiscard]] bool call_truth(const Node& node);
  [[nodiscard]] Cell call_cell(const Node& node);
  [[nodiscard]] Cell peer(const SideFacts& self, const rules::Expression& source) const;
  [[nodiscard]] std::optional<event::Instant> listed_since(const Node& node);
  [[nodiscard]] Cell constant(const Node& node) const;
  [[nodiscard]] Cell party_field(const Node& node);
  [[nodiscard]] Cell arithmetic(const Node& node);
  [[nodiscard]] Cell member(const Node& node);
  [[nodiscard]] const Node& param_value(const Node& node) const;

  const Occurrence& occurrence_;
  const Viewpoint& view_;
  DerivedValues* derived_;
  bool overflow_ = false;
  std::array<std::string, 2> keys_;  // of debtor and creditor, once spelled out
};

// The entity key ("account:123") of a party seen by a rule on `kind`: of that kind, else its account, else
// its party; "" where there is none.
void spell_key(const SideFacts& side, rules::EntityKind kind, std::string& key);

[[nodiscard]] std::uint64_t identity_of(std::string_view text);

// A party as a column keeps it; 0 = unknown.
[[nodiscard]] inline std::uint64_t column_of_party(reference::PartyRef party) {
  return party.known() ? std::uint64_t{party.index} + 1 : 0;
}
[[nodiscard]] inline reference::PartyRef party_of_column(std::uint64_t word) {
  return word == 0 ? reference::kNone : reference::PartyRef{static_cast<std::uint32_t>(word - 1)};
}

// kin, linked, same_unit and supervises of two known parties, as of an instant.
[[nodiscard]] bool parties_related(const reference::Reference& reference, const rules::Expression& call,
                                   reference::PartyRef a, reference::PartyRef b, event::Instant as_of);

}  // namespace suar::engine
