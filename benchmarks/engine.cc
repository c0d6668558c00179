// What a transaction costs Suar altogether, decoding and five rules, against simdjson reading every field of
// the same records bare.
//
//   engine [--rules DIR] [--all] [--hub PERCENT] [accounts] [days] [measured batches]
//
// The five rules are those below, whatever else DIR holds; --all takes every rule in it. The simulator's
// traffic fills the windows first, over `days` of event time. Then batches are measured: each is read bare
// and processed in turn, and the figures are medians over the batches. The ratio is the measure; the times
// depend on the machine. --hub lets one account, of a person at a port, receive so many percent of all
// events.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "bare_reader.h"
#include "engine/engine.h"
#include "engine/lookahead.h"
#include "event/decoder.h"
#include "service/files.h"
#include "simulator/simulator.h"

namespace {

using suar::benchmarks::BareReader;
using suar::benchmarks::median;
using suar::benchmarks::Sink;

constexpr std::size_t kBatch = 20'000;

// The rules that the ratio is stated for, and the words that they share.
constexpr auto kFiveRules = std::to_array<std::string_view>(
    {"fee-per-document.yaml", "office-payout.yaml", "corridor-collector.yaml", "boat-passage-collector.yaml",
     "wages-into-one-account.yaml", "terms.yaml"});

bool is_of_the_five(const suar::rules::File& file) {
  const std::string_view name = std::string_view(file.name).substr(file.name.rfind('/') + 1);
  return std::ranges::find(kFiveRules, name) != kFiveRules.end();
}

// Turns the creditor of transfers and deposits into one account, until it has its share of all events.
class Hub {
 public:
  Hub(double share, const suar::reference::Reference& reference, std::string_view customers) : share_(share) {
    for (std::size_t at = 0; at < customers.size() && party_.empty();) {
      const std::string_view line = customers.substr(at, customers.find('\n', at) - at);
      at += line.size() + 1;
      const std::string_view id = line.substr(0, line.find(','));
      const auto customer = reference.customer(reference.party(id));
      if (customer && customer->kind == "person" && reference.tagged(customer->region, "port"))
        party_ =
            fmt::format(R"("creditor":{{"party_id":"{}","account":"hub","name":"Hub","kind":"person"}})", id);
    }
  }

  void take(std::string& record) {
    ++events_;
    if (static_cast<double>(taken_ + 1) > share_ * static_cast<double>(events_)) return;
    const bool fits = record.find(R"("tx_type":"transfer")") != std::string::npos ||
                      record.find(R"("tx_type":"cash_in")") != std::string::npos;
    const std::size_t begin = record.find(R"("creditor":{)");
    if (!fits || begin == std::string::npos || party_.empty()) return;
    record.replace(begin, record.find('}', begin) + 1 - begin, party_);
    ++taken_;
  }

 private:
  double share_;
  std::string party_;
  std::uint64_t events_ = 0, taken_ = 0;
};

// Processor time of this thread, so that a machine busy with other work stretches no measurement.
double cpu_nanos() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

}  // namespace

