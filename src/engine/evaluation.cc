#include "engine/evaluation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/evidence.h"
#include "rules/window_span.h"

namespace suar::engine {
namespace {

constexpr int kMostHops = 6;
constexpr std::uint64_t kTimedEvery = 64;
constexpr std::size_t kMostCarried = 12;
constexpr std::size_t kMostSequences = 10;  // of one trigger, where each of them hits

// Each event once, the newest first.
void keep_newest(std::vector<CarriedEvent>& events) {
  std::ranges::stable_sort(events, [](const auto& a, const auto& b) { return a.at > b.at; });
  const auto repeated = std::ranges::unique(events, {}, &CarriedEvent::at);
  events.erase(repeated.begin(), repeated.end());
  if (events.size() > kMostCarried) events.resize(kMostCarried);
}

void rest_on_steps(const TriggerValues& values, Payments& payments) {
  for (const LogEntry& step : values.steps()) {
    if ((step.source() & kSignalBit) == 0) payments[static_cast<Slot>(step.source())].in_alert = true;
  }
}

// A late event triggers only a rule of which some window still reaches it.
bool within_reach(const RulePlan& plan, event::Instant time, event::Instant now) {
  if (plan.longest.micros == 0) return true;
  if (time <= now - plan.longest) return false;
  return !plan.calendar_windows || time > now - plan.fixed_reach ||
         std::ranges::any_of(plan.windows, [&](const WindowPlan& window) {
           return rules::span_of(*window.window, now).after < time;
         });
}

// By its severity, or by its score and the rule's own step.
bool graver(const Hit& hit, const LastAlert& last) {
  const int step = hit.rule->raise.step;
  return hit.severity > last.severity || (step > 0 && hit.score >= last.score + step);
}

event::Instant end_of(event::Date day, const rules::Rule& rule) {
  return event::start_of(event::Date{day.days + 1}, rule.raise.day_offset_minutes);
}

}  // namespace

void Evaluation::run(const Occurrence& occurrence, Slot payment, std::uint64_t& next_order,
                     event::Instant stream_time, std::vector<Hit>& hits) {
  payment_ = payment;
  next_order_ = &next_order;
  stream_time_ = stream_time;
  hits_ = &hits;
  marks_.clear();
  tenant_ = occurrence.transaction()->tenant;

  const std::size_t admitted = store_.admissions().size();
  for (std::size_t i = 0; i < admitted; ++i) {
    const Admission admission = store_.admissions()[i];
    run_entity(&occurrence, admission, {});
  }
  deliver_marks();
}

void Evaluation::deliver_marks() {
  while (!marks_.empty()) {
    std::vector<Mark> wave = std::exchange(marks_, {});
    std::ranges::stable_sort(wave, [&](const Mark& a, const Mark& b) {
      const auto& rules = program_.rules().rules;
      const auto& id_a = rules[static_cast<std::size_t>(a.signal.rule)].id;
      const auto& id_b = rules[static_cast<std::size_t>(b.signal.rule)].id;
      return std::tie(id_a, a.key) < std::tie(id_b, b.key);
    });
    for (const Mark& mark : wave) {
      const EntityId entity = store_.table(mark.kind).find_or_add(mark.name);
      ++counters_.signals;
      std::vector<Pending> pending(1);
      pending[0].signal = mark.signal;
      pending[0].admission = store_.admit_signal(mark.signal, mark.kind, entity, (*next_order_)++);
      const Admission admission = pending[0].admission;
      run_entity(nullptr, admission, std::move(pending));
    }
  }
}

// Each rule sees the real event first, then the signals that stand on the entity, in order.
void Evaluation::run_entity(const Occurrence* occurrence, const Admission& admission,
                            std::vector<Pending> pending) {
  const Layout& layout = program_.layout(admission.view.kind);
  if (occurrence != nullptr && pending.empty()) {
    // The usual case: no signal stands here yet, so only the rules that admitted the event matter.
    std::uint32_t next = 0;
    for (; next < admission.plans && pending.empty(); ++next)
      run_rule(store_.plans(admission)[next], {*occurrence, admission, 0}, pending);
    if (pending.empty()) return;
    const auto real_plans = store_.plans(admission);  // which signals may move
    const std::vector<std::uint32_t> plans(real_plans.begin(), real_plans.end());
    const std::uint32_t from = plans[next - 1] + 1;
    for (std::uint32_t plan = from; plan < layout.rules.size(); ++plan) {
      if (next < plans.size() && plans[next] == plan) {
        run_rule(plan, {*occurrence, admission, 0}, pending);
        ++next;
      }
      for (std::size_t i = 0; i < pending.size(); ++i) {
        const auto asking = store_.plans(pending[i].admission);
        if (std::ranges::find(asking, plan) == asking.end()) continue;
        const Signal signal = pending[i].signal;
        const Admission at = pending[i].admission;
        const Occurrence seen(signal, program_.reference());
        run_rule(plan, {seen, at, signal.hop}, pending);
      }
    }
    return;
  }
  for (std::uint32_t plan = 0; plan < layout.rules.size(); ++plan) {
    for (std::size_t i = 0; i < pending.size(); ++i) {
      const auto asking = store_.plans(pending[i].admission);
      if (std::ranges::find(asking, plan) == asking.end()) continue;
      const Signal signal = pending[i].signal;
      const Admission at = pending[i].admission;
      const Occurrence seen(signal, program_.reference());
      run_rule(plan, {seen, at, signal.hop}, pending);
    }
  }
}

void Evaluation::run_rule(std::uint32_t index, const Trigger& trigger, std::vector<Pending>& pending) {
  const RulePlan& plan = program_.layout(trigger.admission.view.kind).rules[index];
  const Entity& entity = store_.table(trigger.admission.view.kind)[trigger.admission.entity];
  const event::Instant now{entity.newest};
  const bool late = !within_reach(plan, trigger.occurrence.time(), now);
  explained_ = nullptr;
  if (options_.explain) explain(plan, trigger, late);
  if (late) return;

  const Layout& layout = program_.layout(trigger.admission.view.kind);
  TriggerValues values(plan, {layout, entity.log, now, trigger.admission.at, store_.entry(trigger.admission)},
                       store_.running(trigger.admission.view.kind, trigger.admission.entity));
  Evaluator evaluator(trigger.occurrence, trigger.admission.view, &values);
  values.use(evaluator);
  if (plan.trigger != nullptr && !evaluator.truth(*plan.trigger)) return;
  if (plan.sequence.steps.empty()) {
    judge(index, trigger, evaluator, values, pending);
    return;
  }
  // The steps' places, for a hit's own signal moves the entries.
  const bool each = program_.rules().rules[static_cast<std::size_t>(plan.rule)].raise.each;
  for (const StepPositions& steps : values.find_sequences(each ? kMostSequences : 1)) {
    const WindowScope scope{layout, entity.log, now, trigger.admission.at, store_.entry(trigger.admission)};
    TriggerValues of_steps(plan, scope);
    Evaluator own(trigger.occurrence, trigger.admission.view, &of_steps);
    of_steps.use(own);
    of_steps.bind(steps);
    judge(index, trigger, own, of_steps, pending);
  }
  if (values.overflowed()) ++rule_counters_[static_cast<std::size_t>(plan.rule)].errors;
}

void Evaluation::judge(std::uint32_t index, const Trigger& trigger, Evaluator& evaluator,
                       TriggerValues& values, std::vector<Pending>& pending) {
  const RulePlan& plan = program_.layout(trigger.admission.view.kind).rules[index];
  const event::Instant now = values.scope().now;
  RuleCounters& counters = rule_counters_[static_cast<std::size_t>(plan.rule)];
  const bool timed = options_.clock && counters.evaluations % kTimedEvery == 0;
  ++counters.evaluations;
  const std::uint64_t begin = timed ? options_.clock() : 0;
  const bool holds = evaluator.truth(*plan.when);
  if (timed) {
    ++counters.sampled;
    counters.sampled_nanos += options_.clock() - begin;
  }
  if (evaluator.take_overflow() || values.overflowed()) {
    ++counters.errors;
    if (explained_ != nullptr) explained_->verdict = Verdict::kError;
    return;
  }
  if (!holds) return;
  if (!plan.exceptions.empty()) {
    if (const rules::Exception* found = exception(plan, trigger, evaluator)) {
      ++counters.excepted;
      if (explained_ != nullptr) {
        explained_->verdict = Verdict::kExcepted;
        explained_->exception = found->name;
      }
      return;
    }
  }
  if (plan.unless.present) {
    arm(index, trigger, evaluator, values);
    return;
  }
  ++counters.hits;
  counters.last_hit = std::max(counters.last_hit, now);
  hit(plan, trigger, evaluator, values, pending);
}

const rules::Exception* Evaluation::exception(const RulePlan& plan, const Trigger& trigger,
                                              Evaluator& evaluator) const {
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
  const rules::EntityKind kind = trigger.admission.view.kind;
  const std::string subject = entity_key(kind, store_.table(kind)[trigger.admission.entity].name.view());
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
    const rules::Exception& written = rule.exceptions[i];
    const bool named = std::ranges::find(written.subjects, subject) != written.subjects.end();
    if (named || (plan.exceptions[i] != nullptr && evaluator.truth(*plan.exceptions[i]))) return &written;
  }
  return nullptr;
}

