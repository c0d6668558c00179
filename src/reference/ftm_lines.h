// entities.ftm.ndjson, line by line: FollowTheMoney entities as OpenSanctions publishes them.
//
//   {"id": "p1", "schema": "Person", "properties": {"name": ["..."], ...}}
//
// Every value is a list of texts; only the properties that somebody asks for are looked at.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "reference/findings.h"
#include "reference/validity.h"

namespace suar::reference {

// Valid until the next line is read. What is wrong is reported where it stands.
class FtmEntity {
 public:
  FtmEntity() = default;
  FtmEntity(Findings& findings, Span line, simdjson::dom::object object)
      : findings_(&findings), line_(line), object_(object) {}

  // False where `id` or `schema` is missing, or `properties` is no object.
  [[nodiscard]] bool read_frame();

  [[nodiscard]] std::string_view id() const { return id_; }
  [[nodiscard]] std::string_view schema() const { return schema_; }
  [[nodiscard]] std::string_view caption() const;  // the entity's, else its first name

  [[nodiscard]] std::vector<std::string_view> values(std::string_view property) const;
  [[nodiscard]] std::string_view first(std::string_view property) const;  // "" where there is none

  // From the earliest day of the one property to the latest of the other; a date may be a month or a year.
  [[nodiscard]] Validity period(std::string_view first_day, std::string_view last_day) const;

  [[nodiscard]] std::size_t offset() const { return line_.offset; }
  // Where a name stands in the line, or its beginning.
  [[nodiscard]] Span where(std::string_view name) const;
  void error(std::string_view code, Span at, std::string message, std::string suggestion = {}) const;

 private:
  [[nodiscard]] Span where_value(std::string_view property, std::string_view value) const;
  [[nodiscard]] std::optional<std::string_view> required_text(std::string_view member);
  [[nodiscard]] std::vector<PartialDate> dates(std::string_view property) const;

  Findings* findings_ = nullptr;
  Span line_;
  simdjson::dom::object object_;
  std::optional<simdjson::dom::object> properties_;
  std::string_view id_, schema_;
};

class FtmLines {
 public:
  explicit FtmLines(Findings& findings);

  // The next entity, or nothing at the end. Lines that are none are reported and passed over.
  [[nodiscard]] std::optional<FtmEntity> next();

 private:
  [[nodiscard]] std::optional<FtmEntity> parse(Span line);

  Findings& findings_;
  std::size_t at_ = 0;
  simdjson::dom::parser parser_;
};

}  // namespace suar::reference
