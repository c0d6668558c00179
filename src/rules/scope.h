// What an expression is checked against: the set's macros, lists and signals, and the rule it stands in.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "rules/definition.h"
#include "rules/findings.h"
#include "rules/rule.h"
#include "rules/syntax.h"

namespace suar::rules {

struct Macro {
  Located<std::string> name;
  SyntaxPtr syntax;  // null: it cannot be read, and was reported
  bool used = false;
};

struct NamedList {
  Located<std::string> name;
  std::vector<std::string> texts;
  bool used = false;
};

// A value that travels with a rule's signals; without a type where it could not be checked.
struct SignalValue {
  std::string name;
  std::optional<Type> type;
  bool pending = false;  // a let of a rule that is not checked yet: rules ask in a circle
  event::Currency currency;
};

struct SetScope {
  const Sources& sources;
  Findings& findings;
  event::Currency home;
  const reference::Reference* reference = nullptr;  // may be null
  bool complete = true;                             // false: a file is missing, names may stand in it
  std::map<std::string, Macro, std::less<>> macros{};
  std::map<std::string, NamedList, std::less<>> lists{};
  std::map<std::string, std::vector<SignalValue>, std::less<>> signals{};  // by rule id
  std::set<std::string, std::less<>> shadow{};                             // rules in shadow mode
  int nodes = 0;                                                           // of all rules
};

// Where in a rule an expression stands, which decides what it may use.
enum class Place { kEvents, kTrigger, kStep, kUnless, kLet, kWhen, kTemplate, kWindow };

struct ParamUse {
  Located<std::string> name;
  int index = -1;  // into Rule::params; -1: it could not be read
  bool used = false;
};

struct LetUse {
  Located<std::string> name;
  int index = -1;  // into Rule::lets; -1: not checked yet, or not readable
  bool checked = false;
  bool used = false;
};

struct StepUse {
  Located<std::string> name;
  int index = 0;
  bool used = false;
};

struct RuleScope {
  SetScope& set;
  Rule& rule;  // params, lets and windows are added as they are found
  EntityKind watch{};
  bool watch_known = true;  // false: its kind is wrong, and nothing is said about sides
  Place place = Place::kEvents;
  std::map<std::string, ParamUse, std::less<>> params{};
  std::map<std::string, LetUse, std::less<>> lets{};
  std::map<std::string, StepUse, std::less<>> steps{};
  int step = -1;               // whose condition is checked, in Place::kStep
  bool names_trigger = false;  // in a window's `where` and in `unless`: `trigger.` is another event
  std::set<std::string> asks{};
  std::set<std::string> crimes{};          // asked for
  bool asks_known = true;                  // false: `events` cannot be read
  std::vector<std::string> open_macros{};  // being expanded
  int depth = 0;
  int nodes = 0;
  bool too_many = false;

  [[nodiscard]] bool one_event() const {
    return place != Place::kLet && place != Place::kWhen && place != Place::kTemplate;
  }
};

}  // namespace suar::rules
