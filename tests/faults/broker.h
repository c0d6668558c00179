// The real broker of a world: stopped, killed and started again under the same address with the same data.
#pragma once

#include <string>

namespace suar::faults {

class Broker {
 public:
  // Starts it; its data lie in `directory`. Throws where it does not start.
  explicit Broker(std::string directory);
  ~Broker();
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  void start();
  void stop();
  void kill();
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  [[nodiscard]] std::string script(const std::string& command) const;

  std::string directory_, address_;
};

}  // namespace suar::faults
