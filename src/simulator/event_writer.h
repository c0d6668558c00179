// A draft as one line of JSON, in the words of the event contract.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "simulator/draft.h"
#include "simulator/world.h"

namespace suar::simulator {

// The id as events show it: 16 hexadecimal digits.
[[nodiscard]] std::string event_id_text(std::uint64_t id);
// A telephone or an address, hashed, as events show it.
[[nodiscard]] std::string contact_text(std::uint32_t number);

class EventWriter {
 public:
  explicit EventWriter(const World& world) : world_(world) {}

  // Replaces `line`, without a line end.
  void write(const Draft& draft, std::string& line);
  [[nodiscard]] std::string device_text(std::uint32_t owner) const;

 private:
  void write_time(event::Instant time, int offset_hours, std::string& out);
  [[nodiscard]] std::uint64_t device(std::uint32_t owner) const;
  void write_content(const Draft& draft, std::string& out);
  void write_contact(const Draft& draft, std::string& out);
  void write_place(const Draft& draft, std::string& out);
  void write_party(std::string_view key, const Side& side, std::string& out);

  // The date of the last time written, for each hour of offset.
  struct Day {
    std::int64_t number = INT64_MIN;
    std::array<char, 10> text{};
  };
  const World& world_;
  std::array<Day, 15> days_;
};

}  // namespace suar::simulator
