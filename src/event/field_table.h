// The contract's field names, and where each one's value goes.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "event/transaction.h"
#include "event/word_table.h"

namespace suar::event {

// A field whose value is more than text: it is kept as it stands in the record until all of the record is
// known.
enum class Checked : std::uint8_t {
  kEventId,
  kEventTime,
  kEventType,
  kAmount,
  kCurrency,
  kInstructedAmount,
  kInstructedCurrency,
  kTxType,
  kChannel,
  kCount,
};

struct TransactionField {
  enum class Kind : std::uint8_t { kText, kChecked, kDebtor, kCreditor, kConductor };

  consteval TransactionField(std::string_view word, std::string_view Transaction::* place)
      : name(word), kind(Kind::kText), text(place) {}
  consteval TransactionField(std::string_view word, Checked which)
      : name(word), kind(Kind::kChecked), checked(which) {}
  consteval TransactionField(std::string_view word, Kind what) : name(word), kind(what) {}

  std::string_view name;
  Kind kind;
  Checked checked = Checked::kCount;
  std::string_view Transaction::* text = nullptr;
};

inline constexpr auto kTransactionFields = std::to_array<TransactionField>({
    {"event_id", Checked::kEventId},
    {"event_time", Checked::kEventTime},
    {"event_type", Checked::kEventType},
    {"related_event_id", &Transaction::related_event_id},
    {"end_to_end_id", &Transaction::end_to_end_id},
    {"amount", Checked::kAmount},
    {"currency", Checked::kCurrency},
    {"instructed_amount", Checked::kInstructedAmount},
    {"instructed_currency", Checked::kInstructedCurrency},
    {"exchange_rate", &Transaction::exchange_rate},
    {"tx_type", Checked::kTxType},
    {"channel", Checked::kChannel},
    {"rail", &Transaction::rail},
    {"purpose_code", &Transaction::purpose_code},
    {"purpose_local", &Transaction::purpose_local},
    {"remittance_info", &Transaction::remittance_info},
    {"mcc", &Transaction::mcc},
    {"merchant_id", &Transaction::merchant_id},
    {"merchant_name", &Transaction::merchant_name},
    {"place_code", &Transaction::place_code},
    {"place_country", &Transaction::place_country},
    {"lat", &Transaction::lat},
    {"lon", &Transaction::lon},
    {"branch_id", &Transaction::branch_id},
    {"terminal_id", &Transaction::terminal_id},
    {"teller_id", &Transaction::teller_id},
    {"debtor", TransactionField::Kind::kDebtor},
    {"creditor", TransactionField::Kind::kCreditor},
    {"conductor", TransactionField::Kind::kConductor},
    {"device_id", &Transaction::device_id},
    {"ip_country", &Transaction::ip_country},
    {"session_id", &Transaction::session_id},
    {"vasp", &Transaction::vasp},
    {"asset", &Transaction::asset},
    {"tx_hash", &Transaction::tx_hash},
    {"wallet_from", &Transaction::wallet_from},
    {"wallet_to", &Transaction::wallet_to},
    {"risk_label", &Transaction::risk_label},
    {"source_system", &Transaction::source_system},
    {"tenant", &Transaction::tenant},
});

struct PartyField {
  std::string_view name;
  std::string_view Party::* text;  // null for is_customer
};

inline constexpr auto kPartyFields = std::to_array<PartyField>({
    {"party_id", &Party::party_id},
    {"account", &Party::account},
    {"name", &Party::name},
    {"account_type", &Party::account_type},
    {"agent", &Party::agent},
    {"country", &Party::country},
    {"kind", &Party::kind},
    {"is_customer", nullptr},
    {"birth_date", &Party::birth_date},
    {"id_type", &Party::id_type},
    {"id_number_hash", &Party::id_number_hash},
    {"phone_hash", &Party::phone_hash},
    {"address_hash", &Party::address_hash},
    {"nationality", &Party::nationality},
    {"balance_after", &Party::balance_after},
    {"opened", &Party::opened},
    {"segment", &Party::segment},
});

template <class Field, std::size_t N>
consteval WordTable<N> names_of(const std::array<Field, N>& fields) {
  std::array<std::string_view, N> names;
  for (std::size_t i = 0; i < N; ++i) names[i] = fields[i].name;
  return WordTable<N>(names);
}

inline constexpr auto kTransactionFieldNames = names_of(kTransactionFields);
inline constexpr auto kPartyFieldNames = names_of(kPartyFields);

}  // namespace suar::event