int main(int argc, char** argv) {
  std::string rules_dir = "rules";
  bool all_rules = false;
  double hub_share = 0;
  std::vector<long> numbers;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--rules" && i + 1 < argc) {
      rules_dir = argv[++i];
    } else if (std::string_view(argv[i]) == "--all") {
      all_rules = true;
    } else if (std::string_view(argv[i]) == "--hub" && i + 1 < argc) {
      hub_share = std::strtod(argv[++i], nullptr) / 100;
    } else {
      numbers.push_back(std::strtol(argv[i], nullptr, 10));
    }
  }
  suar::simulator::Options traffic;
  traffic.accounts = static_cast<std::uint32_t>(!numbers.empty() ? numbers[0] : 1'000'000);
  const int fill_days = static_cast<int>(numbers.size() > 1 ? numbers[1] : 60);
  const std::size_t batches = static_cast<std::size_t>(numbers.size() > 2 ? numbers[2] : 31);
  traffic.days = fill_days + 365;  // more than will be measured
  traffic.daily_events_per_mille = 150;

  auto rule_files = suar::service::read_rule_files({rules_dir});
  if (!rule_files) {
    fmt::print(stderr, "{}\n", rule_files.error());
    return 2;
  }
  if (!all_rules) std::erase_if(*rule_files, [](const auto& file) { return !is_of_the_five(file); });
  const auto home = *suar::event::parse_currency("IDR");
  suar::simulator::Simulator simulator(traffic);
  const auto reference_files = simulator.reference_files();
  const auto reference = suar::reference::Reference::load(reference_files, home);
  const auto rules = suar::rules::load_rules(*rule_files, home, reference.reference.get());
  if (!reference.reference || !rules.rules) {
    fmt::print(stderr, "the rules in {} or the simulated reference data do not load\n", rules_dir);
    return 2;
  }
  const auto customers = std::ranges::find(reference_files, "customers.csv", &suar::reference::File::name);
  Hub hub(hub_share, *reference.reference,
          customers == reference_files.end() ? std::string_view() : std::string_view(customers->bytes));
  suar::engine::Engine engine({}, rules.rules, reference.reference);
  suar::engine::Lookahead<const std::string*> ahead(engine);
  std::uint64_t alerts = 0;
  const auto process = [&](const std::string* record, const suar::engine::Decoded& transaction) {
    if (!transaction) std::abort();
    static_cast<void>(engine.process(*transaction, *record, std::nullopt, 0, transaction.recognised));
    alerts += engine.hits().size();
  };
  Sink sink;

  std::vector<std::string> batch(kBatch);
  std::size_t filled = 0;
  const auto fill_end = traffic.start + suar::event::Duration::days(fill_days);
  const double fill_begin = cpu_nanos();
  while (simulator.arrived() < fill_end) {
    std::size_t made = 0;
    while (made < batch.size() && simulator.next(batch[made])) hub.take(batch[made++]);
    for (std::size_t i = 0; i < made; ++i) ahead.push(&batch[i], batch[i], process);
    ahead.drain(process);
    filled += made;
    if (made < batch.size()) break;
  }
  const auto size = engine.state_size();
  fmt::print(
      "windows filled        {} events over {} days, {} accounts, {} rules, {:.0f} s with their making\n",
      filled, fill_days, traffic.accounts, rules.rules->rules.size(), (cpu_nanos() - fill_begin) / 1e9);
  fmt::print("state                 {} entities, {} kept events, {} ids, {} MB\n", size.entities,
             size.kept_events, size.remembered_ids, size.bytes / 1'000'000);

  BareReader bare;
  std::vector<double> bare_times, engine_times, ratios;
  for (std::size_t round = 0; round < batches; ++round) {
    std::size_t bytes = 0;
    for (std::string& record : batch) {
      if (!simulator.next(record)) std::abort();
      hub.take(record);
      bytes += record.size();
    }
    const double begin = cpu_nanos();
    for (const std::string& record : batch) bare.read(record, sink);
    const double between = cpu_nanos();
    bare_times.push_back((between - begin) / static_cast<double>(batch.size()));
    for (const std::string& record : batch) ahead.push(&record, record, process);
    ahead.drain(process);
    engine_times.push_back((cpu_nanos() - between) / static_cast<double>(batch.size()));
    ratios.push_back(engine_times.back() / bare_times.back());
    if (round == 0) fmt::print("record                {} bytes on average\n", bytes / batch.size());
  }
  fmt::print("simdjson, every field {:.0f} ns a record\n", median(bare_times));
  fmt::print("suar, decode + rules  {:.0f} ns a record\n", median(engine_times));
  fmt::print("ratio                 {:.2f} (median of {} batches of {})\n", median(ratios), batches, kBatch);
  fmt::print("checksum              {}\n", sink.value);
  fmt::print("alerts                {}\n", alerts);
  return 0;
}
