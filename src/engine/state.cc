// The engine's state as a whole.
//
//   state     := "suar-state" version program time counters rule_counters payments early entities alerts
//                deadlines "end"
//   program   := what the numbers in the rest refer to (translation.h)
//   time      := stream_time next_order
//   payments  := state_payments.cc; early, alerts := state_acts.cc; entities := state_entities.cc;
//   deadlines := state_deadlines.cc
//   rule_counters := sequence, by the saved program's rules
//
// What is derived (tables that find things, caches of look-ups) is made again. Whatever is added to the
// engine's state is added here or in one of these files, and raises the version.
#include <xxhash.h>

#include <deque>

#include "engine/engine_impl.h"
#include "engine/state_fields.h"
#include "engine/translation.h"

namespace suar::engine {
namespace {

constexpr std::string_view kMagic = "suar-state";
constexpr std::string_view kEnd = "end";
constexpr std::uint64_t kVersion = 2;

}  // namespace

void Engine::save(StateWriter& out) const {
  const Impl& impl = *impl_;
  out.text(kMagic);
  out.number(kVersion);
  save_program(out, impl.program, impl.store.coverage());
  out(impl.stream_time, impl.next_order, impl.counters, impl.rule_counters);
  impl.payments.save(out);
  impl.early.save(out);
  impl.store.save(out);
  impl.evaluation.alerts().save(out);
  impl.evaluation.deadlines().save(out);
  out.text(kEnd);
  out.finish();
}

std::expected<void, std::string> Engine::restore(StateReader& in) {
  Impl& impl = *impl_;
  in.check(in.text() == kMagic, "it is no state of the engine");
  in.check(in.number() == kVersion, "it is the state of another version of the engine");
  const Translation translation = read_translation(in, impl.program);
  std::vector<RuleCounters> rule_counters;
  in(impl.stream_time, impl.next_order, impl.counters, rule_counters);
  in.check(impl.stream_time >= kUnset && impl.stream_time <= INT64_MAX / 4, "stream time is none");
  in.check(rule_counters.size() == translation.rules.size(), "the counters are of other rules");
  for (std::size_t i = 0; i < translation.rules.size() && in.ok(); ++i) {
    if (translation.rules[i].ours >= 0)
      impl.rule_counters[static_cast<std::size_t>(translation.rules[i].ours)] = rule_counters[i];
  }
  impl.payments.restore(in);
  impl.early.restore(in);
  const std::int64_t newest = impl.stream_time + impl.options.lateness.micros;
  impl.store.cover(
      Coverage(impl.program, translation, impl.stream_time == kUnset ? Coverage::kAlways : newest));
  impl.store.restore(in, translation);
  impl.evaluation.alerts().restore(in);
  impl.evaluation.deadlines().restore(in, translation, impl.program);
  in.check(in.text() == kEnd && in.at_end(), "it does not end where it should");
  if (!in.ok()) return std::unexpected(in.error());
  return {};
}

// Through the bytes of a saved state: what a restart under these rules would come to, and nothing else.
std::expected<std::unique_ptr<Engine>, std::string> Engine::carry_over(
    const Engine& from, std::shared_ptr<const rules::RuleSet> rules,
    std::shared_ptr<const reference::Reference> reference) {
  std::deque<std::string> pieces;
  StateWriter out([&pieces](std::string_view bytes) { pieces.emplace_back(bytes); });
  from.save(out);
  auto to = std::make_unique<Engine>(from.impl_->options, std::move(rules), std::move(reference));
  std::string current;
  StateReader in([&pieces, &current]() -> std::optional<std::string_view> {
    current.clear();
    if (pieces.empty()) return std::string_view();
    current = std::move(pieces.front());
    pieces.pop_front();
    return current;
  });
  if (auto restored = to->restore(in); !restored) return std::unexpected(std::move(restored.error()));
  return to;
}

std::uint64_t Engine::digest(std::uint64_t part, std::uint64_t parts) const {
  const Impl& impl = *impl_;
  std::uint64_t hash = 0;
  StateWriter out(
      [&hash](std::string_view bytes) { hash = XXH3_64bits_withSeed(bytes.data(), bytes.size(), hash); });
  if (parts == 1) {
    save(out);
    return hash;
  }
  out(impl.stream_time, impl.next_order, impl.counters, impl.rule_counters);
  const StateSize size = state_size();
  out(size.entities, size.kept_events, size.remembered_ids);
  impl.payments.save_part(out, part, parts);
  impl.store.save_part(out, part, parts);
  out.finish();
  return hash;
}

}  // namespace suar::engine
