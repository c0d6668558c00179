#include "cli/rule_tests_reference.h"

#include <set>

#include <fmt/format.h>

#include "cli/rule_tests_shape.h"
#include "event/json_writer.h"

namespace suar::cli {
namespace {

constexpr std::string_view kEntities = "entities.ftm.ndjson";
constexpr std::string_view kCustomers = "customers.csv";
constexpr std::string_view kCustomerHeader =
    "party_id,kind,segment,occupation,birth_date,declared_income_month,region,opened\n";
constexpr std::string_view kListHeader = "value,kind,source,valid_from,valid_to,reason\n";

// A scalar is a list of one.
std::vector<std::string> texts_of(const YAML::Node& node) {
  std::vector<std::string> texts;
  if (!node.IsDefined()) return texts;
  if (node.IsScalar()) texts.push_back(node.Scalar());
  if (node.IsSequence()) {
    for (const auto& item : node) texts.push_back(scalar(item));
  }
  return texts;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// People -> FollowTheMoney entities and rows of customers.csv.
class People {
 public:
  explicit People(ReferenceFiles& files)
      : entities_(files[std::string(kEntities)]), customers_(files[std::string(kCustomers)]) {
    if (customers_.empty()) customers_ = kCustomerHeader;
  }

  void add(const std::string& id, const YAML::Node& person) {
    declared_.insert(id);
    const std::string schema = scalar(person["schema"]);
    const std::string name = scalar(person["name"]);
    entity(id, schema.empty() ? "Person" : schema, {{"name", name.empty() ? id : name}});
    for (const std::string& account : texts_of(person["account"])) {
      entity("account-" + account, "BankAccount", {{"accountNumber", account}, {"holder", id}});
    }
    add_post(id, person);
    links(id, person["kin"], "Family", "person", "relative", {});
    links(id, person["supervisor"], "Associate", "person", "associate", "supervisor");
    links(id, person["associates"], "Associate", "person", "associate", {});
    links(id, person["owns"], "Ownership", "owner", "asset", {});
    links(id, person["directs"], "Directorship", "director", "organization", {});
    links(id, person["employer"], "Employment", "employee", "employer", {});
    add_customer(id, person);
  }

  // Those who are only mentioned.
  void finish() {
    for (const std::string& id : mentioned_) {
      if (!declared_.contains(id)) entity(id, "Person", {{"name", id}});
    }
  }

 private:
  using Properties = std::vector<std::pair<std::string, std::string>>;

  void entity(const std::string& id, std::string_view schema, const Properties& properties) {
    event::JsonWriter json(entities_);
    json.begin_object();
    json.field("id", id);
    json.field("schema", schema);
    json.key("properties");
    json.begin_object();
    for (const auto& [name, value] : properties) {
      if (value.empty()) continue;
      json.key(name);
      json.begin_array();
      json.string(value);
      json.end_array();
    }
    json.end_object();
    json.end_object();
    entities_ += '\n';
  }

  void add_post(const std::string& id, const YAML::Node& person) {
    const std::string post = scalar(person["post"]);
    if (post.empty()) return;
    entity("post-of-" + id, "Position",
           {{"name", post},
            {"organization", scalar(person["organisation"])},
            {"subnationalArea", scalar(person["area"])},
            {"topics", scalar(person["category"])}});
    entity("occupancy-of-" + id, "Occupancy",
           {{"holder", id},
            {"post", "post-of-" + id},
            {"startDate", scalar(person["from"])},
            {"endDate", scalar(person["to"])}});
  }

  void links(const std::string& id, const YAML::Node& others, std::string_view schema,
             const std::string& from, const std::string& to, const std::string& relationship) {
    for (const std::string& other : texts_of(others)) {
      mentioned_.insert(other);
      entity(fmt::format("{}-{}-{}", schema, id, other), schema,
             {{from, id}, {to, other}, {"relationship", relationship}});
    }
  }

  void add_customer(const std::string& id, const YAML::Node& person) {
    std::string row = csv_cell(id);
    bool stated = false;
    for (const char* column :
         {"kind", "segment", "occupation", "birth_date", "declared_income_month", "region", "opened"}) {
      const std::string text = scalar(person[column]);
      stated = stated || !text.empty();
      row += "," + csv_cell(text);
    }
    if (stated) customers_ += row + "\n";
  }

  std::string& entities_;
  std::string& customers_;
  std::set<std::string> declared_, mentioned_;
};

// {hubs: ["account:1"]}
void read_lists(const YAML::Node& lists, ReferenceFiles& files, TestFindings& findings) {
  for (const auto& list : lists) {
    std::string& csv = files["lists/" + scalar(list.first) + ".csv"];
    if (csv.empty()) csv = kListHeader;
    for (const std::string& item : texts_of(list.second)) {
      const std::size_t colon = item.find(':');
      if (colon == std::string::npos) {
        findings.error(list.second, fmt::format("\"{}\" has no kind", item),
                       "write it like account:123 or keyword:visa");
        continue;
      }
      csv += csv_cell(item.substr(colon + 1)) + "," + item.substr(0, colon) + ",test,,,\n";
    }
  }
}

}  // namespace

void read_test_reference(const YAML::Node& node, ReferenceFiles& files, TestFindings& findings) {
  if (!node.IsMap())
    return findings.error(node, "reference is a map", "{people: {...}, lists: {...}, FILE: text}");
  for (const auto& entry : node) {
    const std::string key = scalar(entry.first);
    if (key == "people") {
      People people(files);
      for (const auto& person : entry.second) {
        findings.check_keys(person.second, test_person_shape());
        people.add(scalar(person.first), person.second);
      }
      people.finish();
    } else if (key == "lists") {
      read_lists(entry.second, files, findings);
    } else if (key.ends_with(".csv") || key.ends_with(".ndjson")) {
      files[key] += scalar(entry.second);
    } else if (key.ends_with(".yaml")) {
      files[key] = entry.second.IsScalar() ? scalar(entry.second) : YAML::Dump(entry.second);
    } else {
      findings.error(entry.first, fmt::format("\"{}\" is no reference data", key),
                     "people, lists, or the name of a file such as tariffs.csv");
    }
  }
}

}  // namespace suar::cli
