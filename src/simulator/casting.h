// The part that a scenario wants to see filled, and who fills it.
#pragma once

#include <cstdint>
#include <string_view>

#include "simulator/places.h"

namespace suar::simulator {

inline constexpr std::uint32_t kNobody = UINT32_MAX;

struct Casting {
  enum class Role : std::uint8_t {
    kPerson,    // an ordinary person
    kOfficial,  // one of an office's staff
    kOffice,    // the office itself
    kCompany,   // an entity made for the part
  };
  Role role = Role::kPerson;
  Region home = Region::kAnywhere;
  std::string_view segment = "retail";
  std::string_view occupation = {};
  std::string_view agency_type = {};  // of a licensed company; empty for none
  bool with_office = false;   // an office stands beside a person or a company (an official brings his own)
  bool humanitarian = false;  // stands on the list of humanitarian organisations
  bool lets_rooms = false;    // and declares the rent
  bool established = false;   // the account is years old; else it may be new
};

struct CastMember {
  const Casting* casting = nullptr;
  std::uint32_t account = kNobody;
  PlaceIndex home = kNoPlace;
  std::uint32_t office = kNobody;  // index into World::offices(); no two parts share an office
};

}  // namespace suar::simulator