const rules::Suppression* Evaluation::snoozed(const RulePlan& plan, const std::string& subject,
                                              std::int64_t amount, event::Instant now) {
  const auto found = plan.suppressions.find(subject);
  if (found == plan.suppressions.end()) return nullptr;
  return alerts_.snooze(*found->second, amount, now) ? found->second : nullptr;
}

void Evaluation::limit_to_day(Hit& hit) {
  const rules::Raise& raise = hit.rule->raise;
  if (raise.max_alerts_per_day == 0 || hit.mode == rules::Mode::kShadow) return;
  const event::Date today = event::date_of(stream_time_, raise.day_offset_minutes);
  if (alerts_.sent_on(hit.rule->id, today) < raise.max_alerts_per_day) return;
  hit.mode = rules::Mode::kShadow;
  hit.limited_until = end_of(today, *hit.rule);
}

// What does not fit 128 bits is an error of the rule and counts as absent.
void Evaluation::grade(const RulePlan& plan, Evaluator& evaluator, Hit& hit) {
  hit.severity = hit.rule->raise.severity;
  hit.score = hit.rule->raise.score;
  if (plan.severity != nullptr)
    hit.severity = static_cast<rules::AlertSeverity>(evaluator.cell(*plan.severity).number.num);
  if (plan.score != nullptr) {
    const Cell score = evaluator.cell(*plan.score);
    hit.score = score.present ? static_cast<int>(rules::round_within(score.number, 0, 100)) : 0;
  }
  if (evaluator.take_overflow()) ++rule_counters_[static_cast<std::size_t>(plan.rule)].errors;
}

