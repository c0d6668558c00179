#include "cli/output_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "cli/temporary_directory.h"

namespace suar::cli {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public ::testing::Test {
 protected:
  static std::string content(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory_), {}));
  }

  TemporaryDirectory temporary_;
  const fs::path& directory_ = temporary_.root();
};

TEST_F(OutputFileTest, AppearsWholeWhenItIsFinished) {
  const fs::path path = directory_ / "alerts.ndjson";
  auto file = OutputFile::open(path);
  ASSERT_TRUE(file);
  file->line("one");
  file->write("two");
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(file->finish());
  EXPECT_EQ(content(path), "one\ntwo");
  EXPECT_EQ(files(), 1U);
}

TEST_F(OutputFileTest, LeavesTheOldFileWhereItIsNotFinished) {
  const fs::path path = directory_ / "alerts.ndjson";
  std::ofstream(path) << "old";
  {
    auto file = OutputFile::open(path);
    file->write("new");
  }
  EXPECT_EQ(content(path), "old");
  EXPECT_EQ(files(), 1U);
}

TEST_F(OutputFileTest, ReplacesTheFileBehindASymbolicLinkAndKeepsItsPermissions) {
  const fs::path target = directory_ / "target";
  std::ofstream(target) << "old";
  fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(target, directory_ / "link");
  auto file = OutputFile::open(directory_ / "link");
  file->write("new");
  EXPECT_TRUE(file->finish());
  EXPECT_TRUE(fs::is_symlink(directory_ / "link"));
  EXPECT_EQ(content(target), "new");
  EXPECT_EQ(fs::status(target).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(OutputFileTest, WritesStraightToWhatIsNoRegularFile) {
  auto file = OutputFile::open("/dev/null");
  ASSERT_TRUE(file);
  file->write("gone");
  EXPECT_TRUE(file->finish());
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
}

TEST_F(OutputFileTest, SaysThatADirectoryIsMissingAndThatADeviceIsFull) {
  const auto missing = OutputFile::open(directory_ / "none" / "alerts.ndjson");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().find("No such file or directory"), std::string::npos);

  auto full = OutputFile::open("/dev/full");
  full->write("x");
  EXPECT_FALSE(full->finish());
}

}  // namespace
}  // namespace suar::cli
