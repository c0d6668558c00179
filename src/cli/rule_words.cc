#include "cli/rule_words.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/rule_tests_notation.h"
#include "engine/hit.h"
#include "rules/source_text.h"

namespace suar::cli {
namespace {

using rules::Aggregate;
using rules::Expression;
using rules::Function;
using rules::Op;
using rules::Type;

engine::Value value_of(const Expression& e) {
  engine::Value value;
  value.type = e.type;
  value.present = true;
  value.truth = e.truth;
  value.number = e.number;
  value.currency = e.currency;
  value.duration = e.duration;
  value.text = e.text;
  return value;
}

// The comparison that holds where this one does not.
Op opposite(Op op) {
  switch (op) {
    case Op::kEqual:
      return Op::kNotEqual;
    case Op::kNotEqual:
      return Op::kEqual;
    case Op::kLess:
      return Op::kGreaterEqual;
    case Op::kLessEqual:
      return Op::kGreater;
    case Op::kGreater:
      return Op::kLessEqual;
    case Op::kGreaterEqual:
      return Op::kLess;
    default:
      return op;
  }
}

std::string in_quotes(std::string_view text) {
  return fmt::format("“{}”", text);
}

}  // namespace

std::vector<std::string> RuleWords::conditions(const Expression& expression) const {
  std::vector<const Expression*> parts;
  collect(expression, Op::kAnd, parts);
  std::vector<std::string> out;
  for (const Expression* part : parts) out.push_back(phrase(*part, true));
  return out;
}

void RuleWords::collect(const Expression& expression, Op op, std::vector<const Expression*>& out) const {
  if (expression.op != op) {
    out.push_back(&expression);
    return;
  }
  for (const rules::ExpressionPtr& part : expression.args) collect(*part, op, out);
}

std::string RuleWords::of(std::string_view what, std::string_view whose) const {
  return pick(fmt::format("{}'s {}", whose, what), fmt::format("{} {}", what, whose));
}

std::string RuleWords::is(bool holds) const {
  return holds ? pick("is", "adalah") : pick("is not", "bukan");
}

std::string RuleWords::listed(const std::vector<std::string>& texts, bool all) const {
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += i + 1 == texts.size() ? (all ? pick(" and ", " dan ") : pick(" or ", " atau ")) : ", ";
    out += texts[i];
  }
  return out;
}

std::string RuleWords::constant(const Expression& e) const {
  if (e.type == Type::kText) return e.text.empty() ? pick("empty", "kosong") : in_quotes(e.text);
  return alert::in_words(value_of(e), language_);
}

std::string RuleWords::number(rules::Rational number) const {
  engine::Value value;
  value.type = Type::kNumber;
  value.present = true;
  value.number = number;
  return alert::in_words(value, language_);
}

std::string RuleWords::duration(event::Duration duration) const {
  engine::Value value;
  value.type = Type::kDuration;
  value.present = true;
  value.duration = duration;
  return alert::in_words(value, language_);
}

std::string RuleWords::chain(const Expression& expression, Op op, bool holds) const {
  std::vector<const Expression*> parts;
  collect(expression, op, parts);
  std::vector<std::string> texts;
  for (const Expression* part : parts) {
    const bool mixed = part->op == Op::kAnd || part->op == Op::kOr;
    texts.push_back(mixed ? fmt::format("({})", phrase(*part, holds)) : phrase(*part, holds));
  }
  return listed(texts, (op == Op::kAnd) == holds);
}

