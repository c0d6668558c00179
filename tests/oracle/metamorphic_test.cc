// A break must not show: a log that is cut anywhere, with the state saved and restored into a fresh engine,
// gives the alerts, counters and state of one run without a break. Random rules over random streams, as in
// differential_test.cc, some of them limited to a few alerts a day. SUAR_SNAPSHOT_CASES says how
// many, SUAR_SNAPSHOT_SEED with which to begin.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "alert/alert.h"
#include "engine/state_bytes.h"
#include "oracle/case.h"
#include "rules/rule.h"

namespace suar::oracle {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Some rules may raise a few alerts a day, which leaves traces of its own.
std::string limited(const RuleText& rule, Dice& dice) {
  std::string yaml = to_yaml(rule);
  if (rule.silent || !dice.percent(40)) return yaml;
  const std::string_view raise = "raise:\n";
  yaml.insert(yaml.find(raise) + raise.size(), fmt::format("  max_alerts_per_day: {}\n  zone: {}\n",
                                                           1 + dice.below(3), dice.pick({"WIB", "UTC"})));
  return yaml;
}

Case case_of(std::uint64_t seed) {
  Case c = random_case(seed);
  Dice dice(seed + 1);
  for (RuleText& rule : c.rules) rule.as_written = limited(rule, dice);
  return c;
}

// What a case is run with; `rules` is null where the rule loader refuses it.
struct Setting {
  std::shared_ptr<const reference::Reference> reference;
  std::shared_ptr<const rules::RuleSet> rules;

  explicit Setting(const Case& c) {
    const auto home = event::parse_currency("IDR").value();
    static const auto known = reference::Reference::load(reference_files(), home).reference;
    reference = c.with_reference ? known : reference::Reference::empty(home);
    const std::vector<rules::File> files = {{"case.yaml", to_yaml(c)}};
    rules = rules::load_rules(files, home, c.with_reference ? reference.get() : nullptr).rules;
  }
};

// One engine that is given a case's records.
class Run {
 public:
  Run(const Case& c, const Setting& setting)
      : engine_(std::make_unique<engine::Engine>(c.options, setting.rules, setting.reference)) {}

  // Everything that the record brought, as text.
  std::string give(const Line& line, std::uint64_t position) {
    if (const auto tick = event::parse_rfc3339(line.get(kTick)); tick) {
      engine_->advance(tick->instant);
      return "tick" + alerts();
    }
    const std::string record = to_json(line);
    const auto transaction = decoder_.decode(record);
    if (!transaction) return "not decoded";
    const auto reached = event::parse_rfc3339(line.get(kRecordTime));
    const auto result = engine_->process(*transaction, record,
                                         reached ? std::optional(reached->instant) : std::nullopt, position);
    std::string text = fmt::format("outcome {}", static_cast<int>(result.outcome));
    if (result.rejection) text += " " + std::string(event::name_of(result.rejection->reason));
    for (const auto& late : engine_->late_rejections())
      text += fmt::format("\nlate {} {}", late.position, event::name_of(late.rejection.reason));
    return text + alerts();
  }

  [[nodiscard]] std::string save() const {
    std::string bytes;
    engine::StateWriter out([&bytes](std::string_view piece) { bytes += piece; });
    engine_->save(out);
    return bytes;
  }

  // The error, "" for none. The bytes come in pieces, so that every reading crosses a border somewhere.
  std::string restore(std::string_view bytes, std::size_t piece) {
    engine::StateReader in([&]() -> std::optional<std::string_view> {
      const std::string_view next = bytes.substr(0, piece);
      bytes.remove_prefix(next.size());
      return next;
    });
    const auto restored = engine_->restore(in);
    return restored ? "" : restored.error();
  }

  [[nodiscard]] std::string counters() const {
    const engine::Counters& c = engine_->counters();
    std::string text = fmt::format("{} {} {} {} {} {} {} {} {} {} {}; S {}", c.counted, c.held, c.waiting,
                                   c.undone, c.duplicates, c.no_effect, c.dead_letters, c.late, c.unconverted,
                                   c.shortened_horizon, c.signals, engine_->stream_time().micros);
    for (const engine::RuleCounters& r : engine_->rule_counters())
      text += fmt::format("; {} {} {} {} {} {} {} {} {} {}", r.evaluations, r.hits, r.alerts, r.suppressed,
                          r.errors, r.snoozed, r.limits_reached, r.over_limit, r.excepted, r.last_hit.micros);
    const engine::StateSize size = engine_->state_size();
    return text + fmt::format("; {} {} {}", size.entities, size.kept_events, size.remembered_ids);
  }

  [[nodiscard]] const engine::Engine& engine() const { return *engine_; }

 private:
  [[nodiscard]] std::string alerts() const {
    std::string text;
    for (const auto& hit : engine_->hits())
      text += "\n" + alert::to_json(hit, engine_->rules(), engine_->reference(), hit.event_time);
    return text;
  }

