// Which members of the engine's structures its state is made of; state_bytes.h says how a list is written. A
// structure's members are all named: those that are rebuilt rather than saved as unsaved().
#pragma once

#include "engine/alert_state.h"
#include "engine/early_acts.h"
#include "engine/engine.h"
#include "engine/occurrence.h"
#include "engine/payments.h"
#include "engine/state_bytes.h"

namespace suar::engine {

template <typename Io>
void fields(Io& io, Of<Io, event::Instant>& t) {
  io.members(t, t.micros);
}
template <typename Io>
void fields(Io& io, Of<Io, event::Date>& d) {
  io.members(d, d.days);
}
template <typename Io>
void fields(Io& io, Of<Io, event::Currency>& c) {
  io.members(c, c.code);
}
template <typename Io>
void fields(Io& io, Of<Io, event::Rate>& r) {
  io.members(r, r.digits, r.scale);
}
template <typename Io>
void fields(Io& io, Of<Io, rules::Rational>& r) {
  io.members(r, r.num, r.den);
  if constexpr (Io::kReads) {
    if (r.den <= 0) r.den = 1, io.fail("a fraction's denominator is not positive");
  }
}
template <typename Io>
void fields(Io& io, Of<Io, Position>& p) {
  io.members(p, p.time, p.order);
}
template <typename Io>
void fields(Io& io, Of<Io, IdHash>& id) {
  io.members(id, fixed(id.low), fixed(id.high));
}
template <typename Io>
void fields(Io& io, Of<Io, Placement>& p) {
  io.members(p, p.kind, p.entity);
}
template <typename Io>
void fields(Io& io, Of<Io, PaymentExtra>& e) {
  io.members(e, e.home_rate, e.end_to_end_id, e.held_record, e.event_id, e.ids, e.end_to_end_ids,
             e.placements);
}
template <typename Io>
void fields(Io& io, Of<Io, Payment>& p) {
  // A bit cannot be referred to.
  bool has_id = p.has_id, by_instruct = p.by_instruct, in_alert = p.in_alert;
  io.members(p, p.id, fixed(p.fingerprint), p.id_stamp, p.at, p.stamp, p.left, p.currency, p.more, p.placed,
             p.placed_kinds, p.placements, p.state, p.offset_minutes, p.logged, has_id, by_instruct, in_alert,
             p.event_id_size, in_place(p.event_id, p.event_id_size));
  if constexpr (Io::kReads) {
    p.has_id = has_id;
    p.by_instruct = by_instruct;
    p.in_alert = in_alert;
  }
}
template <typename Io>
void fields(Io& io, Of<Io, RememberedId>& r) {
  io.members(r, fixed(r.fingerprint), r.stamp, r.payment);
}
template <typename Io>
void fields(Io& io, Of<Io, EarlyAct>& a) {
  io.members(a, a.record, a.position, a.stamp, a.names, a.arrival);
}

template <typename Io>
void fields(Io& io, Of<Io, UnitPrice>& p) {
  io.members(p, p.total, p.matching, p.price);
}
template <typename Io>
void fields(Io& io, Of<Io, Rhythm>& r) {
  io.members(r, r.occasions, r.regular);
}
// The texts of a signal's values stand beside them.
template <typename Io>
void fields(Io& io, Of<Io, Cell>& c) {
  io.members(c, c.present, c.truth, c.overflow, c.currency, c.number, unsaved(c.text), c.unit_price,
             c.rhythm);
}
template <typename Io>
void fields(Io& io, Of<Io, CarriedEvent>& c) {
  io.members(c, c.at, c.event_id);
}
template <typename Io>
void fields(Io& io, Of<Io, Signal>& s) {
  io.members(s, s.rule, unsaved(s.rule_id), s.event_id, s.order, s.time, s.offset_minutes, s.hop, s.mark,
             s.origin, s.began, s.party_id, s.values, s.texts, s.raised_at, s.carried);
}

template <typename Io>
void fields(Io& io, Of<Io, LastAlert>& a) {
  io.members(a, a.as_of, a.trigger_event_id, a.alert_id, a.severity, a.score, a.orders);
}

template <typename Io>
void fields(Io& io, Of<Io, AlertGroup>& g) {
  io.members(g, g.id, g.last);
}
template <typename Io>
void fields(Io& io, Of<Io, AlertDay>& d) {
  io.members(d, d.date, d.sent);
}
template <typename Io>
void fields(Io& io, Of<Io, SnoozedHits>& s) {
  io.members(s, s.amount, s.hits, s.over);
}

template <typename Io>
void fields(Io& io, Of<Io, Counters>& c) {
  io.members(c, c.counted, c.held, c.waiting, c.undone, c.duplicates, c.no_effect, c.dead_letters, c.late,
             c.unconverted, c.shortened_horizon, c.signals);
}
// How long evaluations took is no part of the state.
template <typename Io>
void fields(Io& io, Of<Io, RuleCounters>& c) {
  io.members(c, c.evaluations, c.hits, c.alerts, c.suppressed, c.errors, c.snoozed, c.limits_reached,
             c.over_limit, c.excepted, unsaved(c.sampled), unsaved(c.sampled_nanos), c.last_hit);
}

}  // namespace suar::engine
