// One bank transaction as a record states it (contract: docs in README). A plain value of views: the text it
// points at belongs to the decoder (or to whoever made it) and must outlive it. Absent text is "".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "event/instant.h"
#include "event/money.h"

namespace suar::event {

enum class EventType : std::uint8_t { kComplete, kInstruct, kReject, kReverse, kCorrect };

enum class TxType : std::uint8_t {
  kNone,
  kTransfer,
  kCashIn,
  kCashOut,
  kCardPurchase,
  kTopup,
  kFxBuy,
  kFxSell,
  kLoanIn,
  kLoanRepay,
  kSalary,
  kNoteExchange,
  kFee,
  kOther
};

enum class Channel : std::uint8_t {
  kNone,
  kBranch,
  kTeller,
  kAtm,
  kEdc,
  kMobile,
  kInternet,
  kApi,
  kQris,
  kAgent,
  kEwallet,
  kCrypto,
  kHawalaAgent,
  kCrossborder,
  kOther
};

// The words of the contract ("cash_in"); "" for kNone.
[[nodiscard]] std::string_view name_of(EventType type);
[[nodiscard]] std::string_view name_of(TxType type);
[[nodiscard]] std::string_view name_of(Channel channel);
[[nodiscard]] std::optional<EventType> parse_event_type(std::string_view word);
[[nodiscard]] std::optional<TxType> parse_tx_type(std::string_view word);
[[nodiscard]] std::optional<Channel> parse_channel(std::string_view word);

struct Party {
  bool present = false;
  std::string_view party_id, account, name, account_type, agent, country, kind, birth_date, id_type,
      id_number_hash, phone_hash, address_hash, nationality, balance_after, opened, segment;
  std::optional<bool> is_customer;
};

struct Transaction {
  std::string_view event_id;
  ZonedInstant event_time;
  EventType event_type = EventType::kComplete;
  std::string_view related_event_id, end_to_end_id;

  // An act without content of its own (a bare complete, a reject, a reverse) may lack these:
  // then has_amount is false, tx_type and channel are kNone and both parties are absent.
  bool has_amount = false;
  Money amount;
  bool has_instructed_amount = false;
  Money instructed_amount;
  std::string_view exchange_rate;

  TxType tx_type = TxType::kNone;
  Channel channel = Channel::kNone;
  std::string_view rail, purpose_code, purpose_local, remittance_info;
  std::string_view mcc, merchant_id, merchant_name;
  std::string_view place_code, place_country, lat, lon, branch_id, terminal_id, teller_id;
  Party debtor, creditor;
  std::string_view conductor;  // conductor.party_id
  std::string_view device_id, ip_country, session_id;
  std::string_view vasp, asset, tx_hash, wallet_from, wallet_to, risk_label;
  std::string_view source_system, tenant;

  // An amount, a type, a channel and a side: enough to count by itself.
  [[nodiscard]] bool has_content() const {
    return has_amount && tx_type != TxType::kNone && channel != Channel::kNone &&
           (debtor.present || creditor.present);
  }
};

}  // namespace suar::event
