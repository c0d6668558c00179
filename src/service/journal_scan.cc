#include "service/journal_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "service/history.h"
#include "service/log.h"

namespace suar::service {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 60s;
constexpr auto kWait = 50ms;

void note(JournalScan& scan, const kafka::JournalRecord& record, const std::map<int, std::int64_t>& low) {
  for (const kafka::PartitionState& state : record.positions) {
    if (std::ranges::find(scan.begin, state.partition, &kafka::PartitionState::partition) == scan.begin.end())
      scan.begin.push_back(state);
  }
  for (const kafka::OffsetRange& range : record.ranges) {
    if (std::ranges::find(scan.begin, range.partition, &kafka::PartitionState::partition) == scan.begin.end())
      scan.begin.push_back({range.partition, range.first, range.first});
    const auto oldest = low.find(range.partition);
    if (oldest != low.end() && range.first >= oldest->second)
      scan.first_whole_batch.try_emplace(range.partition, range.first);
  }
  scan.events += record.events;
  if (record.seq == 1) scan.history = history_of(record);
  if (computed_anew(record)) {
    scan.sets.clear();
    scan.sets_from = record.seq;
  }
  if (std::ranges::find(scan.sets, record.deciders) == scan.sets.end()) scan.sets.push_back(record.deciders);
}

}  // namespace

bool computed_anew(const kafka::JournalRecord& record) {
  return record.kind == kafka::RecordKind::kClaim &&
         std::ranges::any_of(record.accepted, [](const std::string& accepted) {
           return accepted == name_of(Accept::kRules) || accepted == name_of(Accept::kReference);
         });
}

std::expected<JournalScan, std::string> scan_journal(const Context& context,
                                                     const std::map<int, std::int64_t>& low,
                                                     const Restored& restored) {
  const Config& config = context.config();
  auto reader = kafka::JournalReader::open({config.brokers, config.topics.journal, config.instance,
                                            config.properties, client_log(), restored.journal_next},
                                           context.wake_up);
  if (!reader) return std::unexpected(reader.error().message);
  JournalScan scan;
  scan.begin = restored.journal.positions;
  kafka::JournalChain chain(context.identity, restored.journal);
  const auto end = (*reader)->ask_end(kPatience);
  if (!end) return std::unexpected(end.error().message);
  while (!context.stopping()) {
    context.status.turn();
    auto record = (*reader)->next();
    if (!record) return std::unexpected(record.error().message);
    if (*record) {
      const auto verdict = chain.accept(**record);
      if (!verdict) return std::unexpected(fmt::format("{}: {}", config.topics.journal, verdict.error()));
      if (*verdict == kafka::JournalChain::Verdict::kNext) note(scan, **record, low);
    } else if ((*reader)->end_reached() >= *end) {
      break;
    } else {
      context.wake_up.wait(kWait);
    }
  }
  scan.end = chain.state();
  return scan;
}

}  // namespace suar::service
