// Every watched entity of every kind: decides which rules look at an event from which entity, and keeps of it
// in the entities' logs what some window can still use.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/coverage.h"
#include "engine/entities.h"
#include "engine/payments.h"
#include "engine/program.h"
#include "engine/running_windows.h"

namespace suar::engine {

struct Translation;

// The present event as one entity admitted it. Spans point into the store and end with the next admission
// round.
struct Admission {
  Viewpoint view;
  EntityId entity = 0;
  Position at;
  std::uint32_t first_plan = 0,
                plans = 0;       // which of the layout's rules look at it, see EntityStore::plans()
  std::uint32_t first_word = 0;  // its entry, see EntityStore::entry()
};

class EntityStore {
 public:
  EntityStore(const Program& program, Payments& payments, std::uint32_t running_from)
      : program_(program), payments_(payments), running_from_(running_from), coverage_(program) {}

  // Starts a round: forgets the admissions of the last one.
  void begin();

  // A counted event: every entity it touches moves its T and keeps what it needs. The entries refer to
  // `payment`, which gets its placements. Returns true where the event was late for some entity. `recognised`
  // is of the event's transaction, or of none.
  bool admit(Occurrence& occurrence, const Recognised& recognised, std::uint64_t order, Slot payment);

  // A signal, on one entity. Its admission has no plans where no rule of the kind asks for it.
  Admission admit_signal(const Signal& signal, rules::EntityKind kind, EntityId entity, std::uint64_t order);

  [[nodiscard]] const std::vector<Admission>& admissions() const { return admissions_; }
  [[nodiscard]] std::span<const std::uint32_t> plans(const Admission& admission) const {
    return std::span(plans_).subspan(admission.first_plan, admission.plans);
  }
  [[nodiscard]] LogEntry entry(const Admission& admission) const {
    const std::uint64_t* words = &words_[admission.first_word];
    return {words, words + program_.layout(admission.view.kind).shape.head};
  }

  [[nodiscard]] EntityTable& table(rules::EntityKind kind) { return tables_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] const EntityTable& table(rules::EntityKind kind) const {
    return tables_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] const Signal& signal(std::uint64_t source) const {
    return signals_[static_cast<Slot>(source & ~kSignalBit)];
  }

  // The windows of an entity that has very many events; null where they are few.
  [[nodiscard]] RunningWindows* running(rules::EntityKind kind, EntityId entity);

  // Takes the payment out of every log.
  void remove(Slot payment);
  // The payment's amount is now `left`: sums fall, counts stay.
  void reduce(Slot payment);
  // Some window of an entity still holds the payment.
  [[nodiscard]] bool holds(Slot payment) const;

  // Fetches, step by step and some records ahead, what the parties' accounts will need. See Engine::prefetch.
  void prefetch(const event::Transaction& transaction, int step, Recognised& recognised) const;

  // Since when the logs hold what windows ask for; what is restored may have gaps.
  [[nodiscard]] const Coverage& coverage() const { return coverage_; }
  void cover(Coverage coverage) { coverage_ = std::move(coverage); }

  void save(StateWriter& out) const;
  // Into an empty one, behind the payments. What no rule of this program can use is left out.
  void restore(StateReader& in, const Translation& translation);
  // Of the entities that are known, one in `parts`.
  void save_part(StateWriter& out, std::uint64_t part, std::uint64_t parts) const;

  [[nodiscard]] std::uint64_t entities() const;
  [[nodiscard]] std::uint64_t kept_events() const { return kept_; }
  [[nodiscard]] std::uint64_t bytes() const;

 private:
  // Finds both sides' accounts, and with them the parties that last acted through them.
  void recognise(Occurrence& occurrence, const Recognised& recognised);
  [[nodiscard]] Admission start(const Viewpoint& view, EntityId entity, Position at, std::uint64_t source,
                                const Layout& layout);
  // Fills the entry's mask and columns for a rule that looks at the event.
  void fill(const Layout& layout, const RulePlan& plan, Evaluator& evaluator, const Admission& admission);
  // Puts the entry into the log if some window reaches it; true if it did.
  bool keep(const Layout& layout, Entity& entity, const Admission& admission);
  // The longest of `durations`, which are by bit, among the entry's bits; in microseconds.
  [[nodiscard]] static std::int64_t longest(const std::vector<event::Duration>& durations,
                                            const LogEntry& entry, const LogShape& shape);
  [[nodiscard]] static std::int64_t reach(const Layout& layout, const LogEntry& entry) {
    return longest(layout.reach, entry, layout.shape);
  }
  void drop(std::uint64_t source);
  void save_entity(StateWriter& out, const Entity& entity, const Layout& layout) const;
  void restore_entity(StateReader& in, rules::EntityKind kind, const Translation& translation);
  void restore_signals(StateReader& in, const Translation& translation);
  void clean_up(const Layout& layout, Entity& entity, const Admission& admission);
  [[nodiscard]] RunningWindows* find_running(rules::EntityKind kind, EntityId entity);

  const Program& program_;
  Payments& payments_;
  std::array<EntityTable, rules::kEntityKinds> tables_;
  ChunkedVector<Signal> signals_;
  std::vector<Slot> free_signals_;
  std::uint64_t kept_ = 0;
  std::uint32_t running_from_;
  Coverage coverage_;
  absl::flat_hash_map<std::uint64_t, std::unique_ptr<RunningWindows>>
      running_;  // derived; by kind and entity

  // Of the present round; kept to spare allocations.
  std::vector<Admission> admissions_;
  std::vector<std::uint32_t> plans_;
  std::vector<std::uint64_t> words_;
  std::vector<bool> filled_columns_;
  SightingFinder finder_;
  std::array<EntityId, 2> accounts_{};  // of debtor and creditor, where accounts are watched
  std::string tenant_name_;

  // While a state is restored.
  std::vector<std::uint32_t> in_logs_;  // by payment: how many entries refer to it
  std::vector<std::uint64_t> unused_;   // sources of entries that no window of this program can use
};

}  // namespace suar::engine
