// Where one planted story is acted out: who takes part, when, and what the payments are. A story is a pure
// function of its seed; its drafts are handed over in the order of time.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "simulator/draft.h"
#include "simulator/payments.h"
#include "simulator/random.h"
#include "simulator/world.h"

namespace suar::simulator {

inline constexpr std::int64_t kMinute = 60;
inline constexpr std::int64_t kHour = 3600;  // seconds of a day are counted in these
inline constexpr std::int64_t kDay = 24 * kHour;

struct StageTime {
  event::Instant first;  // day 0 of the story
  int days = 0;          // how many it has
};

class Stage {
 public:
  Stage(const World& world, const CastMember& part, StageTime time, std::uint64_t seed, std::int32_t story);

  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] const Payments& payments() const { return payments_; }
  [[nodiscard]] Random& random() { return random_; }
  [[nodiscard]] std::uint32_t subject() const { return part_.account; }
  [[nodiscard]] PlaceIndex home() const { return part_.home; }
  [[nodiscard]] const Office& office() const { return world_.offices()[part_.office]; }
  [[nodiscard]] const AgencyFirm& firm() const { return world_.agencies()[part_.firm]; }
  [[nodiscard]] std::uint32_t companion(std::uint32_t nth) const { return part_.first_companion + nth; }
  // What the label names, where that is not the subject's account: the key of a device, a corridor ...
  void name_subject(std::string key) { subject_key_ = std::move(key); }
  [[nodiscard]] const std::string& subject_key() const { return subject_key_; }

  // --- time, at the subject's home
  [[nodiscard]] int days() const { return time_.days; }
  [[nodiscard]] event::Instant at(int day, std::int64_t second) const;  // the second may lie beyond the day
  [[nodiscard]] int weekday(int day) const;                             // 0 = Sunday
  [[nodiscard]] int day_of_month(int day) const;
  [[nodiscard]] std::uint32_t year_month(int day) const;  // 202603
  [[nodiscard]] std::int64_t month(int day) const;        // months since year 0, as exchange rates count
  // A second of the day, between two hours.
  [[nodiscard]] std::int64_t between_hours(int from, int to) {
    return random_.between(from * kHour, to * kHour - 1);
  }

  // --- people with no part of their own, no two alike
  [[nodiscard]] std::uint32_t stranger();
  [[nodiscard]] std::vector<std::uint32_t> strangers(std::int64_t count);
  // Living outside the subject's province, in at least four others.
  [[nodiscard]] std::vector<std::uint32_t> strangers_from_afar(std::int64_t count);
  [[nodiscard]] std::vector<std::uint32_t> office_staff(std::int64_t at_most);

  // What falls outside the stream's time is left out.
  void add(Draft draft, event::Instant time);
  [[nodiscard]] std::vector<Draft> take_drafts();

 private:
  [[nodiscard]] bool fresh(std::uint32_t person) const;

  const World& world_;
  Payments payments_;
  CastMember part_;
  StageTime time_;
  std::int32_t story_;
  Random random_;
  int offset_minutes_;
  std::vector<std::uint32_t> met_;
  std::vector<Draft> drafts_;
  std::string subject_key_;
};

}  // namespace suar::simulator
