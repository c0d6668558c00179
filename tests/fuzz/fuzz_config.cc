// The service's configuration. No variable of the environment is set but one.
#include <string>

#include "fuzz.h"
#include "service/config.h"

using namespace suar;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const service::Environment environment = [](const std::string& name) {
    return name == "SET" ? std::optional<std::string>("[1, 2") : std::nullopt;
  };
  const auto parsed = service::parse_config("suar.yaml", fuzz::text_of(data, size), environment);
  fuzz::require(parsed.config || !parsed.findings.empty(), "a configuration that is refused has a finding");
  return 0;
}
