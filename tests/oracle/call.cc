#include "oracle/call.h"
#include "oracle/statistics.h"

#include <algorithm>
#include <regex>

namespace suar::oracle {
namespace {

using reference::ListKind;
using rules::Expression;
using rules::Function;
using rules::PartyField;
using rules::Side;
using rules::Type;

bool listed_party(const Scope& scope, const Expression& e, Side side) {
  const reference::Reference& reference = scope.world.reference;
  const reference::ListRef list = reference.list(e.text);
  if (!list.known()) return false;
  const auto listed = [&](ListKind kind, PartyField which) {
    const std::string value = field(scope.reading(), side, which).text;
    return !value.empty() && reference.listed(list, kind, value, scope.reading().time());
  };
  return listed(ListKind::kAccount, PartyField::kAccount) || listed(ListKind::kParty, PartyField::kPartyId) ||
         listed(ListKind::kPhone, PartyField::kPhoneHash) || listed(ListKind::kCountry, PartyField::kCountry);
}

bool listed_text(const Scope& scope, const Expression& e, const std::string& value) {
  const reference::ListRef list = scope.world.reference.list(e.text);
  return list.known() && !value.empty() &&
         scope.world.reference.listed(list, e.list_kind, value, scope.reading().time());
}

bool in_fee_band(const Scope& scope, const Expression& e) {
  const reference::Reference& reference = scope.world.reference;
  const auto ids = e.texts.empty() ? reference.corridor_ids() : e.texts;
  return std::ranges::any_of(ids, [&](const std::string& id) {
    const reference::CorridorRef corridor = reference.corridor(id);
    if (!corridor.known()) return false;
    const Value amount = amount_in(scope.reading(), reference.currency_of(corridor));
    return amount.present &&
           reference.in_fee_band(corridor, static_cast<std::int64_t>(numerator(amount.number)));
  });
}

bool serves(const Scope& scope, reference::PartyRef agency, const std::string& country) {
  if (!agency.known() || country.empty()) return false;
  const reference::Agency* row = scope.world.reference.agency(agency, scope.reading().time());
  return row != nullptr && std::ranges::find(row->destinations, country) != row->destinations.end();
}

Value tariff(const Scope& scope, const Expression& e) {
  const auto fee = scope.world.reference.tariff(e.texts[0], e.texts[1], scope.reading().time());
  if (!fee) return Value::absent(Type::kMoney);
  return in_home_currency(scope.reading(), Value::money(number_of(event::Int128{fee->minor}), fee->currency));
}

bool multiple_of(const Value& a, const Value& b) {
  if (!a.present || !b.present || b.number == 0) return false;
  return denominator(Number(a.number / b.number)) == 1;
}

Value code_points(const std::string& text) {
  const auto starts =
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return Value::of(number_of(event::Int128{starts}));
}

// What a clock on the wall of a zone shows.
Value local(const Value& time, const Expression& e) {
  if (!time.present) return Value::absent(Type::kNumber);
  const event::Date date = event::date_of(time.time, e.offset_minutes);
  const auto part = [&]() -> int {
    switch (e.function) {
      case Function::kHours:
        return event::hour_of(time.time, e.offset_minutes);
      case Function::kMinutes: {
        const event::Duration since_midnight = time.time - event::start_of(date, e.offset_minutes);
        return static_cast<int>(since_midnight.micros / event::Duration::minutes(1).micros % 60);
      }
      case Function::kDayOfWeek:
        return event::weekday_of(time.time, e.offset_minutes);
      case Function::kDate:
        return event::day_of_month(date);
      default:
        return event::month_of(date) - 1;
    }
  };
  return Value::of(Number(part()));
}

Value signal_value(const Scope& scope, const Expression& e) {
  const Event& event = *scope.sighting.event;
  const auto index = static_cast<std::size_t>(e.index);
  if (event.signal_of == nullptr || event.signal_of->id != e.text || index >= event.signal_values.size()) {
    return Value::absent(e.type);
  }
  return event.signal_values[index];
}

}  // namespace

Value call(const Scope& scope, const Expression& e) {
  const reference::Reference& reference = scope.world.reference;
  const Reading reading = scope.reading();
  const auto value = [&](std::size_t i) { return evaluate(scope, *e.args[i]); };
  const auto text = [&](std::size_t i) { return value(i).text; };
  const auto side = [&](std::size_t i) { return e.args[i]->side; };
  const auto known = [&](std::size_t i) {
    const Expression& party = *e.args[i];
    if (party.op != rules::Op::kBound) return known_party(reading, party.side);
    const Sighting* other = named_event(scope, party);
    if (other == nullptr) return reference::PartyRef(reference::kNone);
    return known_party({scope.world, *other},
                       scope.rule.bound[static_cast<std::size_t>(party.index)].value->side);
  };
  const auto both_known = [&] { return known(0).known() && known(1).known(); };

  switch (e.function) {
    case Function::kHas:
      return Value::boolean(value(0).present);
    case Function::kKin:
      return Value::boolean(both_known() && reference.kin(known(0), known(1), reading.time()));
    case Function::kLinked:
      return Value::boolean(
          both_known() && reference.linked(known(0), known(1), e.links, e.hops, reading.time()).has_value());
    case Function::kSameUnit:
      return Value::boolean(both_known() && reference.same_unit(known(0), known(1), reading.time()));
    case Function::kSupervises:
      return Value::boolean(both_known() && reference.supervises(known(0), known(1), reading.time()));
    case Function::kListedParty:
      return Value::boolean(listed_party(scope, e, side(0)));
    case Function::kListedText:
      return Value::boolean(listed_text(scope, e, text(0)));
    case Function::kMentions: {
      const reference::ListRef list = reference.list(e.text);
      return Value::boolean(list.known() && reference.mentions(list, text(0), reading.time()));
    }
    case Function::kInFeeBand:
      return Value::boolean(in_fee_band(scope, e));
    case Function::kTagged:
      return Value::boolean(reference.tagged(text(0), e.text));
    case Function::kWithin:
      return Value::boolean(!text(0).empty() && reference.within(text(0), e.text));
    case Function::kServes:
      return Value::boolean(serves(scope, known(0), text(1)));
    case Function::kTariff:
      return tariff(scope, e);
    case Function::kIsDay:
      return Value::boolean(reference.is_day(e.text, reading.date()));
    case Function::kInPeriod:
      return Value::boolean(reference.in_period(e.text, reading.date()));
    case Function::kAmountIn:
      return amount_in(reading, e.currency);
    case Function::kMultipleOf:
      return Value::boolean(multiple_of(value(0), value(1)));
    case Function::kStartsWith:
      return Value::boolean(text(0).starts_with(e.text));
    case Function::kEndsWith:
      return Value::boolean(text(0).ends_with(e.text));
    case Function::kContains:
      return Value::boolean(text(0).find(e.text) != std::string::npos);
    case Function::kMatches:
      return Value::boolean(std::regex_search(text(0), std::regex(e.text)));
    case Function::kSize:
      return code_points(text(0));
    case Function::kHours:
    case Function::kMinutes:
    case Function::kDayOfWeek:
    case Function::kDate:
    case Function::kMonth:
      return local(value(0), e);
    case Function::kSignal:
      return Value::boolean(scope.sighting.event->signal_of != nullptr &&
                            scope.sighting.event->signal_of->id == e.text);
    case Function::kSignalValue:
      return signal_value(scope, e);
    case Function::kCrimeSignal: {
      const rules::Rule* rule = scope.sighting.event->signal_of;
      return Value::boolean(rule != nullptr && !rule->crimes.empty() && rule->crimes.front() == e.text);
    }
    case Function::kMarked:
      return Value::boolean(scope.sighting.event->is_mark && scope.sighting.event->signal_of->id == e.text);
    case Function::kSignalAny: {
      const Event& event = *scope.sighting.event;
      for (std::size_t i = 0; event.signal_of != nullptr && i < e.texts.size(); ++i) {
        if (event.signal_of->id == e.texts[i])
          return event.signal_values[static_cast<std::size_t>(e.indexes[i])];
      }
      return Value::absent(e.type);
    }
    case Function::kDecay:
      return decayed(value(0), e.duration);
    case Function::kListedDays:
    case Function::kPeer:  // random rules do not ask for these
    case Function::kMentionCount:
      return Value::absent(e.type);
  }
  return {};
}

}  // namespace suar::oracle
