#include "simulator/simulator.h"

#include <algorithm>

#include "simulator/background.h"
#include "simulator/disturbances.h"
#include "simulator/event_writer.h"
#include "simulator/plot.h"
#include "simulator/reference_files.h"
#include "simulator/world.h"

namespace suar::simulator {

struct Simulator::Impl {
  explicit Impl(const Options& options) : Impl(options, programme_for(options)) {}
  Impl(const Options& options, Programme programme)
      : left_out(programme.left_out),
        castings(castings_of(programme)),
        world(options, castings),
        background(world),
        plot(world, std::move(programme)),
        disturbances(world),
        writer(world),
        arrived(options.start) {}

  std::vector<std::string_view> left_out;
  std::vector<Casting> castings;  // the world's cast points at them
  World world;
  Background background;
  Plot plot;
  Disturbances disturbances;
  EventWriter writer;
  event::Instant arrived;
};

Simulator::Simulator(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;
Simulator& Simulator::operator=(Simulator&&) noexcept = default;

bool Simulator::next(std::string& json_line) {
  for (;;) {
    const Draft* ordinary = impl_->background.peek();
    const event::Instant horizon = ordinary != nullptr ? ordinary->time : impl_->world.options().end();
    const Draft* planted = impl_->plot.peek(horizon);
    const event::Instant fresh = planted != nullptr ? planted->time : horizon;

    std::optional<Arrival> arrival = impl_->disturbances.due(fresh);
    if (!arrival) {
      if (planted == nullptr && ordinary == nullptr) return false;
      Draft draft = planted != nullptr ? *planted : *ordinary;
      draft.id = impl_->disturbances.new_id();
      if (planted != nullptr) {
        impl_->plot.drop(draft.id);
      } else {
        impl_->background.drop();
      }
      arrival = impl_->disturbances.pass(draft);
    }
    if (!arrival) continue;
    impl_->arrived = std::max(impl_->arrived, arrival->time);
    impl_->writer.write(arrival->draft, json_line);
    return true;
  }
}

event::Instant Simulator::arrived() const {
  return impl_->arrived;
}
std::vector<std::string> Simulator::take_labels() {
  return impl_->plot.take_labels();
}
const std::vector<std::string_view>& Simulator::left_out() const {
  return impl_->left_out;
}
std::vector<reference::File> Simulator::reference_files() const {
  return files_of(impl_->world);
}

}  // namespace suar::simulator
