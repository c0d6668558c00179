#include "oracle/record.h"

namespace suar::oracle {

Record::Record(const event::Transaction& transaction, int arrival)
    : transaction_(transaction), arrival_(arrival) {
  event::Transaction& t = transaction_;
  for (std::string_view* text : {&t.event_id,      &t.related_event_id,
                                 &t.end_to_end_id, &t.exchange_rate,
                                 &t.rail,          &t.purpose_code,
                                 &t.purpose_local, &t.remittance_info,
                                 &t.mcc,           &t.merchant_id,
                                 &t.merchant_name, &t.place_code,
                                 &t.place_country, &t.lat,
                                 &t.lon,           &t.branch_id,
                                 &t.terminal_id,   &t.teller_id,
                                 &t.conductor,     &t.device_id,
                                 &t.ip_country,    &t.session_id,
                                 &t.vasp,          &t.asset,
                                 &t.tx_hash,       &t.wallet_from,
                                 &t.wallet_to,     &t.risk_label,
                                 &t.source_system, &t.tenant}) {
    own(*text);
  }
  own(t.debtor);
  own(t.creditor);
}

void Record::own(std::string_view& text) {
  text = texts_.emplace_back(text);
}

void Record::own(event::Party& p) {
  for (std::string_view* text : {&p.party_id, &p.account, &p.name, &p.account_type, &p.agent, &p.country,
                                 &p.kind, &p.birth_date, &p.id_type, &p.id_number_hash, &p.phone_hash,
                                 &p.address_hash, &p.nationality, &p.balance_after, &p.opened, &p.segment}) {
    own(*text);
  }
}

namespace {

bool same_party(const event::Party& a, const event::Party& b) {
  return a.present == b.present && a.party_id == b.party_id && a.account == b.account;
}

}  // namespace

bool same_required_fields(const event::Transaction& a, const event::Transaction& b) {
  return a.event_type == b.event_type && a.event_time.instant == b.event_time.instant &&
         a.has_amount == b.has_amount && a.amount == b.amount && a.tx_type == b.tx_type &&
         a.channel == b.channel && same_party(a.debtor, b.debtor) && same_party(a.creditor, b.creditor);
}

}  // namespace suar::oracle
