// A compiled expression: the checked tree with every look-up by name done once. The words of tx_type, channel
// and direction become bit sets, lists and corridors their references, regular expressions their machines.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "event/transaction.h"
#include "reference/reference.h"
#include "rules/rule.h"

namespace re2 {
class RE2;
}

namespace suar::engine {

// How the watched entity stands to the event; kOnSignal is "" in the language.
enum class Direction : std::uint8_t { kOut, kIn, kSelf, kNone, kOnSignal };
[[nodiscard]] std::string_view name_of(Direction direction);

enum class Op : std::uint8_t {
  kConstant,
  kEventField,
  kPartyField,
  kParty,
  kParam,
  kLet,
  kWindow,
  kBound,  // a value of a step, by the plan's `bounds`
  kMember,
  kNot,
  kAnd,
  kOr,
  kConditional,
  kCompare,   // args[0], args[1] by `relation`
  kWordIn,    // a tx_type, channel or direction stands in the bit set `bits`
  kTextIs,    // args[0] is (negated: is not) the constant text
  kSameText,  // args[0] is (negated: is not) args[1], of which one is a step's and known by its identity
  kInList,
  kInRange,
  kNegate,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kToHome,
  kCall
};

enum class Relation : std::uint8_t { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

struct Node {
  Op op = Op::kConstant;
  rules::Type type = rules::Type::kBool;
  Relation relation{};
  bool negated = false;
  rules::EventField event_field{};
  rules::PartyField party_field{};
  rules::Side side{};
  rules::Function function{};
  int index = 0;
  std::uint32_t bits = 0;
  const rules::Expression* source = nullptr;
  std::string_view text;  // kTextIs: the constant
  std::array<const Node*, 3> args{};
  reference::ListRef list;
  std::vector<reference::CorridorRef> corridors;
  std::vector<bool> rules;                             // kCrimeSignal: which rules have the crime
  std::vector<std::pair<std::uint32_t, int>> signals;  // kSignalAny: rule and which of its values
  std::unique_ptr<re2::RE2> regex;
  std::vector<std::pair<std::string_view, const Node*>>
      segments;  // kParam: by self's segment; args[0] = the default

  Node();
  ~Node();
};

// Owns the nodes of one program. The rule set and the reference data must outlive it.
class NodePool {
 public:
  explicit NodePool(const reference::Reference& reference) : reference_(&reference) {}
  [[nodiscard]] const Node* compile(const rules::Expression& expression, const rules::Rule& rule,
                                    const rules::RuleSet& rules);
  // The same condition with its conjuncts in the order of what they cost. Conditions change nothing, so the
  // order shows only in the time.
  [[nodiscard]] const Node* cheapest_first(const Node& condition);
  // The conditions all hold; null where there are none.
  [[nodiscard]] const Node* conjoin(const std::vector<const Node*>& conditions);

 private:
  Node& make(const rules::Expression& expression);
  void compile_comparison(Node& node, const rules::Expression& expression);
  void compile_call(Node& node, const rules::Expression& expression, const rules::RuleSet& rules);

  const reference::Reference* reference_;
  std::deque<Node> nodes_;
};

// The bit set of the (direction, tx_type) pairs for which the condition may be true, found in its top-level
// conjuncts: the engine asks a rule about an event only where the event's pair is in it.
using Bucket = std::uint8_t;
inline constexpr int kTxTypes = 14;
inline constexpr int kBuckets = 4 * kTxTypes;
[[nodiscard]] inline int bucket_of(Direction direction, event::TxType type) {
  return static_cast<int>(direction) * kTxTypes + static_cast<int>(type);
}
[[nodiscard]] std::uint64_t possible_buckets(const Node& condition);

}  // namespace suar::engine
