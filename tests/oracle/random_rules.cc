#include "oracle/rule_writer.h"

namespace suar::oracle {

std::string RuleWriter::use(std::string name, const std::string& value) {
  for (const auto& [known, text] : rule_.params) {
    if (known == name) return name;
  }
  rule_.params.emplace_back(name, value);
  return name;
}

// The rule asks for its own marks, so that hits follow one another from entity to entity.
void RuleWriter::chain() {
  const std::string mark = "marked(\"" + rule_.id + "\")";
  if (rule_.events.empty()) rule_.events.push_back(mark + " || has(amount)");
  for (std::string& condition : rule_.events) condition = mark + " || (" + condition + ")";
  // A signal names no party to mark: a chain goes on by a payment that follows a mark.
  if (rule_.steps.empty() && dice_.percent(70)) sequence();
  if (!rule_.steps.empty()) rule_.steps[0].condition = {mark + (dice_.percent(50) ? "" : " || has(amount)")};
  rule_.signal = {"amount", "event_time"};
  if (dice_.percent(50))
    rule_.when.push_back("!(signal_hop " + order() + " " + dice_.pick({"1", "2", "5"}) + ")");
  if (dice_.percent(30)) rule_.when.push_back("signal_origin != \"account:a1\"");
}

RuleText RuleWriter::write(std::string id) {
  rule_ = {};
  rule_.id = std::move(id);
  rule_.watch = dice_.percent(45)
                    ? dice_.pick({"account", "account", "party"})
                    : dice_.pick({"pair", "pair", "device", "merchant", "place", "place", "corridor",
                                  "institution", "institution", "phone", "address"});
  if (!earlier_.empty() && dice_.percent(60)) {
    asked_ = &dice_.pick(earlier_);
    // Signals stay on the subject, marks go to accounts and parties.
    rule_.watch = dice_.percent(70) ? asked_->watch : dice_.pick({"account", "party"});
  }
  const int conditions = dice_.below(10) < 4 ? 0 : 1 + dice_.below(2);
  for (int i = 0; i < conditions; ++i) rule_.events.push_back(any_condition());
  if (asked_ != nullptr) {
    const std::string signal = signal_condition(*asked_);
    if (rule_.events.empty()) {
      rule_.events.push_back(dice_.percent(60) ? signal : signal + " || true");
    } else {
      for (std::string& condition : rule_.events) condition = signal + " || (" + condition + ")";
    }
  }
  const int lets = dice_.below(8) == 0 ? 0 : 1 + dice_.below(3);
  for (int i = 0; i < lets; ++i) rule_.lets.push_back(window("w" + std::to_string(i + 1)));
  if (dice_.percent(15)) rule_.trigger = any_condition();
  if (dice_.percent(25)) sequence();

  for (const LetText& let : rule_.lets) {
    if (dice_.percent(75)) rule_.when.push_back(test_of(let));
  }
  if (rule_.lets.size() >= 2 && dice_.percent(25)) {
    const auto plain_number = [](const LetText& let) {
      return let.head.starts_with("count") || let.head.starts_with("distinct");
    };
    if (plain_number(rule_.lets[0]) && plain_number(rule_.lets[1])) {
      rule_.lets.push_back({"ratio", "w1 / w2", "", {}});
      rule_.when.push_back("ratio " + order() + " " + dice_.pick({"1", "0.5", "2"}));
    }
  }
  if (dice_.percent(15)) {
    LetText inline_window = window("unnamed");
    if (!inline_window.head.starts_with("unit_price") && !inline_window.head.starts_with("rhythm")) {
      const std::string test = test_of(inline_window);
      std::string text = inline_window.head;
      if (!inline_window.same.empty()) text += " same " + inline_window.same;
      for (std::size_t i = 0; i < inline_window.where.size(); ++i) {
        text += (i == 0 ? " where (" : " && (") + inline_window.where[i] + ")";
      }
      rule_.when.push_back(std::string(test).replace(test.find("unnamed"), 7, "(" + text + ")"));
    }
  }
  if (rule_.when.empty() || dice_.percent(15)) rule_.when.push_back(any_condition());
  if (dice_.percent(15)) absence();
  if (rule_.when.size() >= 2 && dice_.percent(25)) {
    const std::string last = rule_.when.back();
    rule_.when.pop_back();
    rule_.when.back() = "(" + rule_.when.back() + ") || (" + last + ")";
  }
  if (dice_.percent(40)) rule_.quiet = dice_.pick({"1h", "6h", "1d", "3d", "7d", "30d", "365d"});
  for (const LetText& let : rule_.lets) {
    if (!let.head.starts_with("unit_price") && !let.head.starts_with("rhythm") && dice_.percent(40) &&
        rule_.signal.size() < 4) {
      rule_.signal.push_back(let.name);
    }
  }
  if (dice_.percent(30)) {
    rule_.mark.push_back(has_sides() ? dice_.pick({"other", "other", "debtor", "creditor", "self"})
                                     : dice_.pick({"debtor", "creditor"}));
    if (dice_.percent(20)) rule_.mark = {"debtor", "creditor"};
  }
  if (!rule_.mark.empty() && dice_.percent(30)) chain();
  rule_.silent = dice_.percent(15);
  rule_.each = rule_.silent && !rule_.steps.empty() && rule_.unless_within.empty() && dice_.percent(60);
  rule_.severity = dice_.pick({"low", "medium", "high", "critical"});
  if (dice_.percent(20)) rule_.exceptions.push_back("when: '" + condition() + "'");
  add_random_grades(dice_, rule_);
  return rule_;
}

std::vector<RuleText> random_rules(Dice& dice) {
  std::vector<RuleText> rules;
  std::vector<std::string> ids = {"apple", "birch", "cedar", "dune", "elm"};
  const int count = 1 + dice.below(4);
  for (int i = 0; i < count; ++i) {
    const auto chosen = static_cast<std::ptrdiff_t>(dice.below(static_cast<int>(ids.size())));
    const std::string id = ids[static_cast<std::size_t>(chosen)];
    ids.erase(ids.begin() + chosen);
    std::vector<RuleText> earlier = rules;
    rules.push_back(RuleWriter(dice, earlier).write(id));
  }
  return rules;
}

}  // namespace suar::oracle
