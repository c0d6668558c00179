#include "cli/sweep.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "reference/diagnostic.h"
#include "rules/source_text.h"

namespace suar::cli {
namespace {

constexpr std::int64_t kMostValues = 50;
constexpr std::int64_t kSteps = 10;
constexpr int kMostDecimals = 6;

// "IDR 1_000.50": a decimal number between what it is a number of.
struct Quantity {
  std::string before, after;  // "IDR ", "%", "d"
  std::int64_t number = 0;    // times ten to the power of `decimals`
  int decimals = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<Quantity> parse_quantity(std::string_view text) {
  Quantity out;
  const std::size_t first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return std::nullopt;
  out.before = text.substr(0, first);
  text.remove_prefix(first);
  bool fraction = false;
  std::size_t read = 0;
  for (; read < text.size(); ++read) {
    const char c = text[read];
    if (c == '_') continue;
    if (c == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!is_digit(c)) break;
    if (out.number > INT64_MAX / 100 || out.decimals == kMostDecimals) return std::nullopt;
    out.number = 10 * out.number + (c - '0');
    out.decimals += fraction ? 1 : 0;
  }
  out.after = text.substr(read);
  if (out.before.ends_with('-')) return std::nullopt;
  return out;
}

void scale(Quantity& quantity, int decimals) {
  for (; quantity.decimals < decimals; ++quantity.decimals) quantity.number *= 10;
}

std::string text_of(const Quantity& like, std::int64_t number) {
  std::string digits = fmt::format("{:0{}}", number, like.decimals + 1);
  if (like.decimals > 0) {
    digits.insert(digits.size() - static_cast<std::size_t>(like.decimals), ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.pop_back();
  }
  return like.before + digits + like.after;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

void add_needed(const rules::RuleSet& rules, std::string_view id,
                std::set<std::string, std::less<>>& needed) {
  const rules::Rule* rule = rules.find(id);
  if (rule == nullptr || !needed.emplace(id).second) return;
  for (const std::string& asked : rule->asks) add_needed(rules, asked, needed);
}

// The id that a document is about, where it begins with `rule:` or `override:`; "" for any other.
std::string rule_of(std::string_view document) {
  while (!document.empty()) {
    const std::string_view line = document.substr(0, document.find('\n'));
    for (const std::string_view key : {"rule:", "override:"}) {
      if (!line.starts_with(key)) continue;
      const std::size_t begin = line.find_first_not_of(" \"'", key.size());
      if (begin == std::string_view::npos) return {};
      return std::string(line.substr(begin, line.find_first_of(" \"'#\r", begin) - begin));
    }
    const bool skipped = line.empty() || line.starts_with('#') || line.starts_with("---") || line == "\r";
    if (!skipped) return {};
    document.remove_prefix(std::min(line.size() + 1, document.size()));
  }
  return {};
}

std::expected<std::vector<std::string>, std::string> values_between(std::string_view range) {
  const std::size_t dots = range.find("..");
  const auto wrong = [&] {
    return std::unexpected(
        fmt::format("{} is no range such as 3..10, 50%..90%:5% or "
                    "\"IDR 300_000..IDR 900_000:IDR 100_000\"",
                    range));
  };
  if (dots == std::string_view::npos) return wrong();
  const std::size_t colon = range.find(':', dots);
  auto low = parse_quantity(trimmed(range.substr(0, dots)));
  auto high = parse_quantity(
      trimmed(range.substr(dots + 2, colon == std::string_view::npos ? colon : colon - dots - 2)));
  std::optional<Quantity> step;
  if (colon != std::string_view::npos) {
    step = parse_quantity(trimmed(range.substr(colon + 1)));
    if (!step) return wrong();
  }
  if (!low || !high || low->before != high->before || low->after != high->after || low->number < 0)
    return wrong();
  if (step && !(step->before.empty() && step->after.empty()) &&
      (step->before != low->before || step->after != low->after))
    return wrong();
  const bool whole = low->before.empty() && low->after.empty() && low->decimals == 0 && high->decimals == 0;
  const int decimals = std::max({low->decimals, high->decimals, step ? step->decimals : 0, whole ? 0 : 2});
  scale(*low, decimals);
  scale(*high, decimals);
  if (step) scale(*step, decimals);
  if (low->number > high->number) return wrong();
  std::int64_t by = whole ? 1 : std::max<std::int64_t>(1, (high->number - low->number) / kSteps);
  if (step) by = step->number;
  if (by <= 0) return wrong();
  if ((high->number - low->number) / by >= kMostValues)
    return std::unexpected(fmt::format("{} has more than {} values; name a larger step", range, kMostValues));
  std::vector<std::string> values;
  for (std::int64_t number = low->number; number <= high->number; number += by)
    values.push_back(text_of(*low, number));
  return values;
}

}  // namespace

std::expected<Sweep, std::string> parse_sweep(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::size_t dot = text.substr(0, equals).find('.');
  if (equals == std::string_view::npos || dot == std::string_view::npos)
    return std::unexpected(fmt::format("{} is not of the form rule.param=a..b:step", text));
  auto values = values_between(text.substr(equals + 1));
  if (!values) return std::unexpected(values.error());
  return Sweep{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1, equals - dot - 1)),
               std::move(*values)};
}

std::expected<std::vector<rules::File>, std::string> with_param(const rules::RuleSet& rules,
                                                                const std::vector<rules::File>& files,
                                                                std::string_view rule, std::string_view param,
                                                                std::string_view value) {
  std::vector<std::string> names;
  const rules::Rule* found = rules.find(rule);
  if (found == nullptr) {
    for (const rules::Rule& one : rules.rules) names.push_back(one.id);
    const std::string near = nearest_name(std::string(rule), names);
    return std::unexpected(fmt::format("there is no rule {}{}", rule,
                                       near.empty() ? "" : fmt::format("; did you mean {}?", near)));
  }
  const auto known = std::ranges::find(found->params, param, &rules::Param::name);
  if (known == found->params.end()) {
    for (const rules::Param& one : found->params) names.push_back(one.name);
    const std::string near = nearest_name(std::string(param), names);
    return std::unexpected(fmt::format("rule {} has no param {}{}", rule, param,
                                       near.empty() ? "" : fmt::format("; did you mean {}?", near)));
  }
  const rules::Location& at = known->value->at;
  std::vector<rules::File> changed = files;
  std::string& bytes = changed[static_cast<std::size_t>(at.file)].bytes;
  bytes.replace(at.begin, at.end - at.begin, value);
  return changed;
}

std::vector<rules::File> only_rule(const rules::RuleSet& rules, std::vector<rules::File> files,
                                   std::string_view rule) {
  std::set<std::string, std::less<>> needed;
  add_needed(rules, rule, needed);
  for (rules::File& file : files) {
    std::string kept;
    std::string_view rest = file.bytes;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find("\n---", 1), rest.size() - 1) + 1;
      const std::string_view document = rest.substr(0, end);
      const std::string id = rule_of(document);
      if (id.empty() || needed.contains(id)) kept += document;
      rest.remove_prefix(end);
    }
    file.bytes = std::move(kept);
  }
  std::erase_if(files, [](const rules::File& file) { return file.bytes.empty(); });
  return files;
}

}  // namespace suar::cli
