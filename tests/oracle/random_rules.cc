#include <fmt/format.h>

#include "oracle/case.h"

namespace suar::oracle {
namespace {

// Makes the text of one rule. The vocabulary is that of random_stream.cc, so that conditions hold about half
// the time.
class RuleWriter {
 public:
  RuleWriter(Dice& dice, std::vector<RuleText>& earlier) : dice_(dice), earlier_(earlier) {}

  RuleText write(std::string id);

 private:
  [[nodiscard]] bool has_sides() const {
    return rule_.watch != "pair" && rule_.watch != "device" && rule_.watch != "merchant" &&
           rule_.watch != "place" && rule_.watch != "corridor";
  }
  std::string side() {
    return has_sides() ? dice_.pick({"self", "other", "other"}) : dice_.pick({"debtor", "creditor"});
  }
  std::string other_side(const std::string& side) {
    if (side == "self" || side == "other") return side == "self" ? "other" : "self";
    return side == "debtor" ? "creditor" : "debtor";
  }

  std::string money() {
    return dice_.pick({"IDR 50_000", "IDR 100_000", "IDR 150_000", "IDR 200_000", "IDR 300_000",
                       "IDR 500_000", "IDR 1_000_000", "USD 10", "USD 12.50"});
  }
  std::string order() { return dice_.pick({">=", ">=", ">", "<", "<=", "==", "!="}); }
  std::string length() {
    if (dice_.percent(10)) return dice_.pick({"90d", "365d", "3650d", "1m"});
    return dice_.pick({"1h", "6h", "12h", "1d", "2d", "3d", "7d", "1w", "30d", "span"});
  }
  std::string use(std::string name, const std::string& value);

  std::string field_condition();
  std::string party_condition();
  std::string reference_condition();
  std::string time_condition();
  std::string condition();
  std::string any_condition();
  std::string comparable_text();
  std::string signal_condition(const RuleText& asked);
  std::string comparison_with_trigger();

  LetText window(const std::string& name);
  std::string span(const std::string& head);
  std::string test_of(const LetText& let);
  std::string number_test() { return fmt::format("{} {}", order(), 1 + dice_.below(4)); }

