#include "simulator/disturbances.h"

#include <algorithm>

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t { kStream = 601, kId };

event::Duration seconds_between(Random& random, std::int64_t low, std::int64_t high) {
  return {random.between(low * 1000, high * 1000) * 1000};
}

bool by_transfer_rail(const Draft& draft) {
  return draft.rail == "bifast" || draft.rail == "online" || draft.rail == "skn";
}

}  // namespace

Disturbances::Disturbances(const World& world)
    : world_(world), random_(draw(world.options().seed, 0, kStream)) {}

std::uint64_t Disturbances::new_id() {
  return mix(draw(world_.options().seed, 0, kId) ^ ++numbered_);
}

std::optional<Arrival> Disturbances::pass(const Draft& draft) {
  const Arrival at_once{draft.time, draft};
  if (!world_.options().disturbances) return at_once;
  const std::uint64_t fate = random_.below(1000);
  if (fate < 8) {
    hold(draft.time + seconds_between(random_, 1, 600), draft);
    return at_once;
  }
  if (fate < 16) {
    Draft late = draft;
    late.feed = "batch";
    hold(draft.time + seconds_between(random_, 60, random_.chance(800) ? 1'800 : 20'000), late);
    return std::nullopt;
  }
  if (draft.story != kBackground) return at_once;
  if (fate < 22) reverse(draft);
  if (fate >= 22 && fate < 28) correct(draft);
  if (fate >= 28 && fate < 60 && by_transfer_rail(draft) && draft.foreign_minor == 0) {
    conclude(draft);
    Arrival instruct = at_once;
    instruct.draft.event_type = event::EventType::kInstruct;
    return instruct;
  }
  return at_once;
}

void Disturbances::reverse(const Draft& draft) {
  Draft act;
  act.event_type = event::EventType::kReverse;
  act.related = draft.id;
  act.bare = true;
  act.place = draft.place;
  act.bare_with_amount = draft.rupiah > 20'000 && random_.chance(300);
  act.rupiah = random_.between(1, std::max<std::int64_t>(1, draft.rupiah / 1000)) * 1000;
  act.time = draft.time + seconds_between(random_, 120, 72'000);
  act.id = new_id();
  if (act.time < world_.options().end()) hold(act.time, act);
}

void Disturbances::correct(const Draft& draft) {
  Draft act = draft;
  act.event_type = event::EventType::kCorrect;
  act.related = draft.id;
  act.id = new_id();
  if (draft.foreign_minor == 0 && random_.chance(600)) {
    act.rupiah = std::max<std::int64_t>(1'000, draft.rupiah * random_.between(90, 110) / 100 / 500 * 500);
  } else {
    act.note = "koreksi berita";
    act.note_first = act.note_second = 0;
  }
  const event::Instant arrives = draft.time + seconds_between(random_, 300, 43'000);
  if (arrives < world_.options().end()) hold(arrives, act);
}

void Disturbances::conclude(const Draft& instruct) {
  Draft act;
  act.event_type = random_.chance(80) ? event::EventType::kReject : event::EventType::kComplete;
  act.related = instruct.id;
  act.bare = true;
  act.place = instruct.place;
  act.time = instruct.time + seconds_between(random_, 1, 25);
  act.id = new_id();
  if (act.time < world_.options().end()) hold(act.time, act);
}

bool Disturbances::later(const Waiting& a, const Waiting& b) {
  return a.arrives != b.arrives ? a.arrives > b.arrives : a.order > b.order;
}

void Disturbances::hold(event::Instant arrives, const Draft& draft) {
  const event::Instant last{world_.options().end().micros - 1000};
  waiting_.push_back({std::min(arrives, last), held_++, draft});
  std::ranges::push_heap(waiting_, later);
}

std::optional<Arrival> Disturbances::due(event::Instant time) {
  if (waiting_.empty() || waiting_.front().arrives > time) return std::nullopt;
  std::ranges::pop_heap(waiting_, later);
  const Arrival arrival{waiting_.back().arrives, waiting_.back().draft};
  waiting_.pop_back();
  return arrival;
}

}  // namespace suar::simulator
