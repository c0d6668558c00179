// Makes the text of one random rule. The vocabulary is that of random_stream.cc, so that conditions hold
// about half the time.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "oracle/case.h"

namespace suar::oracle {

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
  // Declares a parameter the first time that it is used.
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

  void sequence();
  void absence();
  void chain();
  std::string comparison_with_step(const std::string& step);

  LetText window(const std::string& name);
  std::string span(const std::string& head);
  std::string test_of(const LetText& let);
  std::string number_test() { return fmt::format("{} {}", order(), 1 + dice_.below(4)); }

  Dice& dice_;
  std::vector<RuleText>& earlier_;
  RuleText rule_;
  const RuleText* asked_ = nullptr;
};

}  // namespace suar::oracle
