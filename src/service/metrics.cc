#include "service/metrics.h"

#include <algorithm>
#include <utility>

namespace suar::service {

Metrics::Metrics(Loaded loaded) {
  show(std::move(loaded));
}

void Metrics::show(Loaded loaded) {
  auto shown = std::make_shared<InForce>();
  const auto before = in_force();
  for (const rules::Rule& rule : loaded.rules->rules) {
    auto& series = shown->series.emplace_back(std::make_unique<RuleSeries>());
    series->id = rule.id;
    series->mode = rule.mode;
    series->severity = rule.raise.severity;
    if (!before) continue;
    const auto known = std::ranges::find(before->series, rule.id, [](const auto& one) { return one->id; });
    if (known == before->series.end()) continue;
    for (std::size_t mode = 0; mode < kModes; ++mode) {
      for (std::size_t severity = 0; severity < kSeverities; ++severity)
        series->alerts[mode][severity].set((*known)->alerts[mode][severity].value());
    }
  }
  shown->loaded = std::move(loaded);
  const std::lock_guard lock(mutex_);
  in_force_ = std::move(shown);
}

std::shared_ptr<const InForce> Metrics::in_force() const {
  const std::lock_guard lock(mutex_);
  return in_force_;
}

}  // namespace suar::service
