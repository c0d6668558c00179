#include "simulator/stage.h"

#include <algorithm>
#include <utility>

namespace suar::simulator {

Stage::Stage(const World& world, const CastMember& part, StageTime time, std::uint64_t seed,
             std::int32_t story)
    : world_(world),
      payments_(world),
      part_(part),
      time_(time),
      story_(story),
      random_(seed),
      offset_minutes_(places()[part.home].offset_hours * 60) {}

event::Instant Stage::at(int day, std::int64_t second) const {
  const event::Date date{event::date_of(time_.first, offset_minutes_).days + day};
  return event::start_of(date, offset_minutes_) + event::Duration::seconds(second);
}

int Stage::weekday(int day) const {
  return event::weekday_of(at(day, 12 * kHour), offset_minutes_);
}

int Stage::day_of_month(int day) const {
  return event::day_of_month(event::date_of(at(day, 12 * kHour), offset_minutes_));
}

std::uint32_t Stage::year_month(int day) const {
  const event::Date date = event::date_of(at(day, 12 * kHour), offset_minutes_);
  return static_cast<std::uint32_t>(event::year_of(date) * 100 + event::month_of(date));
}

std::int64_t Stage::month(int day) const {
  const std::uint32_t written = year_month(day);
  return static_cast<std::int64_t>(written / 100) * 12 + written % 100 - 1;
}

bool Stage::fresh(std::uint32_t person) const {
  return std::ranges::find(met_, person) == met_.end();
}

std::uint32_t Stage::stranger() {
  std::uint32_t person = world_.extras.at(random_.next());
  for (int attempt = 0; attempt < 100 && !fresh(person); ++attempt) person = world_.extras.at(random_.next());
  met_.push_back(person);
  return person;
}

std::vector<std::uint32_t> Stage::strangers(std::int64_t count) {
  std::vector<std::uint32_t> people;
  while (std::ssize(people) < count) people.push_back(stranger());
  return people;
}

std::vector<std::uint32_t> Stage::strangers_from_afar(std::int64_t count) {
  constexpr std::size_t kProvincesAtLeast = 4;
  std::vector<std::uint32_t> people;
  std::vector<std::string_view> seen;
  while (std::ssize(people) < count) {
    std::uint32_t person = stranger();
    for (int attempt = 0; attempt < 200; ++attempt) {
      const std::string_view province = places()[world_.home(person)].province;
      const bool known = std::ranges::find(seen, province) != seen.end();
      if (province != places()[home()].province && !(known && seen.size() < kProvincesAtLeast)) {
        if (!known) seen.push_back(province);
        break;
      }
      met_.pop_back();
      person = stranger();
    }
    people.push_back(person);
  }
  return people;
}

std::vector<std::uint32_t> Stage::office_staff(std::int64_t at_most) {
  std::vector<std::uint32_t> staff;
  for (std::uint32_t i = 0; i < office().staff.count; ++i) {
    if (office().staff.first + i != subject()) staff.push_back(office().staff.first + i);
  }
  for (std::size_t i = staff.size(); i > 1; --i) std::swap(staff[i - 1], staff[random_.below(i)]);
  if (std::ssize(staff) > at_most) staff.resize(static_cast<std::size_t>(at_most));
  return staff;
}

void Stage::add(Draft draft, event::Instant time) {
  if (time < world_.options().start || time >= world_.options().end()) return;
  draft.time = {time.micros + random_.between(0, 999) * 1000};
  draft.story = story_;
  drafts_.push_back(draft);
}

std::vector<Draft> Stage::take_drafts() {
  std::ranges::stable_sort(drafts_, {}, &Draft::time);
  return std::move(drafts_);
}

}  // namespace suar::simulator
