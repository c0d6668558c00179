// What a party is to officials and to agencies, and when a post began or ended.
#include "reference/loaded.h"

namespace suar::reference {
namespace {

// off-1 was a port officer until June 2024 and an immigration officer from July to the end of 2024; wife-1
// and her brother are family, driver-1 is an associate. boss-1 owns agency-1 and works for agency-0.
std::shared_ptr<const Reference> world() {
  return loaded({{"entities.ftm.ndjson",
                  R"({"id":"off-1","schema":"Person"}
{"id":"wife-1","schema":"Person"}
{"id":"brother-1","schema":"Person"}
{"id":"friend-of-brother","schema":"Person"}
{"id":"driver-1","schema":"Person"}
{"id":"boss-1","schema":"Person"}
{"id":"clerk-1","schema":"Person"}
{"id":"agency-0","schema":"Company"}
{"id":"agency-1","schema":"Company"}
{"id":"post-p","schema":"Position","properties":{"name":["Port officer"],"organization":["Harbour"]}}
{"id":"post-i","schema":"Position","properties":{"name":["Officer"],"organization":["Immigration"]}}
{"id":"o1","schema":"Occupancy","properties":{"holder":["off-1"],"post":["post-p"],"endDate":["2024-06-30"]}}
{"id":"o2","schema":"Occupancy","properties":{"holder":["off-1"],"post":["post-i"],"startDate":["2024-07-01"],"endDate":["2024-12-31"]}}
{"id":"f1","schema":"Family","properties":{"person":["off-1"],"relative":["wife-1"],"endDate":["2024-10-31"]}}
{"id":"f2","schema":"Family","properties":{"person":["brother-1"],"relative":["wife-1"]}}
{"id":"f3","schema":"Family","properties":{"person":["brother-1"],"relative":["friend-of-brother"]}}
{"id":"a1","schema":"Associate","properties":{"person":["off-1"],"associate":["driver-1"]}}
{"id":"w1","schema":"Ownership","properties":{"owner":["boss-1"],"asset":["agency-1"]}}
{"id":"e1","schema":"Employment","properties":{"employee":["boss-1"],"employer":["agency-0"]}}
{"id":"e2","schema":"Employment","properties":{"employee":["clerk-1"],"employer":["agency-0"]}}
)"},
                 {"agencies.csv",
                  "party_id,licence_no,name,type,status,valid_from,valid_to,destinations\n"
                  "agency-0,L0,Zero,travel,active,2024-01-01,2024-12-31,\n"
                  "agency-1,L1,One,p3mi,suspended,2024-01-01,2024-12-31,\n"}});
}

TEST(OfficialTie, IsTheClosestAndEndsWithPostAndRelation) {
  const auto reference = world();
  const auto tie = [&](std::string_view who, std::string when) {
    return reference->official_tie(reference->party(who), at(std::move(when)));
  };
  EXPECT_EQ(tie("off-1", "2024-08-01"), "self");
  EXPECT_EQ(tie("wife-1", "2024-08-01"), "family");
  EXPECT_EQ(tie("brother-1", "2024-08-01"), "family") << "two hops";
  EXPECT_EQ(tie("friend-of-brother", "2024-08-01"), "") << "three hops";
  EXPECT_EQ(tie("driver-1", "2024-08-01"), "associate");
  EXPECT_EQ(tie("clerk-1", "2024-08-01"), "");
  EXPECT_EQ(tie("wife-1", "2024-11-01"), "") << "divorced";
  EXPECT_EQ(tie("driver-1", "2025-01-01"), "") << "no longer in office";
  EXPECT_EQ(reference->official_tie(kNone, at("2024-08-01")), "");
}

TEST(AgencyTie, PrefersOwnershipAndLooksAtTheDay) {
  const auto reference = world();
  const auto tie = [&](std::string_view who, std::string when) {
    const Agency* agency = reference->agency_tie(reference->party(who), at(std::move(when)));
    return agency == nullptr ? std::string("none") : agency->party_id;
  };
  EXPECT_EQ(tie("agency-0", "2024-08-01"), "agency-0");
  EXPECT_EQ(tie("boss-1", "2024-08-01"), "agency-1");
  EXPECT_EQ(tie("clerk-1", "2024-08-01"), "agency-0");
  EXPECT_EQ(tie("wife-1", "2024-08-01"), "none");
  EXPECT_EQ(tie("boss-1", "2025-01-01"), "none") << "no row is valid";
  EXPECT_EQ(reference->agency_tie(kNone, at("2024-08-01")), nullptr);
}

TEST(Posts, BeginAndEndOnTheDaysWritten) {
  const auto reference = world();
  const PartyRef official = reference->party("off-1");
  EXPECT_FALSE(reference->in_post_since(official, at("2024-06-01"))) << "nobody wrote when it began";
  EXPECT_EQ(reference->in_post_since(official, at("2024-08-01")), at("2024-07-01T00:00:00+07:00"));
  EXPECT_FALSE(reference->left_post(official, at("2024-08-01"))) << "transferred, not out of office";
  EXPECT_FALSE(reference->in_post_since(official, at("2025-01-10")));
  EXPECT_EQ(reference->left_post(official, at("2025-01-10")), at("2025-01-01T00:00:00+07:00"));
  EXPECT_FALSE(reference->left_post(reference->party("wife-1"), at("2025-01-10")));
}

}  // namespace
}  // namespace suar::reference
