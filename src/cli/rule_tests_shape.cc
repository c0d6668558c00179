#include "cli/rule_tests_shape.h"

#include <climits>

#include "event/field_table.h"
#include "rules/words.h"

namespace suar::cli {
namespace {

using rules::KeyShape;
using rules::MapShape;
using rules::required;
using Kind = rules::KeyShape::Kind;

// Names of the author's own, each for a map of one shape.
MapShape named(std::string title, const MapShape& shape) {
  return {.title = std::move(title),
          .keys = {},
          .own_names = true,
          .own = {.name = {}, .kind = Kind::kMap, .description = {}, .map = &shape}};
}

const MapShape& parties_shape() {
  static const MapShape shape = named("test_parties", test_party_shape());
  return shape;
}

std::vector<KeyShape> settings() {
  return {{"start", Kind::kText, "When the test begins: 2025-03-01 09:00 (WIB) or RFC 3339."},
          {.name = "order",
           .kind = Kind::kWord,
           .description = "listed: events arrive as listed, late ones included; otherwise by their times.",
           .words = {"time", "listed"}},
          rules::map_of("template", Kind::kMap, test_event_shape(),
                        "Fields of every event that states none of its own."),
          rules::map_of("parties", Kind::kMap, parties_shape(), "Names for parties that events use."),
          rules::map_of("reference", Kind::kMap, test_reference_shape(), "What the reference data know.")};
}

}  // namespace

const MapShape& settings_shape() {
  static const MapShape shape{.title = "test_settings", .keys = settings()};
  return shape;
}

const MapShape& given_shape() {
  static const MapShape shape{.title = "given",
                              .keys = {required(rules::map_of("given", Kind::kMap, settings_shape(),
                                                              "Settings of the tests after it."))}};
  return shape;
}

const MapShape& test_shape() {
  static const MapShape shape = [] {
    MapShape made{.title = "test",
                  .keys = {required({"name", Kind::kText, "What happens, in a few words."})}};
    for (KeyShape& key : settings()) made.keys.push_back(std::move(key));
    made.keys.push_back(
        required(rules::map_of("events", Kind::kMaps, test_event_shape(), "What happens, in order.")));
    made.keys.push_back(required(rules::map_of("expect", Kind::kMaps, expected_alert_shape(),
                                               "Exactly the alerts that are raised; [] for silence.")));
    made.keys.push_back({"end_time", Kind::kText, "Until when stream time goes on after the last event."});
    made.keys.push_back({.name = "hits",
                         .kind = Kind::kInteger,
                         .description = "How many hits the rule has, quiet and silent ones included.",
                         .low = 0,
                         .high = INT_MAX});
    return made;
  }();
  return shape;
}

const MapShape& test_event_shape() {
  static const MapShape shape = [] {
    MapShape made{
        .title = "test_event",
        .keys = {{"at", Kind::kText,
                  "+3d 09:00, +36h, 09:00, 2025-03-01 09:00 (WIB) or RFC 3339; without it a "
                  "minute after the event before it."},
                 {.name = "repeat",
                  .kind = Kind::kInteger,
                  .description = "So many events.",
                  .low = 1,
                  .high = 100'000},
                 {"every", Kind::kText, "How far apart they are: 30m, 12h, 14d."},
                 {"step", Kind::kText, "Money that each repetition's amount adds to the one before."}}};
    for (const auto& field : event::kTransactionFields) {
      const bool party = field.kind == event::TransactionField::Kind::kDebtor ||
                         field.kind == event::TransactionField::Kind::kCreditor ||
                         field.kind == event::TransactionField::Kind::kConductor;
      KeyShape key{.name = std::string(field.name)};
      if (party) {
        key.kind = Kind::kTextOrMap;
        key.map = &test_party_shape();
        key.description =
            field.kind == event::TransactionField::Kind::kConductor
                ? "A party's id."
                : "A name of `parties`, else an account number; or a map of the party's fields.";
      }
      made.keys.push_back(std::move(key));
    }
    return made;
  }();
  return shape;
}

const MapShape& test_party_shape() {
  static const MapShape shape = [] {
    MapShape made{.title = "test_party", .keys = {}};
    for (const auto& field : event::kPartyFields) made.keys.push_back({.name = std::string(field.name)});
    return made;
  }();
  return shape;
}

const MapShape& test_person_shape() {
  static const MapShape shape = [] {
    MapShape made{.title = "test_person", .keys = {}};
    for (const char* name :
         {"account", "name", "schema", "post", "organisation", "area", "category", "from", "to"})
      made.keys.push_back({.name = name, .kind = Kind::kPeople});
    for (const char* name : {"kin", "supervisor", "owns", "directs", "employer", "associates"})
      made.keys.push_back({.name = name, .kind = Kind::kPeople, .description = "One id, or a list of ids."});
    for (const char* name :
         {"kind", "segment", "occupation", "birth_date", "declared_income_month", "region", "opened"})
      made.keys.push_back({.name = name, .description = "As in customers.csv."});
    return made;
  }();
  return shape;
}

const MapShape& test_reference_shape() {
  static const MapShape people = named("test_people", test_person_shape());
  static const MapShape lists{
      .title = "test_lists",
      .keys = {},
      .own_names = true,
      .own = {"", Kind::kPeople, "Entries such as account:123 or keyword:uang rokok."}};
  static const MapShape shape{
      .title = "test_reference",
      .keys = {rules::map_of("people", Kind::kMap, people,
                             "Who is an official, whose kin, who owns which account."),
               rules::map_of("lists", Kind::kMap, lists, "Watch lists and lists of keywords.")},
      .own_names = true,
      .own = {"", Kind::kAny, "A file of the reference directory, such as tariffs.csv, written out."}};
  return shape;
}

const MapShape& expected_alert_shape() {
  static const MapShape values{
      .title = "expected_values",
      .keys = {},
      .own_names = true,
      .own = {"", Kind::kText, "6, 5/6, 80%, IDR 500_000, true, a text, or absent."}};
  static const MapShape because{
      .title = "expected_because",
      .keys = {{"en", Kind::kText, "In English."}, {"id", Kind::kText, "In Bahasa Indonesia."}}};
  static const MapShape shape{
      .title = "expected_alert",
      .keys = {{"rule", Kind::kText, "Which rule raises it; without it, the one whose test this is."},
               required({"subject", Kind::kText, "The entity key, such as account:123."}),
               {"trigger", Kind::kText, "The event_id of its trigger."},
               {"at", Kind::kText, "The time of its trigger."},
               rules::map_of("values", Kind::kMap, values, "Values of its evidence, exactly."),
               {"event_ids", Kind::kTexts, "All of its evidence, newest first."},
               {"lists", Kind::kTexts, "The lists that matched."},
               rules::map_of("because", Kind::kMap, because, "Its sentences."),
               {.name = "severity", .kind = Kind::kWord, .words = rules::severity_words()},
               {"score", Kind::kText, "0 to 100."},
               {.name = "mode", .kind = Kind::kWord, .words = rules::mode_words()}}};
  return shape;
}

}  // namespace suar::cli
