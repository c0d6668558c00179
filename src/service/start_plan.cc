#include "service/start_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace suar::service {
namespace {

constexpr std::array<std::pair<Accept, std::string_view>, 6> kAccepts = {{
    {Accept::kRules, "rules"},
    {Accept::kReference, "reference"},
    {Accept::kSettings, "settings"},
    {Accept::kSemantics, "semantics"},
    {Accept::kShorterInput, "shorter-input"},
    {Accept::kLostJournal, "lost-journal"},
}};

constexpr const char* kAnew =
    "start a new deployment, with another `instance` and topics.journal of its own (its `start` says from "
    "where)";

class Planner {
 public:
  explicit Planner(const StartFacts& facts) : facts_(facts), state_(facts.journal.end) {}

  std::expected<StartPlan, std::string> plan() {
    plan_.first = state_.empty();
    auto refusal = plan_.first ? begin_anew() : go_on();
    if (refusal) return std::unexpected(std::move(*refusal));
    return std::move(plan_);
  }

 private:
  using Refusal = std::optional<std::string>;

  // Nothing where the operator accepts it.
  Refusal refuse(Accept choice, std::string what, std::string_view consequence) {
    if (!facts_.accepted.contains(choice)) {
      return fmt::format("{}. Either {}, or --accept {}: {}", what, kAnew, name_of(choice), consequence);
    }
    const std::string_view name = name_of(choice);
    if (std::ranges::find(plan_.accepted, name) == plan_.accepted.end()) plan_.accepted.emplace_back(name);
    return std::nullopt;
  }

  Refusal begin_anew() {
    const bool committed =
        std::ranges::any_of(facts_.input, [](const auto& p) { return p.committed.has_value(); });
    if (committed) {
      if (auto refusal =
              refuse(Accept::kLostJournal,
                     fmt::format("the journal is empty, but group \"{}\" has committed offsets of {}: "
                                 "the journal's topic was deleted and made again, or this deployment "
                                 "comes from a version without one",
                                 facts_.group, facts_.topic),
                     "what the topic still holds before the committed offsets only fills windows, and "
                     "alerts go on from there")) {
        return refusal;
      }
    }
    for (const auto& [partition, low, high, offset] : facts_.input) {
      if (offset && *offset > high) return remade(partition, *offset, high);
      if (offset && *offset < low) return passed(partition, *offset, low);
      const bool skip = !committed && facts_.start == Start::kLatest;
      plan_.begin.push_back({partition, low, offset.value_or(skip ? high : low)});
    }
    return std::nullopt;
  }

  Refusal go_on() {
    if (auto refusal = other_deciders()) return refusal;
    if (state_.delivery != facts_.delivery && state_.last != kafka::RecordKind::kStop) {
      return fmt::format(
          "the journal was last written with delivery: {}, and not by a clean stop; stop every instance of "
          "\"{}\" "
          "cleanly under that setting before it changes",
          kafka::name_of(state_.delivery), facts_.group);
    }
    for (const auto& [partition, low, high, committed] : facts_.input) {
      const kafka::PartitionState* known = state_.find(partition);
      if (known == nullptr) {
        plan_.begin.push_back({partition, low, low});
        continue;
      }
      if (known->next > high) return remade(partition, known->next, high);
      if (known->next < low) return passed(partition, known->next, low);
      if (auto refusal = begin_partition(partition, low, *known)) return refusal;
    }
    for (const kafka::PartitionState& known : state_.positions) {
      if (std::ranges::find(facts_.input, known.partition, &kafka::PartitionOffsets::partition) ==
          facts_.input.end()) {
        return fmt::format(
            "the journal knows partition {} of {}, and the topic has none: the topic was deleted and "
            "made again. {}",
            known.partition, facts_.topic, kAnew);
      }
    }
    return std::nullopt;
  }

  Refusal begin_partition(int partition, std::int64_t low, const kafka::PartitionState& known) {
    const auto recorded =
        std::ranges::find(facts_.journal.begin, partition, &kafka::PartitionState::partition);
    kafka::PartitionState begin = recorded != facts_.journal.begin.end() ? *recorded : known;
    const auto cut = std::ranges::find(state_.origin, partition, &kafka::Origin::partition);
    bool passed_over = cut != state_.origin.end();
    std::int64_t origin = passed_over ? cut->offset : 0;
    begin.next = std::max(begin.next, origin);  // a snapshot may stand beyond it
    if (begin.next < low) {
      auto refusal = refuse(
          Accept::kShorterInput,
          fmt::format(
              "{} [{}] begins at offset {}, and the state of the deployment begins at {}: retention has "
              "deleted records that its windows may still need, and there is no snapshot that holds them",
              facts_.topic, partition, low, begin.next),
          "the windows are filled from what is left, so that alerts may differ until they are full again");
      if (refusal) return refusal;
      const auto whole = facts_.journal.first_whole_batch.find(partition);
      begin.next = whole != facts_.journal.first_whole_batch.end() ? whole->second : known.next;
      origin = begin.next;
      passed_over = true;
    }
    if (passed_over) plan_.origin.push_back({partition, origin});
    plan_.begin.push_back({partition, begin.next, known.live_from});
    return std::nullopt;
  }

  Refusal other_deciders() {
    const kafka::Deciders& was = state_.deciders;
    const kafka::Deciders& now = facts_.deciders;
    const auto differ = [this](Accept choice, std::string_view what, std::string_view then,
                               std::string_view today) -> Refusal {
      if (then == today) return std::nullopt;
      return refuse(
          choice, fmt::format("the journal was written with the {} {}, and here are {}", what, then, today),
          "the state is computed anew from the journal's records under what is here; nothing is sent again");
    };
    if (auto refusal = differ(Accept::kRules, "rules", was.ruleset, now.ruleset)) return refusal;
    if (auto refusal = differ(Accept::kReference, "reference data", was.reference, now.reference))
      return refusal;
    if (auto refusal = differ(Accept::kSettings,
                              "settings (lateness, max_ahead, dedup, home_currency, "
                              "max_record_bytes)",
                              was.settings, now.settings)) {
      return refusal;
    }
    return differ(Accept::kSemantics, "semantics", std::to_string(was.semantics),
                  std::to_string(now.semantics));
  }

  Refusal remade(int partition, std::int64_t position, std::int64_t high) const {
    return fmt::format(
        "{} [{}] ends at offset {}, and \"{}\" has processed it up to {}: the topic was deleted and made "
        "again, or "
        "lost records. What was sent cannot be continued: {}",
        facts_.topic, partition, high, facts_.group, position, kAnew);
  }

  Refusal passed(int partition, std::int64_t position, std::int64_t low) const {
    return fmt::format(
        "{} [{}] begins at offset {}, and \"{}\" has only come to {}: retention deleted {} records that were "
        "never "
        "processed. They cannot be processed any more: {}",
        facts_.topic, partition, low, facts_.group, position, low - position, kAnew);
  }

  const StartFacts& facts_;
  const kafka::JournalState& state_;
  StartPlan plan_;
};

}  // namespace

std::string_view name_of(Accept accept) {
  return std::ranges::find(kAccepts, accept, [](const auto& entry) { return entry.first; })->second;
}

std::optional<Accept> parse_accept(std::string_view name) {
  const auto found = std::ranges::find(kAccepts, name, [](const auto& entry) { return entry.second; });
  if (found == kAccepts.end()) return std::nullopt;
  return found->first;
}

std::expected<StartPlan, std::string> plan_start(const StartFacts& facts) {
  return Planner(facts).plan();
}

}  // namespace suar::service
