#include "service/deciders.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <random>

#include "engine/semantics_number.h"

namespace suar::service {

kafka::Deciders deciders_of(const Config& config, const rules::RuleSet& rules,
                            const reference::Reference& reference) {
  const engine::Options& engine = config.engine;
  const std::string settings = fmt::format(
      "lateness={};dedup={},{};max_ahead={};hold={};ids={};home={};bytes={}", engine.lateness.micros,
      engine.dedup_horizon.micros, engine.dedup_max_ids, engine.max_ahead.micros, engine.instruct_hold.micros,
      engine.max_event_ids, config.home_currency.text(), config.max_record_bytes);
  return {engine::kSemantics, rules.hash, reference.hash(),
          fmt::format("{:016x}", XXH3_64bits(settings.data(), settings.size()))};
}

std::string process_name() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  return fmt::format("{}:{}:{:08x}", host.data(), ::getpid(), std::random_device{}());
}

}  // namespace suar::service
