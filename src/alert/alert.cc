#include "alert/alert.h"

#include "alert/value_json.h"
#include "event/json_writer.h"

namespace suar::alert {
namespace {

using event::JsonWriter;

void text_or_null(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name);
  text.empty() ? json.null() : json.string(text);
}

void texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& items) {
  json.key(name);
  json.begin_array();
  for (const std::string& item : items) json.string(item);
  json.end_array();
}

void bilingual(JsonWriter& json, std::string_view name, std::string_view en, std::string_view id) {
  json.key(name);
  json.begin_object();
  json.field("en", en);
  json.field("id", id);
  json.end_object();
}

class AlertWriter {
 public:
  AlertWriter(const engine::Hit& hit, std::string& out) : hit_(hit), rule_(*hit.rule), json_(out) {}

  void write(const rules::RuleSet& rules, const reference::Reference& reference, event::Instant created_at) {
    json_.begin_object();
    identity(created_at);
    provenance(rules, reference);
    classification();
    subject();
    parties();
    evidence();
    bilingual(json_, "narrative", narrative(hit_, "en"), narrative(hit_, "id"));
    texts(json_, "look_alikes", rule_.look_alikes);
    handling();
    json_.field("group_id", hit_.group_id);
    json_.field("mode", rules::name_of(hit_.mode));
    daily_limit();
    text_or_null(json_, "escalates", hit_.escalates);
    text_or_null(json_, "predecessor_undone", hit_.predecessor_undone);
    json_.end_object();
  }

 private:
  void identity(event::Instant created_at) {
    json_.field("alert_id", hit_.alert_id);
    json_.field("schema_version", kSchemaVersion);
    time("created_at", created_at);
    time("event_time", hit_.event_time);
    time("as_of", hit_.as_of);
    json_.field("warming_up", hit_.warming_up_since.has_value());
    time("covered_since", hit_.warming_up_since);
    json_.field("trigger_event_id", hit_.trigger_event_id);
    if (hit_.deadline) time("deadline", hit_.deadline);
  }

  void provenance(const rules::RuleSet& rules, const reference::Reference& reference) {
    json_.key("rule");
    json_.begin_object();
    json_.field("id", rule_.id);
    json_.field("version", rule_.version);
    bilingual(json_, "title", rule_.title.en, rule_.title.id);
    json_.end_object();

    json_.key("ruleset");
    json_.begin_object();
    json_.field("hash", rules.hash);
    text_or_null(json_, "version", rules.version);
    json_.end_object();

    json_.key("reference");
    json_.begin_object();
    json_.field("hash", reference.hash());
    json_.end_object();
  }

  void classification() {
    texts(json_, "crimes", rule_.crimes);
    texts(json_, "offence_codes", rule_.offence_codes);
    texts(json_, "indicator_codes", rule_.indicator_codes);
    json_.field("severity", rules::name_of(hit_.severity));
    json_.field("score", hit_.score);
  }

  void subject() {
    json_.key("subject");
    json_.begin_object();
    json_.field("entity", rules::name_of(rule_.watch));
    json_.field("key", hit_.subject_key);
    text_or_null(json_, "party_id", hit_.subject_party_id);
    text_or_null(json_, "account", hit_.subject_account);
    text_or_null(json_, "name", hit_.subject_name);
    json_.field("role", rules::name_of(rule_.raise.role));
    json_.end_object();
  }

  void parties() {
    json_.key("parties");
    json_.begin_array();
    for (const engine::HitParty& party : hit_.parties) {
      json_.begin_object();
      json_.field("side", party.side);
      text_or_null(json_, "party_id", party.party_id);
      text_or_null(json_, "account", party.account);
      text_or_null(json_, "name", party.name);
      json_.end_object();
    }
    json_.end_array();
  }

  void evidence() {
    json_.key("evidence");
    json_.begin_object();
    json_.key("values");
    json_.begin_array();
    for (const engine::EvidenceValue& item : hit_.values) {
      json_.begin_object();
      json_.field("name", item.name);
      json_.key("value");
      value(item.value);
      json_.key("threshold");
      item.threshold ? value(*item.threshold) : json_.null();
      time("window_start", item.window_start);
      time("window_end", item.window_end);
      json_.end_object();
    }
    json_.end_array();
    weighing();
    texts(json_, "event_ids", hit_.event_ids);
    json_.field("event_count", hit_.event_count);
    texts(json_, "lists", hit_.lists);
    texts(json_, "paths", hit_.paths);
    json_.end_object();
  }

  // What each term of a typology added to the score, and the modifiers that held.
  void weighing() {
    if (!rule_.weighing) return;
    json_.key("terms");
    json_.begin_array();
    for (const engine::EvidenceTerm& term : hit_.terms) {
      json_.begin_object();
      json_.field("name", term.name);
      json_.key("value");
      value(term.value);
      json_.key("weight");
      number(term.weight);
      json_.key("points");
      number(term.points);
      json_.end_object();
    }
    json_.end_array();
    json_.key("modifiers");
    json_.begin_array();
    for (const engine::EvidenceModifier& modifier : hit_.modifiers) {
      json_.begin_object();
      json_.field("name", modifier.name);
      json_.key("factor");
      number(modifier.factor);
      json_.end_object();
    }
    json_.end_array();
  }

  void handling() {
    json_.key("handling");
    json_.begin_object();
    json_.field("do_not_auto_block", true);
    json_.field("protection_referral", rule_.raise.protection_referral);
    json_.field("tipping_off_warning", true);
    text_or_null(json_, "recommended_action", rule_.raise.recommended_action);
    json_.end_object();
  }

  void daily_limit() {
    json_.key("daily_limit");
    if (!hit_.limited_until) return json_.null();
    json_.begin_object();
    json_.field("max_alerts_per_day", rule_.raise.max_alerts_per_day);
    json_.key("until");
    json_.string(event::to_rfc3339(*hit_.limited_until, rule_.raise.day_offset_minutes));
    json_.end_object();
  }
  void number(rules::Rational number) {
    engine::Value exact;
    exact.type = rules::Type::kNumber;
    exact.present = true;
    exact.number = number;
    value(exact);
  }
  void value(const engine::Value& v) { write_value(json_, v, hit_.offset_minutes); }

  void time(std::string_view name, std::optional<event::Instant> t) {
    json_.key(name);
    t ? json_.string(event::to_rfc3339(*t, hit_.offset_minutes)) : json_.null();
  }

  const engine::Hit& hit_;
  const rules::Rule& rule_;
  JsonWriter json_;
};

}  // namespace

std::string to_json(const engine::Hit& hit, const rules::RuleSet& rules,
                    const reference::Reference& reference, event::Instant created_at) {
  std::string out;
  out.reserve(4096);
  AlertWriter(hit, out).write(rules, reference, created_at);
  return out;
}

}  // namespace suar::alert
