// What the rules find of what the simulator plants, and what they raise without reason.
//
//   detection [--rules DIR] [--days N] [--accounts N] [--verbose] [seed ...]       120 days, 10,000, seeds 1
//   to 5
//
// Each seed is another stream. A plant is caught when the rule that its label names alerts on its subject; a
// look-alike is flagged when any rule alerts on its subject. An alert is false when its subject has no part
// in a planted story, none of its events belongs to a planted crime, and no list names it. The last lines
// hold the figures against the goals; the exit status is 1 where one is missed.
#include <fmt/format.h>
#include <simdjson.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "cli/demo_score.h"
#include "engine/engine.h"
#include "engine/lookahead.h"
#include "event/decoder.h"
#include "service/files.h"
#include "simulator/simulator.h"

namespace {

using suar::cli::DemoScore;

constexpr double kLeastCaught = 0.97;
constexpr double kMostFlagged = 0.01;
constexpr std::uint64_t kEventsPerFalseAlert = 20'000;

struct Row {
  DemoScore::RuleScore score;
  std::uint64_t false_alerts = 0;
};

struct Totals {
  std::map<std::string, Row> rules;
  std::uint64_t events = 0;
};

// Which subjects have a part, and which events belong to a crime.
struct Stories {
  std::set<std::string> subjects;
  std::unordered_set<std::string> crime_events;

  void add(const std::string& label) {
    simdjson::dom::parser parser;
    const simdjson::dom::element story = parser.parse(label);
    subjects.emplace(std::string_view(story["subject"]));
    if (!bool(story["plant"])) return;
    for (const simdjson::dom::element id : simdjson::dom::array(story["event_ids"])) {
      crime_events.emplace(std::string_view(id));
    }
  }
};

struct Found {
  std::string rule, subject;
  std::vector<std::string> event_ids;
};

bool run(const suar::simulator::Options& options, const std::vector<suar::rules::File>& rule_files,
         bool verbose, Totals& totals) {
  const auto home = *suar::event::parse_currency("IDR");
  suar::simulator::Simulator simulator(options);
  const auto reference = suar::reference::Reference::load(simulator.reference_files(), home);
  if (!reference.reference) return false;
  const auto rules = suar::rules::load_rules(rule_files, home, reference.reference.get());
  for (const auto& finding : rules.findings) {
    if (!rules.rules) fmt::print(stderr, "{}", render(finding));
  }
  if (!rules.rules) return false;
  suar::engine::Engine engine({}, rules.rules, reference.reference);
  suar::event::Decoder decoder;
  DemoScore score;
  Stories stories;
  std::vector<Found> found;
  std::string line;
  const auto take_labels = [&] {
    for (const std::string& label : simulator.take_labels()) {
      score.add_label(label);
      stories.add(label);
    }
  };
  while (simulator.next(line)) {
    ++totals.events;
    if (const auto transaction = decoder.decode(line)) {
      static_cast<void>(engine.process(*transaction, line));
      for (const suar::engine::Hit& hit : engine.hits()) {
        score.add_alert(hit);
        found.push_back({hit.rule->id, DemoScore::subject_of(hit), hit.event_ids});
      }
    }
    if (totals.events % 4096 == 0) take_labels();
  }
  take_labels();

  for (const Found& alert : found) {
    Row& row = totals.rules[alert.rule];
    if (stories.subjects.contains(alert.subject)) continue;
    const bool of_a_crime = std::ranges::any_of(
        alert.event_ids, [&](const std::string& id) { return stories.crime_events.contains(id); });
    // It repeats what a list says of its subject.
    if (of_a_crime || alert.rule == "ml-listed-party") continue;
    ++row.false_alerts;
    if (verbose) fmt::print("seed {}: false: {} on {}\n", options.seed, alert.rule, alert.subject);
  }
  for (const auto& [rule, s] : score.by_rule()) {
    DemoScore::RuleScore& sum = totals.rules[rule].score;
    sum.alerts += s.alerts;
    sum.planted += s.planted;
    sum.caught += s.caught;
    sum.look_alikes += s.look_alikes;
    for (const auto& [what, from, to] : {std::tuple{"missed", &s.missed, &sum.missed},
                                         {"flagged", &s.wrongly_flagged, &sum.wrongly_flagged}}) {
      to->insert(to->end(), from->begin(), from->end());
      for (const std::string& story : *from) {
        if (verbose) fmt::print("seed {}: {}: {}, for {}\n", options.seed, what, story, rule);
      }
    }
  }
  return true;
}

int report(const Totals& totals) {
  fmt::print("{:<34} {:>7} {:>7} {:>12} {:>8} {:>7} {:>6}\n", "rule", "plants", "caught", "look-alikes",
             "flagged", "alerts", "false");
  Row all;
  const auto print = [](std::string_view name, const Row& row) {
    fmt::print("{:<34} {:>7} {:>7} {:>12} {:>8} {:>7} {:>6}\n", name, row.score.planted, row.score.caught,
               row.score.look_alikes, row.score.wrongly_flagged.size(), row.score.alerts, row.false_alerts);
  };
  for (const auto& [rule, row] : totals.rules) {
    print(rule, row);
    all.score.planted += row.score.planted;
    all.score.caught += row.score.caught;
    all.score.look_alikes += row.score.look_alikes;
    all.score.alerts += row.score.alerts;
    all.score.wrongly_flagged.insert(all.score.wrongly_flagged.end(), row.score.wrongly_flagged.begin(),
                                     row.score.wrongly_flagged.end());
    all.false_alerts += row.false_alerts;
  }
  print("all", all);
  const double caught = static_cast<double>(all.score.caught) / static_cast<double>(all.score.planted);
  const double flagged =
      static_cast<double>(all.score.wrongly_flagged.size()) / static_cast<double>(all.score.look_alikes);
  const std::uint64_t allowed = totals.events / kEventsPerFalseAlert;
  const bool good = caught >= kLeastCaught && flagged <= kMostFlagged && all.false_alerts <= allowed;
  fmt::print("\nplants caught        {:6.2f} %   (at least {:.0f} %)\n", caught * 100, kLeastCaught * 100);
  fmt::print("look-alikes flagged  {:6.2f} %   (at most {:.0f} %)\n", flagged * 100, kMostFlagged * 100);
  fmt::print("false alerts         {:6}     of {} events (at most one of {}: {})\n", all.false_alerts,
             totals.events, kEventsPerFalseAlert, allowed);
  return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string rules_dir = "rules";
  suar::simulator::Options options;
  options.days = 120;
  options.accounts = 10'000;
  std::vector<std::uint64_t> seeds;
  bool verbose = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--verbose") {
      verbose = true;
    } else if (argument.starts_with("--") && i + 1 < argc) {
      ++i;
      if (argument == "--rules") rules_dir = argv[i];
      if (argument == "--days") options.days = std::atoi(argv[i]);
      if (argument == "--accounts") options.accounts = static_cast<std::uint32_t>(std::atoi(argv[i]));
    } else {
      seeds.push_back(std::strtoull(argv[i], nullptr, 10));
    }
  }
  if (seeds.empty()) seeds = {1, 2, 3, 4, 5};
  const auto rule_files = suar::service::read_rule_files({rules_dir});
  if (!rule_files) {
    fmt::print(stderr, "{}\n", rule_files.error());
    return 2;
  }
  Totals totals;
  for (const std::uint64_t seed : seeds) {
    options.seed = seed;
    if (!run(options, *rule_files, verbose, totals)) {
      fmt::print(stderr, "the rules in {} or the simulated reference data do not load\n", rules_dir);
      return 2;
    }
  }
  return report(totals);
}
