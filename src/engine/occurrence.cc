#include "engine/occurrence.h"

namespace suar::engine {

SideFacts::SideFacts(const event::Party& party, const reference::Reference& reference, event::Instant as_of)
    : party_(&party), reference_(&reference), as_of_(as_of) {}

reference::PartyRef SideFacts::ref() const {
  if (!has_ref_) {
    has_ref_ = true;
    if (present()) {
      ref_ = !party_->party_id.empty() ? reference_->party(party_->party_id)
                                       : reference_->holder(party_->account, as_of_);
    }
  }
  return ref_;
}

std::string_view SideFacts::party_id() const {
  if (!present()) return {};
  if (!party_->party_id.empty()) return party_->party_id;
  return ref().known() ? reference_->id_of(ref()) : std::string_view{};
}

const reference::Customer& SideFacts::customer() const {
  if (!has_customer_) {
    has_customer_ = true;
    if (ref().known()) customer_ = reference_->customer(ref()).value_or(reference::Customer{});
  }
  return customer_;
}

const std::optional<reference::Post>& SideFacts::post() const {
  if (!has_post_) {
    has_post_ = true;
    if (ref().known()) post_ = reference_->post(ref(), as_of_);
  }
  return post_;
}

const reference::Agency* SideFacts::agency() const {
  return ref().known() ? reference_->agency(ref(), as_of_) : nullptr;
}

std::string_view SideFacts::segment() const {
  if (!present()) return {};
  if (!party_->segment.empty()) return party_->segment;
  return customer().segment;
}

Occurrence::Occurrence(const event::Transaction& transaction, StandingAmount standing,
                       const reference::Reference& reference)
    : transaction_(&transaction),
      reference_(&reference),
      time_(transaction.event_time),
      date_(event::date_of(time_.instant, time_.offset_minutes)),
      standing_(standing),
      sides_{SideFacts(transaction.debtor, reference, time_.instant),
             SideFacts(transaction.creditor, reference, time_.instant)} {
  if (standing.amount.currency == reference.home()) {
    home_rate_ = {1, 0};
    amount_home_ = standing.amount.minor;
  } else if (const auto rate = reference.rate(standing.amount.currency, date_)) {
    home_rate_ = *rate;
    amount_home_ = event::convert(standing.amount.minor, standing.amount.currency, reference.home(), *rate);
  }
}

Occurrence::Occurrence(const Signal& signal, const reference::Reference& reference)
    : signal_(&signal),
      reference_(&reference),
      time_{signal.time, signal.offset_minutes},
      date_(event::date_of(signal.time, signal.offset_minutes)) {}

std::string_view Occurrence::currency_text() const {
  if (currency_text_.empty()) currency_text_ = standing_.amount.currency.text();
  return currency_text_;
}

std::string_view Occurrence::event_id() const {
  return signal_ != nullptr ? std::string_view(signal_->event_id) : transaction_->event_id;
}

std::optional<std::int64_t> Occurrence::amount_in(event::Currency currency) const {
  if (transaction_ == nullptr) return {};
  if (!standing_.reduced && transaction_->has_instructed_amount &&
      transaction_->instructed_amount.currency == currency) {
    return transaction_->instructed_amount.minor;
  }
  if (standing_.amount.currency == currency) return standing_.amount.minor;
  if (currency != converted_to_) {
    converted_to_ = currency;
    converted_ = in_currency(amount_home_, currency, *reference_, date_);
  }
  return converted_;
}

std::optional<std::int64_t> in_currency(std::optional<std::int64_t> home_minor, event::Currency currency,
                                        const reference::Reference& reference, event::Date date) {
  if (!home_minor) return {};
  if (currency == reference.home()) return home_minor;
  const auto rate = reference.rate(currency, date);
  return rate ? event::convert_back(*home_minor, reference.home(), currency, *rate) : std::nullopt;
}

}  // namespace suar::engine
