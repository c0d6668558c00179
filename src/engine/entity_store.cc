#include "engine/entity_store.h"

#include <algorithm>
#include <bit>

namespace suar::engine {
namespace {

std::uint64_t key_of(rules::EntityKind kind, EntityId entity) {
  return static_cast<std::uint64_t>(kind) << 32U | entity;
}

}  // namespace

void EntityStore::begin() {
  admissions_.clear();
  plans_.clear();
  words_.clear();
}

Admission EntityStore::start(const Viewpoint& view, EntityId entity, Position at, std::uint64_t source,
                             const Layout& layout) {
  Admission admission;
  admission.view = view;
  admission.entity = entity;
  admission.at = at;
  admission.first_plan = static_cast<std::uint32_t>(plans_.size());
  admission.first_word = static_cast<std::uint32_t>(words_.size());
  words_.resize(words_.size() + layout.shape.words());
  std::uint64_t* words = &words_[admission.first_word];
  words[0] = static_cast<std::uint64_t>(at.time);
  words[layout.shape.head] = at.order;
  words[layout.shape.head + 1] = source;
  filled_columns_.assign(layout.columns.size(), false);
  return admission;
}

void EntityStore::fill(const Layout& layout, const RulePlan& plan, Evaluator& evaluator,
                       const Admission& admission) {
  std::uint64_t* head = &words_[admission.first_word];
  std::uint64_t* body = head + layout.shape.head;
  for (const Predicate& predicate : plan.predicates) {
    if (predicate.where != nullptr && !evaluator.truth(*predicate.where)) continue;
    if (predicate.share != nullptr && !evaluator.truth(*predicate.share)) continue;
    head[LogShape::kBeforeMask + predicate.bit / 64] |= std::uint64_t{1} << (predicate.bit % 64);
  }
  for (const int index : plan.columns) {
    const auto i = static_cast<std::size_t>(index);
    if (filled_columns_[i]) continue;
    filled_columns_[i] = true;
    const Column& column = layout.columns[i];
    if (column.kind == Column::Kind::kIdentity) {
      body[column.word] = evaluator.identity(*column.value);
      continue;
    }
    if (column.kind == Column::Kind::kTruth) {
      body[column.word] = evaluator.truth(*column.value) ? 1 : 0;
      continue;
    }
    if (column.kind == Column::Kind::kParty) {
      body[column.word] = column_of_party(evaluator.party(*column.value));
      continue;
    }
    const Cell cell = evaluator.cell(*column.value);
    const bool fits = cell.present && cell.number.num > kAbsentNumber && cell.number.num <= INT64_MAX;
    body[column.word] =
        static_cast<std::uint64_t>(fits ? static_cast<std::int64_t>(cell.number.num) : kAbsentNumber);
    if (column.kind == Column::Kind::kFraction)
      body[column.word + 1] = static_cast<std::uint64_t>(cell.number.den);
  }
}

void EntityStore::recognise(Occurrence& occurrence, const Recognised& recognised) {
  const event::Transaction& transaction = *occurrence.transaction();
  if (!program_.layout(rules::EntityKind::kAccount).watched() || !transaction.tenant.empty()) return;
  EntityTable& accounts = table(rules::EntityKind::kAccount);
  for (const int side : {0, 1}) {
    const event::Party& party = side == 0 ? transaction.debtor : transaction.creditor;
    if (!party.present || party.account.empty()) continue;
    const auto i = static_cast<std::size_t>(side);
    EntityId id = recognised.accounts[i];
    if (id == kNoEntity) {
      id = recognised.of != nullptr ? accounts.find_or_add(party.account, recognised.tags[i])
                                    : accounts.find_or_add(party.account);
    }
    accounts_[i] = id;
    const std::uint64_t identity = identity_of(party.party_id);
    Entity& account = accounts[id];
    if (identity == 0) {  // the holder depends on the time, so it is asked anew, unless there is none ever
      if (!account.never_held && !account.asked_holder) {
        account.asked_holder = true;
        account.never_held = !program_.reference().ever_held(party.account);
      }
      if (account.never_held) occurrence.side(side).know(reference::kNone);
      continue;
    }
    if (account.party_identity != identity) {
      account.party_identity = identity;
      account.party = program_.reference().party(party.party_id);
    }
    occurrence.side(side).know(account.party);
  }
}

bool EntityStore::admit(Occurrence& occurrence, const Recognised& recognised, std::uint64_t order,
                        Slot payment) {
  const event::Transaction& transaction = *occurrence.transaction();
  const Position at{occurrence.time().micros, order};
  bool late = false;
  recognise(occurrence, recognised);
  const auto watched = [this](rules::EntityKind kind) { return program_.layout(kind).watched(); };
  finder_.find(occurrence, watched, [&](const Viewpoint& view, std::string_view value) {
    if (!transaction.tenant.empty()) {
      tenant_name_.assign(transaction.tenant).push_back('\0');
      tenant_name_.append(value);
      value = tenant_name_;
    }
    const Layout& layout = program_.layout(view.kind);
    const bool known = view.kind == rules::EntityKind::kAccount && transaction.tenant.empty();
    const EntityId id =
        known ? accounts_[static_cast<std::size_t>(view.self)] : table(view.kind).find_or_add(value);
    Entity& entity = table(view.kind)[id];
    late = late || at.time < entity.newest;
    entity.newest = std::max(entity.newest, at.time);

    Admission admission = start(view, id, at, payment, layout);
    Evaluator evaluator(occurrence, view);
    for (const std::uint32_t plan :
         layout.by_bucket[static_cast<std::size_t>(bucket_of(view.direction, transaction.tx_type))]) {
      if (!evaluator.truth(*layout.rules[plan].admits)) continue;
      plans_.push_back(plan);
      fill(layout, layout.rules[plan], evaluator, admission);
    }
    admission.plans = static_cast<std::uint32_t>(plans_.size()) - admission.first_plan;
    if (admission.plans != 0) {
      if (keep(layout, entity, admission)) payments_.place(payment, {view.kind, id});
      admissions_.push_back(admission);
    } else {
      words_.resize(admission.first_word);
    }
  });
  return late;
}

Admission EntityStore::admit_signal(const Signal& signal, rules::EntityKind kind, EntityId id,
                                    std::uint64_t order) {
  const Layout& layout = program_.layout(kind);
  Entity& entity = table(kind)[id];
  entity.newest = std::max(entity.newest, signal.time.micros);

  Slot slot = 0;
  if (free_signals_.empty()) {
    slot = signals_.add();
  } else {
    slot = free_signals_.back();
    free_signals_.pop_back();
  }
  signals_[slot] = signal;

  const Viewpoint view{kind, Direction::kOnSignal, -1, -1};
  Admission admission = start(view, id, {signal.time.micros, order}, kSignalBit | slot, layout);
  const Occurrence occurrence(signals_[slot], program_.reference());
  Evaluator evaluator(occurrence, view);
  for (std::uint32_t plan = 0; plan < layout.rules.size(); ++plan) {
    const RulePlan& rule = layout.rules[plan];
    const auto from = static_cast<std::size_t>(signal.rule);
    if (!rule.asks[from] || (rule.marks_only[from] && !signal.mark)) continue;
    if (!evaluator.truth(*rule.admits)) continue;
    plans_.push_back(plan);
    fill(layout, rule, evaluator, admission);
  }
  admission.plans = static_cast<std::uint32_t>(plans_.size()) - admission.first_plan;
  if (admission.plans == 0 || !keep(layout, entity, admission)) free_signals_.push_back(slot);
  return admission;
}

std::int64_t EntityStore::longest(const std::vector<event::Duration>& durations, const LogEntry& entry,
                                  const LogShape& shape) {
  std::int64_t longest = 0;
  for (std::uint32_t word = 0; word < shape.head - LogShape::kBeforeMask; ++word) {
    std::uint64_t bits = entry.mask(word);
    while (bits != 0) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(bits));
      longest = std::max(longest, durations[word * 64 + bit].micros);
      bits &= bits - 1;
    }
  }
  return longest;
}

