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
  std::string_view agency_type = {};  // of a company on the register of agencies; empty for none
  enum class Licence : std::uint8_t { kActive, kSuspended, kRenewed };
  Licence licence = Licence::kActive;  // kRenewed: expired for some days while the stream runs
  bool with_office = false;   // an office stands beside a person or a company (an official brings his own)
  bool humanitarian = false;  // stands on the list of humanitarian organisations
  bool lets_rooms = false;    // and declares the rent
  bool established = false;   // the account is years old; else it may be new
  bool listed = false;        // stands on the list of suspected accounts
  bool tipped = false;        // somebody has reported the account
  bool quiet = false;         // has no ordinary payments beside the story

  // What a person with an office beside him is to one of its officials.
  enum class Tie : std::uint8_t { kNone, kSpouse, kFriend };
  Tie tie = Tie::kNone;
  // When an official takes up the post, or leaves it: in the middle of the stream.
  enum class Post : std::uint8_t { kAllTheTime, kLeavesMidway, kTakesOverMidway };
  Post post = Post::kAllTheTime;

  // A placement, visa or travel agency of the story's own, and what it is to the subject.
  enum class Firm : std::uint8_t { kNone, kStranger, kOwn, kEmployer };
  Firm firm = Firm::kNone;
  std::uint32_t companions = 0;  // people who do nothing but what the story has them do
};

struct CastMember {
  const Casting* casting = nullptr;
  std::uint32_t account = kNobody;
  PlaceIndex home = kNoPlace;
  std::uint32_t office = kNobody;  // index into World::offices(); no two parts share an office
  std::uint32_t firm = kNobody;    // index into World::agencies()
  std::uint32_t first_companion = kNobody;
};

}  // namespace suar::simulator
