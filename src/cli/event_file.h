// The events of a file or of standard input, decoded, one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>

#include "cli/line_reader.h"
#include "engine/lookahead.h"

namespace suar::cli {

// A file opened for reading; "-" is standard input. It is closed with this, standard input is not.
class InputDescriptor {
 public:
  explicit InputDescriptor(const std::string& path);
  ~InputDescriptor();
  InputDescriptor(const InputDescriptor&) = delete;
  InputDescriptor& operator=(const InputDescriptor&) = delete;

  [[nodiscard]] bool open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] const char* error() const;

 private:
  int number_;
  int error_;
};

// Is told of every record that is not blank; false ends the reading.
using TakeEvent = std::function<bool(const Line& line, const engine::Decoded& transaction)>;

// Reads to the end, or until `take` has enough; some records ahead, to fetch what `engine` will need. The
// error is a sentence.
[[nodiscard]] std::expected<void, std::string> read_events(const std::string& path,
                                                           const engine::Engine& engine,
                                                           const TakeEvent& take);

}  // namespace suar::cli
