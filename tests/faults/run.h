// One run of a plan: a deployment of its own on the world's broker, traffic, faults, a verdict.
#pragma once

#include <string>
#include <vector>

#include "faults/broker.h"
#include "faults/judge.h"
#include "faults/plan.h"

namespace suar::faults {

struct RunResult {
  Verdict verdict;
  int inflicted = 0;  // the others found nothing to hit
  std::string kept;   // where its files are, if something was found
};

// Files of a run in which something was found are copied into `keep`.
[[nodiscard]] RunResult run(const Plan& plan, Broker& broker, const std::string& keep);

}  // namespace suar::faults
