#include "event/transaction.h"

#include <array>

#include "event/word_table.h"

namespace suar::event {
namespace {

// In the order of the enumerations; where one starts with kNone, its words start at 1.
constexpr WordTable kEventTypes(std::to_array<std::string_view>({
    "complete",
    "instruct",
    "reject",
    "reverse",
    "correct",
}));

constexpr WordTable kTxTypes(std::to_array<std::string_view>({
    "transfer",
    "cash_in",
    "cash_out",
    "card_purchase",
    "topup",
    "fx_buy",
    "fx_sell",
    "loan_in",
    "loan_repay",
    "salary",
    "note_exchange",
    "fee",
    "other",
}));

constexpr WordTable kChannels(std::to_array<std::string_view>({
    "branch",
    "teller",
    "atm",
    "edc",
    "mobile",
    "internet",
    "api",
    "qris",
    "agent",
    "ewallet",
    "crypto",
    "hawala_agent",
    "crossborder",
    "other",
}));

static_assert(kEventTypes.size() == static_cast<std::size_t>(EventType::kCorrect) + 1);
static_assert(kTxTypes.size() == static_cast<std::size_t>(TxType::kOther));
static_assert(kChannels.size() == static_cast<std::size_t>(Channel::kOther));

}  // namespace

std::string_view name_of(EventType type) {
  return kEventTypes.word(static_cast<std::size_t>(type));
}

std::string_view name_of(TxType type) {
  return type == TxType::kNone ? std::string_view{} : kTxTypes.word(static_cast<std::size_t>(type) - 1);
}

std::string_view name_of(Channel channel) {
  return channel == Channel::kNone ? std::string_view{}
                                   : kChannels.word(static_cast<std::size_t>(channel) - 1);
}

std::optional<EventType> parse_event_type(std::string_view word) {
  const int index = kEventTypes.find(word);
  if (index < 0) return std::nullopt;
  return static_cast<EventType>(index);
}

std::optional<TxType> parse_tx_type(std::string_view word) {
  const int index = kTxTypes.find(word);
  if (index < 0) return std::nullopt;
  return static_cast<TxType>(index + 1);
}

std::optional<Channel> parse_channel(std::string_view word) {
  const int index = kChannels.find(word);
  if (index < 0) return std::nullopt;
  return static_cast<Channel>(index + 1);
}

}  // namespace suar::event
