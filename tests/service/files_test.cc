// Which files make a rule set or the reference data, and in which order.
#include "service/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace suar::service {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "suar-files-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& bytes = "x") const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }

  template <typename File>
  [[nodiscard]] std::vector<std::string> names(const std::vector<File>& files) const {
    std::vector<std::string> out;
    out.reserve(files.size());
    for (const File& file : files)
      out.push_back(fs::path(file.name).is_absolute() ? fs::path(file.name).lexically_relative(root_)
                                                      : fs::path(file.name));
    return out;
  }

  fs::path root_;
};

TEST_F(Files, ARuleDirectoryIsReadWithAllBelowItInOrderOfName) {
  for (const char* name : {"b.yaml", "a/z.yml", "a/notes.md", "c.yaml.orig", ".git/x.yaml", ".hidden.yaml"})
    write(name);
  const auto files = read_rule_files({root_.string()});
  ASSERT_TRUE(files.has_value()) << files.error();
  EXPECT_THAT(names(*files), ElementsAre("a/z.yml", "b.yaml"));
}

TEST_F(Files, AFileThatIsReachedTwiceIsReadOnce) {
  write("a.yaml");
  const auto files = read_rule_files({(root_ / "a.yaml").string(), root_.string()});
  ASSERT_TRUE(files.has_value()) << files.error();
  EXPECT_THAT(names(*files), ElementsAre("a.yaml"));
}

TEST_F(Files, AFileIsReadWhateverItsName) {
  write("rules.txt", std::string("a\0b", 3));
  const auto files = read_rule_files({(root_ / "rules.txt").string()});
  ASSERT_TRUE(files.has_value()) << files.error();
  ASSERT_THAT(*files, SizeIs(1));
  EXPECT_EQ((*files)[0].bytes, std::string("a\0b", 3));
}

TEST_F(Files, APathThatIsNotThereIsNamed) {
  const auto files = read_rule_files({(root_ / "gone").string()});
  ASSERT_FALSE(files.has_value());
  EXPECT_THAT(files.error(), HasSubstr("gone"));
}

TEST_F(Files, ReferenceDataAreTheFilesOfTheContract) {
  for (const char* name :
       {"fx.csv", "lists/hubs.csv", "lists/readme.md", "old/fx.csv", "labels.ndjson", "corridors.yaml"})
    write(name);
  const auto files = read_reference_files(root_.string());
  ASSERT_TRUE(files.has_value()) << files.error();
  EXPECT_THAT(names(*files), ElementsAre("corridors.yaml", "fx.csv", "lists/hubs.csv"));
  EXPECT_FALSE(read_reference_files((root_ / "fx.csv").string()).has_value());
}

}  // namespace
}  // namespace suar::service
