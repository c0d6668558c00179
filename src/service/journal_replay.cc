#include "service/journal_replay.h"

#include <chrono>
#include <utility>

#include "service/cluster.h"
#include "service/contents.h"
#include "service/deciders.h"
#include "service/history.h"
#include "service/life.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 60s;
constexpr auto kWait = 20ms;

}  // namespace

std::expected<JournalReplayCounts, Failure> replay_journal(
    const JournalReplay& replay, std::shared_ptr<const rules::RuleSet> rules,
    std::shared_ptr<const reference::Reference> reference) {
  Metrics metrics({rules, reference});
  Status status;
  const kafka::WakeUp wake_up;
  ServiceOptions options;
  options.config = replay.config;
  options.config.topics.create = false;
  options.history = history_directory(options.config.state);
  options.config.state.clear();  // everything is repeated, from the beginning
  options.accepted = replay.accepted;
  Context context{std::move(options),
                  std::move(rules),
                  std::move(reference),
                  {},
                  {},
                  process_name(),
                  metrics,
                  status,
                  wake_up,
                  {},
                  0,
                  {}};
  context.deciders = deciders_of(context.config(), *context.rules, *context.reference);
  auto cluster = examine_cluster(context.config(), *context.rules, wake_up, {});
  if (!cluster) return std::unexpected(cluster.error());
  context.identity = {context.config().instance, context.config().topics.transactions, cluster->id};
  context.partitions = cluster->partitions;
  context.contents = std::make_shared<Contents>(context.config(), Loaded{context.rules, context.reference},
                                                cluster->stores_contents);

  JournalReplayCounts counts;
  auto life = Life::begin(context, [&](const kafka::JournalRecord& record) {
    ++counts.batches;
    return (!replay.from || record.created_at >= *replay.from) &&
           (!replay.to || record.created_at < *replay.to);
  });
  if (!life) return std::unexpected(life.error());
  const auto end = (*life)->journal().ask_end(kPatience);
  if (!end) return std::unexpected(Failure{end.error().message});
  const auto hand_out = [&] {
    for (const OutputItem& item : (*life)->batch().take_outputs()) {
      ++(item.is_alert ? counts.alerts : counts.dead_letters);
      replay.output(item);
    }
  };
  for (;;) {
    if (const auto turned = (*life)->turn(); !turned) return std::unexpected(turned.error());
    const auto advanced = (*life)->advance();
    if (!advanced) return std::unexpected(advanced.error());
    hand_out();
    if (advanced->moved) continue;
    if ((*life)->caught_up() && (*life)->journal().end_reached() >= *end && !(*life)->settle_doubt()) break;
    wake_up.wait(kWait);
  }
  counts.records = (*life)->replica().records();
  return counts;
}

}  // namespace suar::service
