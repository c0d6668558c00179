#include "service/beginning.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "service/contents.h"
#include "service/history.h"

namespace suar::service {
namespace {

// What the journal names and nobody holds; "" where there is nothing.
std::string missing(Contents& contents, const JournalScan& scan) {
  for (const kafka::Deciders& set : scan.sets) {
    if (const auto loaded = contents.load(set.ruleset, set.reference); !loaded) return loaded.error();
  }
  return "";
}

}  // namespace

std::expected<Beginning, Failure> find_beginning(Context& context, const std::map<int, std::int64_t>& low) {
  const auto& accepted = context.options.accepted;
  const Restored nothing;
  Beginning begin;
  begin.follows = !accepted.contains(Accept::kRules) && !accepted.contains(Accept::kReference);
  Snapshots snapshots(context);
  begin.restored = snapshots.restore(!begin.follows);
  const auto scan = [&](const Restored& from) -> std::expected<void, Failure> {
    auto scanned = scan_journal(context, low, from);
    if (!scanned) return std::unexpected(Failure{scanned.error()});
    begin.scan = std::move(*scanned);
    return {};
  };
  if (auto done = scan(begin.restored); !done) return std::unexpected(done.error());
  // A state that was computed anew later is not one that follows from the snapshot's.
  if (begin.follows && begin.scan.sets_from > 0 && begin.restored.journal_next) {
    begin.restored = {};
    if (auto done = scan(nothing); !done) return std::unexpected(done.error());
  }
  if (begin.follows) {
    const std::string why = missing(*context.contents, begin.scan);
    if (!why.empty())
      spdlog::warn("the journal names rules or reference data that cannot be loaded: {}", why);
    begin.follows = why.empty();
  }
  const Loaded& own = context.contents->own();
  if (!begin.follows && Loaded{context.rules, context.reference} != own) {
    begin.restored = {};
    if (auto done = scan(nothing); !done) return std::unexpected(done.error());
  }
  if (!begin.restored.journal_next) {
    context.adopt(own);
    if (begin.follows && !begin.scan.sets.empty()) {
      const kafka::Deciders& first = begin.scan.sets.front();
      if (const auto loaded = context.contents->load(first.ruleset, first.reference)) context.adopt(*loaded);
    }
    begin.restored = snapshots.begin_empty();
    const bool first = begin.scan.end.empty();
    if (first || !begin.scan.history.empty()) {
      const auto loaded = load_history(context.options.history, context.config().home_currency,
                                       begin.scan.history, *begin.restored.pipeline);
      if (!loaded) return std::unexpected(Failure{loaded.error()});
      begin.history = loaded->value_or("");
      if (*loaded) spdlog::info("the state begins with what a replay left: {}", begin.history);
    }
  }
  begin.deciders = context.deciders;
  if (begin.follows && !begin.scan.end.empty()) {
    begin.deciders.ruleset = begin.scan.end.deciders.ruleset;
    begin.deciders.reference = begin.scan.end.deciders.reference;
  }
  return begin;
}

}  // namespace suar::service
