#include "reference/ftm_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reference/finding_codes.h"
#include "reference/folded_text.h"
#include "reference/ftm_lines.h"

namespace suar::reference {
namespace {

// Whoever and whatever may be an end of a link or hold an account.
constexpr std::array<std::string_view, 10> kPartySchemas = {
    "Person", "Company", "Organization", "LegalEntity", "PublicBody",
    "Asset",  "Vessel",  "Vehicle",      "Airplane",    "RealEstate"};

struct RelationSchema {
  std::string_view name;
  LinkKind kind;
  std::string_view from, to;  // its properties
};
constexpr std::array<RelationSchema, 5> kRelationSchemas = {{
    {"Ownership", LinkKind::kOwnership, "owner", "asset"},
    {"Directorship", LinkKind::kDirectorship, "director", "organization"},
    {"Employment", LinkKind::kEmployment, "employee", "employer"},
    {"Family", LinkKind::kFamily, "person", "relative"},
    {"Associate", LinkKind::kAssociate, "person", "associate"},
}};

// An occupancy with such a status is over, also where the day on which it ended is not given.
constexpr std::array<std::string_view, 9> kOverStatuses = {
    "ended", "former", "dismissed", "suspended", "removed", "transferred", "retired", "resigned", "revoked"};

// The topic that says of what kind the position is ("gov.judicial"), else its first topic, else its
// description.
std::string_view category_of(const FtmEntity& position) {
  const auto topics = position.values("topics");
  for (const std::string_view topic : topics) {
    if (topic.starts_with("gov.")) return topic;
  }
  return topics.empty() ? position.first("description") : topics.front();
}

class FtmReader {
 public:
  FtmReader(Findings& findings, const FtmTargets& to) : findings_(findings), to_(to) {}

  void read() {
    FtmLines lines(findings_);
    while (const auto entity = lines.next()) sort(*entity);
    resolve_links();
    resolve_accounts();
    resolve_occupancies();
    warn_of_cut_relations();
  }

 private:
  struct Link {
    const RelationSchema* schema;
    PartyRef from, to;
    Validity validity;
    bool supervision;
    std::size_t line_offset;
  };
  struct Account {
    std::string number;
    PartyRef holder;
    Validity validity;
    std::size_t line_offset;
  };
  struct Position {
    std::string title, organisation, area, category;
  };
  struct Occupancy {
    std::string id;
    PartyRef holder, post;
    Validity validity;
    std::size_t line_offset;
  };
  struct Cut {
    std::size_t count = 0;
    std::size_t line_offset = 0;  // of the first
  };

  void sort(const FtmEntity& entity) {
    const std::string_view schema = entity.schema();
    if (std::ranges::find(kPartySchemas, schema) != kPartySchemas.end()) return read_party(entity);
    if (schema == "Position") return read_position(entity);
    if (schema == "Occupancy") return read_occupancy(entity);
    if (schema == "BankAccount") return read_account(entity);
    const auto relation = std::ranges::find(kRelationSchemas, schema, &RelationSchema::name);
    if (relation != kRelationSchemas.end()) read_relation(entity, *relation);
  }

  // False, and reported, where another party or position of the file has this id.
  bool claim_id(const FtmEntity& entity, PartyRef ref) {
    const auto [earlier, is_new] = line_of_id_.emplace(ref.index, entity.offset());
    if (!is_new) {
      entity.error(codes::kRepeated, entity.where("id"),
                   fmt::format("the entity stands in line {} already", findings_.line_of(earlier->second)),
                   "keep one line for each entity");
    }
    return is_new;
  }

  void read_party(const FtmEntity& entity) {
    const PartyRef party = to_.parties.declare(entity.id());
    if (!claim_id(entity, party)) return;
    if (const auto name = entity.caption(); !name.empty()) to_.parties.set_name(party, name);
    if (entity.schema() == "PublicBody") to_.parties.set_public_body(party);
  }

  void read_position(const FtmEntity& entity) {
    const PartyRef position = to_.parties.mention(entity.id());
    if (!claim_id(entity, position)) return;
    positions_[position.index] = {std::string(entity.caption()), std::string(entity.first("organization")),
                                  std::string(entity.first("subnationalArea")),
                                  std::string(category_of(entity))};
  }

  void read_occupancy(const FtmEntity& entity) {
    const auto holders = required_ends(entity, "holder");
    const auto posts = required_ends(entity, "post");
    const Validity validity = entity.period("startDate", "endDate");
    const bool over = std::ranges::any_of(entity.values("status"), [](std::string_view status) {
      return std::ranges::find(kOverStatuses, fold_text(status)) != kOverStatuses.end();
    });
    if (over && validity.until == event::Instant::max()) return;
    for (const PartyRef holder : holders) {
      for (const PartyRef post : posts) {
        occupancies_.push_back({std::string(entity.id()), holder, post, validity, entity.offset()});
      }
    }
  }

