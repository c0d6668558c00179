#include "event/dead_letter.h"

#include <gtest/gtest.h>

#include <string>

namespace suar::event {
namespace {

TEST(DeadLetter, IsOneLineThatHasTheRecordsBytesAndPlace) {
  std::string out = "before\n";
  append_dead_letter(out, {.reason = Reason::kBadAmount, .detail = "amount: \"why\""}, 7, "{\"a\":\n\xFF}");
  EXPECT_EQ(out,
            "before\n"
            R"({"reason":"bad_amount","detail":"amount: \"why\"","line":7,"bytes_base64":"eyJhIjoK/30="})"
            "\n");
}

TEST(DeadLetter, KeepsBytesOfEveryLengthAndValue) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64(std::string_view("\0\xFF\xFE\x7F", 4)), "AP/+fw==");
}

}  // namespace
}  // namespace suar::event
