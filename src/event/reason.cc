#include "event/decoder.h"

namespace suar::event {

std::string_view name_of(Reason reason) {
  switch (reason) {
    case Reason::kTooLarge:
      return "too_large";
    case Reason::kNotUtf8:
      return "not_utf8";
    case Reason::kNotJson:
      return "not_json";
    case Reason::kNotAnObject:
      return "not_an_object";
    case Reason::kTooDeep:
      return "too_deep";
    case Reason::kDuplicateKey:
      return "duplicate_key";
    case Reason::kMissingField:
      return "missing_field";
    case Reason::kEmptyField:
      return "empty_field";
    case Reason::kWrongType:
      return "wrong_type";
    case Reason::kBadEventType:
      return "bad_event_type";
    case Reason::kBadTxType:
      return "bad_tx_type";
    case Reason::kBadChannel:
      return "bad_channel";
    case Reason::kBadCurrency:
      return "bad_currency";
    case Reason::kBadAmount:
      return "bad_amount";
    case Reason::kBadTime:
      return "bad_time";
    case Reason::kBadParty:
      return "bad_party";
    case Reason::kMissingReference:
      return "missing_reference";
    case Reason::kTimeAhead:
      return "time_ahead";
    case Reason::kConflictingDuplicate:
      return "conflicting_duplicate";
    case Reason::kReverseCurrency:
      return "reverse_currency";
  }
  return "unknown";
}

}  // namespace suar::event
