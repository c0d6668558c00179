#include "cli/check_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "event/json_writer.h"
#include "rules/code_explanations.h"

namespace suar::cli {
namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view level_of(Severity severity) {
  return severity == Severity::kError ? "error" : "warning";
}

void write_text(event::JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  json.begin_object();
  json.field("text", text);
  json.end_object();
}

std::string sentence(const Diagnostic& finding) {
  return finding.suggestion.empty() ? finding.message
                                    : fmt::format("{} ({})", finding.message, finding.suggestion);
}

// Relative paths stay relative to where the check ran, as code hosts want them.
std::string uri_of(std::string_view file) {
  std::string uri = file.starts_with('/') ? "file://" : "";
  for (const char c : file) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("/._-~").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

void write_location(event::JsonWriter& json, const Diagnostic& finding) {
  json.key("locations");
  json.begin_array();
  json.begin_object();
  json.key("physicalLocation");
  json.begin_object();
  json.key("artifactLocation");
  json.begin_object();
  json.field("uri", uri_of(finding.file));
  json.end_object();
  if (finding.line > 0) {
    json.key("region");
    json.begin_object();
    json.field("startLine", finding.line);
    if (finding.column > 0) {
      json.field("startColumn", finding.column);
      json.field("endColumn", finding.column + std::max(finding.length, 1));
    }
    json.end_object();
  }
  json.end_object();
  json.end_object();
  json.end_array();
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += fmt::format("    {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string wrapped(std::string_view text) {
  constexpr std::size_t kWidth = 100;
  std::string out;
  std::size_t width = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (width > 0 && width + 1 + word.size() > kWidth) {
      out += '\n';
      width = 0;
    }
    if (width > 0) out += ' ';
    out += word;
    width += word.size() + (width > 0 ? 1 : 0);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return out;
}

std::string_view meaning_of(rules::Code code) {
  return std::ranges::find(rules::all_codes(), code, &rules::CodeMeaning::code)->meaning;
}

// How many entities of the kind there are beside so many accounts: a rule of thumb.
double entities_of(rules::EntityKind kind, double accounts) {
  switch (kind) {
    case rules::EntityKind::kAccount:
    case rules::EntityKind::kParty:
    case rules::EntityKind::kDevice:
    case rules::EntityKind::kPhone:
    case rules::EntityKind::kAddress:
      return accounts;
    case rules::EntityKind::kPair:
      return 5 * accounts;
    case rules::EntityKind::kMerchant:
      return std::max(1.0, accounts / 50);
    case rules::EntityKind::kPlace:
      return 500;
    case rules::EntityKind::kCorridor:
      return 20;
    case rules::EntityKind::kInstitution:
      return 100;
  }
  return accounts;
}

rules::Traffic traffic_of(const rules::Rule& rule, const rules::Traffic& traffic, const Admitted& admitted) {
  const auto measured = admitted.find(rule.id);
  const double sides =
      measured == admitted.end() ? static_cast<double>(rules::sides_admitted(rule)) : measured->second;
  return {entities_of(rule.watch, traffic.entities), traffic.events_per_day * sides};
}

std::string bytes_text(double bytes) {
  constexpr std::string_view kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  for (; bytes >= 1024 && unit + 1 < std::size(kUnits); ++unit) bytes /= 1024;
  return fmt::format("{:.{}f} {}", bytes, unit == 0 || bytes >= 100 ? 0 : 1, kUnits[unit]);
}

double days_of(event::Duration duration) {
  return static_cast<double>(duration.micros) / static_cast<double>(event::Duration::days(1).micros);
}

}  // namespace

std::string summary(const CheckReport& report) {
  const std::string problems =
      fmt::format("{}, {}", counted(report.errors, "error"), counted(report.warnings, "warning"));
  const std::string set = report.errors > 0 ? counted(report.files, "file")
                                            : fmt::format("{} in {}", counted(report.rules, "rule"),
                                                          counted(report.files, "file"));
  return fmt::format("{}, {}\n", set, report.findings.empty() ? "no problem found" : problems);
}

std::string json_report(const CheckReport& report) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("files", report.files);
  json.field("rules", report.rules);
  json.field("errors", report.errors);
  json.field("warnings", report.warnings);
  json.key("findings");
  json.begin_array();
  for (const Diagnostic& finding : report.findings) {
    json.begin_object();
    json.field("severity", level_of(finding.severity));
    json.field("code", finding.code);
    json.field("file", finding.file);
    json.field("line", finding.line);
    json.field("column", finding.column);
    json.field("length", finding.length);
    json.field("message", finding.message);
    json.field("suggestion", finding.suggestion);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

std::string sarif_report(const CheckReport& report) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  json.field("version", "2.1.0");
  json.key("runs");
  json.begin_array();
  json.begin_object();
  json.key("tool");
  json.begin_object();
  json.key("driver");
  json.begin_object();
  json.field("name", "suar check");
  json.field("version", SUAR_VERSION);
  json.key("rules");
  json.begin_array();
  for (const rules::CodeMeaning& entry : rules::all_codes()) {
    json.begin_object();
    json.field("id", rules::to_string(entry.code));
    write_text(json, "shortDescription", entry.meaning);
    const auto explanation =
        std::ranges::find(rules::code_explanations(), entry.code, &rules::CodeExplanation::code);
    if (explanation != rules::code_explanations().end())
      write_text(json, "fullDescription", explanation->why);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.end_object();
  json.field("columnKind", "utf16CodeUnits");
  json.key("results");
  json.begin_array();
  for (const Diagnostic& finding : report.findings) {
    json.begin_object();
    json.field("ruleId", finding.code);
    json.field("level", level_of(finding.severity));
    write_text(json, "message", sentence(finding));
    write_location(json, finding);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.end_array();
  json.end_object();
  return out + "\n";
}

std::string explain_code(rules::Code code) {
  std::string text = fmt::format("{}  {}\n", rules::to_string(code), meaning_of(code));
  const auto explanation = std::ranges::find(rules::code_explanations(), code, &rules::CodeExplanation::code);
  if (explanation == rules::code_explanations().end()) return text;
  text += fmt::format("\n{}\n", wrapped(explanation->why));
  if (!explanation->wrong.empty()) text += fmt::format("\nWrong:\n{}", indented(explanation->wrong));
  if (!explanation->right.empty()) text += fmt::format("\nRight:\n{}", indented(explanation->right));
  return text;
}

std::string cost_table(const rules::RuleSet& rules, const rules::Traffic& traffic, const Admitted& admitted) {
  std::size_t width = 4;
  for (const rules::Rule& rule : rules.rules) width = std::max(width, rule.id.size());
  std::string text =
      fmt::format("{:<{}} {:>9} {:>12} {:>8} {:>9} {:>11} {:>12} {:>11}\n", "rule", width, "ns/event",
                  "ns/admitted", "windows", "kept", "bytes/event", "bytes/entity", "state");
  double nanos = 0, bytes = 0;
  for (const rules::Rule& rule : rules.rules) {
    const rules::RuleCost cost = rules::cost_of(rule);
    const rules::Traffic own = traffic_of(rule, traffic, admitted);
    text +=
        fmt::format("{:<{}} {:>9.0f} {:>12.0f} {:>8} {:>8.0f}d {:>11} {:>12} {:>11}\n", rule.id, width,
                    cost.event_nanos, cost.nanos(own), cost.windows, days_of(cost.longest), cost.entry_bytes,
                    bytes_text(cost.bytes_per_entity(own)), bytes_text(cost.bytes(own)));
    nanos += cost.event_nanos;
    bytes += cost.bytes(own);
  }
  return text +
         fmt::format("{:<{}} {:>9.0f} {:>12} {:>8} {:>9} {:>11} {:>12} {:>11}\n", "all", width, nanos, "", "",
                     "", "", "", bytes_text(bytes)) +
         fmt::format(
             "For {:.0f} accounts and {:.0f} events a day, {}.\n", traffic.entities, traffic.events_per_day,
             admitted.empty() ? "as if each rule admitted every one of them on the sides that it looks at"
                              : "of which each rule admits as many as of the sample");
}

std::string cost_json(const rules::RuleSet& rules, const rules::Traffic& traffic, const Admitted& admitted) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("accounts", static_cast<std::uint64_t>(traffic.entities));
  json.field("events_per_day", static_cast<std::uint64_t>(traffic.events_per_day));
  json.key("rules");
  json.begin_array();
  for (const rules::Rule& rule : rules.rules) {
    const rules::RuleCost cost = rules::cost_of(rule);
    const rules::Traffic own = traffic_of(rule, traffic, admitted);
    json.begin_object();
    json.field("rule", rule.id);
    json.field("event_nanos", static_cast<std::uint64_t>(cost.event_nanos));
    json.field("admitted_nanos", static_cast<std::uint64_t>(cost.nanos(own)));
    json.field("windows", cost.windows);
    json.field("kept_days", static_cast<std::uint64_t>(days_of(cost.longest)));
    json.field("entry_bytes", cost.entry_bytes);
    json.field("entity_bytes", static_cast<std::uint64_t>(cost.bytes_per_entity(own)));
    json.field("state_bytes", static_cast<std::uint64_t>(cost.bytes(own)));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

}  // namespace suar::cli
