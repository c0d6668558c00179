// What is known about the parties apart from their payments: officials and their posts, relations, agencies,
// customers, watch lists, corridors, places, tariffs, the calendar, exchange rates. One immutable set, loaded
// whole or not at all from bytes that somebody else has read; every question is asked as of an instant.
//
// Days in reference data are local days of the home country's offset, UTC+7; first and last days of a
// validity are both included. Look-ups that nothing is known for answer "no" or with nothing.
//
// A Reference is safe to read from several threads. Views it returns live as long as it does.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/instant.h"
#include "event/money.h"
#include "reference/diagnostic.h"

namespace suar::reference {

// One file of the reference directory: its path relative to it ("lists/hubs.csv") and its bytes.
struct File {
  std::string name;
  std::string bytes;
};

// A party or entity that the reference data knows; kNone is "not known".
struct PartyRef {
  std::uint32_t index = UINT32_MAX;
  auto operator<=>(const PartyRef&) const = default;
  [[nodiscard]] bool known() const { return index != UINT32_MAX; }
};
inline constexpr PartyRef kNone{};

// What an official holds at an instant. The organisation is the entity's name where the data knows it, else
// what the position says; the category is the position's first topic of "gov.", else its first topic, else
// its description.
struct Post {
  std::string_view title, organisation, area, category;
};

struct Agency {
  std::string party_id, licence_no, name, type, status;
  std::vector<std::string> destinations;  // ISO 3166 country codes
};

struct Customer {
  std::string_view kind, segment, occupation, region;
  std::optional<event::Date> birth_date, opened;
  std::optional<std::int64_t> declared_income_month;  // minor units of the home currency
};

struct Place {
  std::string code, name, level, parent;
  std::vector<std::string> tags;  // border, port, remote, airport
  std::optional<double> lat, lon;
};

// What is usual among peers: money in minor units, or a number with so many decimals.
struct PeerFigure {
  std::int64_t digits = 0;
  int scale = 0;
  std::optional<event::Currency> currency;
};

// Kinds of link in a path that may incriminate.
enum class LinkKind : std::uint8_t {
  kOwnership = 1,
  kDirectorship = 2,
  kEmployment = 4,
  kFamily = 8,
  kAssociate = 16
};
using LinkKinds = std::uint8_t;  // a set of LinkKind bits
inline constexpr LinkKinds kAllLinks = 31;
[[nodiscard]] std::optional<LinkKind> parse_link_kind(std::string_view word);  // "ownership" ...

// The ids of the entities along a path, both ends included, and the kind of each step.
struct Path {
  std::vector<std::string> ids;
  std::vector<LinkKind> steps;
};
[[nodiscard]] std::string to_string(const Path& path);  // "p1 -ownership- c9 -family- p2"

enum class ListKind : std::uint8_t {
  kAccount,
  kParty,
  kPhone,
  kDevice,
  kMerchant,
  kMcc,
  kCountry,
  kKeyword,
  kDomain
};

struct ListRef {
  std::uint32_t index = UINT32_MAX;
  [[nodiscard]] bool known() const { return index != UINT32_MAX; }
};

struct CorridorRef {
  std::uint32_t index = UINT32_MAX;
  [[nodiscard]] bool known() const { return index != UINT32_MAX; }
};

class Reference {
 public:
  struct Loaded {
    std::shared_ptr<const Reference> reference;  // null where there was an error
    Diagnostics findings;                        // errors and warnings, every problem of every file
  };
  // `home` is the currency that declared incomes and rates are in.
  [[nodiscard]] static Loaded load(std::span<const File> files, event::Currency home);
  [[nodiscard]] static std::shared_ptr<const Reference> empty(event::Currency home);
  ~Reference();

  // 128 bits in hex over the names and bytes of all files, in the order of names: it tells contents apart,
  // and is no protection against somebody who forges them.
  [[nodiscard]] const std::string& hash() const;
  [[nodiscard]] event::Currency home() const;

  // --- parties
  [[nodiscard]] PartyRef party(std::string_view party_id) const;
  // Of an account number or IBAN; of several holders at once the one whose holding began last, then the first
  // by id.
  [[nodiscard]] PartyRef holder(std::string_view account, event::Instant as_of) const;
  [[nodiscard]] std::string_view id_of(PartyRef party) const;
  [[nodiscard]] std::string_view name_of(PartyRef party) const;  // "" where unknown
  // Anybody has ever held the account.
  [[nodiscard]] bool ever_held(std::string_view account) const;
  // A hint that something will be asked about the party soon.
  void prefetch(PartyRef party) const;
  [[nodiscard]] std::optional<Customer> customer(PartyRef party) const;  // empty where there is no row
  [[nodiscard]] bool public_body(PartyRef party) const;                  // an entity of the schema PublicBody

