#include "cli/line_reader.h"

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace suar::cli {
namespace {

struct Copied {
  std::string bytes;
  std::uint64_t number, length;
};

// A pipe that a thread writes `bytes` to in pieces of `piece` bytes.
class Fed {
 public:
  explicit Fed(std::string bytes, std::size_t piece = 1 << 16) {
    EXPECT_EQ(::pipe(ends_), 0);
    writer_ = std::thread([this, text = std::move(bytes), piece] {
      for (std::size_t i = 0; i < text.size(); i += piece) {
        const std::string_view part = std::string_view(text).substr(i, piece);
        if (::write(ends_[1], part.data(), part.size()) != static_cast<ssize_t>(part.size())) break;
      }
      ::close(ends_[1]);
    });
  }
  ~Fed() {
    writer_.join();
    ::close(ends_[0]);
  }

  std::vector<Copied> read(std::size_t longest = LineReader::kDefaultLongest) {
    LineReader reader(ends_[0], longest);
    std::vector<Copied> lines;
    while (true) {
      const auto some = reader.next();
      if (!some || some->empty()) return lines;
      for (const Line& line : *some) lines.push_back({std::string(line.bytes), line.number, line.length});
    }
  }

 private:
  int ends_[2] = {-1, -1};
  std::thread writer_;
};

TEST(LineReader, GivesEveryLineWithItsNumberAndALastOneWithoutItsEnd) {
  const auto lines = Fed("one\n\ntwo\r\nthree").read();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0].bytes, "one");
  EXPECT_EQ(lines[1].bytes, "");
  EXPECT_EQ(lines[2].bytes, "two\r");
  EXPECT_EQ(lines[3].bytes, "three");
  EXPECT_EQ(lines[3].number, 4U);
}

TEST(LineReader, GivesNothingOfAnEmptyInput) {
  EXPECT_TRUE(Fed("").read().empty());
}

TEST(LineReader, CopesWithPiecesThatEndAnywhere) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += fmt::format("{:x>{}}{}\n", "", i % 37, i);
  const auto lines = Fed(text, 7).read();
  ASSERT_EQ(lines.size(), 500U);
  EXPECT_EQ(lines[499].bytes, fmt::format("{:x>{}}499", "", 499 % 37));
}

TEST(LineReader, GrowsForALineLongerThanItsBuffer) {
  const std::string longer(3'000'000, 'y');
  const auto lines = Fed(fmt::format("a\n{}\nb\n", longer)).read();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].bytes, longer);
  EXPECT_EQ(lines[2].bytes, "b");
}

TEST(LineReader, KeepsTheBeginningAndTheLengthOfALineAboveTheLimit) {
  const std::string far_longer = fmt::format("{:a>100}{:z>1000000}", "", "");
  const auto lines = Fed(fmt::format("first\n{}\nlast", far_longer)).read(200'000);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].length, far_longer.size());
  EXPECT_EQ(lines[1].bytes, far_longer.substr(0, LineReader::kKeptOfALongLine));
  EXPECT_EQ(lines[2].bytes, "last");
  EXPECT_EQ(lines[2].number, 3U);
}

TEST(LineReader, KeepsTheBeginningOfALongLastLineWithoutItsEnd) {
  const auto lines = Fed(std::string(900'000, 'z')).read(200'000);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].length, 900'000U);
}

TEST(LineReader, SaysWhyItCannotRead) {
  LineReader reader(-1);
  EXPECT_FALSE(reader.next().has_value());
}

}  // namespace
}  // namespace suar::cli