void Evaluation::hit(const RulePlan& plan, const Trigger& trigger, Evaluator& evaluator,
                     TriggerValues& values, std::vector<Pending>& pending) {
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
  // The alert first: it shows the state that the condition saw.
  if (!rule.raise.silent)
    raise(plan, trigger, evaluator, values);
  else if (explained_ != nullptr)
    explained_->verdict = Verdict::kSilent;

  Signal signal = signal_of(plan, trigger, values);
  const std::size_t first_mark = marks_.size();
  mark_sides(rule, trigger, signal);
  if (explained_ != nullptr) explain_signals(trigger, signal, first_mark);
  if (!program_.asked_for(plan.rule)) return;
  // An alert may come to rest on the signal, and so on the events behind it.
  if (payment_ != kNoSlot) payments_[payment_].in_alert = true;
  rest_on_steps(values, payments_);
  ++counters_.signals;
  Pending own{signal, {}};
  own.admission =
      store_.admit_signal(signal, trigger.admission.view.kind, trigger.admission.entity, (*next_order_)++);
  pending.push_back(std::move(own));
}

// The signal that a hit leaves on its subject: it continues the chain of the signal that triggered it, or
// else of the latest step that is one.
Signal Evaluation::signal_of(const RulePlan& plan, const Trigger& trigger, TriggerValues& values) const {
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
  Signal signal;
  signal.rule = plan.rule;
  signal.rule_id = rule.id;
  signal.event_id = std::string(trigger.occurrence.event_id());
  if (payment_ != kNoSlot) signal.order = payments_[payment_].at.order;
  signal.time = signal.raised_at = trigger.occurrence.time();
  signal.offset_minutes = static_cast<std::int16_t>(trigger.occurrence.offset_minutes());
  signal.party_id = party_of(trigger);
  for (const int let : rule.raise.signal_values) {
    Cell value = values.let(let);
    signal.texts.emplace_back(value.text);
    value.text = {};
    signal.values.push_back(value);
  }

  const Signal* continued = trigger.occurrence.signal();
  if (continued != nullptr) {
    signal.raised_at = continued->raised_at;
    signal.order = continued->order;
    signal.carried = continued->carried;
  }
  const auto steps = values.steps();
  for (std::size_t i = steps.size(); i-- > 0;) {
    const std::uint64_t source = steps[i].source();
    if (i + 1 == steps.size()) continue;  // the trigger
    if ((source & kSignalBit) == 0) {
      signal.carried.push_back(
          {steps[i].position(), std::string(payments_.event_id(static_cast<Slot>(source)))});
      continue;
    }
    const Signal& step = store_.signal(source);
    if (continued == nullptr) continued = &step;
    signal.carried.push_back({{step.raised_at.micros, step.order}, step.event_id});
    signal.carried.insert(signal.carried.end(), step.carried.begin(), step.carried.end());
  }
  keep_newest(signal.carried);
  if (continued != nullptr) {
    signal.hop = continued->hop;
    signal.origin = continued->origin;
    signal.began = continued->began;
  } else {
    const std::string_view name =
        store_.table(trigger.admission.view.kind)[trigger.admission.entity].name.view();
    const std::size_t tenant = name.find('\0');
    signal.began = signal.raised_at;
    signal.origin = entity_key(trigger.admission.view.kind,
                               tenant == std::string_view::npos ? name : name.substr(tenant + 1));
  }
  return signal;
}

