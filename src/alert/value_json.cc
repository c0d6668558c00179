#include "alert/value_json.h"

#include <array>
#include <string>
#include <utility>

#include "alert/decimal.h"

namespace suar::alert {
namespace {

// In the largest unit that leaves nothing over, as a rule file would write it.
std::string duration_text(event::Duration duration) {
  constexpr std::array<std::pair<char, std::int64_t>, 3> units = {{
      {'d', event::Duration::days(1).micros},
      {'h', event::Duration::hours(1).micros},
      {'m', event::Duration::minutes(1).micros},
  }};
  for (const auto& [letter, micros] : units) {
    if (duration.micros != 0 && duration.micros % micros == 0) {
      return std::to_string(duration.micros / micros) + letter;
    }
  }
  return round_to({duration.micros, event::Duration::seconds(1).micros}, 6).text() + "s";
}

}  // namespace

void write_value(event::JsonWriter& json, const engine::Value& value, int offset_minutes) {
  if (!value.present) return json.null();
  switch (value.type) {
    case rules::Type::kBool:
      return json.boolean(value.truth);
    case rules::Type::kNumber:
      return json.raw(round_to(value.number, 6).text());
    case rules::Type::kMoney:
      json.begin_object();
      json.field("amount", event::format_amount(round_to_whole(value.number), value.currency));
      json.field("currency", value.currency.text());
      return json.end_object();
    case rules::Type::kTime:
      return json.string(event::to_rfc3339(value.time, offset_minutes));
    case rules::Type::kDuration:
      return json.string(duration_text(value.duration));
    case rules::Type::kText:
    case rules::Type::kParty:
    case rules::Type::kTextList:
    case rules::Type::kUnitPrice:
    case rules::Type::kRhythm:
      return json.string(value.text);
  }
}

}  // namespace suar::alert
