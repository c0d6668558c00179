// What may stand under `tests:` of a rule, key by key: what the reader of tests takes, and the JSON Schema
// says.
#pragma once

#include "rules/shape.h"

namespace suar::cli {

[[nodiscard]] const rules::MapShape& given_shape();     // {given: settings}
[[nodiscard]] const rules::MapShape& settings_shape();  // of several tests
[[nodiscard]] const rules::MapShape& test_shape();
[[nodiscard]] const rules::MapShape& test_event_shape();
[[nodiscard]] const rules::MapShape& test_party_shape();
[[nodiscard]] const rules::MapShape& test_reference_shape();
[[nodiscard]] const rules::MapShape& test_person_shape();
[[nodiscard]] const rules::MapShape& expected_alert_shape();

}  // namespace suar::cli
