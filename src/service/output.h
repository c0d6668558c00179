// Where the pipeline's results go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/hit.h"
#include "event/decoder.h"

namespace suar::service {

// A record of the input and where it stood; or a tick, which stood nowhere.
struct SourceRecord {
  static constexpr int kTick = -1;

  std::string_view bytes;
  int partition = 0;
  std::int64_t offset = 0;
  std::optional<std::int64_t> timestamp_millis;
};

class Output {
 public:
  virtual ~Output() = default;
  virtual void alert(const SourceRecord& source, const engine::Hit& hit, std::string json) = 0;
  virtual void dead_letter(const SourceRecord& source, const event::Rejection& rejection) = 0;
};

}  // namespace suar::service