  std::unique_ptr<engine::Engine> engine_;
  event::Decoder decoder_;
};

struct Tally {
  std::uint64_t refused = 0, cuts = 0, alerts_after_a_cut = 0, bytes = 0;
  std::uint64_t deadlines = 0, shadow = 0, escalating = 0, snoozed = 0, over_limit = 0, excepted = 0;
};

// The first difference, "" for none.
std::string run_with_breaks(const Case& c, std::uint64_t seed, int cuts, Tally& tally) {
  const Setting setting(c);
  if (!setting.rules) {
    ++tally.refused;
    return "";
  }
  Dice dice(seed);
  Run whole(c, setting);
  auto broken = std::make_unique<Run>(c, setting);
  for (std::size_t i = 0; i < c.lines.size(); ++i) {
    if (dice.below(static_cast<int>(c.lines.size())) < cuts) {
      const std::string bytes = broken->save();
      if (bytes != whole.save()) return fmt::format("before record {}: the states differ", i);
      broken = std::make_unique<Run>(c, setting);
      const std::string error = broken->restore(bytes, 1 + bytes.size() / 7);
      if (!error.empty()) return fmt::format("before record {}: {}", i, error);
      if (broken->save() != bytes) return fmt::format("before record {}: another state was restored", i);
      if (broken->counters() != whole.counters()) {
        return fmt::format("before record {}: counters\n  {}\nand not\n  {}", i, broken->counters(),
                           whole.counters());
      }
      for (const std::uint64_t part : {0U, 1U, 2U}) {
        if (broken->engine().digest(part, 3) != whole.engine().digest(part, 3))
          return fmt::format("before record {}: the digests differ in part {}", i, part);
      }
      ++tally.cuts;
      tally.bytes += bytes.size();
    }
    const std::string expected = whole.give(c.lines[i], i);
    const std::string actual = broken->give(c.lines[i], i);
    if (actual != expected) {
      return fmt::format("at record {}\n{}\nexpected:\n{}\nactual:\n{}", i, to_json(c.lines[i]), expected,
                         actual);
    }
    if (tally.cuts > 0 && expected.contains('\n')) ++tally.alerts_after_a_cut;
    tally.deadlines += expected.contains("\"deadline\":\"") ? 1U : 0U;
    tally.shadow += expected.contains("\"mode\":\"shadow\"") ? 1U : 0U;
    tally.escalating += expected.contains("\"escalates\":\"") ? 1U : 0U;
  }
  for (const engine::RuleCounters& r : whole.engine().rule_counters()) {
    tally.snoozed += r.snoozed;
    tally.over_limit += r.over_limit;
    tally.excepted += r.excepted;
  }
  if (broken->counters() != whole.counters())
    return fmt::format("counters\n  {}\nand not\n  {}", broken->counters(), whole.counters());
  return broken->engine().digest() == whole.engine().digest() ? "" : "the digests differ";
}

TEST(State, MayBeSavedAndRestoredAnywhere) {
  const std::uint64_t first = from_environment("SUAR_SNAPSHOT_SEED", 1);
  const std::uint64_t cases = from_environment("SUAR_SNAPSHOT_CASES", 1000);
  Tally tally;
  std::uint64_t different = 0;
  for (std::uint64_t seed = first; seed < first + cases; ++seed) {
    const Case c = case_of(seed);
    const std::string difference = run_with_breaks(c, seed, 3, tally);
    if (difference.empty()) continue;
    if (++different > 3) continue;
    ADD_FAILURE() << "SUAR_SNAPSHOT_SEED=" << seed << " SUAR_SNAPSHOT_CASES=1: " << difference << "\n"
                  << to_yaml(c);
  }
  fmt::print(
      "{} cases from seed {}: {} differ, {} refused; {} cuts, {} bytes on average, {} alerts behind one\n",
      cases, first, different, tally.refused, tally.cuts,
      tally.bytes / std::max<std::uint64_t>(tally.cuts, 1), tally.alerts_after_a_cut);
  fmt::print(
      "{} records or ticks with deadlines, {} with shadow alerts, {} with escalations; {} hits snoozed, {} "
      "beyond a limit, {} excepted\n",
      tally.deadlines, tally.shadow, tally.escalating, tally.snoozed, tally.over_limit, tally.excepted);
  EXPECT_EQ(different, 0U);
  EXPECT_GT(tally.cuts, cases);
  EXPECT_GT(tally.alerts_after_a_cut, cases / 4) << "the cases decide too little";
  for (const std::uint64_t seen :
       {tally.deadlines, tally.shadow, tally.escalating, tally.snoozed, tally.over_limit, tally.excepted})
    EXPECT_GT(seen, cases / 100) << "a way of sending is seen too little";
}

}  // namespace
}  // namespace suar::oracle
