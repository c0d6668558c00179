// What is saved of the entities: names, newest times, logs, and the signals that stand in logs.
//
//   entities := signal_slots free_list signal{those not free} table{kEntityKinds}
//   table    := count entity{count}, in the order of their numbers
//   entity   := name newest size capacity entry{size}
//   entry    := time order source mask column{...}; time, order and mask less those of the entry before
//   column   := fixed for an identity, text (its id) for a party, signed signed for a fraction, else signed
//
// A party's number is that of one reference set; another finds the party by its id.
// Times are differences because most are small. A log's capacity is state: it decides when a log is cleaned
// up, and so when a payment is forgotten.
#include <algorithm>

#include "engine/entity_store.h"
#include "engine/state_fields.h"
#include "engine/translation.h"

namespace suar::engine {
namespace {

constexpr std::int64_t kLatest = INT64_MAX / 4;

std::uint32_t mask_words_of(std::size_t bits) {
  return static_cast<std::uint32_t>((bits + 63) / 64);
}

// An entry as it was saved.
struct SavedEntry {
  Position at;
  std::uint64_t source = 0;
  std::vector<std::uint64_t> mask, columns;  // a fraction takes two words
};

bool belongs(const SavedEntry& entry, std::size_t bit) {
  return ((entry.mask[bit / 64] >> (bit % 64)) & 1U) != 0;
}

void read_entry(StateReader& in, const Translation::Kind& kind, const reference::Reference& reference,
                SavedEntry& entry) {
  std::int64_t later = 0, order = 0;
  in(later, order, entry.source);
  in.check(later >= 0 && later <= 2 * kLatest && entry.at.time <= kLatest - later,
           "a log is not in the order of time");
  if (!in.ok()) return;
  const bool orders_rise = later > 0 || order >= 0;
  in.check(orders_rise, "a log is not in the order of time");
  entry.at.time += later;
  entry.at.order += static_cast<std::uint64_t>(order);
  for (std::size_t word = 0; word < entry.mask.size(); ++word) {
    entry.mask[word] = in.number();
    const std::size_t bits = kind.bits.size() - word * 64;
    in.check(bits >= 64 || (entry.mask[word] >> bits) == 0, "an entry belongs to a window that there is not");
  }
  std::size_t word = 0;
  for (const Column::Kind column : kind.kinds) {
    if (column == Column::Kind::kIdentity) {
      entry.columns[word++] = in.fixed_number();
      continue;
    }
    if (column == Column::Kind::kParty) {
      entry.columns[word++] = column_of_party(reference.party(in.text()));
      continue;
    }
    std::int64_t number = 0;
    in(number);
    entry.columns[word++] = static_cast<std::uint64_t>(number);
    if (column != Column::Kind::kFraction) continue;
    in(number);
    in.check(number > 0 || static_cast<std::int64_t>(entry.columns[word - 1]) == kAbsentNumber,
             "a fraction's denominator is not positive");
    entry.columns[word++] = static_cast<std::uint64_t>(number);
  }
}

// How far back the saved program could still use the event.
std::int64_t saved_reach(const SavedEntry& entry, const Translation::Kind& kind) {
  std::int64_t reach = 0;
  for (std::size_t bit = 0; bit < kind.bits.size(); ++bit)
    if (belongs(entry, bit)) reach = std::max(reach, kind.bits[bit].reach);
  return reach;
}

void set_absent(const Column& column, std::uint64_t* body) {
  const bool zero_is_absent = column.kind == Column::Kind::kIdentity || column.kind == Column::Kind::kTruth ||
                              column.kind == Column::Kind::kParty;
  body[column.word] = zero_is_absent ? 0 : static_cast<std::uint64_t>(kAbsentNumber);
  if (column.kind == Column::Kind::kFraction) body[column.word + 1] = 1;
}

// Fills an entry of this program's layout. False where no window of it can use the event. What the saved
// program filled for no window of the entry's is absent.
bool translate(const SavedEntry& from, const Translation::Kind& kind, const Layout& layout,
               std::uint64_t* head, std::uint64_t* body) {
  std::fill_n(head, layout.shape.head, 0);
  std::fill_n(body, layout.shape.body, 0);
  if (!kind.same)
    for (const Column& column : layout.columns) set_absent(column, body);
  head[0] = static_cast<std::uint64_t>(from.at.time);
  body[0] = from.at.order;
  body[1] = from.source;
  bool used = false;
  std::vector<bool> filled(kind.columns.size(), kind.same);
  for (std::size_t bit = 0; bit < kind.bits.size(); ++bit) {
    if (!belongs(from, bit)) continue;
    for (const Translation::Filled& column : kind.bits[bit].filled) filled[column.saved] = true;
    if (kind.bits[bit].ours < 0) continue;
    const auto ours = static_cast<std::uint32_t>(kind.bits[bit].ours);
    head[LogShape::kBeforeMask + ours / 64] |= std::uint64_t{1} << (ours % 64);
    used = true;
  }
  std::size_t word = 0;
  for (std::size_t i = 0; i < kind.columns.size(); ++i) {
    const bool fraction = kind.kinds[i] == Column::Kind::kFraction;
    if (kind.columns[i] >= 0 && filled[i]) {
      const Column& ours = layout.columns[static_cast<std::size_t>(kind.columns[i])];
      body[ours.word] = from.columns[word];
      if (fraction) body[ours.word + 1] = from.columns[word + 1];
    }
    word += fraction ? 2 : 1;
  }
  return used;
}

}  // namespace

void EntityStore::save_entity(StateWriter& out, const Entity& entity, const Layout& layout) const {
  const EntityLog& log = entity.log;
  out.text(entity.name.view());
  out(entity.newest, log.size(), log.capacity());
  Position before{kNeverTouched, 0};
  for (std::uint32_t i = 0; i < log.size(); ++i) {
    const LogEntry entry = log.entry(i, layout.shape);
    const Position at = entry.position();
    out(at.time - before.time, static_cast<std::int64_t>(at.order - before.order), entry.source());
    before = at;
    for (std::uint32_t word = 0; word < mask_words_of(layout.definitions.size()); ++word)
      out.number(entry.mask(word));
    for (const Column& column : layout.columns) {
      if (column.kind == Column::Kind::kIdentity) {
        out.fixed_number(entry.word(column.word));
        continue;
      }
      if (column.kind == Column::Kind::kParty) {
        const reference::PartyRef party = party_of_column(entry.word(column.word));
        out.text(party.known() ? program_.reference().id_of(party) : std::string_view());
        continue;
      }
      out(static_cast<std::int64_t>(entry.word(column.word)));
      // A column that no window of the entry needs was never filled.
      if (column.kind == Column::Kind::kFraction)
        out(std::max<std::int64_t>(1, static_cast<std::int64_t>(entry.word(column.word + 1))));
    }
  }
}

void EntityStore::save(StateWriter& out) const {
  out.number(signals_.size());
  out(free_signals_);
  std::vector<bool> free(signals_.size());
  for (const Slot slot : free_signals_) free[slot] = true;
  for (Slot slot = 0; slot < signals_.size(); ++slot) {
    if (!free[slot]) out(signals_[slot]);
  }
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    const Layout& layout = program_.layout(static_cast<rules::EntityKind>(kind));
    const EntityTable& entities = table(static_cast<rules::EntityKind>(kind));
    out.number(entities.size());
    for (EntityId id = 0; id < entities.size(); ++id) save_entity(out, entities[id], layout);
  }
}