bool EntityStore::keep(const Layout& layout, Entity& entity, const Admission& admission) {
  const LogEntry entered = entry(admission);
  if (entered.time() <= entity.newest - reach(layout, entered)) return false;
  EntityLog& log = entity.log;
  if (log.size() == log.capacity()) {
    clean_up(layout, entity, admission);
    // Grow while more than three quarters are in use, so that the next clean-up is some way off.
    if (log.size() * std::uint64_t{4} > log.capacity() * std::uint64_t{3} || log.capacity() < 4)
      log.grow(layout.shape, table(admission.view.kind).memory());
  }
  RunningWindows* windows = find_running(admission.view.kind, admission.entity);
  const std::uint32_t i = log.insert(entered, layout.shape);
  if (windows != nullptr) windows->inserted(log.entry(i, layout.shape));
  ++kept_;
  return true;
}

void EntityStore::clean_up(const Layout& layout, Entity& entity, const Admission& admission) {
  RunningWindows* windows = find_running(admission.view.kind, admission.entity);
  if (windows != nullptr) windows->before_cleanup(entity.log, {entity.newest});
  entity.log.retain(layout.shape, [&](const LogEntry& old) {
    if (old.source() == kGone) return false;
    if (old.time() > entity.newest - reach(layout, old)) return true;
    drop(old.source());
    --kept_;
    return false;
  });
  if (windows == nullptr) return;
  windows->after_cleanup(entity.log);
  if (entity.log.size() < running_from_) running_.erase(key_of(admission.view.kind, admission.entity));
}

RunningWindows* EntityStore::find_running(rules::EntityKind kind, EntityId entity) {
  if (running_.empty() || table(kind)[entity].log.size() < running_from_) return nullptr;
  const auto found = running_.find(key_of(kind, entity));
  return found == running_.end() ? nullptr : found->second.get();
}

