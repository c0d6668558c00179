#include "reference/ftm_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "event/json_cursor.h"
#include "event/json_structure.h"
#include "reference/finding_codes.h"

namespace suar::reference {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kMostNested = 64;

// simdjson says that a line is broken, but not where; the strict walk of the event decoder does.
event::JsonFault fault_in(std::string_view line) {
  event::JsonStructure structure;
  const auto tokens = structure.find(line);
  if (!tokens) {
    event::JsonFault fault = tokens.error();
    if (fault.kind == event::JsonFault::Kind::kNotUtf8) fault.position = length_of_utf8(line);
    return fault;
  }
  std::string unescaped;
  event::JsonCursor cursor(line, *tokens, unescaped, kMostNested);
  event::JsonValue value;
  if (cursor.read_value(value) && !cursor.at_end()) cursor.fail("something follows the object");
  return cursor.fault();
}

}  // namespace

bool FtmEntity::read_frame() {
  const auto id = required_text("id");
  const auto schema = required_text("schema");
  simdjson::dom::element properties;
  bool sound = id && schema;
  if (object_["properties"].get(properties) == simdjson::SUCCESS) {
    simdjson::dom::object object;
    if (properties.get(object) == simdjson::SUCCESS) {
      properties_ = object;
    } else {
      error(codes::kNotAnEntity, where("properties"), "`properties` is not an object");
      sound = false;
    }
  }
  if (sound) {
    id_ = *id;
    schema_ = *schema;
  }
  return sound;
}

std::optional<std::string_view> FtmEntity::required_text(std::string_view member) {
  std::string_view text;
  const auto problem = object_[member].get(text);
  if (problem == simdjson::SUCCESS && !text.empty()) return text;
  if (problem == simdjson::NO_SUCH_FIELD) {
    error(codes::kNotAnEntity, line_, fmt::format("the entity lacks `{}`", member));
  } else {
    error(codes::kNotAnEntity, where(member), fmt::format("`{}` is not a text that says something", member));
  }
  return std::nullopt;
}

std::string_view FtmEntity::caption() const {
  std::string_view caption;
  if (object_["caption"].get(caption) == simdjson::SUCCESS && !caption.empty()) return caption;
  return first("name");
}

std::vector<std::string_view> FtmEntity::values(std::string_view property) const {
  std::vector<std::string_view> texts;
  simdjson::dom::element element;
  if (!properties_ || (*properties_)[property].get(element) != simdjson::SUCCESS) return texts;
  simdjson::dom::array array;
  bool sound = element.get(array) == simdjson::SUCCESS;
  if (sound) {
    for (const simdjson::dom::element item : array) {
      std::string_view text;
      if (item.get(text) != simdjson::SUCCESS) {
        sound = false;
      } else if (!text.empty()) {
        texts.push_back(text);
      }
    }
  }
  if (!sound) {
    error(codes::kBadProperty, where(property),
          fmt::format("`{}` of a {} is not a list of texts", property, schema_),
          fmt::format("write \"{}\": [\"...\"]", property));
    texts.clear();
  }
  return texts;
}

std::string_view FtmEntity::first(std::string_view property) const {
  const auto texts = values(property);
  return texts.empty() ? std::string_view() : texts.front();
}

std::vector<PartialDate> FtmEntity::dates(std::string_view property) const {
  std::vector<PartialDate> dates;
  for (const std::string_view text : values(property)) {
    if (const auto date = parse_partial_date(text)) {
      dates.push_back(*date);
    } else {
      error(codes::kBadDate, where_value(property, text),
            fmt::format("`{}` is not a date that exists", property),
            "write a year, a month or a day: 2025, 2025-03 or 2025-03-31");
    }
  }
  return dates;
}

Validity FtmEntity::period(std::string_view first_day, std::string_view last_day) const {
  std::optional<event::Date> from, to;
  for (const PartialDate& date : dates(first_day)) from = from ? std::min(*from, date.first) : date.first;
  for (const PartialDate& date : dates(last_day)) to = to ? std::max(*to, date.last) : date.last;
  if (from && to && *to < *from) {
    error(codes::kReversedRange, where(last_day), fmt::format("`{}` is before `{}`", last_day, first_day));
  }
  return validity_of(from, to);
}

Span FtmEntity::where(std::string_view name) const {
  const std::string_view line = findings_->bytes().substr(line_.offset, line_.length);
  const std::string quoted = fmt::format("\"{}\"", name);
  for (std::size_t at = line.find(quoted); at != std::string_view::npos; at = line.find(quoted, at + 1)) {
    const std::size_t after = line.find_first_not_of(" \t", at + quoted.size());
    if (after != std::string_view::npos && line[after] == ':') return {line_.offset + at, quoted.size()};
  }
  return {line_.offset, 1};
}

Span FtmEntity::where_value(std::string_view property, std::string_view value) const {
  const Span key = where(property);
  const std::size_t line_end = line_.offset + line_.length;
  const std::size_t at = findings_->bytes().find(fmt::format("\"{}\"", value), key.offset + key.length);
  return at < line_end ? Span{at, value.size() + 2} : key;
}

void FtmEntity::error(std::string_view code, Span at, std::string message, std::string suggestion) const {
  findings_->error(code, at, std::move(message), std::move(suggestion));
}

FtmLines::FtmLines(Findings& findings) : findings_(findings) {
  if (findings.bytes().starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

std::optional<FtmEntity> FtmLines::next() {
  const std::string_view bytes = findings_.bytes();
  while (at_ < bytes.size()) {
    const std::size_t start = at_;
    const std::size_t end = std::min(bytes.find('\n', start), bytes.size());
    at_ = end + 1;
    std::string_view line = bytes.substr(start, end - start);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.remove_suffix(1);
    if (line.empty()) continue;
    if (auto entity = parse({start, line.size()})) return entity;
  }
  return std::nullopt;
}

std::optional<FtmEntity> FtmLines::parse(Span span) {
  const std::string_view bytes = findings_.bytes();
  const std::string_view line = bytes.substr(span.offset, span.length);
  // simdjson reads a little beyond the text, so that only the last lines need a copy.
  const bool needs_copy = bytes.size() - (span.offset + span.length) < simdjson::SIMDJSON_PADDING;
  simdjson::dom::element element;
  if (parser_.parse(line.data(), line.size(), needs_copy).get(element) != simdjson::SUCCESS) {
    const event::JsonFault fault = fault_in(line);
    findings_.error(codes::kBrokenJson, {span.offset + std::min(fault.position, line.size()), 1},
                    fmt::format("not JSON: {}", *fault.what != '\0' ? fault.what : "it cannot be read"),
                    "write one JSON object on each line");
    return std::nullopt;
  }
  simdjson::dom::object object;
  if (element.get(object) != simdjson::SUCCESS) {
    findings_.error(codes::kNotAnEntity, span, "the line is not a JSON object",
                    "write one JSON object on each line");
    return std::nullopt;
  }
  FtmEntity entity(findings_, span, object);
  if (!entity.read_frame()) return std::nullopt;
  return entity;
}

}  // namespace suar::reference
