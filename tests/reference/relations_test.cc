// kin and linked, the second also against an evaluator that tries every path.
#include <fmt/format.h>

#include <map>
#include <random>
#include <set>

#include "reference/loaded.h"

namespace suar::reference {
namespace {

struct Relation {
  std::string schema, from, to;
  std::string dates = "";  // more properties
};

std::string ndjson(const std::set<std::string>& people, const std::vector<Relation>& relations) {
  static const std::map<std::string, std::pair<std::string, std::string>> ends_of = {
      {"Ownership", {"owner", "asset"}},
      {"Directorship", {"director", "organization"}},
      {"Employment", {"employee", "employer"}},
      {"Family", {"person", "relative"}},
      {"Associate", {"person", "associate"}}};
  std::string text;
  for (const std::string& id : people)
    text += fmt::format(R"({{"id":"{}","schema":"LegalEntity"}})"
                        "\n",
                        id);
  int number = 0;
  for (const Relation& r : relations) {
    const auto& [from, to] = ends_of.at(r.schema);
    text += fmt::format(R"({{"id":"r{}","schema":"{}","properties":{{"{}":["{}"],"{}":["{}"]{}}}}})"
                        "\n",
                        ++number, r.schema, from, r.from, to, r.to, r.dates);
  }
  return text;
}

class World {
 public:
  explicit World(const std::vector<Relation>& relations) {
    std::set<std::string> people;
    for (const Relation& r : relations) people.insert({r.from, r.to});
    reference_ = loaded("entities.ftm.ndjson", ndjson(people, relations));
  }
  bool kin(std::string_view a, std::string_view b, const std::string& when = "2025-01-01") const {
    return reference_->kin(reference_->party(a), reference_->party(b), at(when));
  }
  std::string linked(std::string_view a, std::string_view b, LinkKinds kinds = kAllLinks, int hops = 3,
                     const std::string& when = "2025-01-01") const {
    const auto path = reference_->linked(reference_->party(a), reference_->party(b), kinds, hops, at(when));
    return path ? to_string(*path) : "none";
  }

 private:
  std::shared_ptr<const Reference> reference_;
};

constexpr LinkKinds only(LinkKind kind) {
  return static_cast<LinkKinds>(kind);
}

TEST(Kin, IsFamilyWithinTwoHopsInBothDirections) {
  const World world(
      {{"Family", "a", "b"}, {"Family", "c", "b"}, {"Family", "c", "d"}, {"Associate", "a", "e"}});
  EXPECT_TRUE(world.kin("a", "a"));
  EXPECT_TRUE(world.kin("a", "b"));
  EXPECT_TRUE(world.kin("b", "a"));
  EXPECT_TRUE(world.kin("a", "c"));
  EXPECT_TRUE(world.kin("c", "a"));
  EXPECT_FALSE(world.kin("a", "d")) << "three hops";
  EXPECT_FALSE(world.kin("a", "e")) << "an associate is no family";
  EXPECT_FALSE(world.kin("nobody", "nobody"));
  EXPECT_FALSE(world.kin("a", "nobody"));
}

TEST(Kin, EndsWithTheRelation) {
  const World world({{"Family", "a", "b", R"(,"endDate":["2024-06"])"}, {"Family", "b", "c"}});
  EXPECT_TRUE(world.kin("a", "c", "2024-06-30"));
  EXPECT_FALSE(world.kin("a", "c", "2024-07-01"));
  EXPECT_TRUE(world.kin("b", "c", "2024-07-01"));
}

TEST(Linked, FindsTheShortestPathAndNamesItsSteps) {
  const World world({{"Ownership", "p1", "c9"},
                     {"Family", "c9", "p2"},
                     {"Employment", "p1", "x"},
                     {"Directorship", "p3", "x"}});
  EXPECT_EQ(world.linked("p1", "p2"), "p1 -ownership- c9 -family- p2");
  EXPECT_EQ(world.linked("p2", "p1"), "p2 -family- c9 -ownership- p1");
  EXPECT_EQ(world.linked("p1", "c9"), "p1 -ownership- c9");
  EXPECT_EQ(world.linked("p1", "p3"), "p1 -employment- x -directorship- p3");
  EXPECT_EQ(world.linked("p2", "x"), "p2 -family- c9 -ownership- p1 -employment- x");
  EXPECT_EQ(world.linked("p2", "p3"), "none") << "four steps";
  EXPECT_EQ(world.linked("p1", "p1"), "none");
  EXPECT_EQ(world.linked("p1", "nobody"), "none");
}

TEST(Linked, KeepsToTheKindsAndStepsAskedFor) {
  const World world({{"Ownership", "a", "b"}, {"Family", "b", "c"}});
  EXPECT_EQ(world.linked("a", "c", only(LinkKind::kOwnership)), "none");
  EXPECT_EQ(world.linked("a", "c", kAllLinks, 1), "none");
  EXPECT_EQ(world.linked("a", "c", kAllLinks, 2), "a -ownership- b -family- c");
  EXPECT_EQ(world.linked("a", "b", only(LinkKind::kOwnership), 1), "a -ownership- b");
}

TEST(Linked, TakesTheFirstByIdOfEqualPathsFromEitherEnd) {
  const World world({{"Associate", "a", "n"},
                     {"Associate", "n", "z"},
                     {"Associate", "a", "m"},
                     {"Associate", "m", "z"},
                     {"Family", "a", "m"},
                     {"Associate", "z", "y"}});
  EXPECT_EQ(world.linked("a", "z"), "a -family- m -associate- z") << "of two kinds, the first kind";
  EXPECT_EQ(world.linked("z", "a"), "z -associate- m -family- a");
}

TEST(Linked, HoldsAsOfTheTime) {
  const World world({{"Ownership", "a", "b", R"(,"startDate":["2024-01-01"],"endDate":["2024-12-31"])"}});
  EXPECT_EQ(world.linked("a", "b", kAllLinks, 1, "2024-12-31"), "a -ownership- b");
  EXPECT_EQ(world.linked("a", "b", kAllLinks, 1, "2025-01-01"), "none");
}

std::vector<Relation> hub_with(int links) {
  std::vector<Relation> relations;
  relations.reserve(static_cast<std::size_t>(links) + 1);
  for (int i = 0; i < links; ++i) relations.push_back({"Employment", "e" + std::to_string(100 + i), "hub"});
  return relations;
}

TEST(Linked, NoPathRunsThroughAHubButOneMayEndThere) {
  EXPECT_EQ(World(hub_with(50)).linked("e100", "e101"), "e100 -employment- hub -employment- e101");
  const World crowded(hub_with(51));
  EXPECT_EQ(crowded.linked("e100", "e101"), "none");
  EXPECT_EQ(crowded.linked("e100", "hub"), "e100 -employment- hub");
  EXPECT_EQ(crowded.linked("hub", "e100"), "hub -employment- e100");
}

TEST(Linked, AHubCountsTheLinksThatHoldAtTheTime) {
  auto relations = hub_with(50);
  relations.push_back({"Ownership", "late", "hub", R"(,"startDate":["2025-02"])"});
  const World world(relations);
  EXPECT_NE(world.linked("e100", "e101", kAllLinks, 3, "2025-01-31"), "none");
  EXPECT_EQ(world.linked("e100", "e101", kAllLinks, 3, "2025-02-01"), "none");
}

// Tries every path without a repeated node, in the order of ids and kinds, shorter ones first.
class EveryPath {
 public:
  explicit EveryPath(const std::vector<Relation>& relations) {
    for (const Relation& r : relations) {
      const LinkKind kind = *parse_link_kind(lower(r.schema));
      links_[r.from].insert({r.to, kind});
      links_[r.to].insert({r.from, kind});
      ++degree_[r.from];
      ++degree_[r.to];
    }
  }
  std::string linked(const std::string& a, const std::string& b, LinkKinds kinds, int hops) const {
    if (a == b) return "none";
    for (int length = 1; length <= hops; ++length) {
      Path path{{a}, {}};
      if (extend(path, b, kinds, length)) return to_string(path);
    }
    return "none";
  }

