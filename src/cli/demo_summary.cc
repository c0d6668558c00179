#include "cli/demo_summary.h"

#include <cmath>

#include <fmt/format.h>

namespace suar::cli {
namespace {

std::string time_text(double nanos) {
  if (nanos < 1e3) return fmt::format("{:.0f} ns", nanos);
  if (nanos < 1e6) return fmt::format("{:.0f} us", nanos / 1e3);
  if (nanos < 1e9) return fmt::format("{:.1f} ms", nanos / 1e6);
  return fmt::format("{:.2f} s", nanos / 1e9);
}

std::uint64_t total(const service::Histogram& histogram) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i <= service::Histogram::kBounds.size(); ++i) sum += histogram.count(i);
  return sum;
}

// What a histogram knows of a quantile: that it is at most the bound of its bucket.
std::string at_most(const service::Histogram& histogram, double quantile) {
  const auto rank = static_cast<std::uint64_t>(std::ceil(quantile * static_cast<double>(total(histogram))));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < service::Histogram::kBounds.size(); ++i) {
    seen += histogram.count(i);
    const auto bound = service::Histogram::kBounds[i];
    if (seen >= rank) return time_text(static_cast<double>(std::min(bound, histogram.longest().count())));
  }
  return time_text(static_cast<double>(histogram.longest().count()));
}

std::string latency(std::string_view what, const service::Histogram& histogram) {
  if (total(histogram) == 0) return {};
  return fmt::format("{}  p50 <= {}   p99 <= {}   max {}\n", what, at_most(histogram, 0.5),
                     at_most(histogram, 0.99), time_text(static_cast<double>(histogram.longest().count())));
}

}  // namespace

std::string demo_summary(const DemoCounts& counts, const DemoScore& score, const service::Metrics& metrics,
                         bool end_to_end) {
  std::string text = fmt::format("\nevents in {}, events processed {}{}\n\n", counts.sent, counts.processed,
                                 counts.complete() ? "" : "   <-- NOT EQUAL: events were lost");
  text += fmt::format("{:<40} {:>6}  {:>7}  {:>6}  {:>6}  {:>11}  {:>7}  {:>9}\n", "rule", "alerts",
                      "planted", "caught", "missed", "look-alikes", "flagged", "on others");
  std::string details;
  for (const auto& [rule, s] : score.by_rule()) {
    text +=
        fmt::format("{:<40} {:>6}  {:>7}  {:>6}  {:>6}  {:>11}  {:>7}  {:>9}\n", rule, s.alerts, s.planted,
                    s.caught, s.missed.size(), s.look_alikes, s.wrongly_flagged.size(), s.on_others);
    for (const std::string& story : s.missed) details += fmt::format("missed by {}: {}\n", rule, story);
    for (const std::string& story : s.wrongly_flagged) details += fmt::format("wrongly flagged: {}\n", story);
  }
  text += details.empty() ? "" : "\n" + details;
  text += "\n" + latency("decode to alert                     ", metrics.decode_to_alert);
  if (end_to_end) text += latency("sent to alert acknowledged by broker", metrics.end_to_end);
  return text;
}

}  // namespace suar::cli
