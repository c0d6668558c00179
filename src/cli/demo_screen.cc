#include "cli/demo_screen.h"

#include <chrono>
#include <cstdio>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "alert/alert.h"
#include "alert/wording.h"

namespace suar::cli {
namespace {

constexpr std::int64_t kSecondsBetweenProgressLines = 10;

// The terminal's colour for a severity, from grey to red.
std::string_view colour(rules::AlertSeverity severity) {
  switch (severity) {
    case rules::AlertSeverity::kLow:
      return "\x1b[90m";
    case rules::AlertSeverity::kMedium:
      return "\x1b[36m";
    case rules::AlertSeverity::kHigh:
      return "\x1b[33m";
    case rules::AlertSeverity::kCritical:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

DemoScreen::DemoScreen() : terminal_(::isatty(STDOUT_FILENO) == 1) {}

void DemoScreen::add_alert(const engine::Hit& hit) {
  const rules::Raise& raise = hit.rule->raise;
  std::string text =
      fmt::format("{}  {}{:<8}{}  {}\n", alert::time_in_words(hit.event_time, alert::Language::kEnglish),
                  terminal_ ? colour(hit.severity) : "", rules::name_of(hit.severity),
                  terminal_ ? "\x1b[0m" : "", hit.rule->title.en);
  text += fmt::format("    {} ({}): {}\n", hit.subject_key, rules::name_of(raise.role),
                      alert::narrative(hit, "en"));
  const std::scoped_lock lock(mutex_);
  alerts_.push_back(std::move(text));
}

void DemoScreen::show(std::string_view progress) {
  std::vector<std::string> alerts;
  {
    const std::scoped_lock lock(mutex_);
    alerts.swap(alerts_);
  }
  if (!alerts.empty()) wipe_progress();
  for (const std::string& alert : alerts) fmt::print("{}", alert);

  const std::int64_t now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count();
  if (terminal_) {
    fmt::print("\r\x1b[K{}", progress);
    progress_shown_ = true;
  } else if (now >= next_progress_) {
    fmt::print("-- {}\n", progress);
    next_progress_ = now + kSecondsBetweenProgressLines;
  }
  std::fflush(stdout);
}

void DemoScreen::say(std::string_view text) {
  wipe_progress();
  fmt::print("{}", text);
  std::fflush(stdout);
}

void DemoScreen::wipe_progress() {
  if (std::exchange(progress_shown_, false)) fmt::print("\r\x1b[K");
}

}  // namespace suar::cli
