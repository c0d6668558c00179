// The functions of the rule language (rules/LANGUAGE.md has their meaning).
#include <re2/re2.h>

#include <algorithm>

#include "engine/evaluator.h"
#include "engine/real_number.h"

namespace suar::engine {
namespace {

using reference::ListKind;
using rules::Function;

bool party_listed(const reference::Reference& reference, reference::ListRef list, const SideFacts& side,
                  event::Instant as_of) {
  const auto& party = side.party();
  const auto stands = [&](ListKind kind, std::string_view value) {
    return !value.empty() && reference.listed(list, kind, value, as_of);
  };
  return stands(ListKind::kAccount, party.account) || stands(ListKind::kParty, side.party_id()) ||
         stands(ListKind::kPhone, party.phone_hash) || stands(ListKind::kCountry, party.country);
}

// Half of it after each half-life; an age below nothing is no age.
Cell decayed(rules::Rational age, bool in_days, event::Duration half_life) {
  const std::int64_t day = event::Duration::days(1).micros;
  const auto exact = in_days ? rules::multiply(age, rules::Rational::of(day)) : age;
  if (!exact) return Cell::overflowed();
  if (exact->num <= 0) return Cell::of(std::int64_t{1});
  const rules::Int128 micros = exact->num / exact->den;
  if (micros > INT64_MAX) return Cell::of(std::int64_t{0});
  constexpr std::int64_t kMillionths = 1'000'000;
  return Cell::of(*rounded(decay({static_cast<std::int64_t>(micros)}, half_life), kMillionths));
}

}  // namespace

bool parties_related(const reference::Reference& reference, const rules::Expression& call,
                     reference::PartyRef a, reference::PartyRef b, event::Instant as_of) {
  switch (call.function) {
    case Function::kKin:
      return reference.kin(a, b, as_of);
    case Function::kLinked:
      return reference.linked(a, b, call.links, call.hops, as_of).has_value();
    case Function::kSameUnit:
      return reference.same_unit(a, b, as_of);
    default:
      return reference.supervises(a, b, as_of);
  }
}

namespace {

std::int64_t code_points(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

// The figure of self's segment and region: a number, or money in the currency asked for.
Cell Evaluator::peer(const SideFacts& self, const rules::Expression& source) const {
  const reference::Reference& reference = occurrence_.reference();
  const auto figure = reference.peer(source.text, self.segment(), self.customer().region, occurrence_.time());
  const bool money = source.type == rules::Type::kMoney;
  if (!figure || figure->currency.has_value() != money) return Cell::absent();
  if (!money) {
    rules::Int128 steps = 1;
    for (int i = 0; i < figure->scale; ++i) steps *= 10;
    return Cell::of(rules::reduce({figure->digits, steps}));
  }
  if (*figure->currency == source.currency) return Cell::money(figure->digits, source.currency);
  if (source.currency != reference.home()) return Cell::absent();
  const auto rate = reference.rate(*figure->currency, occurrence_.date());
  const auto home =
      rate ? event::convert(figure->digits, *figure->currency, reference.home(), *rate) : std::nullopt;
  return home ? Cell::money(*home, reference.home()) : Cell::absent();
}

// Since when the list names what the function asks about: the newest of the entries that hold.
std::optional<event::Instant> Evaluator::listed_since(const Node& node) {
  const reference::Reference& reference = occurrence_.reference();
  if (!node.list.known()) return std::nullopt;
  std::optional<event::Instant> newest;
  const auto ask = [&](ListKind kind, std::string_view value) {
    const auto since = reference.listed_since(node.list, kind, value, occurrence_.time());
    if (since && (!newest || *newest < *since)) newest = since;
  };
  if (node.args[0]->type != rules::Type::kParty) {
    ask(node.source->list_kind, cell(*node.args[0]).text);
    return newest;
  }
  const SideFacts* facts = side(node.args[0]->side);
  if (facts == nullptr) return std::nullopt;
  ask(ListKind::kAccount, facts->party().account);
  ask(ListKind::kParty, facts->party_id());
  ask(ListKind::kPhone, facts->party().phone_hash);
  ask(ListKind::kCountry, facts->party().country);
  return newest;
}

bool Evaluator::call_truth(const Node& node) {
  const reference::Reference& reference = occurrence_.reference();
  const event::Instant now = occurrence_.time();
  const auto text = [&](std::size_t i) { return cell(*node.args[i]).text; };
  const auto party = [&](std::size_t i) { return side(node.args[i]->side); };
  const rules::Expression& source = *node.source;
  switch (node.function) {
    case Function::kHas:
      return cell(*node.args[0]).present;
    case Function::kKin:
    case Function::kLinked:
    case Function::kSameUnit:
    case Function::kSupervises: {
      const reference::PartyRef a = this->party(*node.args[0]);
      const reference::PartyRef b = this->party(*node.args[1]);
      return a.known() && b.known() && parties_related(reference, source, a, b, now);
    }
    case Function::kListedParty: {
      const SideFacts* facts = party(0);
      return node.list.known() && facts != nullptr && party_listed(reference, node.list, *facts, now);
    }
    case Function::kListedText: {
      const auto value = text(0);
      return node.list.known() && !value.empty() && reference.listed(node.list, source.list_kind, value, now);
    }
    case Function::kMentions: {
      const auto value = text(0);
      return node.list.known() && !value.empty() &&
             (source.index == 0 ? reference.mentions(node.list, value, now)
                                : reference.mentions_similar(node.list, value, now, source.index));
    }
    case Function::kInFeeBand:
      return std::ranges::any_of(node.corridors, [&](reference::CorridorRef corridor) {
        const auto minor = occurrence_.amount_in(reference.currency_of(corridor));
        return minor && reference.in_fee_band(corridor, *minor);
      });
    case Function::kTagged:
      return reference.tagged(text(0), source.text);
    case Function::kWithin:
      return reference.within(text(0), source.text);
    case Function::kServes: {
      const SideFacts* facts = party(0);
      const auto country = text(1);
      const reference::Agency* agency = facts != nullptr ? facts->agency() : nullptr;
      return agency != nullptr &&
             std::ranges::find(agency->destinations, country) != agency->destinations.end();
    }
    case Function::kIsDay:
      return reference.is_day(source.text, occurrence_.date());
    case Function::kInPeriod:
      return reference.in_period(source.text, occurrence_.date());
    case Function::kMultipleOf: {
      const Cell a = cell(*node.args[0]);
      const Cell b = cell(*node.args[1]);
      if (!a.present || !b.present || b.number.num <= 0) return false;
      if (a.number.den == 1 && b.number.den == 1) return a.number.num % b.number.num == 0;
      const auto quotient = rules::divide(a.number, b.number);
      return quotient && rules::reduce(*quotient).den == 1;
    }
    case Function::kStartsWith:
      return text(0).starts_with(source.text);
    case Function::kEndsWith:
      return text(0).ends_with(source.text);
    case Function::kContains:
      return text(0).find(source.text) != std::string_view::npos;
    case Function::kMatches: {
      const auto value = text(0);
      return re2::RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), *node.regex);
    }
    case Function::kMarked:
      return occurrence_.signal() != nullptr && occurrence_.signal()->mark &&
             occurrence_.signal()->rule == static_cast<int>(node.bits);
    case Function::kSignal:
      return occurrence_.signal() != nullptr && occurrence_.signal()->rule == static_cast<int>(node.bits);
    case Function::kCrimeSignal:
      return occurrence_.signal() != nullptr &&
             node.rules[static_cast<std::size_t>(occurrence_.signal()->rule)];
    default:
      return false;
  }
}

Cell Evaluator::call_cell(const Node& node) {
  const rules::Expression& source = *node.source;
  const reference::Reference& reference = occurrence_.reference();
  switch (node.function) {
    case Function::kAmountIn: {
      const auto minor = occurrence_.amount_in(source.currency);
      return minor ? Cell::money(*minor, source.currency) : Cell::absent();
    }
    case Function::kTariff: {
      const auto fee = reference.tariff(source.texts[0], source.texts[1], occurrence_.time());
      if (!fee) return Cell::absent();
      if (fee->currency == reference.home()) return Cell::money(fee->minor, fee->currency);
      const auto rate = reference.rate(fee->currency, occurrence_.date());
      const auto home =
          rate ? event::convert(fee->minor, fee->currency, reference.home(), *rate) : std::nullopt;
      return home ? Cell::money(*home, reference.home()) : Cell::absent();
    }
    case Function::kDecay: {
      const Cell age = cell(*node.args[0]);
      if (!age.present) return Cell::absent();
      const bool days = node.args[0]->type == rules::Type::kNumber;
      return decayed(age.number, days, source.duration);
    }
    case Function::kPeer: {
      const SideFacts* self = side(rules::Side::kSelf);
      return self == nullptr ? Cell::absent() : peer(*self, source);
    }
    case Function::kListedDays: {
      const auto since = listed_since(node);
      return since ? Cell::of((occurrence_.time() - *since).micros / event::Duration::days(1).micros)
                   : Cell::absent();
    }
    case Function::kMentionCount:
      return Cell::of(
          std::int64_t{reference.mention_count(node.list, cell(*node.args[0]).text, occurrence_.time())});
    case Function::kSize:
      return Cell::of(code_points(cell(*node.args[0]).text));
    case Function::kHours:
    case Function::kMinutes:
    case Function::kDayOfWeek:
    case Function::kDate:
    case Function::kMonth: {
      const Cell time = cell(*node.args[0]);
      if (!time.present) return Cell::absent();
      const event::Instant t{static_cast<std::int64_t>(time.number.num)};
      const int offset = source.offset_minutes;
      if (node.function == Function::kHours) return Cell::of(std::int64_t{event::hour_of(t, offset)});
      if (node.function == Function::kDayOfWeek) return Cell::of(std::int64_t{event::weekday_of(t, offset)});
      const event::Date date = event::date_of(t, offset);
      if (node.function == Function::kDate) return Cell::of(std::int64_t{event::day_of_month(date)});
      if (node.function == Function::kMonth) return Cell::of(std::int64_t{event::month_of(date) - 1});
      const std::int64_t minutes =
          (t - event::start_of(date, offset)).micros / event::Duration::minutes(1).micros;
      return Cell::of(minutes % 60);
    }
    case Function::kSignalValue: {
      const Signal* signal = occurrence_.signal();
      if (signal == nullptr || signal->rule != static_cast<int>(node.bits)) return Cell::absent();
      return signal->value(static_cast<std::size_t>(node.index));
    }
    case Function::kSignalAny: {
      const Signal* signal = occurrence_.signal();
      if (signal == nullptr) return Cell::absent();
      for (const auto& [rule, index] : node.signals) {
        if (signal->rule == static_cast<int>(rule)) return signal->value(static_cast<std::size_t>(index));
      }
      return Cell::absent();
    }
    default:
      return Cell::absent();
  }
}

}  // namespace suar::engine
