#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "event/json_writer.h"
#include "simulator/reference_files.h"

namespace suar::simulator {
namespace {

enum Salt : std::uint64_t { kRank = 801, kTaken };

constexpr std::array<std::string_view, 3> kMinistries = {"Immigration", "Manpower", "Harbour"};
constexpr std::array<std::string_view, 3> kRanks = {"Head of Office", "Section Head", "Officer"};

using Properties = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// One FollowTheMoney entity a line; a property without a value is left out.
class EntityWriter {
 public:
  explicit EntityWriter(const World& world) : world_(world) {}

  void entity(std::string_view id, std::string_view schema, Properties properties) {
    event::JsonWriter json(out_);
    json.begin_object();
    json.field("id", id);
    json.field("schema", schema);
    json.key("properties");
    json.begin_object();
    for (const auto& [name, value] : properties) {
      if (value.empty()) continue;
      json.key(name);
      json.begin_array();
      json.string(value);
      json.end_array();
    }
    json.end_object();
    json.end_object();
    out_ += '\n';
  }

  void party(std::uint32_t account, std::string_view schema) {
    entity(world_.party_id(account), schema, {{"name", world_.name(account)}, {"country", "id"}});
    const std::string number = world_.account_text(account);
    entity("ba-" + number, "BankAccount",
           {{"accountNumber", number}, {"holder", world_.party_id(account)}, {"bic", world_.bank(account)}});
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  const World& world_;
  std::string out_;
};

std::size_t rank_of(std::uint32_t nth) {
  return nth == 0 ? 0 : nth % 6 == 1 ? 1 : 2;
}

void write_office(const World& world, std::uint32_t number, EntityWriter& out) {
  const Office& office = world.offices()[number];
  // Who leaves a post of this office midway, and who takes it over.
  std::uint32_t leaving = kNobody;
  std::uint32_t taking_over = kNobody;
  for (const CastMember& part : world.cast()) {
    if (part.office != number || part.casting->post == Casting::Post::kAllTheTime) continue;
    const bool leaves = part.casting->post == Casting::Post::kLeavesMidway;
    leaving = leaves ? part.account : predecessor_of(office, part.account);
    if (!leaves) taking_over = part.account;
  }
  out.party(office.account, "PublicBody");
  const std::string office_id = world.party_id(office.account);
  const std::string_view ministry = kMinistries[static_cast<std::size_t>(office.ministry)];
  std::array<std::string, kRanks.size()> posts;
  for (std::size_t rank = 0; rank < kRanks.size(); ++rank) {
    posts[rank] = fmt::format("post-{}-{}", office_id, rank);
    out.entity(posts[rank], "Position",
               {{"name", fmt::format("{}, {}", kRanks[rank], ministry)},
                {"organization", office_id},
                {"subnationalArea", places()[office.place].code},
                {"country", "id"},
                {"topics", ministry == "Immigration" ? "gov.security" : "gov.admin"}});
  }
  const std::string head = world.party_id(office.staff.first);
  for (std::uint32_t nth = 0; nth < office.staff.count; ++nth) {
    const std::uint32_t official = office.staff.first + nth;
    const std::string id = world.party_id(official);
    out.party(official, "Person");
    event::Date since{event::date_of(world.options().start, 420).days - 90 -
                      static_cast<std::int32_t>(world.fixed(official, kTaken) % 3000)};
    if (official == taking_over) since = world.midway();
    const event::Date last{world.midway().days - 1};
    out.entity("occ-" + id, "Occupancy",
               {{"holder", id},
                {"post", official == taking_over ? posts[rank_of(leaving - office.staff.first)]
                                                 : posts[rank_of(nth)]},
                {"status", official == leaving ? "ended" : "current"},
                {"startDate", event::to_string(since)},
                {"endDate", official == leaving ? event::to_string(last) : ""}});
    if (nth != 0) {
      out.entity("sup-" + id, "Associate",
                 {{"person", id}, {"associate", head}, {"relationship", "supervisor"}});
    }
    if (world.married(official)) {
      out.entity(
          "fam-" + id, "Family",
          {{"person", id}, {"relative", world.party_id(world.spouse(official))}, {"relationship", "spouse"}});
    }
  }
}

void write_agency(const World& world, const AgencyFirm& firm, EntityWriter& out) {
  out.party(firm.account, "Company");
  const std::string id = world.party_id(firm.account);
  out.entity("dir-" + id, "Directorship",
             {{"director", world.party_id(firm.director)}, {"organization", id}, {"role", "director"}});
  out.entity("own-" + id, "Ownership",
             {{"owner", world.party_id(firm.director)}, {"asset", id}, {"percentage", "80"}});
  out.entity("emp-" + id, "Employment",
             {{"employee", world.party_id(firm.clerk)}, {"employer", id}, {"role", "clerk"}});
}

// What a part is to an official, and to the agency of its story.
void write_ties(const World& world, const CastMember& part, EntityWriter& out) {
  const std::string id = world.party_id(part.account);
  if (part.casting->tie != Casting::Tie::kNone) {
    const std::string official = world.party_id(relative_of(world.offices()[part.office]));
    if (part.casting->tie == Casting::Tie::kSpouse) {
      out.entity("tie-" + id, "Family", {{"person", official}, {"relative", id}, {"relationship", "spouse"}});
    } else {
      out.entity("tie-" + id, "Associate",
                 {{"person", official}, {"associate", id}, {"relationship", "friend"}});
    }
  }
  if (part.firm == kNobody) return;
  const std::string firm = world.party_id(world.agencies()[part.firm].account);
  if (part.casting->firm == Casting::Firm::kOwn) {
    out.entity("own-" + id, "Ownership", {{"owner", id}, {"asset", firm}, {"percentage", "20"}});
  } else if (part.casting->firm == Casting::Firm::kEmployer) {
    out.entity("emp-" + id, "Employment", {{"employee", id}, {"employer", firm}, {"role", "staff"}});
  }
}

}  // namespace

std::string entities_file(const World& world) {
  EntityWriter out(world);
  for (std::uint32_t i = 0; i < world.offices().size(); ++i) write_office(world, i, out);
  for (std::uint32_t i = world.treasuries.first; i < world.treasuries.end(); ++i) out.party(i, "PublicBody");
  for (const AgencyFirm& firm : world.agencies()) write_agency(world, firm, out);
  for (std::uint32_t i = world.companies.first; i < world.companies.end(); ++i) out.party(i, "Company");

  // Ordinary people who are somebody's spouse, director or clerk, or have a part of their own: each once.
  std::vector<std::uint32_t> known;
  for (std::uint32_t i = world.officials.first; i < world.officials.end(); ++i) {
    if (world.married(i)) known.push_back(world.spouse(i));
  }
  for (const AgencyFirm& firm : world.agencies()) known.insert(known.end(), {firm.director, firm.clerk});
  for (const CastMember& part : world.cast()) {
    if (world.ordinary.contains(part.account)) known.push_back(part.account);
  }
  std::ranges::sort(known);
  const auto repeated = std::ranges::unique(known);
  known.erase(repeated.begin(), repeated.end());
  for (const std::uint32_t person : known) out.party(person, "Person");
  for (const CastMember& part : world.cast()) write_ties(world, part, out);
  return out.take();
}

}  // namespace suar::simulator