RunningWindows* EntityStore::running(rules::EntityKind kind, EntityId entity) {
  if (table(kind)[entity].log.size() < running_from_) return nullptr;
  std::unique_ptr<RunningWindows>& windows = running_[key_of(kind, entity)];
  if (windows == nullptr) windows = std::make_unique<RunningWindows>();
  return windows.get();
}

void EntityStore::drop(std::uint64_t source) {
  if ((source & kSignalBit) != 0) {
    const auto slot = static_cast<Slot>(source);
    signals_[slot] = Signal{};
    free_signals_.push_back(slot);
  } else {
    payments_.release(static_cast<Slot>(source));
  }
}

void EntityStore::remove(Slot payment) {
  const Position at = payments_[payment].at;
  payments_.for_each_placement(payment, [&](const Placement& placement) {
    const Layout& layout = program_.layout(placement.kind);
    EntityLog& log = table(placement.kind)[placement.entity].log;
    const std::uint32_t i = log.find(at, layout.shape);
    if (i == log.size()) return;
    if (RunningWindows* windows = find_running(placement.kind, placement.entity))
      windows->leaving(log.entry(i, layout.shape));
    log.take_out(i, layout.shape);
    --kept_;
  });
  payments_.unplace(payment);
}

void EntityStore::reduce(Slot slot) {
  const Payment& payment = payments_[slot];
  const reference::Reference& reference = program_.reference();
  const event::Date date = event::date_of({payment.at.time}, payment.offset_minutes);
  std::optional<std::int64_t> home;
  if (payment.currency == reference.home()) {
    home = payment.left;
  } else if (const PaymentExtra* more = payments_.find_extra(slot);
             more != nullptr && more->home_rate.digits != 0) {
    home = event::convert(payment.left, payment.currency, reference.home(), more->home_rate);
  }
  payments_.for_each_placement(slot, [&](const Placement& placement) {
    const Layout& layout = program_.layout(placement.kind);
    EntityLog& log = table(placement.kind)[placement.entity].log;
    const std::uint32_t i = log.find(payment.at, layout.shape);
    if (i == log.size()) return;
    RunningWindows* windows = find_running(placement.kind, placement.entity);
    if (windows != nullptr) windows->leaving(log.entry(i, layout.shape));
    std::uint64_t* body = log.mutable_body(i, layout.shape);
    for (const Column& column : layout.columns) {
      if (column.kind != Column::Kind::kAmount) continue;
      const auto minor = column.currency == payment.currency
                             ? std::optional(payment.left)
                             : in_currency(home, column.currency, reference, date);
      body[column.word] = static_cast<std::uint64_t>(minor.value_or(kAbsentNumber));
    }
    if (windows != nullptr) windows->change_over(log.entry(i, layout.shape));
  });
}

bool EntityStore::holds(Slot payment) const {
  const Position at = payments_[payment].at;
  bool held = false;
  payments_.for_each_placement(payment, [&](const Placement& placement) {
    const Layout& layout = program_.layout(placement.kind);
    const Entity& entity = table(placement.kind)[placement.entity];
    const std::uint32_t i = entity.log.find(at, layout.shape);
    if (held || i == entity.log.size()) return;
    held = at.time > entity.newest - longest(layout.held, entity.log.entry(i, layout.shape), layout.shape);
  });
  return held;
}

void EntityStore::prefetch(const event::Transaction& transaction, int step, Recognised& recognised) const {
  if (!transaction.tenant.empty() || !program_.layout(rules::EntityKind::kAccount).watched()) return;
  const EntityTable& accounts = table(rules::EntityKind::kAccount);
  for (const std::size_t i : {0U, 1U}) {
    const std::string_view account = (i == 0 ? transaction.debtor : transaction.creditor).account;
    if (account.empty()) continue;
    if (step == 0) {
      recognised.tags[i] = EntityTable::tag_of(account);
      accounts.prefetch(recognised.tags[i]);
    } else if (step == 1) {
      recognised.likely[i] = accounts.prefetch_entity(recognised.tags[i]);
    } else if (const EntityId found = accounts.check(recognised.likely[i], account); found != kNoEntity) {
      recognised.accounts[i] = found;
      accounts[found].log.prefetch_end(program_.layout(rules::EntityKind::kAccount).shape);
      program_.reference().prefetch(accounts[found].party);
    }
  }
}

std::uint64_t EntityStore::entities() const {
  std::uint64_t count = 0;
  for (const EntityTable& kind : tables_) count += kind.size();
  return count;
}

std::uint64_t EntityStore::bytes() const {
  std::uint64_t bytes = 0;
  for (const EntityTable& kind : tables_)
    bytes += kind.memory().bytes() + kind.size() * (sizeof(Entity) + 16);
  return bytes;
}

}  // namespace suar::engine