// Who stands behind the subject, as the event (or the event that a signal came from) knows it.
std::string Evaluation::party_of(const Trigger& trigger) {
  if (trigger.occurrence.signal() != nullptr) return trigger.occurrence.signal()->party_id;
  const int self = trigger.admission.view.self;
  return self < 0 ? std::string() : std::string(trigger.occurrence.side(self).party_id());
}

void Evaluation::mark_sides(const rules::Rule& rule, const Trigger& trigger, const Signal& signal) {
  if (signal.hop >= kMostHops) return;
  const std::string_view subject =
      store_.table(trigger.admission.view.kind)[trigger.admission.entity].name.view();
  const std::size_t own = marks_.size();
  for (const rules::Side marked : rule.raise.marks) {
    const Evaluator evaluator(trigger.occurrence, trigger.admission.view);
    const SideFacts* side = evaluator.side(marked);
    if (side == nullptr) continue;
    Mark mark;
    mark.kind = side->party().account.empty() ? rules::EntityKind::kParty : rules::EntityKind::kAccount;
    const std::string_view value =
        mark.kind == rules::EntityKind::kAccount ? side->party().account : side->party_id();
    if (value.empty() || !program_.layout(mark.kind).watched()) continue;
    if (!tenant_.empty()) mark.name.append(tenant_).push_back('\0');
    mark.name.append(value);
    if (mark.kind == trigger.admission.view.kind && mark.name == subject) continue;
    mark.key = entity_key(mark.kind, mark.name);
    // One signal of a hit for each target, also where two sides are one.
    const bool marked_already = std::any_of(marks_.begin() + static_cast<std::ptrdiff_t>(own), marks_.end(),
                                            [&](const Mark& other) { return other.key == mark.key; });
    if (marked_already) continue;
    mark.signal = signal;
    mark.signal.hop = signal.hop + 1;
    mark.signal.mark = true;
    mark.signal.party_id = std::string(side->party_id());
    marks_.push_back(std::move(mark));
  }
}

