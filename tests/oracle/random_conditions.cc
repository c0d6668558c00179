// What a random rule asks of one event.
#include "oracle/rule_writer.h"

namespace suar::oracle {

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

}  // namespace suar::oracle