  // --- officials. Of several posts at once, post() gives the one that was taken up last. An occupancy whose
  // status says that it is over (ended, suspended, dismissed ...) holds at most until its end date, and not
  // at all without one.
  [[nodiscard]] std::optional<Post> post(PartyRef party, event::Instant as_of) const;
  [[nodiscard]] bool official(PartyRef party, event::Instant as_of) const {
    return post(party, as_of).has_value();
  }
  // Their current posts share organisation and area.
  [[nodiscard]] bool same_unit(PartyRef a, PartyRef b, event::Instant as_of) const;
  // By an Associate with the relationship "supervisor": its `associate` is the senior, its `person` the
  // junior.
  [[nodiscard]] bool supervises(PartyRef senior, PartyRef junior, event::Instant as_of) const;

  // Since when the party has held post(); absent where nobody wrote it down.
  [[nodiscard]] std::optional<event::Instant> in_post_since(PartyRef party, event::Instant as_of) const;
  // When the last post ended of a party that holds none.
  [[nodiscard]] std::optional<event::Instant> left_post(PartyRef party, event::Instant as_of) const;
  // What the party is to officials, the closest: "self", "family" (kin of one), "associate" (of one), or "".
  [[nodiscard]] std::string_view official_tie(PartyRef party, event::Instant as_of) const;

  // --- agencies: the row valid at the instant, whatever its status says, or null
  [[nodiscard]] const Agency* agency(PartyRef party, event::Instant as_of) const;
  // The agency that the party is, else one that it owns, else directs, else works for; of several, the first
  // by id. Null where there is none, and for a hub (more than 50 links).
  [[nodiscard]] const Agency* agency_tie(PartyRef party, event::Instant as_of) const;

  // --- relations. kin: family within two hops, the same party included. linked: the shortest path by `kinds`
  // of at most `hops` steps (1-3), ties by id order; no path runs through a node with more than 50 links.
  [[nodiscard]] bool kin(PartyRef a, PartyRef b, event::Instant as_of) const;
  [[nodiscard]] std::optional<Path> linked(PartyRef a, PartyRef b, LinkKinds kinds, int hops,
                                           event::Instant as_of) const;

  // --- lists
  [[nodiscard]] ListRef list(std::string_view name) const;
  [[nodiscard]] std::string_view name_of(ListRef list) const;
  [[nodiscard]] std::vector<std::string> list_names() const;
  [[nodiscard]] bool listed(ListRef list, ListKind kind, std::string_view value, event::Instant as_of) const;
  // When the newest began of the entries that name the value and hold; absent where none holds or says so.
  [[nodiscard]] std::optional<event::Instant> listed_since(ListRef list, ListKind kind,
                                                           std::string_view value,
                                                           event::Instant as_of) const;
  // A keyword or domain of the list stands in `text` as whole words, case and diacritics folded
  // (folded_text.h).
  [[nodiscard]] bool mentions(ListRef list, std::string_view text, event::Instant as_of) const;
  // The same, where a word may differ from the keyword's by `letters` (0 to 2, similar_words.h).
  [[nodiscard]] bool mentions_similar(ListRef list, std::string_view text, event::Instant as_of,
                                      int letters) const;
  // How many keywords and domains of the list stand in it.
  [[nodiscard]] int mention_count(ListRef list, std::string_view text, event::Instant as_of) const;

  // --- corridors
  [[nodiscard]] CorridorRef corridor(std::string_view id) const;
  [[nodiscard]] std::vector<std::string> corridor_ids() const;
  [[nodiscard]] std::string_view id_of(CorridorRef corridor) const;
  [[nodiscard]] event::Currency currency_of(CorridorRef corridor) const;
  // The corridors that lead from one place or country to another (codes; a place matches through its
  // parents), in order of id.
  [[nodiscard]] std::vector<CorridorRef> corridors_between(std::string_view from, std::string_view to) const;
  // `minor` units of the corridor's currency lie in one of its fee bands (both ends included).
  [[nodiscard]] bool in_fee_band(CorridorRef corridor, std::int64_t minor) const;

  // --- places
  [[nodiscard]] const Place* place(std::string_view code) const;
  [[nodiscard]] bool tagged(std::string_view place_code,
                            std::string_view tag) const;  // its own tag or a parent's
  [[nodiscard]] bool within(std::string_view place_code, std::string_view ancestor) const;  // itself included

  // --- tariffs: the official fee, in its own currency; of a provider type without a row of its own, the row
  // without a provider type
  [[nodiscard]] std::optional<event::Money> tariff(std::string_view service, std::string_view provider_type,
                                                   event::Instant as_of) const;

  // --- peers: a figure of a segment in a region; of a region without a row of its own, the row without a
  // region
  [[nodiscard]] std::optional<PeerFigure> peer(std::string_view figure, std::string_view segment,
                                               std::string_view region, event::Instant as_of) const;
  [[nodiscard]] std::vector<std::string> peer_figures() const;

  // --- calendar
  [[nodiscard]] bool is_day(std::string_view name, event::Date date) const;
  [[nodiscard]] bool in_period(std::string_view name, event::Date date) const;

  // --- exchange: the rate valid on `date`, the newest not after it; 1 for the home currency
  [[nodiscard]] std::optional<event::Rate> rate(event::Currency currency, event::Date date) const;

 private:
  struct Impl;
  explicit Reference(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace suar::reference
