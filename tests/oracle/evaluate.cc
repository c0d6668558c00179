#include "oracle/evaluate.h"

#include <algorithm>

#include "oracle/call.h"
#include "oracle/window.h"

namespace suar::oracle {

using rules::Expression;
using rules::Op;
using rules::Type;

namespace {

Value parameter(const Scope& scope, const rules::Param& param) {
  const std::string segment = segment_of_self(scope.reading());
  for (const auto& [name, value] : param.segments) {
    if (name == segment) return evaluate(scope, *value);
  }
  return evaluate(scope, *param.value);
}

Value negated(Value value) {
  value.number = -value.number;
  value.duration.micros = -value.duration.micros;
  return value;
}

}  // namespace

Value evaluate(const Scope& scope, const Expression& e) {
  const auto argument = [&](std::size_t i) { return evaluate(scope, *e.args[i]); };
  const auto index = static_cast<std::size_t>(e.index);
  switch (e.op) {
    case Op::kBool:
      return Value::boolean(e.truth);
    case Op::kNumber:
      return Value::of(number_of(e.number));
    case Op::kMoney:
      return Value::money(number_of(e.number), e.currency);
    case Op::kText:
      return Value::of_text(e.text);
    case Op::kDuration:
      return Value::of(e.duration);
    case Op::kTextList:
      return Value::absent(Type::kTextList);

    case Op::kEventField:
      return field(scope.reading(), e.event_field);
    case Op::kPartyField:
      return field(scope.reading(), e.side, e.party_field);
    case Op::kParty:
      return field(scope.reading(), e.side, rules::PartyField::kKey);
    case Op::kParam:
      return parameter(scope, scope.rule.params[index]);
    case Op::kLet:
      return evaluate(scope, *scope.rule.lets[index].value);
    case Op::kWindow:
      return window_value(scope, scope.rule.windows[index]);
    case Op::kBound:
      if (const Sighting* other = named_event(scope, e); other != nullptr)
        return evaluate({scope.world, scope.rule, *other, Moment::kNow}, *scope.rule.bound[index].value);
      return Value::absent(e.type);
    case Op::kMember: {
      const Value whole = argument(0);
      return index < whole.members.size() ? whole.members[index] : Value::absent(e.type);
    }

    case Op::kNot:
      return Value::boolean(!is_true(argument(0)));
    case Op::kAnd:
      return Value::boolean(
          std::ranges::all_of(e.args, [&](const auto& a) { return is_true(evaluate(scope, *a)); }));
    case Op::kOr:
      return Value::boolean(
          std::ranges::any_of(e.args, [&](const auto& a) { return is_true(evaluate(scope, *a)); }));
    case Op::kConditional:
      return is_true(argument(0)) ? argument(1) : argument(2);

    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      return Value::boolean(comparison(e.op, argument(0), argument(1)));
    case Op::kInList:
      return Value::boolean(std::ranges::find(e.texts, argument(0).text) != e.texts.end());
    case Op::kInRange:
      return Value::boolean(comparison(Op::kGreaterEqual, argument(0), argument(1)) &&
                            comparison(Op::kLessEqual, argument(0), argument(2)));

    case Op::kNegate:
      return negated(argument(0));
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return arithmetic(e.op, argument(0), argument(1));
    case Op::kToHome:
      return in_home_currency(scope.reading(), argument(0));
    case Op::kCall:
      return call(scope, e);
  }
  return {};
}

bool admitted(const World& world, const rules::Rule& rule, const Sighting& sighting) {
  if (const rules::Rule* signal = sighting.event->signal_of; signal != nullptr) {
    if (std::ranges::find(rule.asks, signal->id) == rule.asks.end()) return false;
    const bool marks_alone = std::ranges::find(rule.marks, signal->id) != rule.marks.end();
    if (marks_alone && !sighting.event->is_mark) return false;
    if (signal->mode == rules::Mode::kShadow && rule.mode == rules::Mode::kLive) return false;
  }
  return rule.events == nullptr || is_true(evaluate({world, rule, sighting}, *rule.events));
}

namespace {

bool names_another(const Expression& e) {
  return e.op == Op::kBound ||
         std::ranges::any_of(e.args, [](const auto& argument) { return names_another(*argument); });
}

}  // namespace

const Sighting* named_event(const Scope& scope, const Expression& e) {
  const int step = scope.rule.bound[static_cast<std::size_t>(e.index)].step;
  if (step == rules::Bound::kTrigger) return scope.trigger;
  if (scope.steps == nullptr) return nullptr;
  const Sighting& bound = (*scope.steps)[static_cast<std::size_t>(step)];
  return bound.event == nullptr ? nullptr : &bound;
}

std::set<int> named_in(const rules::Rule& rule, const Expression& e) {
  std::set<int> named;
  if (e.op == Op::kBound) named.insert(rule.bound[static_cast<std::size_t>(e.index)].step);
  for (const auto& argument : e.args) named.merge(named_in(rule, *argument));
  return named;
}

std::vector<const Expression*> conjuncts(const Expression* e) {
  if (e == nullptr) return {};
  if (e->op != Op::kAnd) return {e};
  std::vector<const Expression*> all;
  for (const auto& argument : e->args) std::ranges::copy(conjuncts(argument.get()), std::back_inserter(all));
  return all;
}

bool fits(const Scope& trigger, const Sighting& sighting, const Expression* where) {
  return std::ranges::all_of(conjuncts(where), [&](const Expression* conjunct) {
    return !names_another(*conjunct) ||
           is_true(evaluate({trigger.world, trigger.rule, sighting, Moment::kNow, nullptr, &trigger.sighting},
                            *conjunct));
  });
}

bool admitted_by_itself(const Scope& scope, const Expression* where) {
  return std::ranges::all_of(conjuncts(where), [&](const Expression* conjunct) {
    return names_another(*conjunct) || is_true(evaluate(scope, *conjunct));
  });
}

std::vector<const Sighting*> contents(const Scope& scope, const rules::Window& window) {
  const Span span = span_of(window, scope.entity->newest);
  std::vector<const Sighting*> held;
  for (const Sighting& sighting : scope.entity->sightings) {
    const event::Instant time = sighting.event->time.instant;
    if (is_before(time, span) || time > span.end) continue;
    if (!admitted(scope.world, scope.rule, sighting)) continue;

    const Scope inside{scope.world, scope.rule, sighting};
    if (!admitted_by_itself(inside, window.where.get()) || !fits(scope, sighting, window.where.get()))
      continue;
    if (window.same != nullptr) {
      const Scope trigger{scope.world, scope.rule, scope.sighting};
      if (!same_value(evaluate(inside, *window.same), evaluate(trigger, *window.same))) continue;
    }
    held.push_back(&sighting);
  }
  std::ranges::sort(held, [](const Sighting* a, const Sighting* b) { return before(*a->event, *b->event); });
  return held;
}

// As if the newest event were `before` earlier; a week begins on Monday.
Span span_of(const rules::Window& window, event::Instant newest) {
  const event::Instant end = newest - window.before;
  if (window.calendar == rules::CalendarUnit::kNone) return {end - window.length, end, false};
  const int zone = window.offset_minutes;
  event::Instant midnight = event::start_of(event::date_of(end, zone), zone);
  const auto begins = [&] {
    switch (window.calendar) {
      case rules::CalendarUnit::kWeek:
        return event::weekday_of(midnight, zone) == 1;
      case rules::CalendarUnit::kMonth:
        return event::day_of_month(event::date_of(midnight, zone)) == 1;
      default:
        return true;
    }
  };
  while (!begins()) midnight = midnight - event::Duration::days(1);
  return {midnight, end, true};
}

bool is_before(event::Instant time, const Span& span) {
  return span.with_start ? time < span.start : time <= span.start;
}

namespace {

void reach(const rules::Rule& rule, const Expression& e, Reached& reached) {
  if (e.op == Op::kWindow) reached.windows.insert(e.index);
  if (e.op == Op::kLet) {
    reached.lets.insert(e.index);
    reach(rule, *rule.lets[static_cast<std::size_t>(e.index)].value, reached);
  }
  if (e.op == Op::kBound) reached.bound.insert(e.index);
  for (const auto& argument : e.args) reach(rule, *argument, reached);
}

void windows_standing_in(const Expression& e, std::set<int>& windows) {
  if (e.op == Op::kWindow) windows.insert(e.index);
  for (const auto& argument : e.args) windows_standing_in(*argument, windows);
}

}  // namespace

namespace {

bool is_constant(const Expression& e) {
  switch (e.op) {
    case Op::kBool:
    case Op::kNumber:
    case Op::kMoney:
    case Op::kText:
    case Op::kDuration:
    case Op::kParam:
      return true;
    case Op::kToHome:
    case Op::kNegate:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return std::ranges::all_of(e.args, [](const auto& argument) { return is_constant(*argument); });
    default:
      return false;
  }
}

using Thresholds = std::map<std::string, std::vector<const Expression*>>;

void find_thresholds(const rules::Rule& rule, const Expression& e, Thresholds& found) {
  const auto name_of = [&](const Expression& value) {
    const auto index = static_cast<std::size_t>(value.index);
    if (value.op == Op::kLet) return rule.lets[index].name;
    if (value.op == Op::kBound) return rule.bound[index].source;
    return value.op == Op::kWindow ? rule.windows[index].source : std::string();
  };
  const bool compares = (e.op >= Op::kEqual && e.op <= Op::kGreaterEqual) || e.op == Op::kInRange;
  for (const auto& value : e.args) {
    if (compares && !name_of(*value).empty()) {
      for (const auto& constant : e.args) {
        if (is_constant(*constant)) found[name_of(*value)].push_back(constant.get());
      }
    }
    find_thresholds(rule, *value, found);
  }
}

}  // namespace

Thresholds thresholds_in_when(const rules::Rule& rule) {
  Thresholds found;
  if (rule.when != nullptr) find_thresholds(rule, *rule.when, found);
  return found;
}

Reached reached_from_when(const rules::Rule& rule) {
  Reached reached;
  if (rule.when == nullptr) return reached;
  reach(rule, *rule.when, reached);
  windows_standing_in(*rule.when, reached.unnamed_windows);
  Reached said;
  for (const rules::Template* sentence : {&rule.raise.because_en, &rule.raise.because_id}) {
    for (const rules::TemplatePiece& piece : *sentence) {
      if (piece.value != nullptr) reach(rule, *piece.value, said);
    }
  }
  reached.lets.merge(said.lets);
  reached.bound.merge(said.bound);
  for (const int let : reached.lets) {
    const Expression& value = *rule.lets[static_cast<std::size_t>(let)].value;
    if (value.op == Op::kWindow) reached.unnamed_windows.erase(value.index);
  }
  return reached;
}

}  // namespace suar::oracle