void Evaluation::raise(const RulePlan& plan, const Trigger& trigger, Evaluator& evaluator,
                       TriggerValues& values) {
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
  Hit hit = head_of(plan, trigger, evaluator);
  hit.as_of = values.scope().now;
  hit.alert_id = hash_parts({rule.id, std::to_string(rule.version), hit.subject_key, hit.trigger_event_id});
  if (!may_send(plan, amount_of(trigger), hit)) return;
  describe_parties(trigger, hit);
  HitContext context{rule,   plan,   trigger.occurrence, evaluator,
                     values, store_, payments_,          options_.max_event_ids};
  std::vector<std::uint64_t> orders = fill_evidence(context, hit);
  send(std::move(hit), std::move(orders));
}

std::int64_t Evaluation::amount_of(const Trigger& trigger) {
  return trigger.occurrence.transaction() == nullptr ? 0 : trigger.occurrence.amount_home().value_or(0);
}

Hit Evaluation::head_of(const RulePlan& plan, const Trigger& trigger, Evaluator& evaluator) {
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
  Hit hit;
  hit.rule = &rule;
  hit.mode = rule.mode;
  grade(plan, evaluator, hit);
  hit.trigger_event_id = std::string(trigger.occurrence.event_id());
  hit.event_time = trigger.occurrence.time();
  hit.offset_minutes = static_cast<std::int16_t>(trigger.occurrence.offset_minutes());
  hit.subject_key =
      entity_key(trigger.admission.view.kind,
                 store_.table(trigger.admission.view.kind)[trigger.admission.entity].name.view());
  return hit;
}

bool Evaluation::may_send(const RulePlan& plan, std::int64_t amount, Hit& hit) {
  const rules::Rule& rule = *hit.rule;
  RuleCounters& counters = rule_counters_[static_cast<std::size_t>(plan.rule)];
  if (!plan.suppressions.empty()) {
    if (const rules::Suppression* suppression = snoozed(plan, hit.subject_key, amount, hit.as_of)) {
      ++counters.snoozed;
      if (explained_ != nullptr) {
        explained_->verdict = Verdict::kSnoozed;
        explained_->suppression = suppression;
      }
      return false;
    }
  }
  limit_to_day(hit);
  const LastAlert* last = alerts_.last(hit.mode, rule.id, hit.subject_key);
  const bool quiet = last != nullptr && hit.as_of - last->as_of < rule.raise.quiet;
  if (quiet && !graver(hit, *last)) {
    ++counters.suppressed;
    if (explained_ != nullptr) {
      explained_->verdict = Verdict::kQuiet;
      explained_->alert_id = last->alert_id;
      explained_->quiet_until = last->as_of + rule.raise.quiet;
    }
    return false;
  }
  const bool first = alerts_.first_of_its_id(hit.alert_id);
  if (explained_ != nullptr) {
    explained_->verdict = first ? Verdict::kAlert : Verdict::kRepeated;
    explained_->alert_id = hit.alert_id;
  }
  if (first && quiet) hit.escalates = last->alert_id;
  return first;
}

