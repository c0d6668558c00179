// Since when the logs hold what a window asks for. Rules may change while entities have a history: a window
// that an entity's log was not kept for then begins with what is there, and its alerts say so until it is
// full.
//
// An entry says which windows it belongs to (bits) and holds what they compare (columns); so a gap is one of
// a bit, or of a column of the entries that have the bit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/program.h"

namespace suar::engine {

class StateReader;
struct Translation;

class Coverage {
 public:
  static constexpr std::int64_t kAlways = INT64_MIN / 4;

  // Of one bit; `columns` in step with Layout::filled.
  struct OfBit {
    std::int64_t since = kAlways;
    std::vector<std::int64_t> columns;
  };

  // Without a gap.
  explicit Coverage(const Program& program);
  // What follows from what the saved program kept. No event before the switch is newer than `newest`.
  Coverage(const Program& program, const Translation& translation, std::int64_t newest);

  [[nodiscard]] const OfBit& of(rules::EntityKind kind, std::uint32_t bit) const {
    return kinds_[static_cast<std::size_t>(kind)][bit];
  }
  // Since when what the rule's condition rests on is covered, where at `now` a window of it is not full.
  [[nodiscard]] std::optional<event::Instant> warming_since(rules::EntityKind kind, const Layout& layout,
                                                            const RulePlan& plan, event::Instant now) const;

 private:
  [[nodiscard]] std::int64_t since(rules::EntityKind kind, const Layout& layout, std::uint32_t bit,
                                   const std::vector<int>& columns) const;

  std::array<std::vector<OfBit>, rules::kEntityKinds> kinds_;
  bool whole_ = true;  // there is no gap at all
};

}  // namespace suar::engine
