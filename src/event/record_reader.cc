#include "event/record_reader.h"

#include <fmt/format.h>

#include <cstdint>

namespace suar::event {
namespace {

using Kind = JsonValue::Kind;

// Which fields of one object have been met, by their position in its table.
class SeenFields {
 public:
  // False where it was met before.
  bool add(int position) {
    const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(position);
    const bool is_new = (bits_ & bit) == 0;
    bits_ |= bit;
    return is_new;
  }

 private:
  std::uint64_t bits_ = 0;
};

static_assert(kTransactionFields.size() <= 64 && kPartyFields.size() <= 64);

constexpr std::string_view kTwice = "stands twice";

}  // namespace

bool RecordReader::read() {
  SeenFields seen;
  return cursor_.read_members([&](std::string_view name) {
    const int position = kTransactionFieldNames.find(name);
    if (position < 0) return skip_value();
    const TransactionField& field = kTransactionFields[static_cast<std::size_t>(position)];
    if (!seen.add(position)) {
      note(Reason::kDuplicateKey, {}, field.name, kTwice);
      return skip_value();
    }
    return read_field(field);
  });
}

bool RecordReader::read_field(const TransactionField& field) {
  switch (field.kind) {
    case TransactionField::Kind::kText:
      return read_text(tx_.*field.text, {}, field.name);
    case TransactionField::Kind::kChecked:
      return cursor_.read_value(checked_[field.checked]);
    case TransactionField::Kind::kDebtor:
      return read_party(tx_.debtor, field.name);
    case TransactionField::Kind::kCreditor:
      return read_party(tx_.creditor, field.name);
    case TransactionField::Kind::kConductor:
      return read_conductor();
  }
  return false;
}

// A number or a bool in an optional field is kept as it is written.
bool RecordReader::read_text(std::string_view& text, std::string_view owner, std::string_view name) {
  if (cursor_.at_string()) return cursor_.read_string(text);
  JsonValue value;
  if (!cursor_.read_value(value)) return false;
  if (value.kind == Kind::kObject || value.kind == Kind::kArray) {
    note(Reason::kWrongType, owner, name, "not a text");
  } else {
    text = value.text;
  }
  return true;
}

bool RecordReader::read_party(Party& party, std::string_view name) {
  if (!cursor_.at_object()) {
    JsonValue value;
    if (!cursor_.read_value(value)) return false;
    if (value.kind != Kind::kNull) note(Reason::kBadParty, {}, name, "not an object");
    return true;
  }
  party.present = true;
  SeenFields seen;
  const bool read = cursor_.read_members([&](std::string_view member) {
    const int position = kPartyFieldNames.find(member);
    if (position < 0) return skip_value();
    const PartyField& field = kPartyFields[static_cast<std::size_t>(position)];
    if (!seen.add(position)) {
      note(Reason::kDuplicateKey, name, field.name, kTwice);
      return skip_value();
    }
    return field.text == nullptr ? read_is_customer(party.is_customer, name)
                                 : read_text(party.*field.text, name, field.name);
  });
  if (read && party.party_id.empty() && party.account.empty()) {
    note(Reason::kBadParty, {}, name, "neither party_id nor account");
  }
  return read;
}

bool RecordReader::read_is_customer(std::optional<bool>& is_customer, std::string_view owner) {
  JsonValue value;
  if (!cursor_.read_value(value)) return false;
  if (value.kind == Kind::kObject || value.kind == Kind::kArray) {
    note(Reason::kWrongType, owner, "is_customer", "neither true nor false");
  } else if (value.text == "true" || value.text == "false") {
    is_customer = value.text == "true";
  }
  return true;
}

bool RecordReader::read_conductor() {
  constexpr std::string_view kName = "conductor";
  if (!cursor_.at_object()) {
    JsonValue value;
    if (!cursor_.read_value(value)) return false;
    if (value.kind != Kind::kNull) note(Reason::kWrongType, {}, kName, "not an object");
    return true;
  }
  bool seen = false;
  return cursor_.read_members([&](std::string_view member) {
    if (member != "party_id") return skip_value();
    if (seen) {
      note(Reason::kDuplicateKey, kName, member, kTwice);
      return skip_value();
    }
    seen = true;
    return read_text(tx_.conductor, kName, "party_id");
  });
}

bool RecordReader::skip_value() {
  JsonValue ignored;
  return cursor_.read_value(ignored);
}

void RecordReader::note(Reason reason, std::string_view owner, std::string_view name, std::string_view what) {
  if (problem_) return;
  problem_ = Rejection{.reason = reason,
                       .detail = fmt::format("{}{}{}: {}", owner, owner.empty() ? "" : ".", name, what)};
}

}  // namespace suar::event
