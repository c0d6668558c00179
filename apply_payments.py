import shutil
def sub(p, pairs):
    s=open(p).read()
    for a,b in pairs:
        if a not in s: print("MISSING in",p,":",a[:80]); continue
        s=s.replace(a,b)
    open(p,'w').write(s)
shutil.copy('/tmp/next/payments.h','src/engine/payments.h')
shutil.copy('/tmp/next/payments.cc','src/engine/payments.cc')
sub('src/engine/entity_store.h',[('  [[nodiscard]] bool holds(const Payment& payment) const;','  [[nodiscard]] bool holds(Slot payment) const;'),
('  void drop(std::uint64_t source, std::int64_t stream_time);','  void drop(std::uint64_t source);'),
('  bool admit(Occurrence& occurrence, const Recognised& recognised, std::uint64_t order, Slot payment,\n             std::int64_t stream_time);','  bool admit(Occurrence& occurrence, const Recognised& recognised, std::uint64_t order, Slot payment);'),
('''EntityId entity, std::uint64_t order,
                         std::int64_t stream_time);''','''EntityId entity, std::uint64_t order);'''),
('  bool keep(const Layout& layout, Entity& entity, const Admission& admission, std::int64_t stream_time);','  bool keep(const Layout& layout, Entity& entity, const Admission& admission);'),
])
sub('src/engine/entity_store.cc',[
('''                        Slot payment, std::int64_t stream_time) {
''','''                        Slot payment) {
'''),
('''      if (keep(layout, entity, admission, stream_time)) {
        Payment& kept = payments_[payment];
        ++kept.logged;
        kept.placements.push_back({view.kind, id});
      }
''','''      if (keep(layout, entity, admission)) payments_.place(payment, {view.kind, id});
'''),
('''                                    std::uint64_t order, std::int64_t stream_time) {
''','''                                    std::uint64_t order) {
'''),
('!keep(layout, entity, admission, stream_time)','!keep(layout, entity, admission)'),
('''bool EntityStore::keep(const Layout& layout, Entity& entity, const Admission& admission,
                       std::int64_t stream_time) {
''','''bool EntityStore::keep(const Layout& layout, Entity& entity, const Admission& admission) {
'''),
('      drop(old.source(), stream_time);','      drop(old.source());'),
('void EntityStore::drop(std::uint64_t source, std::int64_t stream_time) {','void EntityStore::drop(std::uint64_t source) {'),
('    payments_.release(static_cast<Slot>(source), stream_time);','    payments_.release(static_cast<Slot>(source));'),
('''void EntityStore::remove(Slot payment) {
  Payment& gone = payments_[payment];
  for (const Placement& placement : gone.placements) {
    const Layout& layout = program_.layout(placement.kind);
    EntityLog& log = table(placement.kind)[placement.entity].log;
    const std::uint32_t i = log.find(gone.at, layout.shape);
    if (i == log.size()) continue;
    log.take_out(i, layout.shape);
    --kept_;
    --gone.logged;
  }
  gone.placements.clear();
}
''','''void EntityStore::remove(Slot payment) {
  const Position at = payments_[payment].at;
  payments_.for_each_placement(payment, [&](const Placement& placement) {
    const Layout& layout = program_.layout(placement.kind);
    EntityLog& log = table(placement.kind)[placement.entity].log;
    const std::uint32_t i = log.find(at, layout.shape);
    if (i == log.size()) return;
    log.take_out(i, layout.shape);
    --kept_;
  });
  payments_.unplace(payment);
}
'''),
('''  } else if (payment.more && payment.more->home_rate.digits != 0) {
    home = event::convert(payment.left, payment.currency, reference.home(), payment.more->home_rate);
  }
  for (const Placement& placement : payment.placements) {
''','''  } else if (const PaymentExtra* more = payments_.find_extra(slot);
             more != nullptr && more->home_rate.digits != 0) {
    home = event::convert(payment.left, payment.currency, reference.home(), more->home_rate);
  }
  payments_.for_each_placement(slot, [&](const Placement& placement) {
'''),
('''    const std::uint32_t i = log.find(payment.at, layout.shape);
    if (i == log.size()) continue;
''','''    const std::uint32_t i = log.find(payment.at, layout.shape);
    if (i == log.size()) return;
'''),
('''      body[column.word] = static_cast<std::uint64_t>(minor.value_or(kAbsentNumber));
    }
  }
}
''','''      body[column.word] = static_cast<std::uint64_t>(minor.value_or(kAbsentNumber));
    }
  });
}
'''),
('''bool EntityStore::holds(const Payment& payment) const {
  return std::ranges::any_of(payment.placements, [&](const Placement& placement) {
    const Layout& layout = program_.layout(placement.kind);
    const Entity& entity = table(placement.kind)[placement.entity];
    const std::uint32_t i = entity.log.find(payment.at, layout.shape);
    if (i == entity.log.size()) return false;
    return payment.at.time > entity.newest - reach(layout, entity.log.entry(i, layout.shape));
  });
}
''','''bool EntityStore::holds(Slot payment) const {
  const Position at = payments_[payment].at;
  bool held = false;
  payments_.for_each_placement(payment, [&](const Placement& placement) {
    const Layout& layout = program_.layout(placement.kind);
    const Entity& entity = table(placement.kind)[placement.entity];
    const std::uint32_t i = entity.log.find(at, layout.shape);
    held = held || (i != entity.log.size() &&
                    at.time > entity.newest - reach(layout, entity.log.entry(i, layout.shape)));
  });
  return held;
}
'''),
])
sub('src/engine/engine.cc',[
('''  if (const RememberedId* seen = payments.seen(id, stream_time)) {
''','''  if (const auto seen = payments.seen(id, stream_time)) {
'''),
('''  const RememberedId* remembered = result.rejection ? nullptr : payments.seen(id, kUnset);
  if (remembered != nullptr && remembered->stamp < stream_time) {
''','''  const auto remembered = result.rejection ? std::nullopt : payments.seen(id, kUnset);
  if (remembered && remembered->stamp < stream_time) {
'''),
('payment.extra().home_rate','payments.extra(slot).home_rate'),
('payments[slot].at.order, slot, stream_time)','payments[slot].at.order, slot)'),
('payments[slot].keep_event_id(content.event_id)','payments.keep_event_id(slot, content.event_id)'),
('evaluation.run(occurrence, slot, next_order, stream_time, hits)','evaluation.run(occurrence, slot, next_order, hits)'),
])
sub('src/engine/payment_acts.cc',[
('store.holds(payments[slot])','store.holds(slot)'),
('  if (const RememberedId* seen = payments.seen(id, stream_time)) {\n    const RememberedId as_accepted = *seen;\n    payments.remember(id, as_accepted.fingerprint, as_accepted.stamp, slot);\n','  if (const auto seen = payments.seen(id, stream_time)) {\n    payments.remember(id, seen->fingerprint, seen->stamp, slot);\n'),
('std::exchange(payment.extra().held_record, {})','std::exchange(payments.extra(named).held_record, {})'),
('payments[slot].extra().held_record','payments.extra(slot).held_record'),
('  payments[slot].event_id.reset();\n',''),
('  if (payment.more) payment.more->held_record = {};','  if (payment.more != kNoSlot) payments.extra(slot).held_record = {};'),
])
sub('src/engine/evidence.cc',[('context.payments[static_cast<Slot>(source)].event_id.get()','context.payments.event_id(static_cast<Slot>(source))')])
sub('src/engine/explanation.cc',[('return payments[static_cast<Slot>(source)].event_id.get();','return std::string(payments.event_id(static_cast<Slot>(source)));')])
sub('src/engine/evaluation.h',[('''std::uint64_t& next_order, std::int64_t stream_time,
           std::vector<Hit>& hits);''','''std::uint64_t& next_order,
           std::vector<Hit>& hits);'''),('  std::int64_t stream_time_ = 0;\n','')])
sub('src/engine/evaluation.cc',[('''std::uint64_t& next_order,
                     std::int64_t stream_time, std::vector<Hit>& hits) {''','''std::uint64_t& next_order,
                     std::vector<Hit>& hits) {'''),('  stream_time_ = stream_time;\n',''),
('''store_.admit_signal(mark.signal, mark.kind, entity, (*next_order_)++, stream_time_);''','''store_.admit_signal(mark.signal, mark.kind, entity, (*next_order_)++);'''),
('''                                      (*next_order_)++, stream_time_);''','''                                      (*next_order_)++);''')])
