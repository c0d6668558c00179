#include "faults/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "built.h"
#include "event/dead_letter.h"

namespace suar::faults {
namespace {

using kafka::testing::Read;
using service::testing::alert_id;
using service::testing::undated;

std::vector<std::string> lines_of(const std::string& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The ids of a topic's alerts by subject, in the topic's order; each the first time only.
using BySubject = std::map<std::string, std::vector<std::string>>;

std::string subject_of(const std::string& alert) {
  return nlohmann::json::parse(alert).at("subject").at("key").get<std::string>();
}

}  // namespace

Judge::Judge(const Plan& plan, const Traffic& traffic, const service::testing::Deployment& deployment,
             const std::string& broker)
    : plan_(plan), traffic_(traffic), deployment_(deployment), client_(broker) {}

std::vector<kafka::JournalRecord> Judge::journal() {
  std::vector<kafka::JournalRecord> records;
  for (const Read& read : client_.read_all(deployment_.journal())) {
    auto decoded = kafka::decode_journal_record(read.value);
    if (!decoded) {
      find(fmt::format("the journal's offset {} cannot be read: {}", read.offset, decoded.error().detail));
      continue;
    }
    records.push_back(std::move(*decoded));
  }
  return records;
}

bool Judge::all_processed() {
  std::map<int, std::int64_t> wanted, come;
  for (const int partition : traffic_.partitions) ++wanted[partition];
  for (const kafka::JournalRecord& record : journal()) {
    for (const kafka::OffsetRange& range : record.ranges)
      come[range.partition] = std::max(come[range.partition], range.next);
  }
  return come == wanted;
}

Verdict Judge::judge() {
  alerts_ = client_.read_all(deployment_.alerts());
  shadow_ = client_.read_all(deployment_.shadow());
  dead_letters_ = client_.read_all(deployment_.dead_letters());
  verdict_.alerts = alerts_.size() + shadow_.size();
  verdict_.dead_letters = dead_letters_.size();
  judge_journal();
  const Replayed again = replay("--config " + deployment_.config(), "journal");
  judge_alerts(again.alerts, "the journal", true);
  judge_dead_letters(again.dead_letters, false);
  if (plan_.partitions == 1) {
    const Replayed file = replay(fmt::format("--rules {} --reference {} --events {}", deployment_.rules(),
                                             deployment_.file("reference"), write_file()),
                                 "file");
    judge_alerts(file.alerts, "the file", false);
    judge_dead_letters(file.dead_letters, true);
  }
  return std::move(verdict_);
}

void Judge::judge_journal() {
  std::uint64_t events = 0;
  std::uint64_t expected = 1;
  for (const kafka::JournalRecord& record : journal()) {
    verdict_.terms = std::max(verdict_.terms, record.term);
    // Without transactions what a predecessor writes late stands there too, and counts for nothing.
    if (!plan_.exactly_once) continue;
    if (record.seq != expected)
      find(fmt::format("the journal has seq {} where {} must be", record.seq, expected));
    expected = record.seq + 1;
    events += record.events;
  }
  if (plan_.exactly_once && events != traffic_.records.size())
    find(fmt::format("the journal has {} events of {} records", events, traffic_.records.size()));
}

Judge::Replayed Judge::replay(const std::string& arguments, const std::string& name) {
  const std::string alerts = deployment_.file("replay-" + name + ".alerts");
  const std::string dead = deployment_.file("replay-" + name + ".dead");
  const std::string log = deployment_.file("replay-" + name + ".log");
  const int status = std::system(fmt::format("{} replay {} --alerts {} --dead-letter {} 2>{}",
                                             suar::testing::kProgram, arguments, alerts, dead, log)
                                     .c_str());
  if (status != 0) find(fmt::format("suar replay of the {} fails: see {}", name, log));
  return {lines_of(alerts), lines_of(dead)};
}

std::string Judge::write_file() const {
  const std::string file = deployment_.file("events.ndjson");
  std::ofstream out(file, std::ios::binary);
  for (const std::string& record : traffic_.records) out << record << '\n';
  return file;
}

void Judge::judge_alerts(const std::vector<std::string>& expected, const std::string& source, bool dated) {
  const auto compared = [&](const std::string& alert) { return dated ? alert : undated(alert); };
  std::map<std::string, std::string> wanted;
  for (const std::string& alert : expected) {
    if (!wanted.try_emplace(alert_id(alert), compared(alert)).second)
      find(fmt::format("replay of {} has alert {} twice", source, alert_id(alert)));
  }
  std::set<std::string> sent;
  for (const auto* topic : {&alerts_, &shadow_}) {
    BySubject in_topic, in_replay;
    std::set<std::string> here;
    for (const Read& read : *topic) {
      const std::string id = alert_id(read.value);
      const bool first = here.insert(id).second;
      if (const auto found = wanted.find(id); found == wanted.end()) {
        find(fmt::format("alert {} was sent, and replay of {} has none", id, source));
      } else if (found->second != compared(read.value)) {
        find(fmt::format("alert {} says other things than in replay of {}", id, source));
      }
      if ((!first && plan_.exactly_once) || (first && !sent.insert(id).second))
        find(fmt::format("alert {} was sent twice", id));
      if (first) in_topic[read.key].push_back(id);
    }
    for (const std::string& alert : expected) {
      if (here.contains(alert_id(alert))) in_replay[subject_of(alert)].push_back(alert_id(alert));
    }
    for (const auto& [subject, ids] : in_topic) {
      if (in_replay[subject] != ids)
        find(fmt::format(
            "the {} alerts of a subject come in another order than in replay of {}, the first is {}",
            ids.size(), source, ids.front()));
    }
  }
  const auto lost =
      std::ranges::count_if(wanted, [&](const auto& entry) { return !sent.contains(entry.first); });
  if (lost > 0)
    find(fmt::format("{} alerts of {} in replay of {} were not sent", lost, wanted.size(), source));
}

void Judge::judge_dead_letters(const std::vector<std::string>& expected, bool by_line) {
  struct Letter {
    std::string reason, base64;
  };
  std::map<std::pair<int, std::int64_t>, Letter> wanted;
  for (const std::string& line : expected) {
    const auto json = nlohmann::json::parse(line);
    const int partition = by_line ? 0 : json.at("partition").get<int>();
    const auto offset =
        by_line ? json.at("line").get<std::int64_t>() - 1 : json.at("offset").get<std::int64_t>();
    wanted[{partition, offset}] = {json.at("reason"), json.at("bytes_base64")};
  }
  std::set<std::pair<int, std::int64_t>> sent;
  for (const Read& read : dead_letters_) {
    const std::pair at(std::stoi(read.headers.at("suar-partition")),
                       std::int64_t{std::stoll(read.headers.at("suar-offset"))});
    const std::string name = fmt::format("the dead letter of partition {}, offset {}", at.first, at.second);
    if (!sent.insert(at).second && plan_.exactly_once) find(name + " was sent twice");
    const auto found = wanted.find(at);
    if (found == wanted.end()) {
      find(name + " is none in replay");
      continue;
    }
    if (found->second.reason != read.headers.at("suar-reason")) find(name + " has another reason in replay");
    const bool truncated = read.headers.contains("suar-truncated");
    // A file keeps only the beginning of a long line; three bytes are four characters.
    const std::string whole = event::base64(read.value);
    const std::size_t same = std::min(whole.size(), found->second.base64.size()) / 4 * 4;
    const bool equal = truncated
                           ? same >= 4 && whole.compare(0, same - 4, found->second.base64, 0, same - 4) == 0
                           : whole == found->second.base64;
    if (!equal) find(name + " has other bytes than the record");
  }
  if (sent.size() != wanted.size())
    find(fmt::format("{} dead letters were sent, {} must be", sent.size(), wanted.size()));
}

}  // namespace suar::faults
