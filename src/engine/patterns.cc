#include "engine/patterns.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace suar::engine {
namespace {

constexpr std::int64_t kMostUnits = 10;       // an amount pays for 1 to 10 units
constexpr std::int64_t kTolerance = 50;       // 1/50 = 2 %
constexpr std::size_t kCandidateEvents = 50;  // candidates come from the newest

bool matches(std::int64_t amount, std::int64_t unit) {
  // Only the multiples around amount / unit can be near enough.
  const std::int64_t nearest = std::clamp<std::int64_t>(amount / unit, 1, kMostUnits);
  for (std::int64_t k = nearest; k <= std::min(nearest + 1, kMostUnits); ++k) {
    const rules::Int128 target = rules::Int128{k} * unit;
    const rules::Int128 off = amount > target ? amount - target : target - amount;
    if (off * kTolerance <= target) return true;
  }
  return false;
}

}  // namespace

UnitPrice find_unit_price(const std::vector<std::int64_t>& amounts, std::int64_t low, std::int64_t high) {
  UnitPrice best;
  best.total = static_cast<std::int64_t>(amounts.size());

  std::vector<std::pair<std::int64_t, std::int64_t>> counted;  // distinct amounts and how often
  std::vector<std::int64_t> sorted = amounts;
  std::ranges::sort(sorted);
  for (const std::int64_t amount : sorted) {
    if (counted.empty() || counted.back().first != amount) counted.emplace_back(amount, 0);
    ++counted.back().second;
  }

  std::vector<std::int64_t> candidates;
  const std::size_t from = amounts.size() > kCandidateEvents ? amounts.size() - kCandidateEvents : 0;
  for (std::size_t i = from; i < amounts.size(); ++i) {
    for (std::int64_t k = 1; k <= kMostUnits; ++k) {
      const std::int64_t unit = amounts[i] / k;
      if (unit < 1 || unit < low) break;
      if (unit <= high) candidates.push_back(unit);
    }
  }
  std::ranges::sort(candidates, std::greater{});
  const auto repeated = std::ranges::unique(candidates);
  candidates.erase(repeated.begin(), repeated.end());

  for (const std::int64_t unit : candidates) {
    std::int64_t matching = 0;
    for (const auto& [amount, times] : counted) {
      if (matches(amount, unit)) matching += times;
    }
    if (matching > best.matching) {
      best.matching = matching;
      best.price = unit;
    }
  }
  return best;
}

void RhythmCounter::add(std::int64_t time) {
  if (occasions_ == 0) {
    occasions_ = 1;
    opened_ = time;
    return;
  }
  const std::int64_t gap = time - opened_;
  if (gap * 2 < period_.micros) return;
  const std::int64_t off = gap > period_.micros ? gap - period_.micros : period_.micros - gap;
  if (off <= tolerance_.micros) ++regular_;
  ++occasions_;
  opened_ = time;
}

}  // namespace suar::engine