 private:
  static std::string lower(std::string word) {
    word[0] = static_cast<char>(word[0] - 'A' + 'a');
    return word;
  }
  bool extend(Path& path, const std::string& goal, LinkKinds kinds, int left) const {
    const std::string here = path.ids.back();
    if (left == 0) return here == goal;
    if (path.ids.size() > 1 && degree_.at(here) > 50) return false;
    if (!links_.contains(here)) return false;
    for (const auto& [next, kind] : links_.at(here)) {
      if ((static_cast<LinkKinds>(kind) & kinds) == 0 || std::ranges::count(path.ids, next) > 0) continue;
      path.ids.push_back(next);
      path.steps.push_back(kind);
      if (extend(path, goal, kinds, left - 1)) return true;
      path.ids.pop_back();
      path.steps.pop_back();
    }
    return false;
  }
  std::map<std::string, std::set<std::pair<std::string, LinkKind>>> links_;
  std::map<std::string, int> degree_;
};

TEST(Linked, AgreesWithTryingEveryPathOnRandomGraphs) {
  static const std::vector<std::string> schemas = {"Ownership", "Directorship", "Employment", "Family",
                                                   "Associate"};
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    const std::size_t nodes = 3 + below(70);
    const bool with_hub = below(2) == 0;
    std::vector<Relation> relations;
    for (std::size_t i = 0; i < nodes * 2; ++i) {
      const std::size_t a = with_hub && below(2) == 0 ? 0 : below(nodes);
      const std::size_t b = below(nodes);
      if (a != b) relations.push_back({schemas[below(5)], "n" + std::to_string(a), "n" + std::to_string(b)});
    }
    if (relations.empty()) continue;
    const World world(relations);
    const EveryPath oracle(relations);
    for (int question = 0; question < 40; ++question) {
      const std::string a = "n" + std::to_string(below(nodes));
      const std::string b = "n" + std::to_string(below(nodes));
      const auto kinds = static_cast<LinkKinds>(1 + below(31));
      const int hops = 1 + static_cast<int>(below(3));
      ASSERT_EQ(world.linked(a, b, kinds, hops), oracle.linked(a, b, kinds, hops))
          << "seed " << seed << ", from " << a << " to " << b << ", kinds " << int{kinds} << ", hops "
          << hops;
    }
  }
}

TEST(LinkKinds, AreNamedByWords) {
  EXPECT_EQ(parse_link_kind("directorship"), LinkKind::kDirectorship);
  EXPECT_EQ(parse_link_kind("friendship"), std::nullopt);
  EXPECT_EQ(to_string(Path{}), "");
}

}  // namespace
}  // namespace suar::reference
