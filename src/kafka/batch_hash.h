// What was processed, as one number: whoever repeats a batch compares it with what it has read.
#pragma once

#include <xxhash.h>

#include <array>
#include <cstdint>
#include <memory>

#include "kafka/handles.h"
#include "kafka/merged_input.h"

namespace suar::kafka {

// Of places, times and bytes of records, in their order. Little-endian machines alone agree on it.
class BatchHash {
 public:
  BatchHash() : state_(XXH3_createState()) { reset(); }

  void reset() { XXH3_64bits_reset(state_.get()); }
  void add(const Record& record) {
    const std::array<std::int64_t, 4> place = {record.partition, record.offset,
                                               record.timestamp_millis.value_or(-1),
                                               static_cast<std::int64_t>(record.value.size())};
    XXH3_64bits_update(state_.get(), place.data(), sizeof place);
    XXH3_64bits_update(state_.get(), record.value.data(), record.value.size());
  }
  [[nodiscard]] std::uint64_t value() const { return XXH3_64bits_digest(state_.get()); }

 private:
  std::unique_ptr<XXH3_state_t, Destroyer<XXH3_freeState>> state_;
};

}  // namespace suar::kafka
