// What Suar's decoding of a record costs, against simdjson's on-demand reader fetching every field of the
// same record.
//
//   decode [records] [rounds]
//
// The measure is the ratio: the times depend on the machine, and on what else it does. So the two, and the
// two parts that the comparison is made of, run in turn within every round, and each figure is the median
// over the rounds.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bare_reader.h"
#include "event/decoder.h"
#include "event/json_writer.h"

namespace {

using suar::benchmarks::BareReader;
using suar::benchmarks::median;
using suar::benchmarks::Sink;
using suar::event::JsonWriter;

// Records as a core banking system sends them, 500 to 700 bytes: transfers with two parties, cash at a
// counter, card and QR purchases. The same seed gives the same bytes.
class RecordSource {
 public:
  explicit RecordSource(std::uint64_t seed) : random_(seed) {}

  std::string next() {
    std::string record;
    JsonWriter json(record);
    json.begin_object();
    json.field("event_id", fmt::format("TX-{:016X}", random_()));
    json.field("event_time", fmt::format("2025-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}+07:00", 1 + below(12),
                                         1 + below(28), below(24), below(60), below(60), below(1000)));
    json.field("event_type", "complete");
    json.field("amount", fmt::format("{}.00", 10'000 + below(5'000'000)));
    json.field("currency", "IDR");
    const std::uint64_t sort = below(10);
    if (sort < 6) {
      transfer(json);
    } else if (sort < 8) {
      cash(json);
    } else {
      purchase(json);
    }
    json.field("source_system", "core");
    json.field("tenant", "bank-a");
    json.end_object();
    return record;
  }

 private:
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  void transfer(JsonWriter& json) {
    json.field("end_to_end_id", fmt::format("E2E{:020}", below(1'000'000'000'000)));
    json.field("tx_type", "transfer");
    json.field("channel", "mobile");
    json.field("rail", "bifast");
    json.field("purpose_code", "OTHR");
    json.field("remittance_info", fmt::format("pembayaran bulan {}", below(12)));
    party(json, "debtor");
    party(json, "creditor");
    json.field("device_id", fmt::format("{:016x}", random_()));
    json.field("ip_country", "ID");
  }

  void cash(JsonWriter& json) {
    json.field("tx_type", "cash_in");
    json.field("channel", "teller");
    json.field("remittance_info", "setoran tunai untuk keperluan usaha");
    json.field("place_code", "ID-KR-BTM");
    json.field("place_country", "ID");
    json.field("branch_id", fmt::format("BR{:04}", below(3000)));
    json.field("teller_id", fmt::format("T{:06}", below(20'000)));
    json.key("conductor");
    json.begin_object();
    json.field("party_id", fmt::format("P{:09}", below(100'000'000)));
    json.end_object();
    party(json, "creditor");
    json.field("session_id", fmt::format("{:032x}", random_()));
  }

  void purchase(JsonWriter& json) {
    json.field("tx_type", "card_purchase");
    json.field("channel", "qris");
    json.field("rail", "other");
    json.field("mcc", "5411");
    json.field("merchant_id", fmt::format("M{:012}", below(1'000'000'000)));
    json.field("merchant_name", "Toko Kelontong Makmur");
    json.field("place_code", "ID-JK");
    json.field("lat", "-6.2088");
    json.field("lon", "106.8456");
    json.field("terminal_id", fmt::format("{:08}", below(99'999'999)));
    party(json, "debtor");
    json.field("device_id", fmt::format("{:016x}", random_()));
    json.field("session_id", fmt::format("{:032x}", random_()));
  }

  void party(JsonWriter& json, std::string_view role) {
    json.key(role);
    json.begin_object();
    json.field("party_id", fmt::format("P{:09}", below(100'000'000)));
    json.field("account", fmt::format("{:013}", below(1'000'000'000'000)));
    json.field("name", fmt::format("Nama Nasabah {}", below(100'000)));
    json.field("agent", "BRINIDJA");
    json.field("country", "ID");
    json.field("kind", "person");
    json.field("is_customer", true);
    json.end_object();
  }

  std::mt19937_64 random_;
};

// Nanoseconds a record of one run over all records.
double time_of(const std::vector<std::string>& records, const std::function<void(std::string_view)>& read) {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& record : records) read(record);
  const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
  return taken.count() / static_cast<double>(records.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 20'000;
  const std::size_t rounds = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 31;
  if (count == 0 || rounds == 0) {
    fmt::print(stderr, "decode [records] [rounds]\n");
    return 2;
  }

  RecordSource source(1);
  std::vector<std::string> records;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) bytes += records.emplace_back(source.next()).size();

  Sink sink;
  BareReader bare;
  suar::event::Decoder decoder;
  const auto read_bare = [&](std::string_view record) { bare.read(record, sink); };
  const auto decode = [&](std::string_view record) {
    const auto tx = decoder.decode(record);
    if (!tx) std::abort();
    sink.add(tx->event_id);
    sink.value += static_cast<std::uint64_t>(tx->amount.minor);
  };

  std::vector<double> bare_times;
  std::vector<double> decode_times;
  std::vector<double> ratios;
  for (std::size_t round = 0; round < rounds; ++round) {
    bare_times.push_back(time_of(records, read_bare));
    decode_times.push_back(time_of(records, decode));
    ratios.push_back(decode_times.back() / bare_times.back());
  }
  fmt::print("records               {} of {} bytes on average, simdjson {} ({})\n", count, bytes / count,
             SIMDJSON_STRINGIFY(SIMDJSON_VERSION), simdjson::get_active_implementation()->name());
  fmt::print("simdjson, every field {:.0f} ns a record\n", median(bare_times));
  fmt::print("suar decode           {:.0f} ns a record\n", median(decode_times));
  fmt::print("ratio                 {:.2f} (median of {} interleaved runs)\n", median(ratios), rounds);
  fmt::print("checksum              {}\n", sink.value);
  return 0;
}
