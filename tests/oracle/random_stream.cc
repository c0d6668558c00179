#include <fmt/format.h>

#include <algorithm>

#include "oracle/case.h"

namespace suar::oracle {
namespace {

using event::Duration;
using event::Instant;

// Few parties, few amounts and times on a grid: collisions of every kind are frequent.
class StreamWriter {
 public:
  explicit StreamWriter(Dice& dice) : dice_(dice) {
    // From a minute to a month; 7 h and 21 h put events on either side of every zone's midnight.
    const std::vector<Duration> steps = {Duration::minutes(1), Duration::minutes(30), Duration::hours(1),
                                         Duration::hours(6),   Duration::hours(7),    Duration::hours(12),
                                         Duration::hours(21),  Duration::days(1),     Duration::days(1),
                                         Duration::days(5),    Duration::days(31)};
    step_ = dice_.pick(steps);
    tenants_ = dice_.percent(15);
    bare_ = dice_.percent(30);
    crowded_ = dice_.percent(4);
  }

  std::vector<Line> write();

 private:
  // A payment that acts can name.
  struct Named {
    Line line;
    std::vector<std::string> ids;
  };

  std::string new_id() { return fmt::format("e{}", ++ids_); }
  std::string time_text(Instant t);
  Instant a_time();
  Instant midnight();
  void party(Line& line, const std::string& side);
  void money(Line& line);
  Line content(const std::string& type);
  Line act(const std::string& type, const Named& on);
  Named& recent() {
    const int newest = static_cast<int>(named_.size());
    return named_[static_cast<std::size_t>(std::max(0, newest - 1 - dice_.below(std::min(newest, 6))))];
  }

  void payment();
  void instruct();
  void complete();
  void undo();
  void correct();
  void repeat();
  void disorder();
  void ticks();

