#include "service/shed.h"

#include <gtest/gtest.h>

namespace suar::service {
namespace {

TEST(Shed, TakesTheEventIdsOutAndSaysSo) {
  EXPECT_EQ(shed_event_ids(R"({"a":1,"event_ids":["e1","e2"],"event_count":2})"),
            R"({"a":1,"event_ids":[],"event_ids_shed":2,"event_count":2})");
}

TEST(Shed, IsNotMisledByBracketsAndQuotesInIds) {
  EXPECT_EQ(shed_event_ids(R"({"event_ids":["a]b","c\"],[","d\\"],"n":[1]})"),
            R"({"event_ids":[],"event_ids_shed":3,"n":[1]})");
}

TEST(Shed, IsNotMisledByTextThatLooksLikeTheKey) {
  EXPECT_EQ(shed_event_ids(R"({"t":"\"event_ids\":[\"x\"]","event_ids":["e1"]})"),
            R"({"t":"\"event_ids\":[\"x\"]","event_ids":[],"event_ids_shed":1})");
}

TEST(Shed, HasNothingToTakeFromAnAlertWithoutIds) {
  EXPECT_FALSE(shed_event_ids(R"({"event_ids":[],"event_count":0})"));
  EXPECT_FALSE(shed_event_ids("{}"));
}

}  // namespace
}  // namespace suar::service
