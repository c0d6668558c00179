// What is saved of the deadlines that are armed.
//
//   deadlines := sequence of deadlines, in the order in which they fire
//
// The rule and its place in the layout are this program's on reading; a deadline whose rule is gone, or waits
// for something else now, goes with it: what would have disarmed it was not kept.
#include <algorithm>

#include "engine/deadlines.h"
#include "engine/state_fields.h"
#include "engine/translation.h"

namespace suar::engine {

// Structures with optional members are listed without being counted.
template <typename Io>
void fields(Io& io, Of<Io, event::Duration>& d) {
  io.members(d, d.micros);
}
template <typename Io>
void fields(Io& io, Of<Io, Value>& v) {
  io.members(v, v.type, v.present, v.truth, v.number, v.currency, v.text, v.time, v.duration);
}
template <typename Io>
void fields(Io& io, Of<Io, EvidenceValue>& v) {
  io(v.name, v.value, v.threshold, v.window_start, v.window_end);
}
template <typename Io>
void fields(Io& io, Of<Io, EvidenceTerm>& t) {
  io.members(t, t.name, t.value, t.weight, t.points);
}
template <typename Io>
void fields(Io& io, Of<Io, EvidenceModifier>& m) {
  io.members(m, m.name, m.factor);
}
template <typename Io>
void fields(Io& io, Of<Io, HitParty>& p) {
  io.members(p, p.side, p.party_id, p.account, p.name);
}
template <typename Io>
void fields(Io& io, Of<Io, Hit>& h) {
  io(h.mode, h.severity, h.score, h.alert_id, h.trigger_event_id, h.event_time, h.offset_minutes, h.as_of,
     h.subject_key, h.subject_party_id, h.subject_account, h.subject_name, h.group_id, h.deadline, h.parties,
     h.values, h.terms, h.modifiers, h.event_ids, h.event_count, h.lists, h.paths, h.because_en, h.because_id,
     h.warming_up_since, h.limited_until, h.escalates, h.predecessor_undone);
}
template <typename Io>
void fields(Io& io, Of<Io, Mark>& m) {
  io.members(m, m.signal, m.kind, m.name, m.key);
}
template <typename Io>
void fields(Io& io, Of<Io, ArmedDeadline>& d) {
  io(d.at, d.rule_id, d.subject_key, d.opener, d.rule, d.kind, d.entity, d.order, d.by_signal, d.tenant,
     d.amount, d.hit, d.orders, d.signal, d.marks);
}

void Deadlines::save(StateWriter& out) const {
  out.number(armed_.size());
  for (const auto& armed : armed_) out(*armed);
}

void Deadlines::restore(StateReader& in, const Translation& translation, const Program& program) {
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    ArmedDeadline deadline;
    in(deadline);
    const auto saved = static_cast<std::size_t>(deadline.rule);
    in.check(
        saved < translation.rules.size() && static_cast<std::size_t>(deadline.kind) < rules::kEntityKinds,
        "a deadline is of a rule that there is not");
    if (!in.ok()) return;
    bool known = adopt(in, deadline.signal, translation, program.rules());
    for (Mark& mark : deadline.marks) {
      in.check(static_cast<std::size_t>(mark.kind) < rules::kEntityKinds, "a mark is of no entity");
      known = adopt(in, mark.signal, translation, program.rules()) && known;
    }
    deadline.rule = translation.rules[saved].waits_alike ? translation.rules[saved].ours : -1;
    const auto& plans = program.layout(deadline.kind).rules;
    const auto plan = std::ranges::find(plans, deadline.rule, &RulePlan::rule);
    if (!in.ok() || !known || plan == plans.end() || !plan->unless.present) continue;
    deadline.plan = static_cast<std::uint32_t>(plan - plans.begin());
    deadline.hit.rule = &program.rules().rules[static_cast<std::size_t>(deadline.rule)];
    deadline.hit.mode = deadline.hit.rule->mode;
    arm(std::move(deadline));
  }
}

}  // namespace suar::engine
