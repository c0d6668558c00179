// What is due on a day of the month: wages, rents, loan instalments, remittances, electricity. One day at a
// time is kept, so that memory depends on the number of accounts and not on the length of the stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "simulator/draft.h"
#include "simulator/payments.h"
#include "simulator/random.h"
#include "simulator/world.h"

namespace suar::simulator {

class Agenda {
 public:
  explicit Agenda(const World& world) : world_(world), payments_(world) {}

  void open(event::Date date);  // a day of western Indonesian time
  // Appends what is due before `end` and was not taken yet.
  void take_until(event::Instant end, Random& random, std::vector<Draft>& out);

 private:
  enum class Kind : std::uint8_t { kWage, kRent, kLoan, kRemittance, kElectricity, kFamily };
  struct Due {
    event::Instant time;
    std::uint32_t person;
    Kind kind;
  };

  void note_dues(std::uint32_t person, int day_of_month);
  void add(std::uint32_t person, Kind kind, std::int64_t from_second, std::int64_t to_second);
  [[nodiscard]] Draft draft_of(const Due& due, Random& random) const;

  const World& world_;
  Payments payments_;
  event::Date date_;
  std::vector<Due> dues_;
  std::size_t taken_ = 0;
};

}  // namespace suar::simulator