std::string RuleWords::comparison(const Expression& e, bool holds) const {
  const Expression& left = *e.args[0];
  const Expression& right = *e.args[1];
  const Op op = holds ? e.op : opposite(e.op);
  if (left.op == Op::kEventField && left.event_field == rules::EventField::kDirection &&
      right.op == Op::kText) {
    const bool in = right.text == "in";
    const bool out = right.text == "out";
    if (in || out) {
      const std::string way = in ? pick("comes in", "masuk") : pick("goes out", "keluar");
      return op == Op::kEqual ? pick("the payment ", "pembayaran ") + way
                              : pick("it is not so that the payment ", "bukan pembayaran yang ") + way;
    }
  }
  if (right.op == Op::kText && right.text.empty() && (op == Op::kEqual || op == Op::kNotEqual)) {
    return op == Op::kEqual ? pick(fmt::format("{} is not stated", phrase(left, true)),
                                   fmt::format("{} tidak disebut", phrase(left, true)))
                            : pick(fmt::format("{} is stated", phrase(left, true)),
                                   fmt::format("{} disebut", phrase(left, true)));
  }
  const auto words = [&]() -> std::string {
    switch (op) {
      case Op::kEqual:
        return pick("is", "adalah");
      case Op::kNotEqual:
        return pick("is not", "bukan");
      case Op::kLess:
        return pick("is less than", "kurang dari");
      case Op::kLessEqual:
        return pick("is at most", "paling banyak");
      case Op::kGreater:
        return pick("is more than", "lebih dari");
      default:
        return pick("is at least", "paling sedikit");
    }
  };
  return fmt::format("{} {} {}", phrase(left, true), words(), phrase(right, true));
}

std::string RuleWords::phrase(const Expression& e, bool holds) const {
  const auto binary = [&](std::string_view en, std::string_view id) {
    return fmt::format("{} {} {}", phrase(*e.args[0], true), pick(en, id), phrase(*e.args[1], true));
  };
  const auto stands = [&](const std::string& what) {
    return holds ? what : pick("it is not so that ", "tidak benar bahwa ") + what;
  };
  switch (e.op) {
    case Op::kBool:
    case Op::kNumber:
    case Op::kMoney:
    case Op::kText:
    case Op::kDuration:
      return constant(e);
    case Op::kTextList:
      return listed(e.texts, false);
    case Op::kEventField:
      return field(e.event_field);
    case Op::kPartyField: {
      if (e.party_field == rules::PartyField::kOfficial)
        return fmt::format("{} {} {}", side(e.side), is(holds), pick("an official", "pejabat"));
      if (e.party_field == rules::PartyField::kPublicBody)
        return fmt::format("{} {} {}", side(e.side), is(holds), pick("a public body", "badan publik"));
      if (e.party_field == rules::PartyField::kIsCustomer)
        return fmt::format("{} {} {}", side(e.side), is(holds), pick("a customer", "nasabah"));
      if (e.party_field == rules::PartyField::kKey) return side(e.side);
      return of(field(e.party_field), side(e.side));
    }
    case Op::kParty:
      return side(e.side);
    case Op::kParam: {
      const rules::Param& param = rule_.params[static_cast<std::size_t>(e.index)];
      const std::string value = constant(*param.value);
      return param.segments.empty()
                 ? fmt::format("{} ({})", value, param.name)
                 : fmt::format("{} ({}, {})", value, param.name, pick("by segment", "menurut segmen"));
    }
    case Op::kLet: {
      const rules::Let& let = rule_.lets[static_cast<std::size_t>(e.index)];
      return let.value->type == Type::kBool ? stands(in_quotes(let.name)) : in_quotes(let.name);
    }
    case Op::kWindow: {
      const rules::Window& one = rule_.windows[static_cast<std::size_t>(e.index)];
      return e.type == Type::kBool ? stands(window(one)) : window(one);
    }
    case Op::kMember: {
      const bool price = e.args[0]->type == Type::kUnitPrice;
      const std::vector<std::string> names =
          price ? std::vector{pick("share", "bagian"), pick("price", "harga"),
                              pick("number of matches", "banyaknya yang cocok")}
                : std::vector{pick("number of occasions", "banyaknya kali"),
                              pick("number of regular gaps", "banyaknya jeda teratur"),
                              pick("share of regular gaps", "bagian jeda teratur")};
      return pick(
          fmt::format("the {} of {}", names[static_cast<std::size_t>(e.index)], phrase(*e.args[0], true)),
          fmt::format("{} dari {}", names[static_cast<std::size_t>(e.index)], phrase(*e.args[0], true)));
    }
    case Op::kNot:
      return phrase(*e.args[0], !holds);
    case Op::kAnd:
    case Op::kOr:
      return chain(e, e.op, holds);
    case Op::kConditional: {
      const bool condition = e.type == Type::kBool;
      const bool part = !condition || holds;
      return pick(fmt::format("{} where {}, else {}", phrase(*e.args[1], part), phrase(*e.args[0], true),
                              phrase(*e.args[2], part)),
                  fmt::format("{} bila {}, selain itu {}", phrase(*e.args[1], part), phrase(*e.args[0], true),
                              phrase(*e.args[2], part)));
    }
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      return comparison(e, holds);
    case Op::kInList: {
      std::vector<std::string> items;
      for (const std::string& text : e.texts) items.push_back(in_quotes(text));
      for (std::size_t i = 1; i < e.args.size(); ++i) items.push_back(phrase(*e.args[i], true));
      return fmt::format("{} {} {}", phrase(*e.args[0], true), is(holds), listed(items, false));
    }
    case Op::kInRange:
      return fmt::format(
          "{} {} {} {} {}", phrase(*e.args[0], true),
          holds ? pick("lies between", "antara") : pick("does not lie between", "tidak antara"),
          phrase(*e.args[1], true), pick("and", "dan"), phrase(*e.args[2], true));
    case Op::kNegate:
      return pick("minus ", "minus ") + phrase(*e.args[0], true);
    case Op::kAdd:
      return binary("plus", "ditambah");
    case Op::kSubtract:
      return binary("minus", "dikurangi");
    case Op::kMultiply:
      return binary("times", "kali");
    case Op::kDivide:
      return binary("divided by", "dibagi");
    case Op::kToHome:
      return phrase(*e.args[0], true);
    case Op::kCall:
      return call(e, holds);
    default:
      return as_written(e);
  }
}

