#include "service/reload.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "service/contents.h"
#include "service/files.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 500ms;

// Where the first error stands and what it is called: a message may quote reference data.
std::optional<std::string> first_error(const Diagnostics& findings) {
  const auto is_error = [](const Diagnostic& finding) { return finding.severity == Severity::kError; };
  const auto first = std::ranges::find_if(findings, is_error);
  if (first == findings.end()) return std::nullopt;
  return fmt::format("{}:{}:{}: {}, and {} more errors; `suar check` shows them", first->file, first->line,
                     first->column, first->code, std::ranges::count_if(findings, is_error) - 1);
}

}  // namespace

struct Reload::Files {
  std::vector<rules::File> rules;
  std::vector<reference::File> reference;
  Loaded loaded;
};

Reload::Reload(const Context& context)
    : context_(context),
      newest_{context.rules, context.reference},
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

std::optional<Loaded> Reload::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(ready_, std::nullopt);
}

void Reload::work(const std::stop_token& stop) {
  const Config& config = context_.config();
  const auto& asked = context_.status.reloads_asked;
  std::uint64_t answered = asked.load();
  std::optional<std::string> tried;
  std::string seen = stamp_of_files(config.rules, config.reference);
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    lock.unlock();
    const std::string stamp = stamp_of_files(config.rules, config.reference);
    const std::uint64_t now_asked = asked.load();
    if ((stamp != tried && stamp == seen) || now_asked != answered) {
      answered = now_asked;
      tried = stamp;
      if (try_files() == Tried::kAgain) tried.reset();
    }
    seen = stamp;
    lock.lock();
    wake_.wait_for(lock, stop, kLook, [] { return false; });
  }
}

std::expected<Reload::Files, std::string> Reload::read() const {
  const Config& config = context_.config();
  Files files;
  if (config.reference.empty()) {
    files.loaded.reference = reference::Reference::empty(config.home_currency);
  } else {
    auto reference = read_reference_files(config.reference);
    if (!reference) return std::unexpected(reference.error());
    files.reference = std::move(*reference);
    auto loaded = reference::Reference::load(files.reference, config.home_currency);
    if (auto error = first_error(loaded.findings)) return std::unexpected(std::move(*error));
    files.loaded.reference = std::move(loaded.reference);
  }
  auto rules = read_rule_files(config.rules);
  if (!rules) return std::unexpected(rules.error());
  files.rules = std::move(*rules);
  auto loaded = rules::load_rules(files.rules, config.home_currency, files.loaded.reference.get());
  if (auto error = first_error(loaded.findings)) return std::unexpected(std::move(*error));
  if (!loaded.rules || !files.loaded.reference) return std::unexpected("there are no rules");
  files.loaded.rules = std::move(loaded.rules);
  if (files.loaded.rules->uses_shadow() && !context_.has_shadow)
    return std::unexpected(fmt::format(
        "a rule is in shadow mode, and there is no topic {}; create it and restart", config.topics.shadow));
  return files;
}

Reload::Tried Reload::try_files() {
  auto files = read();
  if (!files) {
    refuse(std::move(files.error()));
    return Tried::kDone;
  }
  Contents& contents = *context_.contents;
  const auto later = [](const std::string& why) {
    spdlog::warn("rules and reference data cannot be stored now, and are tried again: {}", why);
    return Tried::kAgain;
  };
  const bool same = files->loaded.rules->hash == newest_.rules->hash &&
                    files->loaded.reference->hash() == newest_.reference->hash();
  if (!same && !newest_stored_) {
    const auto held = contents.holds(newest_);
    if (!held) return later(held.error());
    if (!*held) {
      refuse(
          fmt::format("what is in force (rules {}) was never stored; put its files back until it is, then "
                      "change them",
                      newest_.rules->hash));
      return Tried::kDone;
    }
    newest_stored_ = true;
  }
  if (!same || !newest_stored_) {
    if (const auto stored = contents.store(files->loaded, files->rules, files->reference); !stored)
      return later(stored.error());
    spdlog::info("rules {} and reference data {} are stored", files->loaded.rules->hash,
                 files->loaded.reference->hash());
    newest_stored_ = true;
  }
  context_.status.refuse_change("");
  context_.metrics.reload_refused.set(0);
  if (same) return Tried::kDone;
  newest_ = files->loaded;
  const std::lock_guard lock(mutex_);
  ready_ = std::move(files->loaded);
  context_.wake_up.ring();
  return Tried::kDone;
}

void Reload::refuse(std::string why) {
  spdlog::error("the changed rules and reference data are refused, and those in force stay: {}", why);
  context_.metrics.reload_failures.add();
  context_.metrics.reload_refused.set(1);
  context_.status.refuse_change(std::move(why));
}

}  // namespace suar::service