  Dice& dice_;
  Duration step_;
  bool tenants_;
  bool bare_;     // few optional fields
  bool crowded_;  // hundreds of payments by two accounts
  Instant clock_ = event::start_of(event::parse_date("2025-03-01").value(), 0);
  int ids_ = 0, references_ = 0;
  std::vector<Line> lines_;
  std::vector<Named> named_;
};

std::string StreamWriter::time_text(Instant t) {
  const int offset = dice_.percent(60) ? 0 : (dice_.percent(50) ? 420 : -150);
  return event::to_rfc3339(t, offset);
}

// Mostly now or a little later; at times earlier, by up to some days.
Instant StreamWriter::a_time() {
  const int kind = dice_.below(20);
  if (kind < 12) clock_ = clock_ + Duration{step_.micros * dice_.below(4)};
  if (kind == 12 && dice_.percent(15)) clock_ = clock_ + Duration::days(dice_.percent(70) ? 60 : 500);
  if (kind == 13 && dice_.percent(25)) clock_ = midnight();
  if (kind >= 17) return clock_ - Duration{step_.micros * dice_.below(20)};
  if (kind == 16) return clock_ + Duration{dice_.below(3) - 1};
  return clock_;
}

// The next one in some zone, to the microsecond or next to it.
Instant StreamWriter::midnight() {
  const int zone = dice_.pick(std::vector<int>{420, 540, 0, -150});
  const Instant day = event::start_of(event::date_of(clock_, zone), zone);
  return day + Duration::days(1) + Duration{dice_.below(3) - 1};
}

void StreamWriter::party(Line& line, const std::string& side) {
  const int n = 1 + dice_.below(crowded_ ? 2 : 6);
  const int shape = dice_.below(10);
  const auto field = [&](const char* name) { return side + "." + name; };
  if (shape != 0) line.set_text(field("account"), fmt::format("a{}", n));
  if (shape <= 3)
    line.set_text(field("party_id"), fmt::format("p{}", dice_.percent(70) ? n : 1 + dice_.below(6)));
  if (bare_) return;
  const auto maybe = [&](int percent, const char* name, const std::string& value) {
    if (dice_.percent(percent)) line.set_text(field(name), value);
  };
  maybe(40, "country", dice_.pick({"ID", "ID", "MY", "BD"}));
  maybe(20, "agent", dice_.pick({"BANKIDJA", "BANKIDJB"}));
  maybe(15, "phone_hash", dice_.pick({"ph1", "ph2"}));
  maybe(15, "address_hash", dice_.pick({"ad1", "ad2"}));
  maybe(10, "segment", dice_.pick({"student", "retail", "civil_servant"}));
  maybe(10, "kind", dice_.pick({"person", "entity"}));
  maybe(10, "birth_date", dice_.pick({"2005-03-02", "1980-03-03", "1960-01-01"}));
  maybe(10, "opened", dice_.pick({"2025-02-01", "2025-01-30", "2019-05-05"}));
  maybe(15, "balance_after", dice_.pick({"0", "100000.00", "250000", "-5"}));
  maybe(10, "name", dice_.pick({"Ana", "Budi"}));
  maybe(5, "account_type", dice_.pick({"savings", "current"}));
  if (dice_.percent(20)) line.set(field("is_customer"), dice_.percent(50) ? "true" : "false");
}

void StreamWriter::money(Line& line) {
  if (dice_.percent(75)) {
    line.set_text("currency", "IDR");
    line.set_text("amount", dice_.pick({"50000", "100000.00", "150000", "200000", "200000.00", "300000",
                                        "98000.50", "500000", "1000000", "33333.33"}));
  } else {
    const std::string currency = dice_.pick({"USD", "USD", "USD", "EUR", "BDT", "JPY", "KWD"});
    line.set_text("currency", currency);
    line.set_text("amount", dice_.pick({"5", "10", "12", "20", "1500", "2000"}));
    if (currency == "USD" && dice_.percent(30)) line.set_text("amount", "12.50");
  }
  if (dice_.percent(15)) {
    line.set_text("instructed_currency", dice_.pick({"USD", "BDT", "IDR"}));
    line.set_text("instructed_amount", dice_.pick({"10.00", "12.5", "1498.13", "150000"}));
  }
}

Line StreamWriter::content(const std::string& type) {
  Line line;
  line.set_text("event_id", new_id());
  line.set_text("event_time", time_text(a_time()));
  if (type != "complete" || dice_.percent(20)) line.set_text("event_type", type);
  money(line);
  const int shape = dice_.below(10);
  line.set_text("tx_type", shape == 0   ? "cash_in"
                           : shape == 1 ? "cash_out"
                                        : dice_.pick({"transfer", "transfer", "salary"}));
  line.set_text("channel", dice_.pick({"mobile", "mobile", "atm", "teller"}));
  if (shape != 0) party(line, "debtor");
  if (shape != 1) party(line, "creditor");
  if (shape == 2)
    line.set_text("creditor.account", line.get("debtor.account").empty() ? "a1" : line.get("debtor.account"));
  if (shape == 3 && !line.get("debtor.party_id").empty())
    line.set_text("creditor.party_id", line.get("debtor.party_id"));
  if (bare_) return line;

  const auto maybe = [&](int percent, const char* name, const std::string& value) {
    if (dice_.percent(percent)) line.set_text(name, value);
  };
  maybe(30, "device_id", dice_.pick({"d1", "d2"}));
  maybe(20, "merchant_id", dice_.pick({"m1", "m2"}));
  maybe(10, "mcc", dice_.pick({"5411", "5999"}));
  maybe(30, "place_code", dice_.pick({"ID-2171", "ID-21", "ID-31", "XX"}));
  maybe(10, "place_country", "ID");
  maybe(40, "purpose_code", dice_.pick({"SALA", "BONU", "CASH"}));
  maybe(40, "remittance_info", dice_.pick({"Biaya visa", "paspor baru", "hadiah", "x"}));
  if (tenants_) maybe(60, "tenant", dice_.pick({"t1", "t2"}));
  if (dice_.percent(6)) {
    const Instant reached = clock_ + Duration::minutes(dice_.below(12) - 6);
    line.set_text(kRecordTime, event::to_rfc3339(reached));
  }
  return line;
}

// A record that names another by its id, one of its further ids, or its end-to-end id.
Line StreamWriter::act(const std::string& type, const Named& on) {
  Line line;
  line.set_text("event_id", new_id());
  line.set_text("event_time", time_text(a_time()));
  line.set_text("event_type", type);
  const std::string reference = on.line.get("end_to_end_id");
  const bool by_reference = !reference.empty() && dice_.percent(50);
  if (!by_reference || dice_.percent(30)) line.set_text("related_event_id", dice_.pick(on.ids));
  if (by_reference) line.set_text("end_to_end_id", reference);
  return line;
}

void StreamWriter::payment() {
  Line line = content("complete");
  if (dice_.percent(20)) line.set_text("end_to_end_id", fmt::format("r{}", ++references_));
  lines_.push_back(line);
  named_.push_back({line, {line.get("event_id")}});
}

void StreamWriter::instruct() {
  Line line = content("instruct");
  if (dice_.percent(60)) line.set_text("end_to_end_id", fmt::format("r{}", ++references_));
  lines_.push_back(line);
  named_.push_back({line, {line.get("event_id")}});
  if (dice_.percent(60)) complete();
}

void StreamWriter::complete() {
  Named& on = recent();
  Line line = act("complete", on);
  if (dice_.percent(40)) {
    const Line own = content("complete");
    for (const auto& [name, value] : own.fields) {
      if (name != "event_id" && name != "event_time" && name != "event_type") line.set(name, value);
    }
  }
  on.ids.push_back(line.get("event_id"));
  lines_.push_back(line);
}

void StreamWriter::undo() {
  const Named& on = recent();
  Line line = act(dice_.percent(35) ? "reject" : "reverse", on);
  if (line.get("event_type") == "reverse" && dice_.percent(70)) {
    const std::string currency = dice_.percent(85) ? on.line.get("currency") : "USD";
    line.set_text("currency", currency);
    line.set_text("amount", dice_.percent(20)   ? on.line.get("amount")
                            : currency == "IDR" ? dice_.pick({"1", "3", "40000", "50000.00", "99999.99"})
                            : dice_.percent(90) ? dice_.pick({"1", "3", "4", "5"})
                                                : dice_.pick({"40000", "50000.00"}));
  }
  lines_.push_back(line);
}

void StreamWriter::correct() {
  Named& on = recent();
  Line line = act("correct", on);
  const bool everything = dice_.percent(40);
  const Line other = content("correct");
  for (const auto& [name, value] : everything ? other.fields : on.line.fields) {
    if (name != "event_id" && name != "event_time" && name != "event_type" && name != "end_to_end_id" &&
        name != "related_event_id") {
      line.set(name, value);
    }
  }
  if (!everything) money(line);
  if (dice_.percent(40)) {
    line.set("event_time", on.line.get("event_time").insert(0, "\"") + "\"");
  } else if (dice_.percent(40)) {  // far, to and fro
    line.set_text("event_time", time_text(clock_ + Duration{step_.micros * (dice_.below(40) - 30)}));
  }
  on.ids.push_back(line.get("event_id"));
  lines_.push_back(line);
}

// A record again: as it was, written otherwise, or with its id and other content.
void StreamWriter::repeat() {
  if (lines_.empty()) return;
  Line line = dice_.pick(lines_);
  if (dice_.percent(30)) line.set_text("remittance_info", "again");
  if (dice_.percent(20)) line.set_text("amount", dice_.pick({"100000", "100000.00", "200000"}));
  if (dice_.percent(10)) line.set_text("channel", "teller");
  if (dice_.percent(10)) line.set_text("event_time", time_text(clock_));
  lines_.push_back(line);
}

// Moves some records, so that they arrive before what they follow from, or long after it.
void StreamWriter::disorder() {
  const int percent = dice_.pick(std::vector<int>{0, 5, 15, 30});
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!dice_.percent(percent)) continue;
    const auto j = static_cast<std::size_t>(dice_.below(static_cast<int>(lines_.size())));
    const std::size_t near = dice_.percent(70) ? std::min(lines_.size() - 1, i + 1 + j % 4) : j;
    std::swap(lines_[i], lines_[near]);
  }
}

