#include "event/decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "event/json_cursor.h"
#include "event/json_structure.h"
#include "event/record_check.h"
#include "event/record_reader.h"

namespace suar::event {
namespace {

Rejection rejection_of(const JsonFault& fault) {
  const auto reason = [&] {
    switch (fault.kind) {
      case JsonFault::Kind::kNotUtf8:
        return Reason::kNotUtf8;
      case JsonFault::Kind::kTooDeep:
        return Reason::kTooDeep;
      case JsonFault::Kind::kNotJson:
        break;
    }
    return Reason::kNotJson;
  }();
  return {.reason = reason, .detail = fmt::format("byte {}: {}", fault.position, fault.what)};
}

}  // namespace

struct Decoder::Impl {
  explicit Impl(DecoderLimits given) : limits(given) {
    // Positions are kept in 32 bits.
    limits.max_bytes = std::min(limits.max_bytes, std::size_t{std::numeric_limits<std::int32_t>::max()});
  }

  // Fills `tx`, or says why the record is none.
  std::optional<Rejection> decode(std::string_view record, Transaction& tx) {
    if (record.size() > limits.max_bytes) {
      return Rejection{.reason = Reason::kTooLarge,
                       .detail = fmt::format("{} bytes, at most {}", record.size(), limits.max_bytes)};
    }
    const auto tokens = structure.find(record);
    if (!tokens) return rejection_of(tokens.error());

    JsonCursor cursor(record, *tokens, unescaped, limits.max_depth);
    CheckedFields checked;
    RecordReader reader(cursor, tx, checked);
    const bool is_object = cursor.at_object();
    JsonValue other;
    const bool read = is_object ? reader.read() : cursor.read_value(other);
    if (!read || (!cursor.at_end() && !cursor.fail("something after the record's end"))) {
      return rejection_of(cursor.fault());
    }
    if (!is_object) return Rejection{.reason = Reason::kNotAnObject, .detail = "not a JSON object"};
    if (reader.problem()) return reader.problem();
    return check_record(checked, tx);
  }

  DecoderLimits limits;
  JsonStructure structure;
  std::string unescaped;
};

Decoder::Decoder(DecoderLimits limits) : impl_(std::make_unique<Impl>(limits)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

std::expected<Transaction, Rejection> Decoder::decode(std::string_view record) {
  std::expected<Transaction, Rejection> result;
  if (auto rejection = impl_->decode(record, *result)) result = std::unexpected(std::move(*rejection));
  return result;
}

std::optional<Rejection> Decoder::decode(std::string_view record, Transaction& transaction) {
  std::destroy_at(&transaction);
  std::construct_at(&transaction);  // in its place: it is large
  return impl_->decode(record, transaction);
}

}  // namespace suar::event
