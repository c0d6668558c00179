#include "service/pages.h"

#include <chrono>
#include <utility>

#include "event/json_writer.h"

namespace suar::service {
namespace {

constexpr const char* kJson = "application/json";
// A processing loop that has not turned for so long is stuck: its longest wait is a fraction of it.
constexpr std::chrono::seconds kStuck{60};

// A call to the brokers that takes longer is told.
constexpr std::chrono::seconds kLongWait{1};

Response health(const Status& status) {
  const bool alive = status.phase.load() == Phase::kStarting || status.since_last_turn() < kStuck;
  return alive ? Response{200, "text/plain; charset=utf-8", "alive\n"}
               : Response{503, "text/plain; charset=utf-8", "the processing loop stands still\n"};
}

Response readiness(const Shown& shown) {
  const Phase phase = shown.status.phase.load();
  Response response{is_ready(phase) ? 200 : 503, kJson, ""};
  event::JsonWriter json(response.body);
  json.begin_object();
  json.field("ready", is_ready(phase));
  json.field("phase", name_of(phase));
  json.field("term", shown.metrics.term.value());
  if (const char* call = shown.status.call.name();
      call != nullptr && shown.status.call.waited() > kLongWait) {
    json.field("waiting_for", std::string_view(call));
    json.field("waiting_ms", static_cast<std::uint64_t>(shown.status.call.waited().count()));
  }
  if (const std::string refused = shown.status.refused_change(); !refused.empty())
    json.field("refused_change", refused);
  json.field("records_reread", shown.metrics.reread.value());
  json.field("records_processed", shown.metrics.events.value());
  json.end_object();
  response.body += '\n';
  return response;
}

}  // namespace

std::string rules_json(const Shown& shown) {
  const auto in_force = shown.metrics.in_force();
  const auto& [rules, reference] = in_force->loaded;
  std::string body;
  event::JsonWriter json(body);
  json.begin_object();
  json.key("ruleset");
  json.begin_object();
  json.field("hash", rules->hash);
  json.field("version", rules->version);
  json.end_object();
  json.key("reference");
  json.begin_object();
  json.field("hash", reference->hash());
  json.end_object();
  json.key("rules");
  json.begin_array();
  for (const rules::Rule& rule : rules->rules) {
    json.begin_object();
    json.field("id", rule.id);
    json.field("version", rule.version);
    json.key("title");
    json.begin_object();
    json.field("en", rule.title.en);
    json.field("id", rule.title.id);
    json.end_object();
    json.field("mode", rules::name_of(rule.mode));
    json.field("severity", rules::name_of(rule.raise.severity));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  body += '\n';
  return body;
}

Pages pages_of(Shown given) {
  return [shown = std::move(given)](const Request& request) -> Response {
    if (request.path == "/metrics")
      return {200, "text/plain; version=0.0.4; charset=utf-8", metrics_text(shown)};
    if (request.path == "/healthz") return health(shown.status);
    if (request.path == "/readyz") return readiness(shown);
    // Rules say what is looked for; whoever knows them can stay below them.
    if (!request.over_loopback) return {403, "text/plain; charset=utf-8", "only over loopback\n"};
    if (request.path == "/rules") return {200, kJson, rules_json(shown)};
    return {404, "text/plain; charset=utf-8", "/metrics /healthz /readyz /rules\n"};
  };
}

}  // namespace suar::service
