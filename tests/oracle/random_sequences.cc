// What a random rule asks before and after its trigger: the steps of a sequence, and an absence.
#include "oracle/rule_writer.h"

namespace suar::oracle {

// Between an event and a step before it.
std::string RuleWriter::comparison_with_step(const std::string& step) {
  const std::string s = side();
  const std::string o = other_side(s);
  switch (dice_.below(10)) {
    case 0:
      return fmt::format("{} {} {}.{}", s, dice_.pick({"==", "!="}), step, s);
    case 1:
      return fmt::format("{} == {}.{}", o, step, dice_.percent(50) ? s : o);
    case 2:
      return fmt::format("amount {} {} * {}.amount", order(), dice_.pick({"90%", "1", "0.5", "2"}), step);
    case 3:
      return fmt::format("amount in 50% * {0}.amount .. {0}.amount", step);
    case 4:
      return fmt::format("amount_in(USD) {} {}.amount_in(USD)", order(), step);
    case 5:
      return fmt::format("{0} {1} {2}.{0}",
                         dice_.pick({"place_code", "device_id", "channel", "purpose_code"}),
                         dice_.pick({"==", "!="}), step);
    case 6:
      return fmt::format("{3}{0}({1}, {2}.{1})", dice_.pick({"kin", "same_unit", "supervises"}),
                         dice_.percent(50) ? s : o, step, dice_.percent(50) ? "!" : "");
    case 7:
      return fmt::format("event_time - {}.event_time {} {}", step, order(), dice_.pick({"1h", "6h", "1d"}));
    case 8:
      return fmt::format("(has({}.{}.country) || amount >= {}.amount)", step, s, step);
    default:
      return fmt::format("{0}.{1} {2} {3}.{0}.{1}", s, dice_.pick({"country", "region", "party_id"}),
                         dice_.pick({"==", "!="}), step);
  }
}

// Deadlines lie among the events that follow, or beyond them where ticks alone reach them.
void RuleWriter::absence() {
  rule_.unless_within = dice_.pick({"1h", "6h", "1d", "2d", "7d", "30d"});
  if (dice_.percent(60)) rule_.unless.push_back(any_condition());
  if (dice_.percent(50)) rule_.unless.push_back(comparison_with_trigger());
  if (asked_ != nullptr && dice_.percent(20)) rule_.unless = {signal_condition(*asked_)};
}

void RuleWriter::sequence() {
  rule_.trigger.clear();
  if (dice_.percent(60)) rule_.lets.clear();  // or few would hit
  const std::vector<std::string> names = {"first", "second", "third", "fourth"};
  const int steps = 2 + (dice_.percent(35) ? 1 + dice_.below(2) : 0);
  const auto one_before = [&](int step) { return names[static_cast<std::size_t>(dice_.below(step))]; };
  for (int i = 0; i < steps; ++i) {
    StepText step{names[static_cast<std::size_t>(i)], {}, ""};
    if (asked_ != nullptr && dice_.percent(40)) {
      step.condition.push_back(signal_condition(*asked_));
    } else if (dice_.percent(50)) {
      step.condition.push_back(any_condition());
    }
    if (i > 0) {
      step.within = dice_.pick({"1h", "12h", "1d", "2d", "7d", "7d", "30d"});
      if (i > 1 && dice_.percent(30)) step.within += " of " + one_before(i);
      if (dice_.percent(45)) step.condition.push_back(comparison_with_step(one_before(i)));
    }
    rule_.steps.push_back(std::move(step));
  }
  if (dice_.percent(30)) rule_.when.push_back(comparison_with_step(one_before(steps - 1)));
  if (dice_.percent(20)) rule_.when.push_back(fmt::format("first.amount {} {}", order(), money()));
}

}  // namespace suar::oracle
