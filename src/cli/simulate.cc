#include "cli/simulate.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "simulator/simulator.h"

namespace suar::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  simulator::Options options;
  std::string out;
  std::string start;
};

bool write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) fmt::print(stderr, "suar: cannot write {}\n", path.string());
  return static_cast<bool>(file);
}

bool write_reference(const simulator::Simulator& simulator, const fs::path& out) {
  std::error_code error;
  fs::create_directories(out / "reference" / "lists", error);
  if (error) {
    fmt::print(stderr, "suar: cannot make {}: {}\n", (out / "reference").string(), error.message());
    return false;
  }
  for (const reference::File& file : simulator.reference_files()) {
    if (!write_file(out / "reference" / file.name, file.bytes)) return false;
  }
  return true;
}

bool write_stream(simulator::Simulator& simulator, const fs::path& out, std::uint64_t& events,
                  std::uint64_t& labels) {
  std::ofstream event_file(out / "events.ndjson", std::ios::binary | std::ios::trunc);
  std::ofstream label_file(out / "labels.ndjson", std::ios::binary | std::ios::trunc);
  const auto write_labels = [&] {
    for (const std::string& label : simulator.take_labels()) {
      label_file << label << '\n';
      ++labels;
    }
  };
  constexpr std::size_t kChunk = 1 << 20;
  std::string chunk, line;
  while (event_file && label_file && simulator.next(line)) {
    chunk += line;
    chunk += '\n';
    ++events;
    if (chunk.size() < kChunk) continue;
    event_file.write(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    chunk.clear();
    write_labels();
  }
  event_file.write(chunk.data(), static_cast<std::streamsize>(chunk.size()));
  write_labels();
  event_file.close();
  label_file.close();
  if (event_file && label_file) return true;
  fmt::print(stderr, "suar: cannot write events and labels to {}\n", out.string());
  return false;
}

int simulate(const Arguments& arguments) {
  const fs::path out(arguments.out);
  simulator::Simulator simulator(arguments.options);
  std::uint64_t events = 0;
  std::uint64_t labels = 0;
  if (!write_reference(simulator, out) || !write_stream(simulator, out, events, labels)) return 2;
  if (!simulator.left_out().empty()) {
    fmt::print(stderr, "suar: {} days are too few for these scenarios, which are not planted: {}\n",
               arguments.options.days, fmt::join(simulator.left_out(), ", "));
  }
  fmt::print("{} events, {} labels in {}\n", events, labels, out.string());
  return 0;
}

}  // namespace

void add_simulate(CLI::App& app, int& exit_status) {
  const auto arguments = std::make_shared<Arguments>();
  simulator::Options& options = arguments->options;
  CLI::App* command = app.add_subcommand(
      "simulate", "Write a labelled synthetic stream: events.ndjson, labels.ndjson and reference/");
  command->add_option("--seed", options.seed, "The same seed gives the same bytes")->capture_default_str();
  command->add_option("--days", options.days, "How many days the stream covers")
      ->check(CLI::Range(1, 3660))
      ->capture_default_str();
  command->add_option("--accounts", options.accounts, "Ordinary people's accounts (at least 400 are made)")
      ->check(CLI::Range(std::uint32_t{1}, simulator::kMostAccounts))
      ->capture_default_str();
  command->add_option("--out", arguments->out, "The directory to write; its files are replaced")->required();
  command->add_option("--start", arguments->start,
                      "When the stream begins, RFC 3339 (2026-01-01T00:00:00+07:00)");
  command
      ->add_option("--daily-events", options.daily_events_per_mille,
                   "Thousandths of an event that an account starts in a day")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000}))
      ->capture_default_str();
  command
      ->add_option("--plants", options.plants_per_mille, "Thousandths of the usual number of planted stories")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000}))
      ->capture_default_str();
  command->callback([arguments, &exit_status] {
    if (!arguments->start.empty()) {
      const auto start = event::parse_rfc3339(arguments->start);
      if (!start) {
        fmt::print(stderr, "suar: --start is not an RFC 3339 time with an offset\n");
        exit_status = 2;
        return;
      }
      arguments->options.start = start->instant;
    }
    exit_status = simulate(*arguments);
  });
}

}  // namespace suar::cli
