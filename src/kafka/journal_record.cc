#include "kafka/journal_record.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>
#include <utility>

#include "event/json_writer.h"

namespace suar::kafka {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

constexpr std::array<std::pair<RecordKind, std::string_view>, 5> kKinds = {{
    {RecordKind::kClaim, "claim"},
    {RecordKind::kBatch, "batch"},
    {RecordKind::kStop, "stop"},
    {RecordKind::kDone, "done"},
    {RecordKind::kSwitch, "switch"},
}};
constexpr std::array<std::pair<Delivery, std::string_view>, 2> kDeliveries = {{
    {Delivery::kExactlyOnce, "exactly_once"},
    {Delivery::kAtLeastOnce, "at_least_once"},
}};

constexpr std::string_view kBegin = R"({"suar_journal":)";
constexpr std::string_view kCheck = R"(,"check":")";
constexpr std::string_view kEnd = R"("})";
constexpr std::size_t kHexDigits = 16;
constexpr std::size_t kTail = kCheck.size() + kHexDigits + kEnd.size();

std::string hex(std::uint64_t number) {
  return fmt::format("{:016x}", number);
}

std::optional<std::uint64_t> from_hex(std::string_view text) {
  std::uint64_t number = 0;
  const auto error = std::from_chars(text.data(), text.data() + text.size(), number, 16).ec;
  // As hex() writes it, and no other way: each bit of a record counts.
  if (error != std::errc{} || text != hex(number)) return std::nullopt;
  return number;
}

// [[a, b, …], …]
template <typename Items, typename Numbers>
void rows(event::JsonWriter& json, std::string_view name, const Items& items, Numbers numbers) {
  json.key(name);
  json.begin_array();
  for (const auto& item : items) {
    json.begin_array();
    for (const std::int64_t number : numbers(item)) json.integer(number);
    json.end_array();
  }
  json.end_array();
}

// The members of a record. What is absent or of another type throws simdjson_error, which
// decode_journal_record() catches.
class Reader {
 public:
  explicit Reader(element root) : root_(root) {}

  [[nodiscard]] std::string_view text(const char* name) const { return root_.at_key(name).get_string(); }
  [[nodiscard]] std::optional<std::string_view> optional_text(const char* name) const {
    const auto found = root_.at_key(name);
    if (found.error() == simdjson::NO_SUCH_FIELD) return std::nullopt;
    return found.get_string();
  }
  [[nodiscard]] std::vector<std::string> texts(const char* name) const {
    std::vector<std::string> found;
    for (const element text : array(root_.at_key(name).get_array()))
      found.emplace_back(std::string_view(text.get_string()));
    return found;
  }
  [[nodiscard]] std::uint64_t number(const char* name) const { return root_.at_key(name).get_uint64(); }

  template <std::size_t Width, typename Add>
  void rows(const char* name, Add add) const {
    for (const element row : array(root_.at_key(name).get_array())) {
      std::array<std::int64_t, Width> numbers{};
      std::size_t count = 0;
      for (const element number : array(row.get_array())) {
        if (count == Width) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
        numbers[count++] = number.get_int64();
      }
      if (count != Width) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
      add(numbers);
    }
  }

  template <typename Value, std::size_t Count>
  [[nodiscard]] Value word(const char* name,
                           const std::array<std::pair<Value, std::string_view>, Count>& words) const {
    const std::string_view given = text(name);
    const auto found = std::ranges::find(words, given, [](const auto& word) { return word.second; });
    if (found == words.end()) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    return found->first;
  }

 private:
  element root_;
};

// "3/512/0123456789abcdef"
StateDigest parse_digest(std::string_view text) {
  StateDigest digest;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [slash, error] = std::from_chars(begin, end, digest.part);
  const bool first = error == std::errc{} && slash != end && *slash == '/';
  const char* const second = first ? slash + 1 : end;
  const auto [last, wrong] = std::from_chars(second, end, digest.parts);
  const bool both = wrong == std::errc{} && last != end && *last == '/';
  const auto hash = both ? from_hex({last + 1, static_cast<std::size_t>(end - last - 1)}) : std::nullopt;
  if (!hash || digest.part >= digest.parts) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  digest.hash = *hash;
  return digest;
}

JournalRecord read(const Reader& in) {
  JournalRecord record;
  record.kind = in.word("kind", kKinds);
  record.instance = in.text("instance");
  record.cluster = in.text("cluster");
  record.topic = in.text("topic");
  record.writer = in.text("writer");
  record.delivery = in.word("delivery", kDeliveries);
  record.term = in.number("term");
  record.seq = in.number("seq");
  const auto created_at = event::parse_rfc3339(in.text("created_at"));
  if (!created_at) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  record.created_at = created_at->instant;
  record.deciders = {static_cast<std::uint32_t>(in.number("semantics")), std::string(in.text("ruleset")),
                     std::string(in.text("reference")), std::string(in.text("settings"))};
  if (record.kind == RecordKind::kClaim) {
    in.rows<3>("positions", [&record](const auto& row) {
      record.positions.push_back({static_cast<int>(row[0]), row[1], row[2]});
    });
    in.rows<2>("origin",
               [&record](const auto& row) { record.origin.push_back({static_cast<int>(row[0]), row[1]}); });
    record.accepted = in.texts("accepted");
  }
  if (record.has_batch()) {
    in.rows<3>("ranges", [&record](const auto& row) {
      record.ranges.push_back({static_cast<int>(row[0]), row[1], row[2]});
    });
    in.rows<2>("order",
               [&record](const auto& row) { record.order.push_back({static_cast<int>(row[0]), row[1]}); });
    record.events = in.number("events");
    const auto hash = from_hex(in.text("hash"));
    if (!hash) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    record.hash = *hash;
    if (const auto digest = in.optional_text("digest")) record.digest = parse_digest(*digest);
  }
  return record;
}

