// The windows of a random rule, and conditions on their values that hold about as often as not.
#include "oracle/rule_writer.h"

namespace suar::oracle {

std::string RuleWriter::comparable_text() {
  if (dice_.percent(50)) return side() + dice_.pick({"", "", "", ".account", ".party_id", ".country"});
  return dice_.pick(
      {"device_id", "place_code", "channel", "purpose_code", "currency", "merchant_id", "tx_type"});
}

std::string RuleWriter::signal_condition(const RuleText& asked) {
  const std::string way = dice_.percent(75) || asked.mark.empty() ? "signal" : "marked";
  return way + "(\"" + asked.id + "\")";
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

}  // namespace suar::oracle
