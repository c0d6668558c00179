// The lets and windows of one rule for one trigger, computed when the condition first asks and then
// remembered.
#pragma once

#include <absl/container/inlined_vector.h>

#include <span>
#include <vector>

#include "engine/evaluator.h"
#include "engine/running_windows.h"
#include "engine/sequence.h"
#include "engine/window_value.h"

namespace suar::engine {

class TriggerValues final : public DerivedValues {
 public:
  // `running` has the windows of an entity with very many events; null where there are none such.
  TriggerValues(const RulePlan& plan, const WindowScope& scope, RunningWindows* running = nullptr)
      : plan_(plan), scope_(scope), running_(running) {}

  // The sequences that end with the trigger, at most `most`.
  [[nodiscard]] std::vector<StepPositions> find_sequences(std::size_t most) {
    return engine::find_sequences(plan_.sequence, scope_, most, overflowed_);
  }
  // From here on the steps are these.
  void bind(const StepPositions& steps);
  // The entries of the steps, the trigger's last; none before bind(), or without a sequence.
  [[nodiscard]] std::span<const LogEntry> steps() const { return steps_; }

  // The evaluator that the lets are computed with; set once, before the first question.
  void use(Evaluator& evaluator) { evaluator_ = &evaluator; }

  [[nodiscard]] Cell let(int index) override;
  [[nodiscard]] Cell window(int index) override;
  [[nodiscard]] Cell bound(int index) override;
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  [[nodiscard]] const WindowScope& scope() const { return scope_; }

 private:
  struct Known {
    int index = 0;
    Cell cell;
  };

  const RulePlan& plan_;
  WindowScope scope_;
  RunningWindows* running_;
  Evaluator* evaluator_ = nullptr;
  absl::InlinedVector<Known, 4> lets_, windows_;
  std::vector<LogEntry> steps_;
  bool overflowed_ = false;
};

}  // namespace suar::engine
