// A computed value inside the engine: small, without ownership. Text points into the event or the rule.
#pragma once

#include <cstdint>
#include <string_view>

#include "event/instant.h"
#include "rules/expression.h"

namespace suar::engine {

struct UnitPrice {
  std::int64_t total = 0, matching = 0, price = 0;  // price in minor units; 0 = none
};

struct Rhythm {
  std::int64_t occasions = 0, regular = 0;
};

struct Cell {
  bool present = false;
  bool truth = false;        // kBool
  bool overflow = false;     // an exact result did not fit 128 bits: an error of the rule, never a wrap
  event::Currency currency;  // kMoney
  rules::Rational number;    // kNumber, kMoney; kTime and kDuration in microseconds
  std::string_view text;     // kText; kParty: the entity key's identity is `number`
  UnitPrice unit_price;
  Rhythm rhythm;

  static Cell absent() { return {}; }
  static Cell overflowed() {
    Cell cell;
    cell.overflow = true;
    return cell;
  }
  static Cell of(bool value) {
    Cell cell;
    cell.present = true;
    cell.truth = value;
    return cell;
  }
  static Cell of(rules::Rational value) {
    Cell cell;
    cell.present = true;
    cell.number = value;
    return cell;
  }
  static Cell of(std::int64_t value) { return of(rules::Rational::of(value)); }
  static Cell money(rules::Int128 minor, event::Currency currency) {
    Cell cell = of(rules::Rational::of(minor));
    cell.currency = currency;
    return cell;
  }
  static Cell of(std::string_view value) {
    Cell cell;
    cell.present = !value.empty();
    cell.text = value;
    return cell;
  }
};

}  // namespace suar::engine
