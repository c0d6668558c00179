#include "service/metrics.h"

namespace suar::service {

Metrics::Metrics(const rules::RuleSet& set) {
  for (const rules::Rule& rule : set.rules) {
    auto& series = rules.emplace_back(std::make_unique<RuleSeries>());
    series->id = rule.id;
    series->mode = rule.mode;
    series->severity = rule.raise.severity;
  }
}

}  // namespace suar::service
