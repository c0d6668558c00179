// Every text written here is made by the simulator and holds nothing that JSON would have to escape, so it is
// appended as it is: the simulator is to be faster than what it feeds.
#include "simulator/event_writer.h"

#include <algorithm>

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t { kDevice = 301, kTerminal };

constexpr std::int64_t kDayMicros = event::Duration::days(1).micros;
constexpr std::string_view kHex = "0123456789abcdef";

void append_number(std::string& out, std::int64_t value) {
  char digits[20];
  char* end = digits + sizeof digits;
  char* first = end;
  do {
    *--first = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  out.append(first, end);
}

void append_padded(std::string& out, std::int64_t value, int width) {
  char digits[20];
  for (int i = width - 1; i >= 0; --i) {
    digits[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits, static_cast<std::size_t>(width));
}

void append_hex(std::string& out, std::uint64_t value, int width) {
  for (int shift = (width - 1) * 4; shift >= 0; shift -= 4) out += kHex[(value >> shift) & 15];
}

void append_hundredths(std::string& out, std::int64_t value) {
  append_number(out, value / 100);
  out += '.';
  append_padded(out, value % 100, 2);
}

void append_field(std::string& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  out += ",\"";
  out += key;
  out += "\":\"";
  out += text;
  out += '"';
}

}  // namespace

std::string event_id_text(std::uint64_t id) {
  std::string text;
  append_hex(text, id, 16);
  return text;
}

std::string contact_text(std::uint32_t number) {
  std::string text;
  append_hex(text, mix(number), 16);
  return text;
}

std::string EventWriter::device_text(std::uint32_t owner) const {
  std::string text = "d";
  append_hex(text, device(owner), 12);
  return text;
}

std::uint64_t EventWriter::device(std::uint32_t owner) const {
  return world_.fixed(owner, kDevice);
}

void EventWriter::write(const Draft& draft, std::string& line) {
  line.assign("{\"event_id\":\"");
  append_hex(line, draft.id, 16);
  line += "\",\"event_time\":\"";
  write_time(draft.time, draft.place == kNoPlace ? 7 : places()[draft.place].offset_hours, line);
  line += '"';
  if (draft.event_type != event::EventType::kComplete || draft.bare) {
    append_field(line, "event_type", name_of(draft.event_type));
  }
  if (draft.related != 0) {
    line += ",\"related_event_id\":\"";
    append_hex(line, draft.related, 16);
    line += '"';
  }
  if (!draft.bare || draft.bare_with_amount) {
    line += ",\"amount\":\"";
    append_number(line, draft.rupiah);
    line += ".00\",\"currency\":\"IDR\"";
  }
  if (!draft.bare) write_content(draft, line);
  append_field(line, "source_system", draft.feed);
  line += '}';
}

void EventWriter::write_time(event::Instant time, int offset_hours, std::string& out) {
  const std::int64_t local = time.micros + event::Duration::hours(offset_hours).micros;
  const std::int64_t number = local / kDayMicros;
  Day& day = days_[static_cast<std::size_t>(offset_hours)];
  if (day.number != number) {
    day.number = number;
    std::ranges::copy(event::to_string(event::Date{static_cast<std::int32_t>(number)}).substr(0, 10),
                      day.text.begin());
  }
  const std::int64_t millis = (local % kDayMicros) / 1000;
  out.append(day.text.data(), day.text.size());
  out += 'T';
  append_padded(out, millis / 3'600'000, 2);
  out += ':';
  append_padded(out, millis / 60'000 % 60, 2);
  out += ':';
  append_padded(out, millis / 1000 % 60, 2);
  out += '.';
  append_padded(out, millis % 1000, 3);
  out += '+';
  append_padded(out, offset_hours, 2);
  out += ":00";
}

void EventWriter::write_content(const Draft& draft, std::string& out) {
  if (draft.foreign_minor != 0) {
    out += ",\"instructed_amount\":\"";
    append_hundredths(out, draft.foreign_minor);
    append_field(out += '"', "instructed_currency", countries()[draft.foreign].currency);
    out += ",\"exchange_rate\":\"";
    append_hundredths(out, draft.foreign_rate);
    out += '"';
  }
  append_field(out, "tx_type", name_of(draft.tx_type));
  append_field(out, "channel", name_of(draft.channel));
  append_field(out, "rail", draft.rail);
  append_field(out, "purpose_code", draft.purpose);
  if (!draft.note.empty()) {
    out += ",\"remittance_info\":\"";
    out += draft.note;
    for (const std::uint32_t number : {draft.note_first, draft.note_second}) {
      if (number == 0) continue;
      out += ' ';
      append_number(out, number);
    }
    out += '"';
  }
  const Side& seller = draft.creditor;
  if (seller.realm == Side::Realm::kHome) {
    const std::string_view category = world_.merchant_category(seller.account);
    if (!category.empty()) {
      append_field(out, "mcc", category);
      out += ",\"merchant_id\":\"M";
      append_number(out, world_.shown_number(seller.account));
      out += "\",\"merchant_name\":\"";
      world_.append_name(out, seller.account);
      out += '"';
    }
  }
  write_place(draft, out);
  if (draft.conductor != kNobody) {
    out += ",\"conductor\":{\"party_id\":\"";
    world_.append_party_id(out, draft.conductor);
    out += "\"}";
  }
  write_party("debtor", draft.debtor, out);
  if (draft.phone != 0 || draft.home_address != 0) write_contact(draft, out);
  write_party("creditor", draft.creditor, out);
}

void EventWriter::write_place(const Draft& draft, std::string& out) {
  using event::Channel;
  if (draft.place == kNoPlace) {
    append_field(out, "place_country", countries()[draft.debtor.country].code);
    return;
  }
  append_field(out, "place_code", places()[draft.place].code);
  append_field(out, "place_country", "ID");
  if (draft.channel == Channel::kMobile || draft.channel == Channel::kQris) {
    out += ",\"device_id\":\"d";
    append_hex(out, device(draft.device_of == kNobody ? draft.debtor.account : draft.device_of), 12);
    out += '"';
  } else if (draft.channel == Channel::kAtm || draft.channel == Channel::kEdc) {
    out += ",\"terminal_id\":\"T";
    append_padded(out, draft.place, 3);
    append_padded(
        out, static_cast<std::int64_t>(draw(draft.creditor.account, draft.debtor.account, kTerminal) % 100),
        2);
    out += '"';
  } else if (draft.channel == Channel::kTeller) {
    append_field(out, "branch_id", places()[draft.place].code.substr(3));
    out += ",\"teller_id\":\"TL";
    append_number(out, static_cast<std::int64_t>(draft.teller != 0 ? draft.teller : 1 + draft.id % 6));
    out += '"';
  }
}

// Into the debtor, which has just been closed.
void EventWriter::write_contact(const Draft& draft, std::string& out) {
  out.pop_back();
  if (draft.phone != 0) append_field(out, "phone_hash", contact_text(draft.phone));
  if (draft.home_address != 0) append_field(out, "address_hash", contact_text(draft.home_address));
  out += '}';
}

void EventWriter::write_party(std::string_view key, const Side& side, std::string& out) {
  if (side.realm == Side::Realm::kNone) return;
  out += ",\"";
  out += key;
  out += "\":{";
  if (side.realm == Side::Realm::kAbroad) {
    const std::string_view code = countries()[side.country].code;
    out += "\"account\":\"";
    out += code;
    append_padded(out, static_cast<std::int64_t>(mix(side.account) % 1'000'000'000'000), 12);
    out += "\",\"name\":\"Holder ";
    out += code;
    out += '-';
    append_number(out, side.account);
    out += "\",\"agent\":\"SMX";
    out += static_cast<char>('A' + mix(side.account) % 5);
    out += code;
    out += "JA\",\"country\":\"";
    out += code;
    out += "\",\"kind\":\"person\"}";
    return;
  }
  const std::uint32_t account = side.account;
  if (world_.customer(account)) {
    out += "\"party_id\":\"";
    world_.append_party_id(out, account);
    out += "\",";
  }
  out += "\"account\":\"";
  world_.append_account(out, account);
  out += "\",\"name\":\"";
  world_.append_name(out, side.stated_name == kNobody ? account : side.stated_name);
  out += "\",\"agent\":\"";
  out += world_.bank(account);
  out += "\",\"country\":\"ID\",\"kind\":\"";
  out += world_.person(account) ? "person\"}" : "entity\"}";
}

}  // namespace suar::simulator
