// What the decoder says of a record, as text.
#pragma once

#include <string>
#include <string_view>

#include "event/decoder.h"
#include "event/record_text.h"

namespace suar::event {

// The reason's name; "" for a record that is accepted.
inline std::string reason_of(std::string_view text, DecoderLimits limits = {}) {
  Decoder decoder(limits);
  const auto result = decoder.decode(text);
  return result ? "" : std::string(name_of(result.error().reason));
}
inline std::string reason_of(const RecordText& record) {
  return reason_of(record.text());
}

inline std::string detail_of(const RecordText& record) {
  Decoder decoder;
  const auto result = decoder.decode(record.text());
  return result ? "" : result.error().detail;
}

// A valid transfer in which one field has another value.
inline RecordText transfer_with(std::string_view name, std::string_view json) {
  return RecordText::transfer().set(name, json);
}

}  // namespace suar::event
