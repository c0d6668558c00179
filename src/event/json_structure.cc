#include "event/json_structure.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <new>

namespace suar::event {
namespace {

constexpr std::size_t kFirstCapacity = 16 << 10;
constexpr std::size_t kUnusedDepth = 1;  // only the second stage keeps a stack

void require_memory(simdjson::error_code error) {
  if (error != simdjson::SUCCESS) throw std::bad_alloc();
}

JsonFault fault_of(simdjson::error_code error, std::string_view text) {
  using Kind = JsonFault::Kind;
  // Where a text is wrong in several ways, which one simdjson names depends on the machine.
  if (!simdjson::validate_utf8(text)) return {.kind = Kind::kNotUtf8, .what = "not UTF-8"};
  switch (error) {
    case simdjson::EMPTY:
      return {.kind = Kind::kNotJson, .what = "empty"};
    case simdjson::UNCLOSED_STRING:
      return {.kind = Kind::kNotJson, .position = text.size(), .what = "a string does not end"};
    case simdjson::UNESCAPED_CHARS:
      return {.kind = Kind::kNotJson, .what = "a control character in a string"};
    default:
      return {.kind = Kind::kNotJson, .what = "not JSON"};
  }
}

}  // namespace

// Without vector instructions simdjson looks at the bytes within strings only.
JsonStructure::JsonStructure()
    : checks_all_utf8_(simdjson::get_active_implementation()->name() != "fallback") {
  require_memory(simdjson::get_active_implementation()->create_dom_parser_implementation(
      kFirstCapacity, kUnusedDepth, stages_));
}

JsonStructure::~JsonStructure() = default;
JsonStructure::JsonStructure(JsonStructure&&) noexcept = default;
JsonStructure& JsonStructure::operator=(JsonStructure&&) noexcept = default;

std::expected<std::span<const std::uint32_t>, JsonFault> JsonStructure::find(std::string_view text) {
  if (text.empty()) return std::unexpected(JsonFault{.what = "empty"});
  if (text.size() >= stages_->capacity())
    require_memory(stages_->set_capacity(std::bit_ceil(text.size() + 1)));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const simdjson::error_code error = stages_->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  if (error != simdjson::SUCCESS || (!checks_all_utf8_ && !simdjson::validate_utf8(text))) {
    return std::unexpected(fault_of(error, text));
  }
  return std::span<const std::uint32_t>(stages_->structural_indexes.get(), stages_->n_structural_indexes);
}

}  // namespace suar::event
