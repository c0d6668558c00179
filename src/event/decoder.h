// JSON record -> Transaction, without copying text: views point into the record or into the decoder.
//
// The whole record must be JSON of the permitted depth, fields that nobody knows included; only then are its
// fields looked at. What the contract leaves open is decided so:
// - null is the same as absent, and so is an empty text in an optional field. An empty M field is wrong.
// - A known field that stands twice is wrong: JSON does not say which of the two holds. Others may.
// - A number or a bool in an optional text field is kept as written; an object or array there is wrong.
// - A checked field is checked wherever it stands, needed or not. An instructed amount needs its currency.
// - An act with a reference may bring a part of a content; it has none of its own then (see has_content()).
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "event/transaction.h"

namespace suar::event {

// Every way in which a record can be wrong. name_of() gives the reason code of the dead letter
// ("bad_amount").
enum class Reason {
  kTooLarge,
  kNotUtf8,
  kNotJson,
  kNotAnObject,
  kTooDeep,
  kDuplicateKey,
  kMissingField,
  kEmptyField,
  kWrongType,
  kBadEventType,
  kBadTxType,
  kBadChannel,
  kBadCurrency,
  kBadAmount,
  kBadTime,
  kBadParty,
  kMissingReference,
  // Found later than decoding:
  kTimeAhead,
  kConflictingDuplicate,
  kReverseCurrency,
};
[[nodiscard]] std::string_view name_of(Reason reason);

// Why a record is a dead letter. `detail` names the field and what is wrong with it, never its content.
struct Rejection {
  Reason reason;
  std::string detail;
};

struct DecoderLimits {
  std::size_t max_bytes = 1 << 20;
  int max_depth = 16;
};

// One decoder is used by one thread; a Transaction is valid until its decoder's next decode() and as long as
// nothing else has changed the record's bytes.
class Decoder {
 public:
  explicit Decoder(DecoderLimits limits = {});
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  [[nodiscard]] std::expected<Transaction, Rejection> decode(std::string_view record);
  // The same, into a transaction that is there already; after a rejection nothing in it means anything.
  [[nodiscard]] std::optional<Rejection> decode(std::string_view record, Transaction& transaction);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suar::event
