#include "simulator/simulator.h"

#include <malloc.h>

#include <algorithm>
#include <map>
#include <set>

#include "stream.h"

namespace suar::simulator {
namespace {

std::vector<std::string> stream(const Options& options) {
  Simulator simulator(options);
  return lines_of(simulator);
}

TEST(Simulator, GivesTheSameBytesForTheSameSeed) {
  const Options options{.seed = 11, .days = 20, .accounts = 500};
  Simulator one(options);
  Simulator two(options);
  EXPECT_EQ(lines_of(one), lines_of(two));
  EXPECT_EQ(one.take_labels(), two.take_labels());
  const auto files = one.reference_files();
  const auto again = two.reference_files();
  ASSERT_EQ(files.size(), again.size());
  for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(files[i].bytes, again[i].bytes) << files[i].name;
}

TEST(Simulator, GivesAnotherStreamForAnotherSeed) {
  EXPECT_NE(stream({.seed = 1, .days = 1}), stream({.seed = 2, .days = 1}));
}

TEST(Simulator, ComesInTheOrderOfEventTimeButForWhatIsLateRepeatedOrCorrected) {
  event::Decoder decoder;
  std::set<std::string> seen;
  event::Instant newest = event::Instant::min();
  for (const std::string& line : stream({.seed = 5, .days = 10})) {
    const event::Transaction event = decode(decoder, line);
    const bool repeated = !seen.insert(std::string(event.event_id)).second;
    if (repeated || event.source_system == "batch" || event.event_type == event::EventType::kCorrect)
      continue;
    EXPECT_GE(event.event_time.instant, newest) << line;
    newest = std::max(newest, event.event_time.instant);
  }
}

TEST(Simulator, IsInStrictOrderWithoutDisturbances) {
  event::Decoder decoder;
  event::Instant newest = event::Instant::min();
  for (const std::string& line : stream({.seed = 5, .days = 10, .disturbances = false})) {
    const event::Instant time = decode(decoder, line).event_time.instant;
    ASSERT_GE(time, newest) << line;
    newest = time;
  }
}

TEST(Simulator, StaysWithinItsDaysAndArrivalsNeverGoBack) {
  const Options options{.seed = 5, .days = 3, .start = {1'775'000'123'000'000}};
  Simulator simulator(options);
  event::Decoder decoder;
  event::Instant arrived = options.start;
  for (std::string line; simulator.next(line);) {
    const event::Instant time = decode(decoder, line).event_time.instant;
    ASSERT_GE(time, options.start);
    ASSERT_LT(time, options.end());
    ASSERT_GE(simulator.arrived(), arrived);
    ASSERT_GE(simulator.arrived(), time);
    arrived = simulator.arrived();
  }
  EXPECT_LT(arrived, options.end());
}

TEST(Simulator, WritesEventsThatTheDecoderAcceptsOfEveryKindInThreeTimeZones) {
  event::Decoder decoder;
  std::set<event::TxType> types;
  std::set<event::Channel> channels;
  std::set<int> offsets;
  for (const std::string& line : stream(kHalfAYear)) {
    const event::Transaction event = decode(decoder, line);
    types.insert(event.tx_type);
    channels.insert(event.channel);
    offsets.insert(event.event_time.offset_minutes);
  }
  EXPECT_EQ(offsets, (std::set<int>{420, 480, 540}));
  EXPECT_GE(types.size(), 13U);
  EXPECT_GE(channels.size(), 9U);
}

TEST(Simulator, DisturbsAboutOnePerCentOfEachKindAndUndoesOnlyWhatItSent) {
  event::Decoder decoder;
  std::map<std::string, int> times;
  std::map<event::EventType, double> acts;
  std::vector<std::string> named;
  double late = 0;
  double all = 0;
  for (const std::string& line : stream(kHalfAYear)) {
    const event::Transaction event = decode(decoder, line);
    ++all;
    ++acts[event.event_type];
    late += event.source_system == "batch" ? 1 : 0;
    ++times[std::string(event.event_id)];
    if (!event.related_event_id.empty()) named.emplace_back(event.related_event_id);
  }
  double repeated = 0;
  for (const auto& [id, count] : times) repeated += count - 1;
  for (const double kind : {repeated, late, acts[event::EventType::kReverse],
                            acts[event::EventType::kCorrect], acts[event::EventType::kInstruct]}) {
    EXPECT_GT(kind / all, 0.003);
    EXPECT_LT(kind / all, 0.02);
  }
  EXPECT_GT(acts[event::EventType::kReject], 0);
  for (const std::string& id : named) EXPECT_TRUE(times.contains(id)) << id;
}

TEST(Simulator, MakesAStreamOfAnySize) {
  EXPECT_GT(stream({.days = 1, .accounts = 1}).size(), 100U);
  const auto usual = stream({.days = 2, .accounts = 2'000}).size();
  EXPECT_GT(stream({.days = 2, .accounts = 8'000}).size(), usual * 3);
  EXPECT_GT(stream({.days = 2, .accounts = 2'000, .daily_events_per_mille = 6'000}).size(), usual * 3);
}

TEST(Simulator, KeepsItsMemoryHoweverManyEventsItMakes) {
  const std::size_t before = mallinfo2().uordblks;
  Simulator simulator({.seed = 1, .days = 30, .accounts = 500, .daily_events_per_mille = 30'000});
  std::size_t most = 0;
  std::size_t events = 0;
  for (std::string line; simulator.next(line); ++events) {
    if (events % 10'000 == 0) most = std::max(most, mallinfo2().uordblks - before);
  }
  EXPECT_GT(events, 500'000U);
  EXPECT_LT(most, 8U << 20);
}

}  // namespace
}  // namespace suar::simulator