void EntityStore::save_part(StateWriter& out, std::uint64_t part, std::uint64_t parts) const {
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    const Layout& layout = program_.layout(static_cast<rules::EntityKind>(kind));
    const EntityTable& entities = table(static_cast<rules::EntityKind>(kind));
    for (std::uint64_t id = part; id < entities.size(); id += parts)
      save_entity(out, entities[static_cast<EntityId>(id)], layout);
  }
}

void EntityStore::restore_signals(StateReader& in, const Translation& translation) {
  const std::uint64_t count = in.number();
  in(free_signals_);
  std::vector<bool> free;
  for (const Slot slot : free_signals_) {
    in.check(slot < count, "a free signal is none");
    if (!in.ok()) return;
    if (free.size() <= slot && in.allow(slot / 8)) free.resize(std::size_t{slot} + 1);
    if (!in.ok()) return;
    in.check(!free[slot], "a signal is free twice");
    free[slot] = true;
  }
  for (std::uint64_t slot = 0; slot < count && in.ok(); ++slot) {
    Signal& signal = signals_[signals_.add()];
    if (slot < free.size() && free[slot]) continue;
    in(signal);
    static_cast<void>(adopt(in, signal, translation, program_.rules()));
    if (!in.ok()) return;
  }
}

void EntityStore::restore_entity(StateReader& in, rules::EntityKind kind, const Translation& translation) {
  const Layout& layout = program_.layout(kind);
  const Translation::Kind& saved = translation.kinds[static_cast<std::size_t>(kind)];
  EntityTable& entities = table(kind);
  const std::string name = in.text();
  const std::uint32_t known = entities.size();
  in.check(!name.empty() && entities.find_or_add(name) == known, "an entity is there twice, or has no name");
  if (!in.ok()) return;
  Entity& entity = entities[known];
  std::uint32_t size = 0, capacity = 0;
  in(entity.newest, size, capacity);
  in.check(entity.newest >= kNeverTouched && entity.newest <= kLatest, "an entity's newest time is none");
  in.check(size <= capacity, "a log is larger than it is");
  if (!in.ok()) return;
  if (capacity != 0) {
    if (!in.allow(std::uint64_t{capacity} * layout.shape.words() * sizeof(std::uint64_t))) return;
    entity.log.reserve(capacity, layout.shape, entities.memory());
  }
  SavedEntry entry;
  entry.at = {kNeverTouched, 0};
  entry.mask.resize(mask_words_of(saved.bits.size()));
  entry.columns.resize(saved.kinds.size() +
                       static_cast<std::size_t>(std::ranges::count(saved.kinds, Column::Kind::kFraction)));
  std::vector<std::uint64_t> head(layout.shape.head), body(layout.shape.body);
  for (std::uint32_t i = 0; i < size && in.ok(); ++i) {
    read_entry(in, saved, program_.reference(), entry);
    in.check(entry.at.time <= entity.newest, "an event is newer than its entity");
    if (!in.ok()) return;
    bool kept = translate(entry, saved, layout, head.data(), body.data()) || saved.same;
    // Under other rules nothing is found again that no window could use any more.
    if (!saved.same && entry.at.time <= entity.newest - saved_reach(entry, saved)) kept = false;
    const bool gone = entry.source == kGone;
    if (gone) {
      in.check(std::ranges::all_of(entry.mask, [](std::uint64_t mask) { return mask == 0; }),
               "what was taken out belongs to a window");
    } else if ((entry.source & kSignalBit) != 0) {
      const std::uint64_t slot = entry.source & ~kSignalBit;
      in.check(slot < signals_.size(), "a log holds a signal that there is not");
      kept = kept && in.ok() && signals_[static_cast<Slot>(slot)].rule >= 0;
    } else {
      in.check(payments_.knows(entry.source), "a log holds a payment that there is not");
      if (in.ok()) ++in_logs_[static_cast<std::size_t>(entry.source)];
    }
    if (!in.ok()) return;
    if (kept) {
      entity.log.insert({head.data(), body.data()}, layout.shape);
      kept_ += gone ? 0 : 1;
    } else if (!gone) {
      unused_.push_back(entry.source);
    }
  }
}

void EntityStore::restore(StateReader& in, const Translation& translation) {
  restore_signals(in, translation);
  in_logs_.assign(payments_.slots(), 0);
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left)
      restore_entity(in, static_cast<rules::EntityKind>(kind), translation);
  }
  for (Slot slot = 0; slot < payments_.slots() && in.ok(); ++slot) {
    if (!payments_.knows(slot)) continue;
    const std::uint32_t logged = payments_[slot].logged;
    in.check(logged == in_logs_[slot] && (logged == 0 || !payments_.event_id(slot).empty()),
             "a payment stands in other logs than it says");
    payments_.for_each_placement(slot, [&](const Placement& placement) {
      in.check(placement.entity < table(placement.kind).size(), "a payment stands nowhere");
    });
  }
  in_logs_ = {};
  if (!in.ok()) return;
  for (const std::uint64_t source : std::exchange(unused_, {})) drop(source);
}

}  // namespace suar::engine