  Dice& dice_;
  std::vector<RuleText>& earlier_;
  RuleText rule_;
  const RuleText* asked_ = nullptr;
};

// Declares a parameter the first time that it is used.
std::string RuleWriter::use(std::string name, const std::string& value) {
  for (const auto& [known, text] : rule_.params) {
    if (known == name) return name;
  }
  rule_.params.emplace_back(name, value);
  return name;
}

std::string RuleWriter::field_condition() {
  switch (dice_.below(22)) {
    case 0:
      return fmt::format("amount {} {}", order(), money());
    case 1:
      return "amount in IDR 100_000 .. IDR 300_000";
    case 2:
      return fmt::format("amount_in(USD) {} USD {}", order(), dice_.pick({"5", "10", "12.50", "20"}));
    case 3:
      return fmt::format("amount_in(BDT) {} BDT {}", order(), dice_.pick({"1_000", "1498.13", "2_000"}));
    case 4:
      return fmt::format("channel {} \"{}\"", dice_.pick({"==", "!="}),
                         dice_.pick({"mobile", "atm", "teller"}));
    case 5:
      return fmt::format("tx_type {} \"{}\"", dice_.pick({"==", "!="}),
                         dice_.pick({"transfer", "cash_in", "salary"}));
    case 6:
      return "currency == \"" + dice_.pick({"IDR", "USD", "EUR"}) + "\"";
    case 7:
      return dice_.pick({"purpose_code in [\"SALA\", \"BONU\"]", "purpose_code in wages",
                         "purpose_code != \"SALA\"", "purpose_code == \"\"", "!(purpose_code in wages)"});
    case 8:
      return dice_.pick({"remittance_info.contains(\"visa\")", "remittance_info.startsWith(\"Biaya\")",
                         "remittance_info.endsWith(\"baru\")", "remittance_info.matches(\"[vp]a?s\")",
                         "remittance_info.size() > 5", "remittance_info.size() == 0"});
    case 9:
      return dice_.pick({"device_id != \"\"", "has(device_id)", "!has(device_id)", "device_id == \"d1\""});
    case 10:
      return dice_.pick({"has(amount)", "!has(amount)", "has(purpose_code)", "has(debtor)"});
    case 11:
      return "multiple_of(amount, IDR " + dice_.pick({"50_000", "100_000", "30_000"}) + ")";
    case 12:
      return fmt::format(
          "amount {} {}", order(),
          use("floor", has_sides()
                           ? "{default: IDR 200_000, student: IDR 100_000, civil_servant: IDR 300_000}"
                           : "IDR 150_000"));
    case 13:
      return "sizeable";
    case 14:
      return "!by_phone";
    case 15:
      return fmt::format("amount * {} {} {}", dice_.pick({"2", "0.5", "1/3"}), order(),
                         money().replace(0, 3, "IDR"));
    case 16:
      return fmt::format("amount / IDR 100_000 {} {}", order(), 1 + dice_.below(4));
    case 17:
      return fmt::format("amount - IDR 50_000 {} IDR 100_000", order());
    case 18:
      return fmt::format("(channel == \"mobile\" ? amount {} IDR 100_000 : amount {} IDR 300_000)", order(),
                         order());
    case 19:
      return "place_code == \"" + dice_.pick({"ID-21", "ID-2171"}) + "\"";
    case 20:
      return dice_.pick({"merchant_id == \"m1\"", "mcc == \"5411\"", "place_country == \"ID\"",
                         "tenant == \"\"", "event_id != \"e3\""});
    default:
      return fmt::format("tx_type == {}", use("kind_of_tx", "transfer"));
  }
}

std::string RuleWriter::party_condition() {
  const std::string s = side();
  const std::string o = other_side(s);
  switch (dice_.below(16)) {
    case 0:
      return s + (dice_.percent(50) ? " == " : " != ") + "\"account:a" + std::to_string(1 + dice_.below(5)) +
             "\"";
    case 1:
      return s + ".account " + dice_.pick({"==", "!="}) + " \"a2\"";
    case 2:
      return s + ".party_id == \"p" + std::to_string(1 + dice_.below(5)) + "\"";
    case 3:
      return "has(" + s + (dice_.percent(50) ? ")" : ".account)");
    case 4:
      return s + ".is_customer";
    case 5:
      return s + dice_.pick({".is_customer == true", ".is_customer != true", ".is_customer == false"});
    case 6:
      return s + ".country == \"" + dice_.pick({"ID", "MY", "BD"}) + "\"";
    case 7:
      return s + ".age " + order() + " " + dice_.pick({"20", "44", "45"});
    case 8:
      return s + ".account_age " + order() + " " + dice_.pick({"28", "30", "1000"});
    case 9:
      return s + ".balance_after " + order() + " " + dice_.pick({"IDR 0", "IDR 100_000", "IDR 500_000"});
    case 10:
      return s + ".segment " + dice_.pick({"==", "!="}) + " \"" +
             dice_.pick({"student", "retail", "civil_servant"}) + "\"";
    case 11:
      return s + "." + dice_.pick({"name", "account_type", "agent", "phone_hash"}) + " != " + o + "." +
             dice_.pick({"name", "agent", "phone_hash"});
    case 12:
      return s + ".kind == \"person\"";
    case 13:
      return s + " == " + o;
    case 14:
      return "has(" + s + ".balance_after) && " + s + ".balance_after > " + o + ".balance_after";
    default:
      return s + ".country != " + o + ".country";
  }
}

std::string RuleWriter::reference_condition() {
  const std::string s = side();
  const std::string o = other_side(s);
  switch (dice_.below(20)) {
    case 0:
      return s + ".official";
    case 1:
      return "!" + s + ".official";
    case 2:
      return "kin(" + s + ", " + o + ")";
    case 3:
      return "!kin(" + s + ", " + o + ")";
    case 4:
      return "linked(" + s + ", " + o + ", [\"ownership\", \"family\"], 2)";
    case 5:
      return "same_unit(" + s + ", " + o + ")";
    case 6:
      return "supervises(" + s + ", " + o + ")";
    case 7:
      return "listed(\"hubs\", " + s + ")";
    case 8:
      return "!listed(\"hubs\", " + o + ")";
    case 9:
      return "listed(\"hubs\", " + dice_.pick({"merchant_id", "mcc", "device_id"}) + ")";
    case 10:
      return "mentions(\"keywords_visa\", remittance_info)";
    case 11:
      return "in_fee_band(" + dice_.pick({"", "\"c1\"", "\"c2\"", "\"c1\", \"c3\""}) + ")";
    case 12:
      return "tagged(place_code, \"port\")";
    case 13:
      return "within(place_code, \"ID-21\")";
    case 14:
      return "serves(" + s + ", " + o + ".country)";
    case 15:
      return "amount " + order() + " tariff(\"passport\", \"immigration\")";
    case 16:
      return s + "." +
             dice_.pick({"agency_type == \"p3mi\"", "agency_status == \"active\"", "agency_status != \"\""});
    case 17:
      return s + "." +
             dice_.pick({"occupation == \"clerk\"", "region == \"ID-21\"",
                         "post_category == \"gov.judicial\"", "office_area == \"ID-21\"", "public_body",
                         "office != \"\"", "post == \"Head\"", "post_days < 400", "left_post_days >= 1",
                         "official_tie == \"family\"", "official_tie != \"\"", "agency_tie != \"\""});
    case 18:
      return s + ".declared_income " + order() + " IDR 200_000.50";
    default:
      return "amount > 2% * " + s + ".declared_income";
  }
}

std::string RuleWriter::time_condition() {
  const std::string zone = dice_.pick({"WIB", "WITA", "Asia/Jayapura", "UTC", "+07:00"});
  switch (dice_.below(7)) {
    case 0:
      return "event_time.getHours(\"" + zone + "\") " + order() + " " + dice_.pick({"6", "7", "12", "18"});
    case 1:
      return "event_time.getDayOfWeek(\"" + zone + "\") in 0 .. 3";
    case 2:
      return "event_time.getDate(\"" + zone + "\") " + order() + " 2";
    case 3:
      return "event_time.getMonth(\"" + zone + "\") == " + dice_.pick({"2", "3"});
    case 4:
      return "event_time.getMinutes(\"" + zone + "\") " + order() + " 30";
    case 5:
      return "is_day(\"eid\")";
    default:
      return "in_period(\"ramadan\")";
  }
}

std::string RuleWriter::condition() {
  if (has_sides() && dice_.percent(25)) {
    return "direction " + dice_.pick({"== \"in\"", "== \"in\"", "== \"out\"", "== \"out\"", "!= \"self\"",
                                      "!= \"in\"", "in [\"in\", \"self\"]"});
  }
  const int kind = dice_.below(10);
  if (kind < 5) return field_condition();
  if (kind < 7) return party_condition();
  if (kind < 9) return reference_condition();
  return time_condition();
}

std::string RuleWriter::any_condition() {
  switch (dice_.below(8)) {
    case 0:
      return "!(" + condition() + ")";
    case 1:
      return "(" + condition() + ") || (" + condition() + ")";
    default:
      return condition();
  }
}

std::string RuleWriter::comparable_text() {
  if (dice_.percent(50)) return side() + dice_.pick({"", "", "", ".account", ".party_id", ".country"});
  return dice_.pick(
      {"device_id", "place_code", "channel", "purpose_code", "currency", "merchant_id", "tx_type"});
}

std::string RuleWriter::signal_condition(const RuleText& asked) {
  return "signal(\"" + asked.id + "\")";
}

// Between an event of a window and the trigger.
std::string RuleWriter::comparison_with_trigger() {
  const std::string s = side();
  const std::string o = other_side(s);
  switch (dice_.below(8)) {
    case 0:
      return s + dice_.pick({" == ", " != "}) + "trigger." + s;
    case 1:
      return o + " == trigger." + s;
    case 2:
      return fmt::format("amount {} {} * trigger.amount", order(), dice_.pick({"90%", "1", "0.5", "2"}));
    case 3:
      return fmt::format("amount_in(USD) {} trigger.amount_in(USD)", order());
    case 4:
      return "amount in 80% * trigger.amount .. trigger.amount";
    case 5:
      return fmt::format("{0} {1} trigger.{0}",
                         dice_.pick({"place_code", "device_id", "channel", "purpose_code"}),
                         dice_.pick({"==", "!="}));
    case 6:
      return fmt::format("{0}.{1} {2} trigger.{0}.{1}", s, dice_.pick({"country", "region", "party_id"}),
                         dice_.pick({"==", "!="}));
    default:
      return fmt::format("(trigger.event_time - event_time {} {} || trigger.amount >= {})", order(),
                         dice_.pick({"1h", "6h", "1d"}), money().replace(0, 3, "IDR"));
  }
}

// What stands between an aggregate and its `same`.
std::string RuleWriter::span(const std::string& head) {
  const bool days = head.starts_with("ewma") || head.starts_with("zscore");
  std::string over = days ? dice_.pick({"3d", "7d", "2w", "30d"}) : length();
  if (over == "span") over = use("span", "3d");
  if (!days && !head.starts_with("growth") && dice_.percent(20)) {
    over = dice_.pick({"day", "week", "month"}) + "(\"" + dice_.pick({"WIB", "WIT", "UTC", "-02:30"}) + "\")";
  }
  if (dice_.percent(20)) over += " before " + dice_.pick({"1h", "6h", "1d", "2d", "7d", "30d", "365d"});
  return " over " + over;
}

LetText RuleWriter::window(const std::string& name) {
  LetText let;
  let.name = name;
  const std::string money_field =
      dice_.pick({"amount", "amount", "amount", "amount", "amount_in(USD)", "amount_in(IDR)"});
  const std::string number_field = side() + dice_.pick({".age", ".account_age"});
  const bool money_wanted = dice_.percent(85);
  const std::string x =
      money_wanted ? (dice_.percent(90) ? money_field : side() + ".balance_after") : number_field;
  switch (dice_.below(21)) {
    case 0:
    case 1:
      let.head = "count()";
      break;
    case 2:
    case 3:
      let.head = "sum(" + x + ")";
      break;
    case 4:
      let.head = "min(" + x + ")";
      break;
    case 5:
      let.head = "max(" + x + ")";
      break;
    case 6:
      let.head = "avg(" + x + ")";
      break;
    case 7:
    case 8:
      let.head = "distinct(" + (dice_.percent(85) ? comparable_text() : money_field) + ")";
      break;
    case 9:
      let.head = "share(" + any_condition() + ")";
      break;
    case 10:
      let.head = "first_seen(" + comparable_text() + ")";
      break;
    case 11:
      let.head = "days_since(" + (dice_.percent(60) ? comparable_text() : "") + ")";
      break;
    case 12:
      let.head =
          "unit_price(amount, IDR " + dice_.pick({"30_000 .. IDR 400_000", "100_000 .. IDR 200_000"}) + ")";
      break;
    case 13:
      let.head = "median(" + x + ")";
      break;
    case 14:
      let.head = "percentile(" + x + ", " + dice_.pick({"10%", "50%", "75%", "95%", "1"}) + ")";
      break;
    case 15:
      let.head = "stddev(" + x + ")";
      break;
    case 16:
      let.head = "ewma(" + (dice_.percent(70) ? x + ", " : "") + dice_.pick({"1d", "7d", "12h", "3d"}) + ")";
      break;
    case 17:
      let.head = "zscore(" + (dice_.percent(70) ? x : "") + ")";
      break;
    case 18:
      let.head = "growth(" + x + ", " + dice_.pick({"1d", "7d", "30d", "1h"}) + ")";
      break;
    default:
      let.head = "rhythm(" + dice_.pick({"1h, 10m", "6h, 1h", "1d, 6h", "2d, 0h", "7d, 1d"}) + ")";
      break;
  }
  if (asked_ != nullptr && !asked_->signal.empty() && dice_.percent(50)) {
    // Only a number or money can be summed; what a let of the asked rule is shows in its head.
    for (const LetText& carried : asked_->lets) {
      if (carried.name != asked_->signal.front()) continue;
      if (carried.head.starts_with("count") || carried.head.starts_with("sum(amount)") ||
          carried.head.starts_with("distinct")) {
        let.head = dice_.pick({"sum", "max", "min", "avg", "median", "stddev"}) + "(signal(\"" + asked_->id +
                   "\", \"" + carried.name + "\"))";
      }
    }
  }
  let.head += span(let.head);
  if (dice_.percent(20)) let.same = comparable_text();
  if (asked_ != nullptr && dice_.percent(35)) let.where.push_back(signal_condition(*asked_));
  if (dice_.percent(15)) let.where.push_back(comparison_with_trigger());
  const int conditions = dice_.below(10) < 6 ? 0 : 1 + dice_.below(2);
  for (int i = 0; i < conditions; ++i) let.where.push_back(any_condition());
  return let;
}

// A condition on a let that holds about as often as not.
std::string RuleWriter::test_of(const LetText& let) {
  const auto begins = [&](const char* word) { return let.head.starts_with(word); };
  const bool dollars = let.head.find("(amount_in(USD)") != std::string::npos;
  const bool of_number =
      let.head.find(".age") != std::string::npos || let.head.find(".account_age") != std::string::npos;
  const bool of_signal =
      let.head.find("signal(") != std::string::npos && !begins("count") && !begins("share");
  if (begins("count") || begins("distinct")) return let.name + " " + number_test();
  if (begins("share")) return let.name + " " + order() + " " + dice_.pick({"0.5", "50%", "0.25", "1", "1/3"});
  if (begins("zscore")) return let.name + " " + order() + " " + dice_.pick({"0", "1", "-0.5", "2"});
  if (begins("growth")) return let.name + " " + order() + " " + dice_.pick({"0", "0.5", "1", "2", "5"});
  if (begins("ewma(") && std::string("0123456789").contains(let.head[5]))  // of the number of events
    return let.name + " " + order() + " " + dice_.pick({"0.5", "1", "2"});
  if (begins("first_seen")) return (dice_.percent(50) ? "!" : "") + let.name;
  if (begins("days_since")) {
    return dice_.percent(20) ? "!(" + let.name + " < 1)"
                             : let.name + " " + order() + " " + dice_.pick({"0", "0.25", "0.5", "1", "2"});
  }
  if (begins("unit_price")) {
    return let.name + dice_.pick({".share >= 0.8", ".share >= 0.5", ".price >= IDR 100_000",
                                  ".price < IDR 100_000", ".matching >= 2", ".matching < 3"});
  }
  if (begins("rhythm"))
    return let.name +
           dice_.pick({".occasions >= 2", ".regular >= 1", ".share >= 50%", ".share < 1", ".occasions < 3"});
  if (of_signal) {
    // Of the type of the let that travels; see window().
    for (const RuleText& rule : earlier_) {
      for (const LetText& carried : rule.lets) {
        const bool meant =
            let.head.find("\"" + rule.id + "\", \"" + carried.name + "\"") != std::string::npos;
        if (meant && carried.head.starts_with("sum(amount)"))
          return let.name + " " + order() + " IDR 300_000";
      }
    }
    return let.name + " " + number_test();
  }
  if (of_number) return let.name + " " + order() + " " + dice_.pick({"20", "45", "60", "100"});
  if (dollars) return let.name + " " + order() + " " + dice_.pick({"USD 10", "USD 25", "USD 12.50"});
  return let.name + " " + order() + " " +
         dice_.pick({"IDR 100_000", "IDR 200_000", "IDR 300_000", "IDR 500_000", "IDR 1_000_000", "USD 20"});
}

RuleText RuleWriter::write(std::string id) {
  rule_ = {};
  rule_.id = std::move(id);
  rule_.watch = dice_.percent(45)
                    ? dice_.pick({"account", "account", "party"})
                    : dice_.pick({"pair", "pair", "device", "merchant", "place", "place", "corridor",
                                  "institution", "institution", "phone", "address"});
  if (!earlier_.empty() && dice_.percent(60)) {
    asked_ = &dice_.pick(earlier_);
    // Signals stay on the subject, marks go to accounts and parties.
    rule_.watch = dice_.percent(70) ? asked_->watch : dice_.pick({"account", "party"});
  }
  const int conditions = dice_.below(10) < 4 ? 0 : 1 + dice_.below(2);
  for (int i = 0; i < conditions; ++i) rule_.events.push_back(any_condition());
  if (asked_ != nullptr) {
    const std::string signal = signal_condition(*asked_);
    if (rule_.events.empty()) {
      rule_.events.push_back(dice_.percent(60) ? signal : signal + " || true");
    } else {
      for (std::string& condition : rule_.events) condition = signal + " || (" + condition + ")";
    }
  }
  const int lets = dice_.below(8) == 0 ? 0 : 1 + dice_.below(3);
  for (int i = 0; i < lets; ++i) rule_.lets.push_back(window("w" + std::to_string(i + 1)));
  if (dice_.percent(15)) rule_.trigger = any_condition();

  for (const LetText& let : rule_.lets) {
    if (dice_.percent(75)) rule_.when.push_back(test_of(let));
  }
  if (rule_.lets.size() >= 2 && dice_.percent(25)) {
    const auto plain_number = [](const LetText& let) {
      return let.head.starts_with("count") || let.head.starts_with("distinct");
    };
    if (plain_number(rule_.lets[0]) && plain_number(rule_.lets[1])) {
      rule_.lets.push_back({"ratio", "w1 / w2", "", {}});
      rule_.when.push_back("ratio " + order() + " " + dice_.pick({"1", "0.5", "2"}));
    }
  }
  if (dice_.percent(15)) {
    LetText inline_window = window("unnamed");
    if (!inline_window.head.starts_with("unit_price") && !inline_window.head.starts_with("rhythm")) {
      const std::string test = test_of(inline_window);
      std::string text = inline_window.head;
      if (!inline_window.same.empty()) text += " same " + inline_window.same;
      for (std::size_t i = 0; i < inline_window.where.size(); ++i) {
        text += (i == 0 ? " where (" : " && (") + inline_window.where[i] + ")";
      }
      rule_.when.push_back(std::string(test).replace(test.find("unnamed"), 7, "(" + text + ")"));
    }
  }
  if (rule_.when.empty() || dice_.percent(15)) rule_.when.push_back(any_condition());
  if (rule_.when.size() >= 2 && dice_.percent(25)) {
    const std::string last = rule_.when.back();
    rule_.when.pop_back();
    rule_.when.back() = "(" + rule_.when.back() + ") || (" + last + ")";
  }
  if (dice_.percent(40)) rule_.quiet = dice_.pick({"1h", "6h", "1d", "3d", "7d", "30d", "365d"});
  for (const LetText& let : rule_.lets) {
    if (!let.head.starts_with("unit_price") && !let.head.starts_with("rhythm") && dice_.percent(40) &&
        rule_.signal.size() < 4) {
      rule_.signal.push_back(let.name);
    }
  }
  if (dice_.percent(30)) {
    rule_.mark.push_back(has_sides() ? dice_.pick({"other", "other", "debtor", "creditor", "self"})
                                     : dice_.pick({"debtor", "creditor"}));
    if (dice_.percent(20)) rule_.mark = {"debtor", "creditor"};
  }
  rule_.silent = dice_.percent(15);
  rule_.severity = dice_.pick({"low", "medium", "high", "critical"});
  if (dice_.percent(20)) rule_.exceptions.push_back("when: '" + condition() + "'");
  add_random_grades(dice_, rule_);
  return rule_;
}

}  // namespace

std::vector<RuleText> random_rules(Dice& dice) {
  std::vector<RuleText> rules;
  std::vector<std::string> ids = {"apple", "birch", "cedar", "dune", "elm"};
  const int count = 1 + dice.below(4);
  for (int i = 0; i < count; ++i) {
    const auto chosen = static_cast<std::ptrdiff_t>(dice.below(static_cast<int>(ids.size())));
    const std::string id = ids[static_cast<std::size_t>(chosen)];
    ids.erase(ids.begin() + chosen);
    std::vector<RuleText> earlier = rules;
    rules.push_back(RuleWriter(dice, earlier).write(id));
  }
  return rules;
}

}  // namespace suar::oracle
