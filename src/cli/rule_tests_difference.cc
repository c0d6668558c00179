#include "cli/rule_tests_difference.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/rule_tests_notation.h"

namespace suar::cli {
namespace {

constexpr std::size_t kShort = 40;  // longer texts that begin alike get a mark where they part

class Lines {
 public:
  void same(std::string_view name, std::string_view value) {
    difference_.lines.push_back(fmt::format("  {}: {}", name, value));
  }
  void differs(std::string_view name, std::string_view expected, std::string_view actual) {
    ++difference_.differing;
    difference_.lines.push_back(fmt::format("- {}: {}", name, expected));
    difference_.lines.push_back(fmt::format("+ {}: {}", name, actual));
    const auto parted = std::ranges::mismatch(expected, actual);
    const auto at = static_cast<std::size_t>(parted.in1 - expected.begin());
    if (at == 0 || std::max(expected.size(), actual.size()) <= kShort) return;
    difference_.lines.push_back(std::string(name.size() + 4 + at, ' ') + "^");
  }
  void compare(std::string_view name, std::string_view expected, std::string_view actual) {
    expected == actual ? same(name, actual) : differs(name, expected, actual);
  }
  Difference take() { return std::move(difference_); }

 private:
  Difference difference_;
};

std::string value_hint(const std::string& name, const engine::Hit& hit) {
  std::vector<std::string> names;
  for (const engine::EvidenceValue& item : hit.values) names.push_back(item.name);
  const std::string near = nearest_name(name, names);
  if (!near.empty()) return fmt::format("not in the evidence; did you mean {}?", near);
  return fmt::format("not in the evidence, which holds {}", fmt::join(names, ", "));
}

}  // namespace

std::string describe(const engine::Hit& hit) {
  return fmt::format("{} of {} at {}, {}", hit.rule->id, hit.subject_key, hit.trigger_event_id,
                     event::to_rfc3339(hit.event_time, hit.offset_minutes));
}

std::string describe(const ExpectedAlert& alert) {
  std::string text = fmt::format("{} of {}", alert.rule, alert.subject);
  if (!alert.trigger.empty()) text += " at " + alert.trigger;
  if (alert.at) text += ", " + event::to_rfc3339(*alert.at, kTestOffsetMinutes);
  return text;
}

Difference compare(const ExpectedAlert& expected, const RaisedAlert& raised, event::Currency home) {
  Lines lines;
  const engine::Hit& hit = raised.hit;
  lines.compare("subject", expected.subject, hit.subject_key);
  if (!expected.trigger.empty()) lines.compare("trigger", expected.trigger, hit.trigger_event_id);
  if (expected.at) {
    lines.compare("at", event::to_rfc3339(*expected.at, kTestOffsetMinutes),
                  event::to_rfc3339(hit.event_time, kTestOffsetMinutes));
  }
  for (const auto& [name, value] : expected.values) {
    const auto item = std::ranges::find(hit.values, name, &engine::EvidenceValue::name);
    if (item == hit.values.end())
      lines.differs(name, value, value_hint(name, hit));
    else if (agrees(item->value, value, home))
      lines.same(name, value);
    else
      lines.differs(name, value, notation_of(item->value));
  }
  const auto text = [&](std::string_view name, const std::string& wanted, std::string_view got) {
    if (!wanted.empty()) lines.compare(name, wanted, std::string(got));
  };
  text("severity", expected.severity, rules::name_of(hit.severity));
  text("score", expected.score, std::to_string(hit.score));
  text("mode", expected.mode, rules::name_of(hit.mode));
  const auto texts = [&](std::string_view name, const std::optional<std::vector<std::string>>& wanted,
                         const std::vector<std::string>& got) {
    if (wanted)
      lines.compare(name, fmt::format("[{}]", fmt::join(*wanted, ", ")),
                    fmt::format("[{}]", fmt::join(got, ", ")));
  };
  texts("event_ids", expected.event_ids, hit.event_ids);
  texts("lists", expected.lists, hit.lists);
  if (!expected.narrative_en.empty()) lines.compare("because.en", expected.narrative_en, raised.narrative_en);
  if (!expected.narrative_id.empty()) lines.compare("because.id", expected.narrative_id, raised.narrative_id);
  return lines.take();
}

std::vector<std::string> values_of(const engine::Hit& hit) {
  std::vector<std::string> lines;
  for (const engine::EvidenceValue& item : hit.values) {
    std::string line = fmt::format("+ {}: {}", item.name, notation_of(item.value));
    if (item.threshold) line += fmt::format("   (threshold {})", notation_of(*item.threshold));
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace suar::cli
