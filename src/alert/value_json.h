// A computed value as JSON, in the forms that alert.h describes.
#pragma once

#include "engine/hit.h"
#include "event/json_writer.h"

namespace suar::alert {

// Times are written in this offset.
void write_value(event::JsonWriter& json, const engine::Value& value, int offset_minutes);

}  // namespace suar::alert
