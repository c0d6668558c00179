// What a run does: drawn from its seed, so that the seed alone repeats it.
//
// The moments are milliseconds of the run; what a fault meets at its moment is the machine's own affair, so a
// seed repeats the plan, not every interleaving.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace suar::faults {

enum class Kind : std::uint8_t {
  kKill,           // SIGKILL of an instance, started again after a while
  kPause,          // SIGSTOP for longer than the silence after which another takes over, then SIGCONT
  kStop,           // SIGTERM, started again after a while
  kBrokerRestart,  // the broker stops cleanly and comes back
  kBrokerKill,     // SIGKILL of the broker, started again
};
[[nodiscard]] std::string_view name_of(Kind kind);

struct Fault {
  Kind kind = Kind::kKill;
  int at_millis = 0;
  bool of_active = true;  // the instance that is active then, or another one
  int millis = 0;         // until it is undone
};

struct Plan {
  std::uint64_t seed = 0;
  int instances = 1;
  int partitions = 1;
  bool exactly_once = true;
  int records = 0;
  int first_record = 0;  // of the simulated stream
  int millis = 0;        // in which the records are written
  int snapshot_millis = 0;
  std::vector<Fault> faults;  // in the order of their moments
};

struct PlanOptions {
  int faults = 5;
  std::vector<Kind> kinds;  // those to draw from; all where it is empty
};

[[nodiscard]] Plan plan_of(std::uint64_t seed, const PlanOptions& options);
[[nodiscard]] std::string describe(const Plan& plan);
// All of them, as --only names them.
[[nodiscard]] const std::vector<Kind>& all_kinds();

}  // namespace suar::faults
