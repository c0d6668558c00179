// What a random rule does with its hits: how grave they are, by what they are excepted, in which mode they go
// out; and which of them a suppression keeps quiet. The subjects and dates are those of random_stream.cc.
#include <fmt/format.h>

#include "oracle/case.h"

namespace suar::oracle {
namespace {

std::string random_subject(Dice& dice, const std::string& watch) {
  const std::vector<std::string> accounts = {"a1", "a2", "a3", "a4", "a5"};
  std::string value = dice.pick(accounts);
  if (watch == "party") value[0] = 'p';
  if (watch == "pair") value += ">" + dice.pick(accounts);
  if (watch == "place") value = dice.pick({"ID-21", "ID-2171"});
  if (watch == "device") value = dice.pick({"d1", "d2"});
  if (watch == "merchant") value = dice.pick({"m1", "m2"});
  if (watch == "corridor") value = dice.pick({"c1", "c2"});
  if (watch == "institution") value = dice.pick({"BANKIDJA", "BANKIDJB"});
  if (watch == "phone") value = dice.pick({"ph1", "ph2"});
  if (watch == "address") value = dice.pick({"ad1", "ad2"});
  return watch + ":" + value;
}

bool is_plain_number(const LetText& let) {
  return let.head.starts_with("count") || let.head.starts_with("distinct");
}

// Two or three bands of amounts, or of a let that counts.
void add_bands(Dice& dice, RuleText& rule, const std::string& count) {
  rule.by = count.empty() ? "amount" : count;
  const std::vector<std::string> from =
      count.empty() ? std::vector<std::string>{"IDR 50_000", "IDR 150_000", "IDR 300_000"}
                    : std::vector<std::string>{"1", "2", "4"};
  const std::vector<std::string> severities = {"low", "medium", "high", "critical"};
  const std::size_t bands = dice.percent(50) ? 2 : 3;
  for (std::size_t i = 0; i < bands; ++i) {
    // Not always graver: nothing says that bands ascend.
    rule.bands.push_back(fmt::format("from: {}, severity: {}, score: {}", from[i], dice.pick(severities),
                                     20 * (static_cast<int>(i) + 1) + dice.below(30)));
  }
}

}  // namespace

void add_random_grades(Dice& dice, RuleText& rule) {
  if (dice.percent(15))
    rule.exceptions.push_back(fmt::format("subjects: [\"{}\"]", random_subject(dice, rule.watch)));
  rule.shadow = dice.percent(10);
  std::string count;
  for (const LetText& let : rule.lets) {
    if (is_plain_number(let)) count = let.name;
  }
  if (dice.percent(50)) {
    add_bands(dice, rule, dice.percent(50) ? count : "");
  } else if (!count.empty() && dice.percent(50)) {
    rule.score = dice.pick({"12.5 * ", "90 + 5 * ", "10 - 7.5 * ", "0.5 + "}) + count;
  } else {
    return;
  }
  if (rule.quiet.empty()) rule.quiet = "30d";  // or nothing escalates
  if (dice.percent(50)) rule.step = 1 + dice.below(25);
}

std::vector<std::string> random_suppressions(Dice& dice, const std::vector<RuleText>& rules) {
  std::vector<std::string> suppressions;
  for (const RuleText& rule : rules) {
    if (rule.silent || !dice.percent(35)) continue;
    suppressions.push_back(
        fmt::format("rule: {}, subject: '{}', until: {}{}", rule.id, random_subject(dice, rule.watch),
                    dice.pick({"2025-03-02", "2025-03-04", "2025-03-31", "2025-03-03T12:00:00+07:00"}),
                    dice.pick({"", ", limit: 1", ", limit: 3", ", limit: IDR 300_000"})));
  }
  return suppressions;
}

}  // namespace suar::oracle
