// What windows amount to on an entity with very many events, kept up to date event by event instead of
// counted again each time: an event that comes is added, one that is taken out or that the window leaves
// behind is subtracted. All in integers, so the order shows in nothing and the result is that of
// window_value().
//
// Derived: it is made from the log when a window is first asked for, and may be dropped at any time. Windows
// that ask how values lie (unit price, rhythm, median ...) are not kept; they are counted from the log.
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/window_value.h"

namespace suar::engine {

class RunningWindows {
 public:
  // The value of window_value(). Every change of the log since the last call must have been told.
  [[nodiscard]] Cell value(const WindowPlan& plan, const WindowScope& scope);

  // An entry was put into the log; will be taken out of it, or its columns will change.
  void inserted(const LogEntry& entry);
  void leaving(const LogEntry& entry);
  void change_over(const LogEntry& entry);  // its columns have changed, after leaving()
  // Entries before every window's reach are about to be dropped from the log; and then were.
  void before_cleanup(const EntityLog& log, event::Instant now);
  void after_cleanup(const EntityLog& log);

  [[nodiscard]] static bool keeps(const WindowPlan& plan, const Layout& layout);

 private:
  struct Totals {
    std::int64_t events = 0, satisfying = 0, present = 0, distinct = 0;
    rules::Int128 sum = 0;
  };
  using Key =
      std::pair<std::uint64_t, std::uint64_t>;  // the value of `same` (0 where there is none), a value

  class Window {
   public:
    Window(const WindowPlan& plan, const Layout& layout) : plan_(plan), layout_(layout) {}

    void advance(const EntityLog& log, event::Instant now);
    void locate(const EntityLog& log);
    void count_in(const LogEntry& entry);  // that has come at its place in the log
    void adjust(const LogEntry& entry, int sign);
    [[nodiscard]] bool holds(std::int64_t time) const { return after_ < time && time <= until_; }
    [[nodiscard]] Cell value(const WindowScope& scope) const;

   private:
    void add(const LogEntry& entry, int sign);
    [[nodiscard]] bool read(int column, const LogEntry& entry, std::uint64_t& value) const;
    [[nodiscard]] const Column& column(int index) const {
      return layout_.columns[static_cast<std::size_t>(index)];
    }

    const WindowPlan& plan_;
    const Layout& layout_;
    bool begun_ = false;
    std::int64_t after_ = 0, until_ = 0;    // times in (after, until] are added up
    std::uint32_t first_ = 0, beyond_ = 0;  // the entries with these times
    Totals all_;
    absl::flat_hash_map<std::uint64_t, Totals> by_same_;
    absl::flat_hash_map<Key, std::uint32_t> times_seen_;   // for distinct()
    absl::btree_map<std::int64_t, std::uint32_t> sorted_;  // for min() and max()
  };

  std::vector<std::unique_ptr<Window>> windows_;  // by WindowPlan::id
};

}  // namespace suar::engine
