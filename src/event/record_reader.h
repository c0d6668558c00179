// One walk over a record: texts go to their place in the transaction, fields that need checking are kept for
// check_record(), and the first thing that is wrong with a field is noted. The walk goes on after that: a
// record that is not JSON further on is that first of all.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "event/decoder.h"
#include "event/field_table.h"
#include "event/json_cursor.h"
#include "event/transaction.h"

namespace suar::event {

// The values of the checked fields as the record has them. One that is absent is null, and null counts as
// absent.
class CheckedFields {
 public:
  [[nodiscard]] const JsonValue& operator[](Checked field) const {
    return values_[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] JsonValue& operator[](Checked field) { return values_[static_cast<std::size_t>(field)]; }

 private:
  std::array<JsonValue, static_cast<std::size_t>(Checked::kCount)> values_;
};

class RecordReader {
 public:
  // All three must outlive the reader; `tx` is new.
  RecordReader(JsonCursor& cursor, Transaction& tx, CheckedFields& checked)
      : cursor_(cursor), tx_(tx), checked_(checked) {}

  // False where the cursor found a fault.
  [[nodiscard]] bool read();

  [[nodiscard]] const std::optional<Rejection>& problem() const { return problem_; }

 private:
  [[nodiscard]] bool read_field(const TransactionField& field);
  [[nodiscard]] bool read_text(std::string_view& text, std::string_view owner, std::string_view name);
  [[nodiscard]] bool read_party(Party& party, std::string_view name);
  [[nodiscard]] bool read_is_customer(std::optional<bool>& is_customer, std::string_view owner);
  [[nodiscard]] bool read_conductor();
  [[nodiscard]] bool skip_value();

  // Notes a problem of the field `name`, or `owner.name`.
  void note(Reason reason, std::string_view owner, std::string_view name, std::string_view what);

  JsonCursor& cursor_;
  Transaction& tx_;
  CheckedFields& checked_;
  std::optional<Rejection> problem_;
};

}  // namespace suar::event