// Whoever repeats a record trusts what it says.
bool consistent(const JournalRecord& record) {
  if (record.term == 0 || record.seq == 0) return false;
  const auto increasing = [](const auto& items) {
    int last = -1;
    return std::ranges::all_of(
        items, [&last](const auto& item) { return item.partition > std::exchange(last, item.partition); });
  };
  if (!increasing(record.positions) || !increasing(record.ranges) || !increasing(record.origin)) return false;
  for (const PartitionState& state : record.positions) {
    if (state.next < 0 || state.live_from < 0) return false;
  }
  std::uint64_t events = 0;
  for (const OrderStep& step : record.order) {
    if (step.count <= 0) return false;
    if (step.partition == OrderStep::kTick) continue;
    if (std::ranges::find(record.ranges, step.partition, &OffsetRange::partition) == record.ranges.end())
      return false;
    events += static_cast<std::uint64_t>(step.count);
  }
  for (const OffsetRange& range : record.ranges) {
    std::int64_t count = 0;
    for (const OrderStep& step : record.order) {
      if (step.partition == range.partition) count += step.count;
    }
    if (range.first < 0 || count == 0 || range.next - range.first < count) return false;
  }
  return events == record.events;
}

std::unexpected<JournalProblem> problem(JournalFault fault, std::string detail) {
  return std::unexpected(JournalProblem{fault, std::move(detail)});
}

template <typename Value, std::size_t Count>
std::string_view word_of(Value value, const std::array<std::pair<Value, std::string_view>, Count>& words) {
  return std::ranges::find(words, value, [](const auto& word) { return word.first; })->second;
}

}  // namespace

std::string_view name_of(RecordKind kind) {
  return word_of(kind, kKinds);
}

std::string_view name_of(Delivery delivery) {
  return word_of(delivery, kDeliveries);
}

std::string encode(const JournalRecord& record) {
  std::string out;
  event::JsonWriter json(out);
  json.begin_object();
  json.field("suar_journal", kJournalVersion);
  json.field("kind", name_of(record.kind));
  json.field("instance", record.instance);
  json.field("cluster", record.cluster);
  json.field("topic", record.topic);
  json.field("writer", record.writer);
  json.field("delivery", name_of(record.delivery));
  json.field("term", record.term);
  json.field("seq", record.seq);
  json.field("created_at", event::to_rfc3339(record.created_at));
  json.field("semantics", record.deciders.semantics);
  json.field("ruleset", record.deciders.ruleset);
  json.field("reference", record.deciders.reference);
  json.field("settings", record.deciders.settings);
  if (record.kind == RecordKind::kClaim) {
    rows(json, "positions", record.positions, [](const PartitionState& p) {
      return std::array<std::int64_t, 3>{p.partition, p.next, p.live_from};
    });
    rows(json, "origin", record.origin,
         [](const Origin& o) { return std::array<std::int64_t, 2>{o.partition, o.offset}; });
    json.key("accepted");
    json.begin_array();
    for (const std::string& accepted : record.accepted) json.string(accepted);
    json.end_array();
  }
  if (record.has_batch()) {
    rows(json, "ranges", record.ranges,
         [](const OffsetRange& r) { return std::array<std::int64_t, 3>{r.partition, r.first, r.next}; });
    rows(json, "order", record.order,
         [](const OrderStep& s) { return std::array<std::int64_t, 2>{s.partition, s.count}; });
    json.field("events", record.events);
    json.field("hash", hex(record.hash));
    if (record.digest)
      json.field("digest", fmt::format("{}/{}/{}", record.digest->part, record.digest->parts,
                                       hex(record.digest->hash)));
  }
  out += fmt::format("{}{}{}", kCheck, hex(XXH3_64bits(out.data(), out.size())), kEnd);
  return out;
}

std::expected<JournalRecord, JournalProblem> decode_journal_record(std::string_view bytes) {
  if (!bytes.starts_with(kBegin)) return problem(JournalFault::kForeign, "is not a record of a journal");
  std::uint32_t version = 0;
  const char* const first = bytes.data() + kBegin.size();
  if (std::from_chars(first, bytes.data() + bytes.size(), version).ec == std::errc{} &&
      version > kJournalVersion) {
    return problem(JournalFault::kFuture,
                   fmt::format("has version {} of the journal's format; this program reads up to {}", version,
                               kJournalVersion));
  }
  if (bytes.size() < kTail || bytes.substr(bytes.size() - kTail, kCheck.size()) != kCheck ||
      !bytes.ends_with(kEnd)) {
    return problem(JournalFault::kDamaged, "is cut off");
  }
  const std::string_view content = bytes.substr(0, bytes.size() - kTail);
  const auto check = from_hex(bytes.substr(content.size() + kCheck.size(), kHexDigits));
  if (check != XXH3_64bits(content.data(), content.size()))
    return problem(JournalFault::kDamaged, "does not fit its checksum");
  try {
    thread_local simdjson::dom::parser parser;
    JournalRecord record = read(Reader(parser.parse(bytes.data(), bytes.size())));
    if (!consistent(record)) return problem(JournalFault::kDamaged, "contradicts itself");
    return record;
  } catch (const simdjson::simdjson_error& error) {
    return problem(JournalFault::kDamaged, fmt::format("cannot be read: {}", error.what()));
  }
}

}  // namespace suar::kafka