std::string RuleWords::as_written(const Expression& e) const {
  return rules::source_text(e.at, files_);
}

std::string RuleWords::call(const Expression& e, bool holds) const {
  const auto arg = [&](std::size_t i) {
    return i < e.args.size() ? phrase(*e.args[i], true) : std::string();
  };
  const auto text = [&](std::size_t i) {
    return i < e.texts.size() ? in_quotes(e.texts[i]) : in_quotes(e.text);
  };
  const auto say = [&](const std::string& en, const std::string& not_en, const std::string& id,
                       const std::string& not_id) { return holds ? pick(en, id) : pick(not_en, not_id); };
  switch (e.function) {
    case Function::kHas:
      return say(arg(0) + " is known", arg(0) + " is not known", arg(0) + " diketahui",
                 arg(0) + " tidak diketahui");
    case Function::kKin:
      return fmt::format("{} {} {} {}", arg(0), pick("and", "dan"), arg(1),
                         say("are family", "are not family", "sekeluarga", "tidak sekeluarga"));
    case Function::kLinked:
      return fmt::format("{} {} {} {}", arg(0), pick("and", "dan"), arg(1),
                         say(fmt::format("are linked by at most {} relations", e.hops),
                             fmt::format("are not linked by at most {} relations", e.hops),
                             fmt::format("terhubung melalui paling banyak {} hubungan", e.hops),
                             fmt::format("tidak terhubung melalui paling banyak {} hubungan", e.hops)));
    case Function::kSameUnit:
      return fmt::format("{} {} {} {}", arg(0), pick("and", "dan"), arg(1),
                         say("serve in one unit", "do not serve in one unit", "bertugas di satu unit",
                             "tidak bertugas di satu unit"));
    case Function::kSupervises:
      return fmt::format("{} {} {}", arg(0),
                         say("is the superior of", "is not the superior of", "adalah atasan", "bukan atasan"),
                         arg(1));
    case Function::kListedParty:
    case Function::kListedText:
      return fmt::format(
          "{} {} {}", arg(0),
          say("is on the list", "is not on the list", "ada dalam daftar", "tidak ada dalam daftar"),
          in_quotes(e.text));
    case Function::kMentions:
      return fmt::format("{} {} {}", arg(0),
                         say("holds a word of the list", "holds no word of the list",
                             "memuat kata dari daftar", "tidak memuat kata dari daftar"),
                         in_quotes(e.text));
    case Function::kInFeeBand:
      return say("the amount lies in a fee band", "the amount lies in no fee band",
                 "nilai termasuk rentang tarif", "nilai tidak termasuk rentang tarif") +
             (e.texts.empty() ? pick(" of a known corridor", " suatu koridor")
                              : pick(" of the corridor ", " koridor ") + listed(e.texts, false));
    case Function::kTagged:
      return fmt::format("{} {} {}", arg(0),
                         say("is marked as", "is not marked as", "bertanda", "tidak bertanda"),
                         in_quotes(e.text));
    case Function::kWithin:
      return fmt::format("{} {} {}", arg(0),
                         say("lies within", "does not lie within", "berada di", "tidak berada di"), e.text);
    case Function::kServes:
      return fmt::format(
          "{} {} {}", arg(0),
          say("is licensed for", "is not licensed for", "berizin untuk", "tidak berizin untuk"), arg(1));
    case Function::kTariff:
      return pick(fmt::format("the official fee of {} at {}", text(0), text(1)),
                  fmt::format("tarif resmi {} di {}", text(0), text(1)));
    case Function::kIsDay:
      return say("the day is ", "the day is not ", "harinya ", "harinya bukan ") + in_quotes(e.text);
    case Function::kInPeriod:
      return say("it is the time of ", "it is not the time of ", "dalam masa ", "di luar masa ") +
             in_quotes(e.text);
    case Function::kAmountIn:
      return pick("the amount in ", "nilai dalam ") + std::string(e.currency.text());
    case Function::kMultipleOf:
      return fmt::format("{} {} {}", arg(0),
                         say("is a whole multiple of", "is no whole multiple of",
                             "adalah kelipatan bulat dari", "bukan kelipatan bulat dari"),
                         arg(1));
    case Function::kStartsWith:
      return fmt::format("{} {} {}", arg(0),
                         say("begins with", "does not begin with", "diawali", "tidak diawali"),
                         in_quotes(e.text));
    case Function::kEndsWith:
      return fmt::format("{} {} {}", arg(0),
                         say("ends with", "does not end with", "diakhiri", "tidak diakhiri"),
                         in_quotes(e.text));
    case Function::kContains:
      return fmt::format("{} {} {}", arg(0), say("contains", "does not contain", "memuat", "tidak memuat"),
                         in_quotes(e.text));
    case Function::kMatches:
      return fmt::format("{} {} {}", arg(0),
                         say("matches the pattern", "does not match the pattern", "cocok dengan pola",
                             "tidak cocok dengan pola"),
                         in_quotes(e.text));
    case Function::kSize:
      return pick("the length of ", "panjang ") + arg(0);
    case Function::kHours:
      return of(pick("hour", "jam"), arg(0));
    case Function::kMinutes:
      return of(pick("minute", "menit"), arg(0));
    case Function::kDayOfWeek:
      return of(pick("day of the week (Sunday is 0)", "hari dalam minggu (Minggu = 0)"), arg(0));
    case Function::kDate:
      return of(pick("day of the month", "tanggal"), arg(0));
    case Function::kMonth:
      return of(pick("month (January is 0)", "bulan (Januari = 0)"), arg(0));
    case Function::kSignal:
      return say("the rule ", "it is not so that the rule ", "aturan ", "bukan bahwa aturan ") +
             in_quotes(e.text) + pick(" has hit", " telah mengena");
    case Function::kSignalValue:
      return pick("a value of the hit of rule ", "nilai dari temuan aturan ") + in_quotes(e.text);
    case Function::kCrimeSignal:
      return say("a rule on ", "it is not so that a rule on ", "aturan tentang ",
                 "bukan bahwa aturan tentang ") +
             in_quotes(e.text) + pick(" has hit", " telah mengena");
    case Function::kDecay:
      return pick(
          fmt::format("the freshness (halved every {}) of {}", duration(e.duration), arg(0)),
          fmt::format("kebaruan (berkurang separuh setiap {}) dari {}", duration(e.duration), arg(0)));
    case Function::kPeer:
      return pick("what is usual among its peers as ", "yang lazim di antara sesamanya sebagai ") +
             in_quotes(e.text);
    case Function::kListedDays:
      return pick(fmt::format("the days that {} has been on the list {}", arg(0), in_quotes(e.text)),
                  fmt::format("lamanya (hari) {} ada dalam daftar {}", arg(0), in_quotes(e.text)));
    default:
      return holds ? as_written(e) : pick("not: ", "tidak: ") + as_written(e);
  }
}

