#include "engine/translation.h"

#include <algorithm>

namespace suar::engine {

void save_program(StateWriter& out, const Program& program) {
  const auto& rules = program.rules().rules;
  out.number(rules.size());
  for (const rules::Rule& rule : rules) {
    out.text(rule.id);
    out.number(rule.raise.signal_values.size());
  }
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    const Layout& layout = program.layout(static_cast<rules::EntityKind>(kind));
    out.number(layout.definitions.size());
    for (const std::uint64_t definition : layout.definitions) out.fixed_number(definition);
    out.number(layout.columns.size());
    for (const Column& column : layout.columns) {
      out.fixed_number(column.definition);
      out(column.kind);
    }
  }
}

Translation read_translation(StateReader& in, const Program& program) {
  Translation translation;
  const auto& rules = program.rules().rules;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const std::string id = in.text();
    const std::uint64_t values = in.number_below(1000, "how many values a signal carries");
    const auto ours = std::ranges::find(rules, id, &rules::Rule::id);
    const bool alike = ours != rules.end() && ours->raise.signal_values.size() == values;
    translation.rules.push_back(alike ? static_cast<int>(ours - rules.begin()) : -1);
    translation.signal_values.push_back(values);
  }
  for (int kind = 0; kind < rules::kEntityKinds; ++kind) {
    const Layout& layout = program.layout(static_cast<rules::EntityKind>(kind));
    Translation::Kind& to = translation.kinds[static_cast<std::size_t>(kind)];
    const auto match = [](const auto& ours, std::uint64_t definition, const auto& of) {
      const auto found = std::ranges::find(ours, definition, of);
      return found == ours.end() ? -1 : static_cast<int>(found - ours.begin());
    };
    for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
      to.bits.push_back(match(layout.definitions, in.fixed_number(), std::identity{}));
      to.same = to.same && to.bits.back() + 1 == static_cast<int>(to.bits.size());
    }
    for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
      const std::uint64_t definition = in.fixed_number();
      const auto saved = static_cast<Column::Kind>(
          in.number_below(static_cast<std::uint64_t>(Column::Kind::kParty) + 1, "the kind of a column"));
      const int ours = match(layout.columns, definition, &Column::definition);
      in.check(ours < 0 || layout.columns[static_cast<std::size_t>(ours)].kind == saved,
               "a column is of another kind");
      to.kinds.push_back(saved);
      to.columns.push_back(ours);
      to.same = to.same && ours + 1 == static_cast<int>(to.columns.size());
    }
    to.same =
        to.same && to.bits.size() == layout.definitions.size() && to.columns.size() == layout.columns.size();
    for (std::uint32_t i = 0; i < layout.columns.size(); ++i) {
      if (std::ranges::find(to.columns, static_cast<int>(i)) == to.columns.end()) to.missing.push_back(i);
    }
  }
  return translation;
}

bool adopt(StateReader& in, Signal& signal, const Translation& translation, const rules::RuleSet& rules) {
  const auto rule = static_cast<std::size_t>(signal.rule);
  in.check(rule < translation.rules.size() && signal.values.size() == translation.signal_values[rule] &&
               signal.texts.size() == signal.values.size(),
           "a signal is of a rule that there is not");
  if (!in.ok()) return false;
  signal.rule = translation.rules[rule];
  if (signal.rule >= 0) signal.rule_id = rules.rules[static_cast<std::size_t>(signal.rule)].id;
  return signal.rule >= 0;
}

}  // namespace suar::engine