void Evaluation::send(Hit hit, std::vector<std::uint64_t> orders) {
  const rules::Rule& rule = *hit.rule;
  const LastAlert* last = alerts_.last(hit.mode, rule.id, hit.subject_key);
  if (last != nullptr && alerts_.rests_on_undone(*last)) hit.predecessor_undone = last->alert_id;
  const std::string tenant = tenant_.empty() ? "" : tenant_ + "/";
  const std::string party =
      hit.subject_party_id.empty() ? hit.subject_key : tenant + "party:" + hit.subject_party_id;
  hit.group_id = alerts_.group(hit.mode, party, hit.alert_id, hit.as_of);
  alerts_.sent(hit.mode, rule.id, hit.subject_key,
               {hit.as_of, hit.trigger_event_id, hit.alert_id, hit.severity, hit.score, std::move(orders)});
  RuleCounters& counters = rule_counters_[index_of(rule)];
  if (hit.mode != rule.mode) {
    ++counters.over_limit;
  } else if (rule.raise.max_alerts_per_day > 0) {
    const event::Date today = event::date_of(stream_time_, rule.raise.day_offset_minutes);
    if (++alerts_.sent_on(rule.id, today) == rule.raise.max_alerts_per_day) {
      hit.limited_until = end_of(today, rule);
      ++counters.limits_reached;
    }
  }
  ++counters.alerts;
  hits_->push_back(std::move(hit));
}

std::size_t Evaluation::index_of(const rules::Rule& rule) const {
  return static_cast<std::size_t>(&rule - program_.rules().rules.data());
}

// --- deadlines

void Evaluation::arm(std::uint32_t index, const Trigger& trigger, Evaluator& evaluator,
                     TriggerValues& values) {
  const RulePlan& plan = program_.layout(trigger.admission.view.kind).rules[index];
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
  ArmedDeadline armed;
  armed.at = trigger.occurrence.time() + rule.unless->within;
  armed.rule_id = rule.id;
  armed.opener = trigger.admission.at;
  armed.rule = plan.rule;
  armed.plan = index;
  armed.kind = trigger.admission.view.kind;
  armed.entity = trigger.admission.entity;
  armed.by_signal = trigger.occurrence.signal() != nullptr;
  armed.tenant = tenant_;
  armed.hit = head_of(plan, trigger, evaluator);
  armed.amount = amount_of(trigger);
  armed.subject_key = armed.hit.subject_key;
  if (!rule.raise.silent) {
    describe_parties(trigger, armed.hit);
    HitContext context{rule,   plan,   trigger.occurrence, evaluator,
                       values, store_, payments_,          options_.max_event_ids};
    armed.orders = fill_evidence(context, armed.hit);
  }
  armed.hit.deadline = armed.at;
  armed.signal = signal_of(plan, trigger, values);
  armed.signal.time = armed.at;
  armed.order = armed.signal.order;
  const std::vector<Mark> before = std::exchange(marks_, {});
  mark_sides(rule, trigger, armed.signal);
  armed.marks = std::exchange(marks_, before);
  if (explained_ != nullptr) {
    explained_->verdict = Verdict::kArmed;
    explained_->deadline = armed.at;
  }
  if (payment_ != kNoSlot) payments_[payment_].in_alert = true;
  rest_on_steps(values, payments_);
  deadlines_.arm(std::move(armed));
}

void Evaluation::fire_deadlines(std::uint64_t& next_order, std::int64_t stream_time, std::vector<Hit>& hits) {
  while (const std::unique_ptr<ArmedDeadline> due = deadlines_.take_due(stream_time)) {
    if (!comes_true(*due)) continue;
    payment_ = kNoSlot;
    next_order_ = &next_order;
    stream_time_ = {stream_time};
    hits_ = &hits;
    marks_.clear();
    explained_ = nullptr;
    tenant_ = due->tenant;
    store_.begin();
    fire(*due);
    deliver_marks();
  }
}

