// Suppressions: who may be left in peace, until when, who said so and why.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/map_reader.h"
#include "rules/parsed.h"
#include "rules/shape.h"
#include "rules/words.h"

namespace suar::rules {
namespace {

constexpr int kWibMinutes = 7 * 60;

SuppressionDefinition read_one(const YamlNode& item, Findings& findings) {
  const MapReader map(item, "a suppression", suppression_shape().names(), findings);
  SuppressionDefinition out;
  out.at = map.at();
  if (auto text = map.text("rule", true)) out.rule = std::move(*text);
  if (auto text = map.text("subject", true)) out.subject = std::move(*text);
  if (auto text = map.text("until", true)) out.until = std::move(*text);
  if (auto text = map.text("reason", true)) out.reason = std::move(text->value);
  if (auto text = map.text("author", true)) out.author = std::move(*text);
  if (auto text = map.text("approver", true)) out.approver = std::move(*text);
  out.limit = map.expression("limit");
  return out;
}

// A date is meant as a whole day in Western Indonesian Time.
std::optional<event::Instant> parse_until(std::string_view text) {
  if (const auto date = event::parse_date(text))
    return event::start_of(event::Date{date->days + 1}, kWibMinutes);
  if (const auto time = event::parse_rfc3339(text)) return time->instant;
  return std::nullopt;
}

void check_limit(const LocatedText& text, Suppression& suppression, SetScope& set) {
  const SyntaxPtr limit = parse_expression(text, set.findings);
  if (!limit) return;
  const bool whole = limit->number.den == 1 && limit->number.num > 0 && limit->number.num < INT64_MAX;
  if (limit->kind == Syntax::Kind::kMoney && limit->currency == set.home && whole)
    suppression.most_amount = static_cast<std::int64_t>(limit->number.num);
  else if (limit->kind == Syntax::Kind::kNumber && whole)
    suppression.most_hits = static_cast<std::int64_t>(limit->number.num);
  else
    set.findings.error(
        Code::kBadValue, limit->at,
        fmt::format("`limit` is money in {} or a whole number of hits, above 0", set.home.text()));
}

// "account:123", with a tenant "tenant/account:123".
bool is_key_of(std::string_view subject, EntityKind kind) {
  const std::size_t slash = subject.find('/');
  const std::size_t colon = subject.find(':');
  if (slash != std::string_view::npos && slash < colon) subject.remove_prefix(slash + 1);
  const std::string prefix = std::string(name_of(kind)) + ":";
  return subject.starts_with(prefix) && subject.size() > prefix.size();
}

void check_target(const SuppressionDefinition& written, const Definitions& definitions, SetScope& set) {
  const auto rule = std::ranges::find_if(
      definitions.rules, [&](const RuleDefinition& known) { return known.id.value == written.rule.value; });
  if (rule == definitions.rules.end()) {
    std::vector<std::string> ids;
    for (const RuleDefinition& known : definitions.rules) ids.push_back(known.id.value);
    set.findings.error(Code::kUnknownRule, written.rule.at,
                       fmt::format("there is no rule `{}` in this set to suppress", written.rule.value),
                       did_you_mean(written.rule.value, ids));
  } else if (rule->watch && !is_key_of(written.subject.value, *rule->watch)) {
    set.findings.error(Code::kBadValue, written.subject.at,
                       fmt::format("rule `{}` watches `{}`, and this is no key of that kind",
                                   written.rule.value, name_of(*rule->watch)),
                       fmt::format("the whole key, as in an alert's subject: {}:{}", name_of(*rule->watch),
                                   *rule->watch == EntityKind::kPair ? "A>B" : "123"));
  }
}

}  // namespace

void read_suppressions(const YamlNode& document, Definitions& definitions, Findings& findings) {
  const MapReader map(document, "a document of suppressions", suppressions_document().names(), findings);
  const YamlNode* node = map.find("suppressions");
  if (node == nullptr || node->kind == YamlNode::Kind::kNull) return;
  if (node->kind != YamlNode::Kind::kList) {
    findings.error(Code::kWrongShape, node->at,
                   fmt::format("`suppressions` is a list, not {}", describe(node->kind)));
    return;
  }
  for (const YamlNode& item : node->items) definitions.suppressions.push_back(read_one(item, findings));
}

std::vector<Suppression> check_suppressions(const Definitions& definitions, SetScope& set,
                                            std::optional<event::Instant> now) {
  std::vector<Suppression> out;
  std::set<std::pair<std::string, std::string>> seen;
  for (const SuppressionDefinition& written : definitions.suppressions) {
    const bool complete = !written.rule.value.empty() && !written.subject.value.empty() &&
                          !written.until.value.empty() && !written.approver.value.empty();
    if (!complete) continue;  // reported
    Suppression suppression{.rule = written.rule.value,
                            .subject = written.subject.value,
                            .until = {},
                            .reason = written.reason,
                            .author = written.author.value,
                            .approver = written.approver.value,
                            .most_amount = {},
                            .most_hits = {},
                            .at = set.sources.locate(written.at)};
    check_target(written, definitions, set);
    if (written.author.value == written.approver.value)
      set.findings.error(Code::kFourEyes, written.approver.at, "the approver is the author",
                         "somebody else has to approve");
    if (!seen.emplace(suppression.rule, suppression.subject).second)
      set.findings.error(
          Code::kNameTwice, written.subject.at,
          fmt::format("there is another suppression of `{}` for this subject", suppression.rule),
          "change that one");
    const auto until = parse_until(written.until.value);
    if (until)
      suppression.until = *until;
    else
      set.findings.error(Code::kBadValue, written.until.at, "`until` is a date or a time",
                         "2025-06-30, or 2025-06-30T12:00:00+07:00");
    if (until && now && *until <= *now)
      set.findings.warning(Code::kExpired, written.until.at, "the suppression is over",
                           "take it out, or have it approved anew");
    if (written.limit) check_limit(*written.limit, suppression, set);
    out.push_back(std::move(suppression));
  }
  return out;
}

}  // namespace suar::rules
