// Runs a target without libFuzzer: `fuzz_NAME MUTATIONS DICTIONARY SEED...`, each seed a file or a directory.
// The same arguments give the same inputs. The input at work lies in fuzz_NAME.input, which is left after a
// crash: `fuzz_NAME 0 DICTIONARY fuzz_NAME.input` repeats it.
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz.h"

namespace {

constexpr std::size_t kLongest = 16 * 1024;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> read_seeds(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {content_of(path)};
  std::vector<std::filesystem::path> files(std::filesystem::directory_iterator(path), {});
  std::ranges::sort(files);
  std::vector<std::string> seeds;
  for (const auto& file : files) seeds.push_back(content_of(file));
  return seeds;
}

// Of libFuzzer's form: one "word" a line, with \xHH for a byte.
std::vector<std::string> read_words(const std::filesystem::path& path) {
  std::vector<std::string> words;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.size() < 2 || line.front() != '"' || line.back() != '"') continue;
    std::string& word = words.emplace_back();
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      if (line[i] == '\\' && line[i + 1] == 'x' && i + 4 < line.size()) {
        unsigned byte = 0;
        std::from_chars(line.data() + i + 2, line.data() + i + 4, byte, 16);
        word.push_back(static_cast<char>(byte));
        i += 3;
      } else {
        if (line[i] == '\\') ++i;
        word.push_back(line[i]);
      }
    }
  }
  return words;
}

class Mutator {
 public:
  Mutator(std::vector<std::string> seeds, std::vector<std::string> words)
      : seeds_(std::move(seeds)), words_(std::move(words)) {}

  std::string next() {
    std::string input = seeds_[below(seeds_.size())];
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(input);
    input.resize(std::min(input.size(), kLongest));
    return input;
  }

 private:
  std::size_t below(std::size_t end) {
    return static_cast<std::size_t>(bits_() % std::max<std::size_t>(end, 1));
  }

  void change(std::string& input) {
    const std::size_t at = below(input.size() + 1),
                      length = below(std::min<std::size_t>(input.size() - at, 32) + 1);
    switch (below(6)) {
      case 0:
        input.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 1:
        if (at < input.size())
          input[at] = static_cast<char>(static_cast<unsigned char>(input[at]) ^ (1U << below(8)));
        break;
      case 2:
        input.erase(at, length);
        break;
      case 3:
        if (!words_.empty()) input.replace(at, below(2) * length, words_[below(words_.size())]);
        break;
      case 4: {
        const std::string piece = input.substr(at, length);
        for (std::size_t copies = below(200); copies > 0 && input.size() < kLongest; --copies)
          input.insert(at, piece);
        break;
      }
      default: {
        const std::string& other = seeds_[below(seeds_.size())];
        input.replace(at, length, other, below(other.size()), below(64));
      }
    }
  }

  std::vector<std::string> seeds_, words_;
  std::mt19937_64 bits_{1};  // its numbers are the same everywhere
};

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> given(arguments, arguments + count);
  if (given.size() < 4) {
    static_cast<void>(std::fprintf(stderr, "usage: %s MUTATIONS DICTIONARY SEED...\n", arguments[0]));
    return 2;
  }
  std::vector<std::string> seeds;
  for (std::size_t i = 3; i < given.size(); ++i)
    std::ranges::move(read_seeds(given[i]), std::back_inserter(seeds));
  suar::fuzz::require(!seeds.empty(), "there are seeds");

  const std::filesystem::path present = std::filesystem::path(given[0]).filename().string() + ".input";
  const auto run = [&](const std::string& input) {
    std::ofstream(present, std::ios::binary) << input;
    // A copy of exactly its size: reading behind it is noticed.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  };
  for (const std::string& seed : seeds) run(seed);
  Mutator mutator(seeds, read_words(given[2]));
  const int mutations = std::stoi(given[1]);
  for (int i = 0; i < mutations; ++i) run(mutator.next());
  std::filesystem::remove(present);
  static_cast<void>(std::printf("%zu seeds, %d mutations\n", seeds.size(), mutations));
  return 0;
}