// Time goes on while no records come.
void StreamWriter::ticks() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!dice_.percent(15)) continue;
    const auto newest = event::parse_rfc3339(lines_[i].get("event_time"));
    if (!newest) continue;
    Line tick;
    tick.set_text(kTick, time_text(newest->instant + Duration{step_.micros * (dice_.below(12) - 1)}));
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(++i), tick);
  }
}

std::vector<Line> StreamWriter::write() {
  const int length = crowded_            ? 120 + dice_.below(80)
                     : dice_.percent(80) ? 4 + dice_.below(24)
                                         : 30 + dice_.below(50);
  const int acts = dice_.pick(std::vector<int>{0, 15, 30, 50});
  while (static_cast<int>(lines_.size()) < length) {
    if (named_.empty() || !dice_.percent(acts)) {
      dice_.percent(85) ? payment() : instruct();
      continue;
    }
    switch (dice_.below(6)) {
      case 0:
        instruct();
        break;
      case 1:
        complete();
        break;
      case 2:
      case 3:
        undo();
        break;
      case 4:
        correct();
        break;
      default:
        repeat();
        break;
    }
  }
  disorder();
  if (dice_.percent(20)) ticks();
  return lines_;
}

}  // namespace

std::vector<Line> random_stream(Dice& dice) {
  return StreamWriter(dice).write();
}

Case random_case(std::uint64_t seed) {
  Dice dice(seed);
  Case c;
  c.with_reference = dice.percent(85);
  c.options.lateness =
      dice.pick(std::vector<Duration>{Duration::seconds(60), Duration::seconds(0), Duration::hours(1)});
  if (dice.percent(20))
    c.options.dedup_horizon =
        dice.pick(std::vector<Duration>{Duration::hours(1), Duration::hours(6), Duration::days(7)});
  if (dice.percent(20)) c.options.instruct_hold = Duration::days(2);
  if (dice.percent(20)) c.options.max_event_ids = 3;
  c.rules = random_rules(dice);
  c.lines = random_stream(dice);
  c.suppressions = random_suppressions(dice, c.rules);
  return c;
}

}  // namespace suar::oracle
