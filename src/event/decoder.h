// JSON record -> Transaction, without copying text: views point into the record or into the decoder.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
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

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suar::event