bool Evaluation::comes_true(const ArmedDeadline& deadline) const {
  const Layout& layout = program_.layout(deadline.kind);
  const UnlessPlan& unless = layout.rules[deadline.plan].unless;
  const EntityLog& log = store_.table(deadline.kind)[deadline.entity].log;
  const std::uint32_t opener = log.find(deadline.opener, layout.shape);
  if (opener == log.size()) return false;
  for (std::uint32_t i = opener + 1; i < log.size(); ++i) {
    const LogEntry entry = log.entry(i, layout.shape);
    if (entry.time() > deadline.at.micros) break;
    if (!entry.has(unless.bit)) continue;
    const std::array<LogEntry, 2> events{entry, log.entry(opener, layout.shape)};
    bool overflow = false;
    const bool disarms = std::ranges::all_of(
        unless.conditions, [&](const auto& condition) { return condition->holds(events, overflow); });
    if (disarms) return false;
  }
  return true;
}

void Evaluation::fire(ArmedDeadline& deadline) {
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(deadline.rule)];
  Entity& entity = store_.table(deadline.kind)[deadline.entity];
  const event::Instant now{entity.newest};
  RuleCounters& counters = rule_counters_[static_cast<std::size_t>(deadline.rule)];
  ++counters.hits;
  counters.last_hit = std::max(counters.last_hit, now);
  if (!rule.raise.silent) {
    Hit hit = std::move(deadline.hit);
    hit.as_of = now;
    hit.alert_id = hash_parts({rule.id, std::to_string(rule.version), hit.subject_key, hit.trigger_event_id,
                               event::to_rfc3339(deadline.at)});
    const RulePlan& plan = program_.layout(deadline.kind).rules[deadline.plan];
    if (may_send(plan, deadline.amount, hit)) send(std::move(hit), std::move(deadline.orders));
  }
  // What follows belongs to the deadline's own time.
  entity.newest = std::max(entity.newest, deadline.at.micros);
  marks_ = std::move(deadline.marks);
  if (!program_.asked_for(deadline.rule)) return;
  ++counters_.signals;
  std::vector<Pending> pending(1);
  pending[0].signal = deadline.signal;
  pending[0].admission =
      store_.admit_signal(deadline.signal, deadline.kind, deadline.entity, (*next_order_)++);
  const Admission admission = pending[0].admission;
  run_entity(nullptr, admission, std::move(pending));
}

void Evaluation::describe_parties(const Trigger& trigger, Hit& hit) const {
  if (trigger.occurrence.transaction() == nullptr) {
    // On a signal no party is known but the account itself, and its holder by the reference data.
    if (trigger.admission.view.kind != rules::EntityKind::kAccount) return;
    const std::string_view key = hit.subject_key;
    hit.subject_account = std::string(key.substr(key.rfind("account:") + 8));
    hit.subject_party_id = trigger.occurrence.signal()->party_id;
    const auto party = program_.reference().party(hit.subject_party_id);
    if (party.known()) hit.subject_name = std::string(program_.reference().name_of(party));
    return;
  }
  for (const int index : {0, 1}) {
    const SideFacts& side = trigger.occurrence.side(index);
    if (!side.present()) continue;
    std::string name(side.party().name);
    if (name.empty() && side.ref().known()) name = std::string(program_.reference().name_of(side.ref()));
    if (index == trigger.admission.view.self) {
      hit.subject_party_id = std::string(side.party_id());
      hit.subject_account = std::string(side.party().account);
      hit.subject_name = name;
    }
    hit.parties.push_back({index == 0 ? "debtor" : "creditor", std::string(side.party_id()),
                           std::string(side.party().account), std::move(name)});
  }
}

