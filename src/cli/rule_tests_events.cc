#include "cli/rule_tests_events.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "cli/rule_tests_notation.h"
#include "cli/rule_tests_shape.h"
#include "event/json_writer.h"

namespace suar::cli {
namespace {

constexpr int kMostRepetitions = 100'000;
constexpr event::Duration kBetweenEvents = event::Duration::minutes(1);

struct PlannedEvent {
  event::ZonedInstant at;
  std::string id;    // "" = numbered in the order of arrival
  std::string rest;  // of the record, after id and time: ,"name":value and so on
  int line = 0;
};

// One item of the list, which stands for `repeat` events.
class EventItem {
 public:
  EventItem(const YAML::Node& item, const TestWorld& world, TestFindings& findings)
      : item_(item), world_(world), findings_(findings) {
    findings.check_keys(item, test_event_shape());
    const std::string type = scalar(item["event_type"]);
    // An act upon another event says nothing of its own content but what it states itself.
    const bool acts =
        type == "reject" || type == "reverse" || (type == "complete" && item["related_event_id"]);
    for (const auto& entry : item) fields_.emplace(scalar(entry.first), entry.second);
    if (acts) return;
    fields_.insert(world.fields.begin(), world.fields.end());
    fields_.emplace("tx_type", YAML::Node("transfer"));
    fields_.emplace("channel", YAML::Node("mobile"));
  }

  // Adds the events to `plan`; the first one's time is a minute after the last of `plan`, unless it says.
  void expand(std::vector<PlannedEvent>& plan) {
    event::ZonedInstant at =
        plan.empty() ? event::ZonedInstant{world_.start, kTestOffsetMinutes} : plan.back().at;
    if (!plan.empty()) at.instant = at.instant + kBetweenEvents;
    if (const auto found = fields_.find("at"); found != fields_.end()) {
      const auto stated = parse_test_time(scalar(found->second), world_.start);
      if (!stated)
        return bad(found->second, "a time",
                   R"(like "+3d 09:00", "+36h", "09:00", "2025-03-01 09:00" or RFC 3339)");
      at = *stated;
    }
    const event::Duration every = duration("every", kBetweenEvents);
    const int repeat = repetitions();
    for (int i = 1; i <= repeat; ++i) {
      PlannedEvent event{at, "", "", line_of(item_)};
      write_fields(i, event);
      plan.push_back(std::move(event));
      at.instant = at.instant + every;
    }
  }

 private:
  void bad(const YAML::Node& at, std::string_view what, std::string suggestion) {
    findings_.error(at, fmt::format("\"{}\" is not {}", scalar(at), what), std::move(suggestion));
  }

  event::Duration duration(const std::string& key, event::Duration otherwise) {
    const auto found = fields_.find(key);
    if (found == fields_.end()) return otherwise;
    const auto parsed = parse_duration(scalar(found->second));
    if (!parsed) bad(found->second, "a duration", "like 30m, 12h or 14d");
    return parsed.value_or(otherwise);
  }

  int repetitions() {
    const auto found = fields_.find("repeat");
    if (found == fields_.end()) return 1;
    const std::string text = scalar(found->second);
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc{} && end == text.data() + text.size() && count >= 1 && count <= kMostRepetitions)
      return count;
    bad(found->second, "a number of repetitions", fmt::format("1 to {}", kMostRepetitions));
    return 1;
  }

  void write_fields(int repetition, PlannedEvent& event) {
    event::JsonWriter json(event.rest);
    json.begin_object();
    for (const auto& [name, node] : fields_) {
      if (name == "event_id") {
        event.id = with_repetition(scalar(node), repetition);
      } else if (name == "amount") {
        write_amount(json, name, "currency", node, repetition);
      } else if (name == "instructed_amount") {
        write_amount(json, name, "instructed_currency", node, 1);
      } else if (name == "debtor" || name == "creditor") {
        json.key(name);
        write_party(json, node, repetition);
      } else if (name == "conductor" && node.IsScalar()) {
        json.key(name);
        json.begin_object();
        json.field("party_id", with_repetition(scalar(node), repetition));
        json.end_object();
      } else if (name != "at" && name != "repeat" && name != "every" && name != "step" &&
                 name != "event_time") {
        json.field(name, with_repetition(scalar(node), repetition));
      }
    }
    json.end_object();
    event.rest.front() = ',';
  }

  void write_amount(event::JsonWriter& json, const std::string& name, const std::string& currency_name,
                    const YAML::Node& node, int repetition) {
    const auto stated = fields_.find(currency_name);
    const auto currency = stated == fields_.end()
                              ? world_.home
                              : event::parse_currency(scalar(stated->second)).value_or(world_.home);
    auto money = parse_money(scalar(node), currency);
    if (!money) return bad(node, "an amount", "like IDR 3_500_000 or 3500000.00");
    if (const auto step = fields_.find("step"); step != fields_.end() && repetition > 1) {
      const auto each = parse_money(scalar(step->second), money->currency);
      if (!each || each->currency != money->currency)
        return bad(step->second, "an amount in the same currency", "");
      money->minor += each->minor * (repetition - 1);
    }
    json.field(name, event::format_amount(money->minor, money->currency));
    if (stated == fields_.end()) json.field(currency_name, money->currency.text());
  }

  // The name of one of the test's parties, an account number, or the contract's fields.
  void write_party(event::JsonWriter& json, const YAML::Node& node, int repetition) {
    if (node.IsScalar()) {
      const std::string name = with_repetition(scalar(node), repetition);
      if (const auto known = world_.parties.find(name); known != world_.parties.end()) {
        return write_party_fields(json, known->second, repetition);
      }
      json.begin_object();
      json.field("account", name);
      return json.end_object();
    }
    write_party_fields(json, node, repetition);
  }

  void write_party_fields(event::JsonWriter& json, const YAML::Node& party, int repetition) {
    findings_.check_keys(party, test_party_shape());
    json.begin_object();
    for (const auto& entry : party) {
      const std::string name = scalar(entry.first);
      const std::string text = with_repetition(scalar(entry.second), repetition);
      if (name == "is_customer") {
        json.field(name, text == "true");
      } else if (const auto money = parse_money(text, world_.home); name == "balance_after" && money) {
        json.field(name, event::format_amount(money->minor, money->currency));
      } else {
        json.field(name, text);
      }
    }
    json.end_object();
  }

  const YAML::Node& item_;
  const TestWorld& world_;
  TestFindings& findings_;
  std::map<std::string, YAML::Node> fields_;
};

}  // namespace

std::vector<TestRecord> read_test_events(const YAML::Node& events, const TestWorld& world,
                                         TestFindings& findings) {
  std::vector<PlannedEvent> plan;
  for (const YAML::Node& item : events) {
    if (item.IsMap()) {
      EventItem(item, world, findings).expand(plan);
    } else {
      findings.error(item, "an event is a map of fields", "{at: \"+1d 09:00\", amount: IDR 1_000_000, ...}");
    }
  }
  if (!world.arrive_as_listed) {
    std::ranges::stable_sort(plan, {}, [](const PlannedEvent& event) { return event.at.instant; });
  }

  std::vector<TestRecord> records;
  for (const PlannedEvent& event : plan) {
    std::string json = "{\"event_id\":";
    event::append_json_string(json, event.id.empty() ? fmt::format("e{}", records.size() + 1) : event.id);
    json += ",\"event_time\":";
    event::append_json_string(json, event::to_rfc3339(event.at.instant, event.at.offset_minutes));
    json += event.rest == ",}" ? "}" : event.rest;
    records.push_back({std::move(json), event.line});
  }
  return records;
}

}  // namespace suar::cli
