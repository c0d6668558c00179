#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>

#include "kafka/journal_records.h"
#include "kafka/memory_disk.h"
#include "kafka/snapshot_directory.h"
#include "kafka/snapshots.h"

namespace suar::kafka {
namespace {

using testing::behind;
using ::testing::HasSubstr;
using testing::identity;
using testing::load;
using testing::Loaded;
using testing::MemoryDisk;
using testing::save;

std::string path_of(std::uint64_t seq) {
  const std::string digits = std::to_string(seq);
  return "/state/snapshot-" + std::string(20 - digits.size(), '0') + digits + ".suar";
}

class SnapshotOnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(save(place, 7));
    ASSERT_TRUE(save(place, 9));
  }
  MemoryDisk disk;
  SnapshotDirectory place{"/state", disk};
};

TEST_F(SnapshotOnDisk, IsTheNewestWithEverythingThatItStandsFor) {
  const Loaded loaded = load(place);
  ASSERT_TRUE(loaded.manifest);
  EXPECT_EQ(loaded.manifest->journal, behind(9));
  EXPECT_EQ(loaded.manifest->journal_offset, 1'009);
  EXPECT_EQ(loaded.manifest->identity.instance, identity().instance);
  EXPECT_EQ(loaded.manifest->chunks, 3U);
  EXPECT_EQ(loaded.problems(), "");
}

TEST_F(SnapshotOnDisk, MayHoldAnEmptyState) {
  ASSERT_TRUE(save_snapshot(place, {identity(), behind(12)}, [](const ByteSink&) {}));
  const std::array<SnapshotPlace*, 1> places = {&place};
  const auto loaded =
      load_newest(places, {identity()}, [](const SnapshotManifest&, const ByteSource& source) {
        EXPECT_EQ(source().value(), "");
        return std::expected<void, std::string>();
      });
  EXPECT_EQ(loaded.manifest->journal.seq, 12U);
}

TEST_F(SnapshotOnDisk, GivesWayToAnOlderOneWhereItIsCutOffAnywhere) {
  const std::string whole = disk.bytes(path_of(9));
  for (std::size_t size = 0; size < whole.size();
       size += size < 64 || size > whole.size() - 700 ? 1U : 9973U) {
    disk.bytes(path_of(9)) = whole.substr(0, size);
    const Loaded loaded = load(place);
    ASSERT_EQ(loaded.seq(), 7U) << size;
    ASSERT_EQ(loaded.passed_over.size(), 1U);
    ASSERT_EQ(loaded.passed_over[0].fault, SnapshotFault::kTorn) << size << ": " << loaded.problems();
  }
}

TEST_F(SnapshotOnDisk, GivesWayToAnOlderOneWhereAnyBitIsFlipped) {
  const std::string whole = disk.bytes(path_of(9));
  for (std::size_t at = 0; at < whole.size(); at += at < 64 || at > whole.size() - 700 ? 1U : 9973U) {
    disk.bytes(path_of(9)) = whole;
    disk.bytes(path_of(9))[at] ^= static_cast<char>(1U << (at % 8));
    const Loaded loaded = load(place);
    ASSERT_EQ(loaded.seq(), 7U) << "byte " << at;
    ASSERT_EQ(loaded.passed_over.size(), 1U);
    ASSERT_THAT(loaded.problems(), HasSubstr(path_of(9)));
  }
}

TEST_F(SnapshotOnDisk, GivesWayToAnOlderOneWhereAChunkIsMissing) {
  const std::string whole = disk.bytes(path_of(9));
  const std::size_t first = frame_size(whole).value();
  const std::uint64_t manifest =
      decode_footer(std::string_view(whole).substr(whole.size() - kFooter)).value();
  const std::string rest = whole.substr(first, whole.size() - first - kFooter);
  disk.bytes(path_of(9)) = rest + encode_footer(manifest - first);
  const Loaded loaded = load(place);
  EXPECT_EQ(loaded.seq(), 7U);
  EXPECT_THAT(loaded.problems(), HasSubstr("missing: chunk 0 of 3"));
}

TEST_F(SnapshotOnDisk, IsNotPutTogetherFromTwo) {
  // The first chunk of another snapshot in the place of its own.
  ASSERT_TRUE(save(place, 8));
  std::string& bytes = disk.bytes(path_of(9));
  const std::string& other = disk.bytes(path_of(8));
  bytes.replace(0, frame_size(bytes).value(), other.substr(0, frame_size(other).value()));
  EXPECT_EQ(load(place).seq(), 8U);
}

TEST_F(SnapshotOnDisk, OfAnotherKindIsNamed) {
  disk.put(path_of(10), "an old photograph of the sea");
  EXPECT_THAT(load(place).problems(), HasSubstr("torn"));
  disk.put(path_of(10), "an old photograph" + encode_footer(0));
  EXPECT_THAT(load(place).problems(), HasSubstr("torn"));
  disk.put(path_of(10), std::string(100, 'x') + encode_footer(0));
  EXPECT_THAT(load(place).problems(), HasSubstr("foreign"));
  disk.put("/state/notes.txt", "mine");
  EXPECT_EQ(load(place).seq(), 9U);
  EXPECT_TRUE(disk.names().contains("/state/notes.txt"));
}

TEST_F(SnapshotOnDisk, OfALaterFormatIsNamed) {
  std::string& bytes = disk.bytes(path_of(9));
  const std::uint64_t manifest =
      decode_footer(std::string_view(bytes).substr(bytes.size() - kFooter)).value();
  bytes[manifest + 8] = static_cast<char>(kSnapshotVersion + 1);
  const Loaded loaded = load(place);
  EXPECT_EQ(loaded.seq(), 7U);
  ASSERT_EQ(loaded.passed_over.size(), 1U);
  EXPECT_EQ(loaded.passed_over[0].fault, SnapshotFault::kFuture);
}

TEST_F(SnapshotOnDisk, OfAnotherDeploymentIsPassedOver) {
  ASSERT_TRUE(save_snapshot(place, {{"other", "transactions", "c1"}, behind(20)}, [](const ByteSink&) {}));
  const Loaded loaded = load(place);
  EXPECT_EQ(loaded.seq(), 9U);
  ASSERT_EQ(loaded.passed_over.size(), 1U);
  EXPECT_EQ(loaded.passed_over[0].fault, SnapshotFault::kForeign);
  EXPECT_THAT(loaded.problems(), HasSubstr("\"other\""));
}

TEST_F(SnapshotOnDisk, IsNotTakenWhereTheJournalDoesNotMeetIt) {
  EXPECT_EQ(load(place, {identity(), 8}).seq(), 7U);
  EXPECT_THAT(load(place, {identity(), 8}).problems(), HasSubstr("future"));
  EXPECT_EQ(load(place, {identity(), 6}).seq(), 0U);
  EXPECT_EQ(load(place, {identity(), 100, 8}).seq(), 9U);
  EXPECT_EQ(load(place, {identity(), 100, 10}).seq(), 0U);
}

TEST_F(SnapshotOnDisk, GivesWayToAnOlderOneThatTheEngineTakes) {
  const std::array<SnapshotPlace*, 1> places = {&place};
  const auto loaded =
      load_newest(places, {identity()}, [](const SnapshotManifest& manifest, const ByteSource&) {
        return manifest.journal.seq == 9 ? std::expected<void, std::string>(std::unexpected("too new a rule"))
                                         : std::expected<void, std::string>();
      });
  ASSERT_TRUE(loaded.manifest);
  EXPECT_EQ(loaded.manifest->journal.seq, 7U);
  ASSERT_EQ(loaded.passed_over.size(), 1U);
  EXPECT_EQ(loaded.passed_over[0].fault, SnapshotFault::kUnfit);
}

TEST_F(SnapshotOnDisk, LeavesTheOlderOnesWhereTheDiskIsFull) {
  disk.capacity = 600'000;
  const auto saved = save(place, 11);
  ASSERT_FALSE(saved);
  EXPECT_THAT(saved.error(), HasSubstr("No space left"));
  EXPECT_EQ(load(place).seq(), 9U);
  EXPECT_EQ(disk.names().size(), 2U) << "what was begun is still there";
}

// Whatever call of the write fails or is the last before a crash: the older or the new one, whole.
TEST_F(SnapshotOnDisk, SurvivesACrashAtEveryStep) {
  bool reached_the_end = false;
  for (std::uint64_t step = 0; !reached_the_end; ++step) {
    for (const bool torn : {false, true}) {
      MemoryDisk machine;
      SnapshotDirectory there("/state", machine);
      ASSERT_TRUE(save(there, 7));
      machine.calls = 0;
      machine.fails_from = step;
      machine.torn = torn;
      const bool saved = save(there, 9).has_value();
      reached_the_end = machine.calls <= step;
      machine.crash();
      const Loaded loaded = load(there);
      EXPECT_EQ(loaded.seq(), saved ? 9U : 7U) << "step " << step;
      EXPECT_TRUE(save(there, 10)) << "step " << step;
      EXPECT_EQ(load(there).seq(), 10U);
    }
  }
}

TEST_F(SnapshotOnDisk, GivesWayToAnOlderOneWhereTheDiskLied) {
  disk.lying_sync = true;
  ASSERT_TRUE(save(place, 11));
  disk.crash();
  EXPECT_EQ(load(place).seq(), 9U);
}

TEST_F(SnapshotOnDisk, IsPrunedToTheNewestThree) {
  for (std::uint64_t seq = 11; seq < 20; ++seq) ASSERT_TRUE(save(place, seq));
  EXPECT_THAT(disk.names(), ::testing::ElementsAre(path_of(17), path_of(18), path_of(19)));
}

TEST(Snapshot, IsSavedToARealDirectoryAndLoaded) {
  const std::string directory =
      std::filesystem::temp_directory_path() / ("suar-snapshot-" + std::to_string(::getpid()));
  SnapshotDirectory place(directory + "/a/b");
  EXPECT_EQ(load(place).seq(), 0U);
  ASSERT_TRUE(save(place, 7));
  ASSERT_TRUE(save(place, 9));
  EXPECT_EQ(load(place).seq(), 9U);
  EXPECT_EQ(load(place).problems(), "");
  std::filesystem::remove_all(directory);
  SnapshotDirectory nowhere("/proc/no-directory");
  EXPECT_THAT(save(nowhere, 7).error(), HasSubstr("/proc/no-directory"));
}

}  // namespace
}  // namespace suar::kafka
