#include "oracle/case.h"

#include <fmt/format.h>

#include <map>
#include <sstream>

namespace suar::oracle {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

std::string quoted_unless_number(const std::string& text) {
  return text.find_first_not_of("0123456789") == std::string::npos ? text : quoted(text);
}

std::string joined(const Conditions& conditions) {
  std::string text;
  for (const std::string& condition : conditions) text += (text.empty() ? "(" : " && (") + condition + ")";
  return text.empty() ? "true" : text;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return "[" + text + "]";
}

std::string expression_of(const LetText& let) {
  std::string text = let.head;
  if (!let.same.empty()) text += " same " + let.same;
  if (!let.where.empty()) text += " where " + joined(let.where);
  return text;
}

// The scalar lets of a rule show up in its sentences, so that those are compared as well.
std::string sentence_of(const RuleText& rule) {
  std::string text = "Seen";
  for (const LetText& let : rule.lets) {
    if (let.head.starts_with("unit_price")) {
      text += fmt::format(" {{{0}.share}} {{{0}.matching}} {{{0}.price}}", let.name);
    } else if (let.head.starts_with("rhythm")) {
      text += fmt::format(" {{{0}.occasions}} {{{0}.share}}", let.name);
    } else {
      text += fmt::format(" {{{}}}", let.name);
    }
  }
  return text;
}

}  // namespace

void Line::set(const std::string& name, const std::string& json) {
  for (auto& [key, value] : fields) {
    if (key == name) {
      value = json;
      return;
    }
  }
  fields.emplace_back(name, json);
}

std::string Line::get(const std::string& name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value.starts_with('"') ? value.substr(1, value.size() - 2) : value;
  }
  return "";
}

std::string to_yaml(const RuleText& rule) {
  if (!rule.as_written.empty()) return rule.as_written;
  const std::string sentence = quoted(sentence_of(rule));
  std::string yaml = fmt::format(
      "rule: {}\nversion: 1\ntitle: {{en: A, id: B}}\ncrimes: [bribery]\nwatch: {}\n", rule.id, rule.watch);
  if (rule.shadow) yaml += "mode: shadow\n";
  if (!rule.params.empty()) yaml += "params:\n";
  for (const auto& [name, value] : rule.params) yaml += fmt::format("  {}: {}\n", name, value);
  yaml += fmt::format("events: {}\n", quoted(joined(rule.events)));
  if (!rule.trigger.empty()) yaml += fmt::format("trigger: {}\n", quoted(rule.trigger));
  if (!rule.steps.empty()) yaml += "sequence:\n";
  for (const StepText& step : rule.steps)
    yaml +=
        fmt::format("  {}: {}\n", step.name,
                    quoted(joined(step.condition) + (step.within.empty() ? "" : " within " + step.within)));
  if (!rule.lets.empty()) yaml += "let:\n";
  for (const LetText& let : rule.lets)
    yaml += fmt::format("  {}: {}\n", let.name, quoted(expression_of(let)));
  yaml += fmt::format("when: {}\n", quoted(joined(rule.when)));
  if (!rule.unless_within.empty())
    yaml += fmt::format("unless: {}\n", quoted(joined(rule.unless) + " within " + rule.unless_within));
  if (!rule.exceptions.empty()) yaml += "exceptions:\n";
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i)
    yaml += fmt::format("  - {{name: exception-{}, reason: A, {}}}\n", i + 1, rule.exceptions[i]);
  yaml += "raise:\n";
  if (rule.bands.empty()) {
    yaml += fmt::format("  severity: {}\n  score: {}\n", rule.severity, quoted_unless_number(rule.score));
  } else {
    yaml += fmt::format("  by: {}\n  bands:\n", quoted(rule.by));
    for (const std::string& band : rule.bands) yaml += "    - {" + band + "}\n";
  }
  if (rule.step > 0) yaml += fmt::format("  step: {}\n", rule.step);
  if (!rule.quiet.empty()) yaml += fmt::format("  quiet: {}\n", rule.quiet);
  if (!rule.signal.empty()) yaml += fmt::format("  signal: {}\n", listed(rule.signal));
  if (!rule.mark.empty()) yaml += fmt::format("  mark: {}\n", listed(rule.mark));
  if (rule.silent) {
    yaml += "  silent: true\n";
    if (rule.each) yaml += "  each: true\n";
  } else {
    yaml += fmt::format("  because: {{en: {0}, id: {0}}}\n", sentence);
  }
  return yaml;
}

Case read_case(const std::string& text) {
  Case c;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line) && !line.empty()) c.rules_as_written += line + "\n";
  while (std::getline(lines, line) && !line.empty()) c.lines.push_back({{}, line});
  c.with_reference = !c.rules_as_written.starts_with("# without reference data");
  return c;
}

std::string to_yaml(const Case& c) {
  if (!c.rules_as_written.empty()) return c.rules_as_written;
  std::string yaml =
      "macros:\n  sizeable: 'amount >= IDR 200_000'\n  by_phone: 'channel == \"mobile\"'\n"
      "---\nlists:\n  wages: [SALA, BONU]\n";
  for (const RuleText& rule : c.rules) yaml += "---\n" + to_yaml(rule);
  if (!c.suppressions.empty()) yaml += "---\nsuppressions:\n";
  for (const std::string& suppression : c.suppressions)
    yaml += "  - {" + suppression + ", reason: A, author: b, approver: c}\n";
  return yaml;
}

std::string to_json(const Line& line) {
  if (!line.as_written.empty()) return line.as_written;
  std::string json;
  std::map<std::string, std::string> objects;
  const auto add = [](std::string& to, const std::string& name, const std::string& value) {
    to += fmt::format("{}\"{}\":{}", to.empty() ? "" : ",", name, value);
  };
  for (const auto& [name, value] : line.fields) {
    const auto dot = name.find('.');
    if (dot == std::string::npos) {
      add(json, name, value);
    } else {
      add(objects[name.substr(0, dot)], name.substr(dot + 1), value);
    }
  }
  for (const auto& [name, content] : objects) add(json, name, "{" + content + "}");
  return "{" + json + "}";
}

}  // namespace suar::oracle
