// From the values of a record to the facts of a transaction: what each field must be, and which may lack.
#pragma once

#include <optional>

#include "event/decoder.h"
#include "event/record_reader.h"
#include "event/transaction.h"

namespace suar::event {

// Fills in of `tx` what RecordReader has left to check; the first thing that is wrong, if any.
[[nodiscard]] std::optional<Rejection> check_record(const CheckedFields& checked, Transaction& tx);

}  // namespace suar::event
