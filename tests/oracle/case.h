// A case that the engine and the oracle are both given: rules, reference data, a stream. It is kept in
// pieces, so that it can be made smaller piece by piece; each piece knows its text.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "reference/reference.h"

namespace suar::oracle {

// Conditions that hold together; none is "true".
using Conditions = std::vector<std::string>;

struct LetText {
  std::string name;
  std::string head;  // "sum(amount) over 7d", or any expression
  std::string same;  // "" = without
  Conditions where;
};

struct StepText {
  std::string name;
  Conditions condition;
  std::string within;  // "" = none: the first
};

struct RuleText {
  std::string id;
  std::string watch;
  std::vector<std::pair<std::string, std::string>> params;  // name, YAML
  Conditions events;
  std::string trigger;  // "" = none
  std::vector<StepText> steps;
  std::vector<LetText> lets;
  Conditions when;
  Conditions unless;
  std::string unless_within;            // "" = no absence
  std::vector<std::string> exceptions;  // each a map of YAML without its name and reason
  bool shadow = false;
  std::string severity = "high";
  std::string score = "50";  // a number, or an expression
  std::string by;            // what the bands are of; "" = no bands
  std::vector<std::string>
      bands;  // each a map of YAML; they have severity and score, and `raise` has neither
  int step = 0;
  std::string as_written;  // instead of all else, its YAML
  std::string quiet;       // "" = none
  std::vector<std::string> signal, mark;
  bool silent = false, each = false;
};

// One record: dotted names ("debtor.account") and JSON values.
struct Line {
  std::vector<std::pair<std::string, std::string>> fields;
  std::string as_written;  // instead, of a case that was read from a file

  void set(const std::string& name, const std::string& json);
  void set_text(const std::string& name, const std::string& text) { set(name, '"' + text + '"'); }
  [[nodiscard]] std::string get(const std::string& name) const;  // "" where there is none
};

struct Case {
  engine::Options options;
  std::vector<RuleText> rules;
  std::vector<std::string> suppressions;  // each a map of YAML
  std::string rules_as_written;           // instead, of a case that was read from a file
  bool with_reference = true;
  std::vector<Line> lines;
};

// A case as describe() prints it: rules in YAML, an empty line, one record a line. Options and reference data
// are the defaults, unless the rules begin with a comment "# without reference data".
[[nodiscard]] Case read_case(const std::string& text);

[[nodiscard]] std::string to_yaml(const RuleText& rule);
[[nodiscard]] std::string to_yaml(const Case& c);
[[nodiscard]] std::string to_json(const Line& line);

// When the record reached the broker: a field of the line that no decoder knows.
inline constexpr const char* kRecordTime = "record_time";

// The line is no record but a tick: stream time reaches that.
inline constexpr const char* kTick = "tick";

// Dice that fall the same way on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}
  [[nodiscard]] int below(int n) { return static_cast<int>(bits_() % static_cast<std::uint64_t>(n)); }
  [[nodiscard]] bool percent(int p) { return below(100) < p; }
  template <typename T>
  [[nodiscard]] const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }
  [[nodiscard]] std::string pick(std::initializer_list<const char*> from) {
    return from.begin()[below(static_cast<int>(from.size()))];
  }

 private:
  std::mt19937_64 bits_;
};

// The case of a seed.
[[nodiscard]] Case random_case(std::uint64_t seed);
[[nodiscard]] std::vector<RuleText> random_rules(Dice& dice);
// What a rule does with a hit beside raising it: its grades, a mode, exceptions that ask for a place or a
// subject.
void add_random_grades(Dice& dice, RuleText& rule);
[[nodiscard]] std::vector<std::string> random_suppressions(Dice& dice, const std::vector<RuleText>& rules);
[[nodiscard]] std::vector<Line> random_stream(Dice& dice);

// A small world in which the parties and places of random streams are known, or not.
[[nodiscard]] const std::vector<reference::File>& reference_files();

}  // namespace suar::oracle
