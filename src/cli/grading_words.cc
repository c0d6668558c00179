#include "cli/grading_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace suar::cli {
namespace {

using rules::AlertSeverity;
using rules::Expression;
using rules::Op;

struct Band {
  const Expression* by = nullptr;
  const Expression* from = nullptr;  // null = no lower end
  const Expression* value = nullptr;
};

// Bands run as `by >= from ? value : (the bands below, else ...)`. What an author wrote with `?:` begins
// before its condition; bands stand where their value does.
bool is_banded(const Expression& expression) {
  if (expression.op != Op::kConditional || expression.args[0]->args.size() != 2) return false;
  const rules::Location& own = expression.at;
  const rules::Location& by = expression.args[0]->args[0]->at;
  return own.file == by.file && own.begin == by.begin && own.end == by.end;
}

// From the lowest to the highest.
std::vector<Band> bands_of(const Expression* chosen) {
  std::vector<Band> bands;
  for (; chosen != nullptr && is_banded(*chosen); chosen = chosen->args[2].get()) {
    const Expression& inside = *chosen->args[0];
    bands.push_back({inside.args[0].get(), inside.op == Op::kEqual ? nullptr : inside.args[1].get(),
                     chosen->args[1].get()});
  }
  std::ranges::reverse(bands);
  return bands;
}

std::string severity_name(AlertSeverity severity, const RuleWords& words) {
  switch (severity) {
    case AlertSeverity::kLow:
      return words.pick("low", "rendah");
    case AlertSeverity::kMedium:
      return words.pick("medium", "sedang");
    case AlertSeverity::kHigh:
      return words.pick("high", "tinggi");
    case AlertSeverity::kCritical:
      return words.pick("critical", "kritis");
  }
  return {};
}

AlertSeverity severity_of(const Band& band) {
  return static_cast<AlertSeverity>(rules::round_within(band.value->number, 0, 3));
}

std::string from_words(const Band& band, const RuleWords& words) {
  return band.from != nullptr ? words.pick("from ", "mulai ") + words.phrase(*band.from)
                              : words.pick("below the next", "di bawah yang berikut");
}

std::string points_words(const rules::Rule& rule, const rules::Term& term, const RuleWords& words) {
  if (term.weight) {
    const bool condition = rule.lets[static_cast<std::size_t>(term.let)].value->type == rules::Type::kBool;
    const std::string weight = words.number(*term.weight);
    return condition ? weight : fmt::format("{} × {}", weight, words.pick("the value", "nilainya"));
  }
  std::vector<std::string> pieces;
  for (const Band& band : bands_of(term.points.get()))
    pieces.push_back(fmt::format("{}: {}", from_words(band, words), words.phrase(*band.value)));
  return fmt::format("{}", fmt::join(pieces, "; "));
}

}  // namespace

std::string severity_words(const rules::Raise& raise, const RuleWords& words) {
  AlertSeverity low = raise.severity, high = raise.severity;
  for (const Band& band : bands_of(raise.severity_by.get())) {
    low = std::min(low, severity_of(band));
    high = std::max(high, severity_of(band));
  }
  const std::string names = low == high ? severity_name(low, words)
                                        : fmt::format("{} {} {}", severity_name(low, words),
                                                      words.pick("to", "sampai"), severity_name(high, words));
  return words.pick(names + " severity", "tingkat " + names);
}

Grades grades_of(const rules::Raise& raise, const RuleWords& words) {
  const std::vector<Band> severities = bands_of(raise.severity_by.get());
  const std::vector<Band> scores = bands_of(raise.score_by.get());
  const std::vector<Band>& either = severities.empty() ? scores : severities;
  Grades grades{.by = {}, .severities = !severities.empty(), .scores = !scores.empty(), .rows = {}};
  if (either.empty()) return grades;
  grades.by = words.phrase(*either.front().by);
  for (std::size_t i = 0; i < either.size(); ++i) {
    std::vector<std::string>& row = grades.rows.emplace_back();
    row.push_back(from_words(either[i], words));
    if (i < severities.size()) row.push_back(severity_name(severity_of(severities[i]), words));
    if (i < scores.size()) row.push_back(words.phrase(*scores[i].value));
  }
  return grades;
}

std::string score_words(const rules::Rule& rule, const RuleWords& words) {
  const rules::Raise& raise = rule.raise;
  if (!raise.score_by) return raise.score > 0 ? std::to_string(raise.score) : std::string();
  return is_banded(*raise.score_by) ? std::string() : words.phrase(*raise.score_by);
}

Rows term_rows(const rules::Rule& rule, const RuleWords& words) {
  Rows rows;
  for (const rules::Term& term : rule.weighing->terms) {
    const rules::Let& let = rule.lets[static_cast<std::size_t>(term.let)];
    rows.push_back({let.name, words.phrase(*let.value), points_words(rule, term, words)});
  }
  return rows;
}

std::vector<std::string> modifier_items(const rules::Weighing& weighing, const RuleWords& words) {
  std::vector<std::string> items;
  for (const rules::Modifier& modifier : weighing.modifiers)
    items.push_back(fmt::format("{}: × {} {} {}", modifier.name, words.number(modifier.factor),
                                words.pick("where", "bila"), words.phrase(*modifier.when)));
  return items;
}

std::vector<std::string> exception_items(const rules::Rule& rule, const RuleWords& words) {
  std::vector<std::string> items;
  for (const rules::Exception& exception : rule.exceptions) {
    std::vector<std::string> grounds;
    if (exception.when) grounds.push_back(words.phrase(*exception.when));
    if (!exception.subjects.empty())
      grounds.push_back(
          words.pick(fmt::format("it is one of {} named subjects", exception.subjects.size()),
                     fmt::format("termasuk {} subjek yang disebut", exception.subjects.size())));
    items.push_back(fmt::format("{}: {}. {}", exception.name,
                                fmt::join(grounds, words.pick(", or ", ", atau ")), exception.reason));
  }
  return items;
}

}  // namespace suar::cli
