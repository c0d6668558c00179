#include "engine/translation.h"

#include <algorithm>
#include <functional>

namespace suar::engine {
namespace {

constexpr std::uint64_t kMostValues = 1000, kMostTypes = 100;

std::vector<std::uint64_t> signal_types(const rules::Rule& rule) {
  std::vector<std::uint64_t> types;
  for (const int let : rule.raise.signal_values)
    types.push_back(static_cast<std::uint64_t>(rule.lets[static_cast<std::size_t>(let)].value->type));
  return types;
}

// What the rule's absence waits for; 0 = it waits for nothing.
std::uint64_t awaited(const Program& program, std::size_t rule) {
  const auto& plans = program.layout(program.rules().rules[rule].watch).rules;
  const auto plan = std::ranges::find(plans, static_cast<int>(rule), &RulePlan::rule);
  return plan == plans.end() ? 0 : plan->unless.definition;
}

template <typename Items, typename Member>
int find(const Items& ours, std::uint64_t definition, Member of) {
  const auto found = std::ranges::find(ours, definition, of);
  return found == ours.end() ? -1 : static_cast<int>(found - ours.begin());
}

Translation::Rule read_rule(StateReader& in, const Program& program) {
  const auto& rules = program.rules().rules;
  const std::string id = in.text();
  std::vector<std::uint64_t> types;
  for (std::uint64_t left = in.number_below(kMostValues, "how many values a signal carries"); left > 0;
       --left)
    types.push_back(in.number_below(kMostTypes, "the type of a signal's value"));
  const std::uint64_t waits = in.fixed_number();
  Translation::Rule rule;
  rule.signal_values = types.size();
  const auto ours = std::ranges::find(rules, id, &rules::Rule::id);
  if (ours == rules.end()) return rule;
  rule.ours = static_cast<int>(ours - rules.begin());
  rule.signals_alike = signal_types(*ours) == types;
  rule.waits_alike = waits != 0 && awaited(program, static_cast<std::size_t>(rule.ours)) == waits;
  return rule;
}

Translation::Bit read_bit(StateReader& in, const Layout& layout) {
  Translation::Bit bit;
  bit.ours = find(layout.definitions, in.fixed_number(), std::identity{});
  in(bit.reach, bit.since);
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    Translation::Filled& filled = bit.filled.emplace_back();
    in(filled.saved, filled.since);
  }
  return bit;
}

void read_column(StateReader& in, const Layout& layout, Translation::Kind& to) {
  const int ours = find(layout.columns, in.fixed_number(), &Column::definition);
  const auto saved = static_cast<Column::Kind>(
      in.number_below(static_cast<std::uint64_t>(Column::Kind::kParty) + 1, "the kind of a column"));
  in.check(ours < 0 || layout.columns[static_cast<std::size_t>(ours)].kind == saved,
           "a column is of another kind");
  to.kinds.push_back(saved);
  to.columns.push_back(ours);
}

Translation::Kind read_kind(StateReader& in, const Layout& layout) {
  Translation::Kind to;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) to.bits.push_back(read_bit(in, layout));
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) read_column(in, layout, to);
  to.same = to.bits.size() == layout.definitions.size() && to.columns.size() == layout.columns.size();
  for (std::size_t i = 0; i < to.columns.size(); ++i)
    to.same = to.same && to.columns[i] == static_cast<int>(i);
  for (std::size_t i = 0; i < to.bits.size() && in.ok(); ++i) {
    Translation::Bit& bit = to.bits[i];
    to.same = to.same && bit.ours == static_cast<int>(i) && bit.reach == layout.reach[i].micros &&
              std::ranges::equal(bit.filled, layout.filled[i], {}, &Translation::Filled::saved);
    for (Translation::Filled& filled : bit.filled) {
      in.check(filled.saved < to.columns.size(), "a window has a column that there is not");
      if (in.ok()) filled.ours = to.columns[filled.saved];
    }
  }
  return to;
}

}  // namespace

void save_program(StateWriter& out, const Program& program, const Coverage& coverage) {
  const auto& rules = program.rules().rules;
  out.number(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    out.text(rules[i].id);
    out(signal_types(rules[i]));
    out.fixed_number(awaited(program, i));
  }
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    const Layout& layout = program.layout(static_cast<rules::EntityKind>(kind));
    out.number(layout.definitions.size());
    for (std::uint32_t bit = 0; bit < layout.definitions.size(); ++bit) {
      const Coverage::OfBit& covered = coverage.of(static_cast<rules::EntityKind>(kind), bit);
      out.fixed_number(layout.definitions[bit]);
      out(layout.reach[bit].micros, covered.since);
      out.number(layout.filled[bit].size());
      for (std::size_t i = 0; i < layout.filled[bit].size(); ++i)
        out(layout.filled[bit][i], covered.columns[i]);
    }
    out.number(layout.columns.size());
    for (const Column& column : layout.columns) {
      out.fixed_number(column.definition);
      out(column.kind);
    }
  }
}

Translation read_translation(StateReader& in, const Program& program) {
  Translation translation;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left)
    translation.rules.push_back(read_rule(in, program));
  for (int kind = 0; kind < rules::kEntityKinds; ++kind)
    translation.kinds[static_cast<std::size_t>(kind)] =
        read_kind(in, program.layout(static_cast<rules::EntityKind>(kind)));
  return translation;
}

bool adopt(StateReader& in, Signal& signal, const Translation& translation, const rules::RuleSet& rules) {
  const auto saved = static_cast<std::size_t>(signal.rule);
  in.check(saved < translation.rules.size() &&
               signal.values.size() == translation.rules[saved].signal_values &&
               signal.texts.size() == signal.values.size(),
           "a signal is of a rule that there is not");
  if (!in.ok()) return false;
  const Translation::Rule& rule = translation.rules[saved];
  signal.rule = rule.signals_alike ? rule.ours : -1;
  if (signal.rule >= 0) signal.rule_id = rules.rules[static_cast<std::size_t>(signal.rule)].id;
  return signal.rule >= 0;
}

}  // namespace suar::engine