  void read_account(const FtmEntity& entity) {
    const Validity validity = entity.period("openingDate", "closingDate");
    std::vector<std::string_view> numbers = entity.values("accountNumber");
    for (const std::string_view iban : entity.values("iban")) {
      if (std::ranges::find(numbers, iban) == numbers.end()) numbers.push_back(iban);
    }
    for (const std::string_view holder : entity.values("holder")) {
      for (const std::string_view number : numbers) {
        accounts_.push_back({std::string(number), to_.parties.mention(holder), validity, entity.offset()});
      }
    }
  }

  void read_relation(const FtmEntity& entity, const RelationSchema& schema) {
    const auto from = required_ends(entity, schema.from);
    const auto to = required_ends(entity, schema.to);
    const Validity validity = entity.period("startDate", "endDate");
    const bool supervision =
        schema.kind == LinkKind::kAssociate &&
        std::ranges::any_of(entity.values("relationship"), [](std::string_view relationship) {
          return fold_text(relationship) == "supervisor";
        });
    for (const PartyRef a : from) {
      for (const PartyRef b : to) {
        links_.push_back({&schema, a, b, validity, supervision, entity.offset()});
      }
    }
  }

  std::vector<PartyRef> required_ends(const FtmEntity& entity, std::string_view property) {
    const auto ids = entity.values(property);
    std::vector<PartyRef> ends;
    ends.reserve(ids.size());
    for (const std::string_view id : ids) ends.push_back(to_.parties.mention(id));
    if (ends.empty()) {
      entity.error(codes::kBadProperty, entity.where(property),
                   fmt::format("the {} lacks `{}`", entity.schema(), property),
                   fmt::format("write \"{}\": [\"the id of an entity\"]", property));
    }
    return ends;
  }

  void resolve_links() {
    for (const Link& link : links_) {
      if (!to_.parties.declared(link.from) || !to_.parties.declared(link.to)) {
        note_cut(link.schema->name, link.line_offset);
        continue;
      }
      to_.links.add(link.from, link.to, link.schema->kind, link.validity);
      // "An associate of the person, in the relationship of a supervisor": the associate is the superior.
      if (link.supervision) to_.officials.add_supervision(link.to, link.from, link.validity);
    }
  }

  void resolve_accounts() {
    for (const Account& account : accounts_) {
      if (to_.parties.declared(account.holder)) {
        to_.accounts.add(account.number, account.holder, account.validity);
      } else {
        note_cut("BankAccount", account.line_offset);
      }
    }
  }

  void resolve_occupancies() {
    absl::flat_hash_map<std::uint32_t, std::uint32_t> numbers;
    for (const Occupancy& occupancy : occupancies_) {
      const auto position = positions_.find(occupancy.post.index);
      if (!to_.parties.declared(occupancy.holder) || position == positions_.end()) {
        note_cut("Occupancy", occupancy.line_offset);
        continue;
      }
      auto number = numbers.find(occupancy.post.index);
      if (number == numbers.end()) {
        const Position& p = position->second;
        const std::uint32_t post =
            to_.officials.add_post(p.title, organisation_name(p.organisation), p.area, p.category);
        number = numbers.emplace(occupancy.post.index, post).first;
      }
      to_.officials.add_occupancy(occupancy.holder, number->second, occupancy.id, occupancy.validity);
    }
  }

  // A position names its organisation by id; where that is not known, it is taken as the name.
  [[nodiscard]] std::string_view organisation_name(std::string_view organisation) const {
    const std::string_view name = to_.parties.name(to_.parties.find(organisation));
    return name.empty() ? organisation : name;
  }

  void note_cut(std::string_view schema, std::size_t line_offset) {
    const auto [cut, is_first] = cut_.try_emplace(schema, Cut{0, line_offset});
    ++cut->second.count;
  }

  void warn_of_cut_relations() {
    for (const auto& [schema, cut] : cut_) {
      findings_.warn(
          codes::kCutRelations, {cut.line_offset, 1},
          fmt::format("{} references of {} entities lead to entities that are not known, and are not used",
                      cut.count, schema),
          "this is the first; add the entities to the file if it was cut by mistake");
    }
  }

  Findings& findings_;
  const FtmTargets& to_;
  absl::flat_hash_map<std::uint32_t, std::size_t> line_of_id_;
  absl::flat_hash_map<std::uint32_t, Position> positions_;
  std::vector<Link> links_;
  std::vector<Account> accounts_;
  std::vector<Occupancy> occupancies_;
  std::map<std::string_view, Cut> cut_;
};

}  // namespace

void read_ftm(Findings& findings, const FtmTargets& targets) {
  FtmReader(findings, targets).read();
}

}  // namespace suar::reference
