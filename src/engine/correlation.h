// A condition that compares values of several kept events: an event of a window with the trigger, the steps
// of a sequence with one another, what disarms a deadline with what armed it.
//
// It is evaluated over what the entries keep, so it costs no look-up and sees what stands now: amounts after
// partial reverses, everything else as it was when the event arrived. A text is its identity, a party its
// reference.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/cell.h"
#include "engine/entity_log.h"
#include "engine/node.h"
#include "reference/reference.h"

namespace suar::engine {

struct Column;

class Correlation {
 public:
  // The entries of the events, by the numbers that the compiler gave them.
  using Events = std::span<const LogEntry>;

  // A value that did not fit makes it false and sets `overflow`.
  [[nodiscard]] bool holds(Events events, bool& overflow) const;

 private:
  friend class CorrelationCompiler;

  enum class Op : std::uint8_t {
    kConstant,
    kColumn,  // `column` of event `event`
    kNot,
    kAnd,
    kOr,
    kConditional,
    kCompare,
    kInRange,
    kNegate,
    kAdd,
    kSubtract,
    kMultiply,
    kDivide,
    kMultipleOf,
    kRelated  // `function` of two parties
  };
  struct Term {
    Op op = Op::kConstant;
    rules::Type type{};
    Relation relation{};
    rules::Function function{};
    const rules::Expression* source = nullptr;
    int event = 0;
    int column = 0;
    Cell constant;  // of a text, its identity is the number
    std::vector<Term> args;
  };

  [[nodiscard]] bool truth(const Term& term, Events events, bool& overflow) const;
  [[nodiscard]] Cell cell(const Term& term, Events events, bool& overflow) const;
  [[nodiscard]] bool related(const Term& term, Events events, bool& overflow) const;

  Term root_;
  int own_ = 0;  // the event that the condition sees: relations are asked as of its time
  const std::vector<Column>* columns_ = nullptr;
  const reference::Reference* reference_ = nullptr;
};

// What a column of an entry holds.
[[nodiscard]] Cell column_cell(const Column& column, const LogEntry& entry, rules::Type type);

// Makes correlations of one rule.
class CorrelationCompiler {
 public:
  // `column_for` gives the column that keeps an expression's value. `columns` and `reference` must outlive
  // what is compiled.
  CorrelationCompiler(const rules::Rule& rule, const std::vector<Column>& columns,
                      const reference::Reference& reference,
                      std::function<int(const rules::Expression&)> column_for)
      : rule_(rule), columns_(columns), reference_(reference), column_for_(std::move(column_for)) {}

  // `own`: the number of the event that the condition sees; `event_of` gives those of the others it names.
  [[nodiscard]] std::unique_ptr<Correlation> compile(const rules::Expression& condition, int own,
                                                     const std::function<int(int step)>& event_of) const;

 private:
  [[nodiscard]] Correlation::Term term(const rules::Expression& e, int own,
                                       const std::function<int(int step)>& event_of) const;
  [[nodiscard]] Correlation::Term kept(const rules::Expression& e, int event) const;

  const rules::Rule& rule_;
  const std::vector<Column>& columns_;
  const reference::Reference& reference_;
  std::function<int(const rules::Expression&)> column_for_;
};

// Names it another event?
[[nodiscard]] bool names_other_event(const rules::Expression& expression);
// The conjuncts of a condition: its operands at the top, `&&` flattened.
void append_conjuncts(const rules::Expression& condition, std::vector<const rules::Expression*>& conjuncts);

}  // namespace suar::engine
