// A snapshot: its frames, its manifest and footer, and, behind the checksums, the engine's state. The first
// byte says which is tried; a state is tried as it is, or as edits of the state of an engine that has worked:
// three bytes each, the place (two) and what stands there.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "engine/engine.h"
#include "engine/state_bytes.h"
#include "fuzz.h"
#include "kafka/snapshot_format.h"

using namespace suar;

namespace {

constexpr std::uint64_t kRoom = std::uint64_t{64} << 20;

std::unique_ptr<engine::Engine> new_engine() {
  static const event::Currency home = *event::parse_currency("IDR");
  static const auto reference = reference::Reference::load({}, home).reference;
  static const auto rules = [] {
    const rules::File file{"a.yaml", R"(rule: many-payers
version: 1
title: {en: t, id: t}
crimes: [bribery]
look_alikes: [none]
watch: account
events: tx_type == "transfer" && direction == "in"
let:
  payers: distinct(debtor.account) over 7d
  paid: sum(amount) over 7d
when: payers >= 2 && paid > IDR 1
raise:
  severity: high
  because: {en: b, id: b}
)"};
    return rules::load_rules(std::span(&file, 1), home, reference.get()).rules;
  }();
  fuzz::require(rules != nullptr, "the rule of this target is right");
  return std::make_unique<engine::Engine>(engine::Options{}, rules, reference);
}

std::string state_of_a_worked_engine() {
  const auto engine = new_engine();
  event::Decoder decoder;
  for (int i = 0; i < 8; ++i) {
    const std::string record = fmt::format(
        R"({{"event_id":"e{0}","event_time":"2026-01-01T00:00:0{0}Z","amount":"100.00","currency":"IDR",)"
        R"("tx_type":"transfer","channel":"mobile","debtor":{{"account":"A{0}"}},"creditor":{{"account":"B"}}}})",
        i);
    const auto transaction = decoder.decode(record);
    fuzz::require(transaction.has_value(), "the records of this target are right");
    static_cast<void>(engine->process(*transaction, record));
  }
  std::string bytes;
  engine::StateWriter out([&](std::string_view piece) { bytes += piece; });
  engine->save(out);
  out.finish();
  return bytes;
}

void restore(std::string_view bytes) {
  bool given = false;
  engine::StateReader reader(
      [&]() -> std::optional<std::string_view> {
        return std::exchange(given, true) ? std::string_view() : bytes;
      },
      kRoom);
  const auto engine = new_engine();
  if (engine->restore(reader)) static_cast<void>(engine->digest());
}

void try_frame(std::string_view bytes) {
  if (bytes.size() >= kafka::kFrameHeader) static_cast<void>(kafka::frame_size(bytes));
  static_cast<void>(kafka::decode_frame(bytes));
  static_cast<void>(kafka::decode_footer(bytes));
}

void try_manifest(std::string_view text) {
  if (const auto manifest = kafka::decode_manifest(text)) {
    const auto again = kafka::decode_manifest(kafka::encode_manifest(*manifest));
    fuzz::require(again && again->chunks == manifest->chunks, "a manifest that was read survives writing");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes = fuzz::text_of(data + 1, size - 1);
  switch (data[0]) {
    case 'f':
      try_frame(bytes);
      break;
    case 'm':
      try_manifest(bytes);
      break;
    case 's':
      restore(bytes);
      break;
    default: {
      static const std::string good = state_of_a_worked_engine();
      std::string state = good;
      for (std::size_t i = 1; i + 3 <= size; i += 3) {
        state[(data[i] * std::size_t{256} + data[i + 1]) % state.size()] = static_cast<char>(data[i + 2]);
      }
      restore(state);
    }
  }
  return 0;
}