std::string RuleWords::aggregate(const rules::Window& window) const {
  const std::string value = window.value ? phrase(*window.value, true) : std::string();
  switch (window.aggregate) {
    case Aggregate::kCount:
      return pick("the number of transactions", "jumlah transaksi");
    case Aggregate::kSum:
      return pick("the sum of ", "total dari ") + value;
    case Aggregate::kMin:
      return pick("the smallest of ", "yang terkecil dari ") + value;
    case Aggregate::kMax:
      return pick("the largest of ", "yang terbesar dari ") + value;
    case Aggregate::kAvg:
      return pick("the average of ", "rata-rata dari ") + value;
    case Aggregate::kDistinct:
      if (window.value->op == Op::kPartyField && window.value->party_field == rules::PartyField::kKey)
        return pick("the number of different ", "banyaknya ") + parties(window.value->side) +
               pick("", " yang berbeda");
      return pick("the number of different values of ", "banyaknya nilai berbeda dari ") + value;
    case Aggregate::kShare:
      return pick("the share of transactions for which ", "bagian transaksi yang ") + value;
    case Aggregate::kFirstSeen:
      return value + pick(" is seen for the first time", " muncul pertama kali");
    case Aggregate::kDaysSince:
      return value.empty() ? pick("the days since the transaction before", "hari sejak transaksi sebelumnya")
                           : pick("the days since the last transaction with the same: ",
                                  "hari sejak transaksi terakhir dengan nilai sama: ") +
                                 value;
    case Aggregate::kUnitPrice:
      return pick("one price that fits ", "satu harga yang cocok dengan ") + value;
    case Aggregate::kRhythm:
      return pick("the rhythm of transactions", "irama transaksi");
    case Aggregate::kMedian:
      return pick("the median of ", "median dari ") + value;
    case Aggregate::kPercentile: {
      engine::Value rank;
      rank.type = Type::kNumber;
      rank.present = true;
      rank.number = window.rank;
      return pick("the percentile ", "persentil ") + alert::in_words(rank, language_, true) +
             pick(" of ", " dari ") + value;
    }
    case Aggregate::kStddev:
      return pick("the standard deviation of ", "simpangan baku dari ") + value;
    case Aggregate::kEwma:
      return pick("what a day usually brings", "yang biasa dalam sehari") +
             (value.empty() ? "" : pick(" of ", " dari ") + value);
    case Aggregate::kZscore:
      return pick("how unusual the last day is", "seberapa tidak biasa hari terakhir") +
             (value.empty() ? "" : pick(" in ", " dalam ") + value);
    case Aggregate::kRecency:
      return pick(
          fmt::format("the freshness (halved every {}) of the last transaction", duration(window.half_life)),
          fmt::format("kebaruan (berkurang separuh setiap {}) transaksi terakhir",
                      duration(window.half_life)));
    default:
      return window.source;
  }
}

std::string RuleWords::span(const rules::Window& window) const {
  std::string text;
  switch (window.calendar) {
    case rules::CalendarUnit::kNone:
      text = pick("within ", "dalam ") + duration(window.length);
      break;
    case rules::CalendarUnit::kDay:
      text = pick("on the same day", "pada hari yang sama");
      break;
    case rules::CalendarUnit::kWeek:
      text = pick("in the same week", "pada minggu yang sama");
      break;
    case rules::CalendarUnit::kMonth:
      text = pick("in the same month", "pada bulan yang sama");
      break;
  }
  if (window.before.micros == 0) return text;
  return text + pick(", ending ", ", berakhir ") + duration(window.before) + pick(" earlier", " sebelumnya");
}

std::string RuleWords::window(const rules::Window& window) const {
  std::string text = aggregate(window) + " " + span(window);
  if (window.same)
    text += pick(" with the same value of ", " dengan nilai sama dari ") + phrase(*window.same, true);
  if (window.where) text += pick(", of those where ", ", di antaranya yang ") + phrase(*window.where, true);
  return text;
}

}  // namespace suar::cli
