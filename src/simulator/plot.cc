#include "simulator/plot.h"

#include <algorithm>
#include <numeric>

#include "event/json_writer.h"
#include "simulator/event_writer.h"

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t { kTime = 701, kStory };

std::int64_t times_each(const Options& options) {
  if (options.plants_per_mille <= 0) return 0;
  const std::int64_t usual = 2 + std::int64_t{options.accounts} / 10'000 + options.days / 180;
  return std::max<std::int64_t>(1, usual * options.plants_per_mille / 1000);
}

}  // namespace

Programme programme_for(const Options& options) {
  Programme programme;
  for (const Scenario* scenario : all_scenarios()) {
    if (options.days < scenario->fewest_days) {
      programme.left_out.push_back(scenario->name);
      continue;
    }
    programme.scenarios.insert(programme.scenarios.end(), static_cast<std::size_t>(times_each(options)),
                               scenario);
  }
  return programme;
}

std::vector<Casting> castings_of(const Programme& programme) {
  std::vector<Casting> castings;
  for (const Scenario* scenario : programme.scenarios) castings.push_back(scenario->subject);
  return castings;
}

Plot::Plot(const World& world, Programme programme) : world_(world) {
  const Options& options = world.options();
  for (std::size_t i = 0; i < programme.scenarios.size(); ++i) {
    const Scenario& scenario = *programme.scenarios[i];
    Random random(draw(options.seed, i, kTime));
    StageTime time{options.start, options.days};
    if (scenario.most_days < options.days) {
      time.days = static_cast<int>(random.between(scenario.fewest_days, scenario.most_days));
      time.first = options.start + event::Duration::days(random.between(0, options.days - time.days));
    } else if (scenario.most_days != kWholeStream) {
      time.days = static_cast<int>(random.between(scenario.fewest_days, options.days));
      time.first = options.start + event::Duration::days(random.between(0, options.days - time.days));
    }
    stories_.push_back({&scenario, time, draw(options.seed, i, kStory), 0, {}, {}});
  }
  by_start_.resize(stories_.size());
  std::iota(by_start_.begin(), by_start_.end(), 0);
  std::ranges::stable_sort(by_start_, {}, [this](std::int32_t story) {
    return stories_[static_cast<std::size_t>(story)].time.first;
  });
}

const Draft* Plot::peek(event::Instant time) {
  // A story's first day may begin before its first instant, where the local date does.
  while (begun_ < by_start_.size()) {
    const std::int32_t story = by_start_[begun_];
    if (stories_[static_cast<std::size_t>(story)].time.first - event::Duration::days(1) > time) break;
    act_out(story);
    ++begun_;
  }
  return pending_.empty() || pending_.front().draft.time > time ? nullptr : &pending_.front().draft;
}

void Plot::act_out(std::int32_t number) {
  Story& story = stories_[static_cast<std::size_t>(number)];
  Stage stage(world_, world_.cast()[static_cast<std::size_t>(number)], story.time, story.seed, number);
  story.scenario->act(stage);
  story.subject = stage.subject_key();
  for (const Draft& draft : stage.take_drafts()) {
    pending_.push_back({draft, ordered_++});
    std::ranges::push_heap(pending_, later);
    ++story.to_come;
  }
}

bool Plot::later(const Pending& a, const Pending& b) {
  return a.draft.time != b.draft.time ? a.draft.time > b.draft.time : a.order > b.order;
}

void Plot::drop(std::uint64_t id) {
  std::ranges::pop_heap(pending_, later);
  const Draft& draft = pending_.back().draft;
  const std::int32_t number = draft.story;
  Story& story = stories_[static_cast<std::size_t>(number)];
  story.payments.emplace_back(draft.time, id);
  pending_.pop_back();
  if (--story.to_come == 0) describe(number);
}

void Plot::describe(std::int32_t number) {
  Story& story = stories_[static_cast<std::size_t>(number)];
  const auto& payments = story.payments;
  std::string line;
  event::JsonWriter json(line);
  json.begin_object();
  json.field("scenario", story.scenario->name);
  json.field("rule", story.scenario->rule);
  json.field("plant", story.scenario->crime);
  if (story.subject.empty()) {
    const CastMember& part = world_.cast()[static_cast<std::size_t>(number)];
    story.subject = "account:" + world_.account_text(part.account);
  }
  json.field("subject", story.subject);
  json.field("first_event", event_id_text(payments.front().second));
  json.field("last_event", event_id_text(payments.back().second));
  json.field("first_time", event::to_rfc3339(payments.front().first, 420));
  json.field("last_time", event::to_rfc3339(payments.back().first, 420));
  json.key("event_ids");
  json.begin_array();
  for (const auto& payment : payments) json.string(event_id_text(payment.second));
  json.end_array();
  json.end_object();
  labels_.push_back(std::move(line));
  story.payments = {};
}

}  // namespace suar::simulator
