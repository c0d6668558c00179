#include "service/history.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/state_bytes.h"
#include "kafka/snapshot_directory.h"

namespace suar::service {
namespace {

constexpr std::string_view kName = "history:";

// Of no deployment; "topic" is the home currency, in which the state's amounts are.
kafka::JournalIdentity identity_of(event::Currency home) {
  return {"history", std::string(home.text()), ""};
}

}  // namespace

std::string history_directory(const std::string& state) {
  return state.empty() ? "" : state + "/history";
}

std::expected<void, std::string> save_history(const std::string& directory, const engine::Engine& engine) {
  kafka::SnapshotDirectory place(directory);
  kafka::SnapshotManifest manifest;
  manifest.identity = identity_of(engine.reference().home());
  manifest.journal.term = manifest.journal.seq = 1;
  const auto saved = kafka::save_snapshot(place, manifest, [&engine](const kafka::ByteSink& sink) {
    engine::StateWriter out(sink);
    engine.save(out);
  });
  if (!saved) return std::unexpected(saved.error());
  return {};
}

std::expected<std::optional<std::string>, std::string> load_history(const std::string& directory,
                                                                    event::Currency home,
                                                                    const std::string& wanted,
                                                                    Pipeline& pipeline) {
  const auto missing = [&](const std::string& why) {
    return std::unexpected(
        fmt::format("the journal begins behind {}, which `suar replay --state` left, and {} does not hold "
                    "it{}; copy it from "
                    "the machine where the deployment began, or start from a snapshot in topics.snapshots",
                    wanted, directory.empty() ? "this machine" : directory, why));
  };
  if (directory.empty()) {
    if (!wanted.empty()) return missing("");
    return std::optional<std::string>();
  }
  kafka::SnapshotDirectory place(directory);
  kafka::SnapshotPlace* const places[] = {&place};
  std::string name;
  const auto loaded =
      kafka::load_newest(places, {identity_of(home)},
                         [&](const kafka::SnapshotManifest& manifest,
                             const kafka::ByteSource& bytes) -> std::expected<void, std::string> {
                           name = fmt::format("{}{:016x}", kName, manifest.check);
                           if (!wanted.empty() && name != wanted) return std::unexpected("it is another one");
                           engine::StateReader in([&bytes]() -> std::optional<std::string_view> {
                             const auto next = bytes();
                             return next ? std::optional(*next) : std::nullopt;
                           });
                           return pipeline.restore(in);
                         });
  if (loaded.manifest) return std::optional(name);
  const std::string why =
      loaded.passed_over.empty() ? "" : fmt::format(" ({})", kafka::to_string(loaded.passed_over.front()));
  if (!wanted.empty()) return missing(why);
  if (!why.empty()) return std::unexpected(fmt::format("the history in {} cannot be used{}", directory, why));
  return std::optional<std::string>();
}

std::string history_of(const kafka::JournalRecord& claim) {
  const auto found = std::ranges::find_if(
      claim.accepted, [](const std::string& accepted) { return accepted.starts_with(kName); });
  return found == claim.accepted.end() ? "" : *found;
}

}  // namespace suar::service
