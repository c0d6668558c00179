// The reference directory of a simulated world, in the forms that the reference reader accepts.
#pragma once

#include <string>
#include <vector>

#include "reference/reference.h"
#include "simulator/world.h"

namespace suar::simulator {

[[nodiscard]] std::vector<reference::File> files_of(const World& world);

// Each file's bytes. The first is entities.ftm.ndjson: offices, posts, officials and their families, agencies
// and who runs them, companies of the scenarios, and the bank accounts of all these.
[[nodiscard]] std::string entities_file(const World& world);
[[nodiscard]] std::string customers_file(const World& world);
[[nodiscard]] std::string agencies_file(const World& world);

}  // namespace suar::simulator