void Evaluation::explain(const RulePlan& plan, const Trigger& trigger, bool late) {
  const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
  const Detail detail = options_.explain(rule);
  if (detail == Detail::kNone) return;
  const Admission& admission = trigger.admission;
  const Entity& entity = store_.table(admission.view.kind)[admission.entity];
  Explanation& made = explanations_.emplace_back();
  explained_ = &made;
  made.rule = &rule;
  made.subject_key = entity_key(admission.view.kind, entity.name.view());
  made.trigger_event_id = std::string(trigger.occurrence.event_id());
  if (const Signal* signal = trigger.occurrence.signal())
    made.signal = &program_.rules().rules[static_cast<std::size_t>(signal->rule)];
  made.event_time = trigger.occurrence.time();
  made.offset_minutes = static_cast<std::int16_t>(trigger.occurrence.offset_minutes());
  made.as_of = {entity.newest};

  TriggerValues values(plan, {program_.layout(admission.view.kind), entity.log, made.as_of, admission.at,
                              store_.entry(admission)});
  Evaluator evaluator(trigger.occurrence, admission.view, &values);
  values.use(evaluator);
  bool found = true;
  if (!plan.sequence.steps.empty()) {
    const std::vector<StepPositions> first = values.find_sequences(1);
    found = !first.empty();
    if (found) values.bind(first[0]);
  }
  explain_conditions(plan, evaluator, made);
  if (late)
    made.verdict = Verdict::kLate;
  else if (!made.when)
    made.verdict = Verdict::kNotTriggered;
  else
    made.verdict = found ? Verdict::kNotMet : Verdict::kNoSequence;
  if (detail == Detail::kAll)
    explain_values(plan, evaluator, values, store_, payments_, made.trigger_event_id, options_.max_event_ids,
                   made);
  else
    explain_condition_lets(plan, evaluator, made);
}

void Evaluation::explain_signals(const Trigger& trigger, const Signal& signal, std::size_t first_mark) {
  const rules::Rule& rule = *explained_->rule;
  SignalLeft left;
  for (std::size_t i = 0; i < signal.values.size(); ++i) {
    const rules::Let& let = rule.lets[static_cast<std::size_t>(rule.raise.signal_values[i])];
    left.values.emplace_back(let.name, to_value(signal.value(i), let.value->type));
  }
  if (program_.asked_for(signal.rule)) {
    left.key = entity_key(trigger.admission.view.kind,
                          store_.table(trigger.admission.view.kind)[trigger.admission.entity].name.view());
    explained_->signals.push_back(left);
  }
  left.mark = true;
  for (std::size_t i = first_mark; i < marks_.size(); ++i) {
    left.key = marks_[i].key;
    explained_->signals.push_back(left);
  }
}

void Evaluation::explain_unadmitted(const Occurrence& occurrence) {
  const std::string_view tenant = occurrence.transaction()->tenant;
  const auto watched = [this](rules::EntityKind kind) { return program_.layout(kind).watched(); };
  const auto explained = [this](const rules::Rule& rule, std::string_view key) {
    return std::ranges::any_of(explanations_, [&](const Explanation& e) {
      return e.rule == &rule && e.signal == nullptr && e.subject_key == key;
    });
  };
  SightingFinder().find(occurrence, watched, [&](const Viewpoint& view, std::string_view value) {
    std::string name(tenant);
    if (!name.empty()) name.push_back('\0');
    name.append(value);
    const std::string key = entity_key(view.kind, name);
    for (const RulePlan& plan : program_.layout(view.kind).rules) {
      const rules::Rule& rule = program_.rules().rules[static_cast<std::size_t>(plan.rule)];
      if (options_.explain(rule) == Detail::kNone || explained(rule, key)) continue;
      Explanation& made = explanations_.emplace_back();
      made.rule = &rule;
      made.subject_key = key;
      made.trigger_event_id = std::string(occurrence.event_id());
      made.event_time = occurrence.time();
      made.offset_minutes = static_cast<std::int16_t>(occurrence.offset_minutes());
      const Entity* entity = store_.table(view.kind).find(name);
      made.as_of = entity == nullptr ? made.event_time : event::Instant{entity->newest};
      Evaluator evaluator(occurrence, view);
      made.events = see(*plan.events, evaluator);
    }
  });
}

}  // namespace suar::engine
